import { type Document, type Node, visit, type YAMLParseError } from 'yaml';
import type { ShapeRuleName } from '../shape-rules.js';
import type { FileText, Located, Range } from './file-text.js';
import { quotedHint, quotedLine } from './quoting.js';

/**
 * The syntax errors of a document in words for people, each placed where the journalist has to look:
 * at the opening quote that is never closed, not at the end of the file. One finding a line; what only follows
 * from an earlier error is left out.
 */
export function syntaxFindings(file: FileText, document: Document.Parsed): Located[] {
  const findings: Located[] = [];
  const lines = new Set<number>();
  let cascade = false;
  for (const [i, error] of document.errors.entries()) {
    if (i >= MOST_EXPLAINED) {
      const more = document.errors.length - i;
      findings.push({ range: error.pos, rule: 'yaml-syntax', message: `${more} more mistakes follow from here on` });
      break;
    }
    if (error.code === 'TAG_RESOLVE_FAILED') continue; // told by the rule `tag`
    if (cascade && error.message.includes('in YAML stream')) continue;
    cascade ||= error.message.includes('in YAML stream');
    const finding = explain(file, document, error);
    const line = file.position(finding.range[0]).line;
    const echo = [...linesOf(file, error.pos)].some((n) => lines.has(n));
    if (lines.has(line) || (error.code === 'MULTILINE_IMPLICIT_KEY' && echo)) continue;
    lines.add(line);
    findings.push(finding);
  }
  return findings;
}

/** To explain a mistake the whole document is looked at, so only the first ones are. */
const MOST_EXPLAINED = 100;

function* linesOf(file: FileText, [start, end]: Range): Generator<number> {
  const last = file.position(end).line;
  for (let line = file.position(start).line; line <= last; line++) yield line;
}

function explain(file: FileText, document: Document.Parsed, error: YAMLParseError): Located {
  const range: Range = error.pos;
  return (
    colonInParagraphs(file, document, error) ??
    dashInBrackets(file, range) ??
    emptyLineTooDeep(file, range) ??
    oddIndent(file, range) ??
    fullWidthColon(file, range) ??
    colonWithoutSpace(file, range) ??
    runawayQuote(file, document, range, error.code) ??
    byCode(file, document, error)
  );
}

/** Entries with dashes between brackets, where there are commas. */
function dashInBrackets(file: FileText, [start]: Range): Located | undefined {
  const open = file.text.lastIndexOf('[', start);
  const dash = /\[\s*\n\s*(?=- )/y;
  dash.lastIndex = open;
  const lead = open < 0 ? undefined : dash.exec(file.text)?.[0];
  if (lead === undefined) return undefined;
  const at = open + lead.length;
  return {
    range: [at, at + 1],
    rule: 'stray-dash',
    message: 'there are no dashes between [ and ]',
    hint: 'take the brackets away, or the dashes, and put commas between the entries',
  };
}

/** An empty line below `|` with more spaces than the text: YAML takes its spaces for the text's own. */
function emptyLineTooDeep(file: FileText, [start]: Range): Located | undefined {
  const { line } = file.position(start);
  const indent = /^ */.exec(file.line(line))?.[0].length ?? 0;
  let above = line - 1;
  while (above > 0 && file.line(above).trim() === '') above--;
  if (!/[|>][-+]?\d?\s*$/.test(file.line(above))) return undefined;
  for (let blank = above + 1; blank < line; blank++) {
    if (file.line(blank).length <= indent) continue;
    const at = file.lineStart(blank);
    return {
      range: [at, at + file.line(blank).length],
      rule: 'odd-indent',
      message: 'this empty line has more spaces than the text below it',
      hint: 'delete its spaces',
    };
  }
  return undefined;
}

function byCode(file: FileText, document: Document.Parsed, error: YAMLParseError): Located {
  const range: Range = error.pos;
  const char = file.text[range[0]] ?? '';
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return {
        range,
        rule: 'tab-indent',
        message: 'a tab is used for indentation',
        hint: 'YAML is indented with spaces only; put two spaces where the tab is',
      };
    case 'BAD_SCALAR_START':
      return {
        range,
        rule: 'reserved-character',
        message: `a value cannot start with ${char}`,
        ...quotedHint(file, range[0]),
      };
    case 'BAD_DQ_ESCAPE':
      return badEscape(file, range[0]);
    case 'BAD_ALIAS':
      return {
        range,
        rule: 'empty-anchor',
        message: `a value cannot start with ${char} and a space`,
        ...quotedHint(file, range[0]),
      };
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
    case 'MISSING_CHAR':
      return misplaced(file, document, error);
    case 'BLOCK_IN_FLOW':
      return missingComma(file, range[0]);
    case 'BAD_INDENT':
      return badIndent(file, document, range, error.message);
    case 'UNEXPECTED_TOKEN':
      return unexpected(file, document, range, error.message);
    default:
      return { range, rule: 'yaml-syntax', message: lowerFirst(error.message) };
  }
}

