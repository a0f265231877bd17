import type { FileText, Located } from './file-text.js';

/** A space that YAML does not know as one, where only a space can stand. */
const ODD = '[\\u00A0\\u1680\\u2000-\\u200A\\u202F\\u205F\\u3000]';
const ODD_SPACE = new RegExp(
  `^([ \\t]*(?:- +)*)(?:(${ODD}+)[ \\t]*(?:- |-$|[\\w-]+:)|-(${ODD}+)|[\\w-]+:(${ODD}+)\\S)`,
  'u',
);
const TIGHT_DASH = /^( *)-([a-z_-]+:(?: .*)?)$/;
const FIELD = /^( *)((?:- +)*)([\w-]+):(?:[ \t]+(\S.*))?$/;

/**
 * What is wrong with how the lines of a file are laid out, told by the lines alone: spaces that word processors bring, a
 * dash without its space, a field that does not line up with the one above it. Only asked where the file has an error,
 * since within a block any line is text.
 */
export function layoutFindings(file: FileText): Located[] {
  const findings: Located[] = [];
  let above: Above | undefined;
  /** The column of the field or dash that owns the block of text being skipped. */
  let block: number | undefined;
  const columns: number[] = [];
  let offset = 0;
  for (const text of file.text.split('\n')) {
    const start = offset;
    offset += text.length + 1;
    const depth = text.search(/\S/);
    if (block !== undefined && (depth < 0 || depth > block)) continue;
    block = ownerOfBlock(text);
    const stray = strayDash(text, columns);
    const odd =
      oddSpace(text, start) ??
      oddDash(text, start) ??
      tightDash(text, start) ??
      (stray && strayFinding(text, start, stray));
    if (odd) findings.push(odd);
    const [, indent = '', dashes = '', name, value = ''] = FIELD.exec(text.replace(TIGHT_DASH, '$1- $2')) ?? [];
    if (name === undefined) {
      if (text.trim() !== '' && !text.trimStart().startsWith('#')) above = undefined;
      continue;
    }
    const column = indent.length + dashes.length;
    const astray = dashes === '' ? (undashed(columns, name, column) ?? misaligned(above, column, name)) : undefined;
    if (astray) findings.push({ range: [start + column, start + text.trimEnd().length], ...astray });
    if (astray?.rule === 'missing-dash') {
      above = { column: column + 2, dash: column, open: false };
      continue;
    }
    if (astray && above) {
      above = { ...above, open: value === '' }; // what follows is to stand where this should
      continue;
    }
    const moved = stray ? stray.meant - stray.column : 0;
    const dash = dashes !== '' ? indent.length + moved : above && column >= above.column ? above.dash : undefined;
    above = { column: column + moved, dash, open: value === '' || /^[|>&!#]/.test(value) };
  }
  return findings;
}

/** The column of a field, or of the dash of an entry, that is followed by a text of many lines. */
function ownerOfBlock(text: string): number | undefined {
  const [, indent = '', dashes = '', name] =
    /^( *)((?:- +)*)(?:([\w-]+):[ \t]+)?[|>][-+\d]*[ \t]*(?:#.*)?$/.exec(text) ?? [];
  if (name !== undefined) return indent.length + dashes.length;
  return dashes === '' ? undefined : indent.length + dashes.lastIndexOf('-');
}

function strayFinding(text: string, start: number, { column, meant }: { column: number; meant: number }): Located {
  return {
    range: [start + column, start + text.trimEnd().length],
    rule: 'stray-dash',
    message: `this dash stands ${column} spaces in, and the dashes above it ${meant}`,
    hint: `start it in the same column as those: ${meant} spaces`,
  };
}

/** The field above a line. */
interface Above {
  column: number;
  /** Where the dash of its entry stands. */
  dash: number | undefined;
  /** Whether its value may stand on the lines below it. */
  open: boolean;
}

/** A field that starts an entry of a list, and has no dash. */
function undashed(columns: readonly number[], name: string, column: number): Omit<Located, 'range'> | undefined {
  const starts = name === 'kind' || (column > 0 && /^(?:id|date|question)$/.test(name));
  if (!starts || !columns.includes(column)) return undefined;
  return {
    rule: 'missing-dash',
    message: `"${name}" stands in the column of the dashes, and has none`,
    hint: `- ${name}: …`,
  };
}

function misaligned(above: Above | undefined, column: number, name: string): Omit<Located, 'range'> | undefined {
  if (!above || above.open || column === above.column || column <= (above.dash ?? above.column)) return undefined;
  const { column: wanted } = above;
  return {
    rule: 'bad-indent',
    message: `"${name}" stands ${column} spaces in, and the field above it ${wanted}`,
    hint:
      wanted === 0
        ? 'start it at the beginning of the line'
        : `start it in the same column as the field above: ${wanted} spaces`,
  };
}

/**
 * A dash between the columns of two open lists, and the column it was probably meant for. Updates `columns`, those of
 * the open lists.
 */
function strayDash(text: string, columns: number[]): { column: number; meant: number } | undefined {
  if (text.trim() === '' || text.trimStart().startsWith('#')) return undefined;
  const column = text.search(/\S/);
  const ended: number[] = [];
  while ((columns.at(-1) ?? -1) > column) ended.push(columns.pop() as number);
  if (!/^ *-(?: |$)/.test(text) || columns.at(-1) === column) return undefined;
  const around = columns.at(-1);
  if (around === undefined || ended.length === 0) {
    columns.push(column);
    return undefined;
  }
  const [meant] = [around, ...ended].sort((a, b) => Math.abs(a - column) - Math.abs(b - column)) as [number];
  if (meant !== around) columns.push(meant);
  return { column, meant };
}

function oddSpace(text: string, start: number): Located | undefined {
  const match = ODD_SPACE.exec(text);
  const space = match?.[2] ?? match?.[3] ?? match?.[4];
  if (!match || space === undefined) return undefined;
  const column = text.indexOf(space);
  const code = (space.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return {
    range: [start + column, start + column + space.length],
    rule: 'odd-indent',
    message: `U+${code} stands here, a space that YAML does not know`,
    hint: 'text pasted from a word processor often brings it; replace it by an ordinary space',
  };
}

/** What word processors make of the hyphen that starts an entry. */
function oddDash(text: string, start: number): Located | undefined {
  const [, indent = '', mark, rest] = /^([ ]*)([–—•·‣])[ \t]+(\S.*)$/.exec(text) ?? [];
  if (mark === undefined) return undefined;
  return {
    range: [start + indent.length, start + indent.length + 1],
    rule: 'odd-dash',
    message: `"${mark}" starts no entry of a list; a hyphen does`,
    hint: `- ${rest}`,
  };
}

function tightDash(text: string, start: number): Located | undefined {
  const [, indent = '', rest] = TIGHT_DASH.exec(text) ?? [];
  if (rest === undefined) return undefined;
  return {
    range: [start + indent.length, start + indent.length + 1],
    rule: 'dash-without-space',
    message: 'a space is missing after the dash',
    hint: `- ${rest}`,
  };
}
