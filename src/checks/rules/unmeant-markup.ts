import { withoutCode } from '../../prose/masks.js';
import { type Block, inlines, plainText } from '../../prose/tree.js';
import type { Finding, Rule } from '../rule.js';

type List = Extract<Block, { type: 'list' }>;

export const unmeantMarkup = {
  name: 'unmeant-markup',
  level: 'warning',
  description:
    'A mark at the start of a line is read as Markdown, and was hardly meant so: a lone entry of a list such as “- No”, a quotation that starts with a figure, a numbered list whose numbers do not count on, as of days; or lines that start with + or 01., which are no list.',
  bad: 'text: "24. Dezember: The ferry rests."',
  good: 'text: "24\\\\. Dezember: The ferry rests."',
  *checkTexts({ texts, prose }) {
    for (const { text, type, path } of texts) {
      if (type !== 'prose' || path[0] === 'ednote' || !/^[ \t]*(?:[-*+>]|\d+[.)](?:[ \t]|$))/m.test(text)) continue;
      const { blocks } = prose(text);
      const raw = withoutCode(text);
      for (const finding of [figure(raw) ?? alone(blocks, raw), ...numbers(blocks, raw), notLists(raw)])
        if (finding) yield { path, ...finding };
    }
  },
} as const satisfies Rule;

type MarkupFinding = Omit<Finding, 'path'>;

/** A mark at a line's start, with the words behind it, as a finding; the hint is the line with a backslash. */
function markAt(raw: string, pattern: RegExp, message: string, from = 0): MarkupFinding | undefined {
  const match = pattern.exec(from === 0 ? raw : `${'\n'}${raw.slice(from)}`);
  if (!match) return undefined;
  const [whole, lead = '', mark = '', last = ''] = match;
  const at = match.index + (from === 0 ? 0 : from - 1);
  const start = at + lead.length;
  const line = raw.slice(start + mark.length + last.length, start + 60).split('\n')[0] ?? '';
  return {
    within: [start, at + whole.length],
    message,
    hint: `if you did not mean markup, put a backslash before ${last || mark}: ${mark}\\${last}${line}`,
  };
}

/** A text that is a list of one entry, or a quotation of one line. */
function alone(blocks: readonly Block[], raw: string): MarkupFinding | undefined {
  const [only, more] = blocks;
  if (!only || more) return degrees(blocks, raw);
  if (only.type === 'list')
    return only.ordered || !isShort(only) // a number is looked at below
      ? undefined
      : markAt(raw, /^(\s*)()([-*])(?=\s|$)/, 'this is read as a list of one entry');
  const isLine = only.type === 'quote' && !raw.trim().includes('\n');
  return isLine && !/^\s*>\s*["“„«‘「『*_]/.test(raw) && !/\s[–—-]\s/.test(raw)
    ? markAt(raw, /^(\s*)()(>)/, 'this is read as a quotation')
    : undefined;
}

/** A list of one entry that starts with a figure, between other paragraphs: "- 5 degrees". */
function degrees(blocks: readonly Block[], raw: string): MarkupFinding | undefined {
  const isFigure = (block: Block) =>
    block.type === 'list' && !block.ordered && isShort(block) && /^\p{Sc}?\d/u.test(plainText([block]));
  return blocks.some(isFigure)
    ? markAt(raw, /(?<![^\n])([ \t]*)()([-*])(?=[ \t]+\p{Sc}?\d)/u, 'this is read as a list of one entry')
    : undefined;
}

/** Whether a list has one entry, of a few words or none, without a link: a newsletter has lists of one long entry. */
function isShort({ items }: List): boolean {
  const [only, more] = items;
  if (!only || more || only.children.length > 1) return false;
  const words = plainText(only.children);
  return words.length <= 60 && ![...inlines(only.children)].some(({ type }) => type === 'link');
}

/** A quotation that starts with a figure: "> 100 people". */
const figure = (raw: string) =>
  markAt(
    raw,
    /(?<![^\n])([ \t]*)()(>)(?=[ \t]+\d[\d.,]*(?:[ \t]|%))/,
    'this is read as a quotation, not as “more than”',
  );

function* numbers(blocks: readonly Block[], raw: string): Generator<MarkupFinding> {
  // Each list starts behind the start of the one before it.
  let from = 0;
  for (const list of orderedIn(blocks)) {
    const all = list.items.map(({ number }) => number);
    const [first = 1] = all;
    const step = (all[1] ?? first) < first ? -1 : 1;
    const odd = all.findIndex((number, i) => number !== first + i * step);
    const places = placesOf(all.slice(0, Math.max(1, odd + 1)), raw, from);
    if (places === undefined) return;
    from = (places[0] ?? from) + 1;
    const number = all.length === 1 ? first : odd < 0 ? undefined : all[odd];
    if (number === undefined) continue;
    const message =
      all.length === 1
        ? `${number}. is read as the number of a list`
        : `this is read as a numbered list, and ${number} does not follow ${all[odd - 1]}`;
    const mark = markAt(raw, numberAt(number), message, places.at(-1));
    if (mark) yield mark;
  }
}

const numberAt = (number: number) => new RegExp(`(?<![^\\n])([ \\t>]*(?:[-*+] +)*)(${number})([.)])(?=\\s|$)`);

/** Where numbers of entries stand in a text, each behind the one before it: the starts of their lines. */
function placesOf(numbers: readonly number[], raw: string, from: number): number[] | undefined {
  const places: number[] = [];
  let at = from;
  for (const number of numbers) {
    const pattern = new RegExp(numberAt(number), 'g');
    pattern.lastIndex = at;
    const match = pattern.exec(raw);
    if (!match) return undefined;
    places.push(match.index);
    at = match.index + match[0].length;
  }
  return places;
}

function* orderedIn(blocks: readonly Block[]): Generator<List> {
  for (const block of blocks) {
    if (block.type === 'quote') yield* orderedIn(block.children);
    if (block.type !== 'list') continue;
    if (block.ordered) yield block;
    for (const { children } of block.items) yield* orderedIn(children);
  }
}

/** Two or more lines with marks that start a list in Markdown but not in a story. */
function notLists(raw: string): MarkupFinding | undefined {
  const match = /(?:^|\n)([ \t]*)(\+|0\d[.)])[ \t]\S.*\n[ \t]*(?:\+|0\d[.)])[ \t]\S/.exec(raw);
  if (!match) return undefined;
  const [whole, lead = '', mark = ''] = match;
  const start = match.index + whole.indexOf(mark, lead.length);
  return {
    within: [start, start + mark.length],
    message: `lines that start with ${mark} are no list, and are printed one behind the other`,
    hint: mark === '+' ? 'a list has dashes: - one' : 'a numbered list starts with 1.',
  };
}