/** The value of a field that is written as paragraphs without `|`, one of which has a colon. */
function colonInParagraphs(file: FileText, document: Document.Parsed, error: YAMLParseError): Located | undefined {
  const all = document.errors.find(({ code, pos }) => code === 'MULTILINE_IMPLICIT_KEY' && pos[0] === error.pos[0]);
  if (!all) return undefined;
  const [start, end] = all.pos;
  const words = file.text.slice(start, end);
  const { line } = file.position(start);
  const text = file.line(line);
  const owner = text.slice(0, start - file.lineStart(line));
  const above = /^\s*$/.test(owner) ? lineAbove(file, line) : owner;
  const [, name] = /^\s*(?:- +)*([\w-]+):\s*$/.exec(above) ?? [];
  const last = words.slice(words.lastIndexOf('\n') + 1);
  // What looks like a field of its own is one that stands too far in.
  const isField = /^[a-z_-]+$/.test(last.trim()) && above === owner;
  if (name === undefined || !words.includes('\n') || isField || /^\s*[\w-]+:(?:\s|$)/m.test(words)) return undefined;
  const colon = end + file.text.slice(end).search(/:/);
  return {
    range: [colon, colon + 1],
    rule: 'unquoted-colon',
    message: 'the text has a colon in it, so YAML reads its paragraphs as fields',
    hint:
      above === owner
        ? `write "${name}: |", and below it all paragraphs, indented by two spaces more than "${name}"`
        : `put | after "${name}:", and leave the paragraphs as they are`,
  };
}

/** The nearest line above that is not empty. */
function lineAbove(file: FileText, line: number): string {
  let above = line - 1;
  while (above > 0 && file.line(above).trim() === '') above--;
  return above > 0 ? file.line(above) : '';
}

/** A no-break or other wide space where indentation belongs, as word processors paste it. */
function oddIndent(file: FileText, range: Range): Located | undefined {
  for (const line of linesOf(file, range)) {
    const match = /^[ \t]*([^\S \t\n]+)/u.exec(file.line(line));
    if (!match?.[1]) continue;
    const column = match[0].length - match[1].length;
    const start = file.lineStart(line) + column;
    const code = (match[1].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return {
      range: [start, start + match[1].length],
      rule: 'odd-indent',
      message: `the indentation holds U+${code}, a space that YAML does not know`,
      hint: 'text pasted from a word processor often brings it; replace it by ordinary spaces',
    };
  }
  return undefined;
}

function fullWidthColon(file: FileText, range: Range): Located | undefined {
  const match = /^(\s*(?:- +)*)([\p{L}_-]+)(：)(.*)$/u.exec(file.line(file.position(range[0]).line));
  if (!match) return undefined;
  const [, lead = '', key = '', colon = '', rest = ''] = match;
  const start = file.lineStart(file.position(range[0]).line) + lead.length;
  return {
    range: [start, start + key.length + colon.length],
    rule: 'full-width-colon',
    message: 'the colon is U+FF1A, a full-width colon; YAML needs an ordinary one and a space',
    hint: `${key}: ${rest.trim()}`,
  };
}

function colonWithoutSpace(file: FileText, range: Range): Located | undefined {
  const { line } = file.position(range[0]);
  const match = /^(\s*(?:- +)*)([a-z_-]+):(?=[^\s/:])(.*)$/u.exec(file.line(line));
  if (!match) return undefined;
  const [, lead = '', key = '', rest = ''] = match;
  const start = file.lineStart(line) + lead.length;
  return {
    range: [start, start + key.length + 1],
    rule: 'colon-without-space',
    message: `a space is missing after "${key}:"`,
    hint: `${key}: ${rest}`,
  };
}

/** A quote that is opened and not closed where it should be: the place is the opening quote. */
function runawayQuote(
  file: FileText,
  document: Document.Parsed,
  [start, end]: Range,
  code: string,
): Located | undefined {
  if (code !== 'MISSING_CHAR' && code !== 'UNEXPECTED_TOKEN') return undefined;
  let opening: Range | undefined;
  visit(document, {
    Scalar(_, node) {
      if (node.type !== 'QUOTE_SINGLE' && node.type !== 'QUOTE_DOUBLE') return;
      const range = node.range;
      if (!range || range[0] > start || range[1] < start - 1) return;
      const body = file.text.slice(range[0], range[1]);
      if (code === 'MISSING_CHAR' || /\n\s*(?:- +)?[a-z_-]+: /.test(body)) opening = [range[0], range[0] + 1];
    },
  });
  if (!opening || (code === 'MISSING_CHAR' && end < opening[0])) return undefined;
  const quote = file.text[opening[0]] ?? '';
  return {
    range: opening,
    rule: 'unclosed-quote',
    message: `this ${quote} opens a text that is never closed on its own line`,
    // 'Tis, 'Twas and '90s open with an apostrophe, which closing would take away.
    hint: /^'(?:\d0s|(?:tis|twas|em|cause|til|bout|round|n)\b)/i.test(file.text.slice(opening[0]))
      ? quotedLine(file, opening[0])
      : `close it with ${quote}, or write the text under "|" on the next line, where quotes are text`,
  };
}

function badEscape(file: FileText, offset: number): Located {
  const sequence =
    /^\\(?:u[^\s"]{0,4}|x[^\s"]{0,2}|U[^\s"]{0,8}|.)?/u.exec(file.text.slice(offset, offset + 12))?.[0] ?? '\\';
  return {
    range: [offset, offset + sequence.length],
    rule: 'bad-escape',
    message: `${sequence} means nothing inside double quotes`,
    hint: `to have the characters as typed write \\${sequence}, or use single quotes around the text`,
  };
}

/** A line that YAML took for part of its neighbour: a colon in the text, or indentation that does not line up. */
function misplaced(file: FileText, document: Document.Parsed, error: YAMLParseError): Located {
  const first = file.position(error.pos[0]).line;
  const multiline = document.errors.find(
    (other) => other.code === 'MULTILINE_IMPLICIT_KEY' && other.pos[0] === error.pos[0],
  );
  const last = file.position((multiline ?? error).pos[1]).line;
  const text = file.line(first);
  const sameLine = multiline === undefined || last === first;
  if (
    error.code === 'BLOCK_AS_IMPLICIT_KEY' &&
    sameLine &&
    /:\s+$/.test(file.text.slice(file.lineStart(first), error.pos[0]))
  ) {
    return {
      range: [error.pos[0], file.lineStart(first) + text.length],
      rule: 'unquoted-colon',
      message: 'the text has a colon and a space in it, so YAML reads it as another field',
      ...quotedHint(file, error.pos[0]),
    };
  }
  if (/^\s*- /.test(text) || /^\s*-$/.test(text)) {
    return wholeLine(
      file,
      first,
      'bad-indent',
      'this list item does not line up with the lines around it',
      'give all items of a list the same indentation, below the name of the list',
    );
  }
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY' && last > first) {
    return wholeLine(
      file,
      last,
      'bad-indent',
      'this line is indented further than the field above it',
      'start it in the same column as the field above',
    );
  }
  return wholeLine(
    file,
    first,
    'not-a-field',
    'this line is not a field: it has no name and colon',
    'write it as "name: text", or indent it below the text that it continues',
  );
}

function wholeLine(file: FileText, line: number, rule: ShapeRuleName, message: string, hint: string): Located {
  const text = file.line(line);
  const indent = text.length - text.trimStart().length;
  const start = file.lineStart(line);
  if (leavesBlock(file, line, indent)) {
    return {
      range: [start + indent, start + text.trimEnd().length],
      rule,
      message: 'this line stands less far in than the first line of the text that it belongs to',
      hint: 'indent all lines of a text below | alike',
    };
  }
  return { range: [start + indent, start + text.trimEnd().length], rule, message, hint };
}

/** Whether a line is meant for the block of text above it, whose lines stand further in. */
function leavesBlock(file: FileText, line: number, indent: number): boolean {
  if (/^\s*(?:- |[\w-]+:(?:\s|$))/.test(file.line(line))) return false;
  for (let above = line - 1; above > 0; above--) {
    const text = file.line(above);
    const column = text.length - text.trimStart().length;
    if (text.trim() === '' || column > indent) continue;
    return column < indent && /[\w-]+:\s+[|>][-+\d]*\s*(?:#.*)?$/.test(text);
  }
  return false;
}

/** `{id: a title: b}`: the comma belongs before the last word of the second key. */
function missingComma(file: FileText, offset: number): Located {
  const rest = file.text.slice(offset);
  const key = /^[^:,{}[\]\n]*/.exec(rest)?.[0] ?? '';
  const space = key.trimEnd().lastIndexOf(' ');
  const start = offset + (space > 0 ? space + 1 : 0);
  return {
    range: [start, start + Math.max(1, key.trimEnd().length - Math.max(0, space + 1))],
    rule: 'missing-comma',
    message: 'a comma is missing before this',
    hint: 'inside { } and [ ] the parts are separated by commas; a text with a colon in it needs quotes',
  };
}

function badIndent(file: FileText, document: Document.Parsed, range: Range, message: string): Located {
  const open = /end with a ([\]}])/.exec(message)?.[1];
  const start = open ? unclosedBracket(file, document, range[0], open) : undefined;
  if (open && start !== undefined) {
    return {
      range: [start, start + 1],
      rule: 'unclosed-bracket',
      message: `this ${file.text[start]} is never closed`,
      hint: `add ${open} at the end; a text that starts with a bracket needs quotes around it`,
    };
  }
  const { line } = file.position(range[0]);
  return wholeLine(
    file,
    line,
    'bad-indent',
    'this line does not line up with the lines around it',
    'start it in the same column as the other fields of its list or group',
  );
}

/** The innermost collection before an offset that lacks its closing bracket. */
function unclosedBracket(file: FileText, document: Document.Parsed, before: number, close: string): number | undefined {
  let innermost: number | undefined;
  const look = (_: unknown, node: Node & { flow?: boolean }) => {
    const range = node.range;
    if (!node.flow || !range || range[0] >= before) return;
    const open = file.text[range[0]];
    const closes = open === '[' ? ']' : '}';
    if (closes === close && file.text[range[1] - 1] !== close) innermost = Math.max(innermost ?? 0, range[0]);
  };
  visit(document, { Map: look, Seq: look });
  return innermost;
}

function unexpected(file: FileText, document: Document.Parsed, range: Range, message: string): Located {
  const line = file.line(file.position(range[0]).line);
  const char = file.text[range[0]] ?? '';
  const mark = /^\s*(?:- +)*(?:[\w-]+:\s+)?([>|])[-+]?\d?\s*\S/.exec(line)?.[1];
  if (/Block scalar header/.test(message) && hasBlockBelow(file, range[0])) {
    return {
      range: [range[0], file.lineStart(file.position(range[0]).line) + line.length],
      rule: 'text-after-block-mark',
      message: 'the text must start on the line below | or >',
      hint: `put a line break after ${mark ?? '|'}, which is no part of the text, and indent the text by two spaces`,
    };
  }
  if (mark !== undefined) {
    const message = `a text cannot start with ${mark} unless it is in quotes`;
    return { range, rule: 'text-after-block-mark', message, ...quotedHint(file, range[0]) };
  }
  if ((char === ']' || char === '}') && /in YAML stream/.test(message)) {
    return {
      range,
      rule: 'stray-bracket',
      message: `this ${char} closes nothing`,
      hint: 'delete it, or put quotes around the text',
    };
  }
  if (followsQuote(file, document, range[0])) {
    return {
      range,
      rule: 'text-after-quote',
      message: `the quoted text ends before this`,
      ...quotedHint(file, range[0]),
    };
  }
  if (/[\]}]\s*$/.test(file.text.slice(Math.max(0, range[0] - 50), range[0]))) {
    const message = 'a bracket at the start of a text makes YAML read it as a list, which ends before this';
    return { range, rule: 'text-after-bracket', message, ...quotedHint(file, range[0]) };
  }
  return { range, rule: 'yaml-syntax', message: lowerFirst(message), hint: quotedLine(file, range[0]) };
}

/** Whether the line below that of an offset stands further in, as the text of a block does. */
function hasBlockBelow(file: FileText, offset: number): boolean {
  const { line } = file.position(offset);
  const [indent = '', below = ''] = [line, line + 1].map((number) => /^[\s-]*/.exec(file.line(number) ?? '')?.[0]);
  return below.length > indent.length && !/^\s*$/.test(file.line(line + 1) ?? '');
}

/** Whether a quoted text ends on the same line just before an offset. */
function followsQuote(file: FileText, document: Document.Parsed, offset: number): boolean {
  let isThere = false;
  visit(document, {
    Scalar(_, node) {
      const end = node.range?.[1];
      if (!node.range || end === undefined || end > offset) return;
      const quote = file.text[node.range[0]];
      isThere ||= (quote === "'" || quote === '"') && file.text.slice(end, offset).trim() === '';
    },
  });
  return isThere;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
