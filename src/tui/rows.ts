import { load } from 'virtual:lazy/fast-string-width';

/** How many columns a text takes on the screen. Characters of ambiguous width count as one (UAX #11). */
export const widthOf = (text: string): number =>
  /^[\x20-\x7e]*$/.test(text) ? text.length : load().default(text.replaceAll('\t', TAB));

/** What a tab looks like. */
export const TAB = '    ';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** No character as people see it is looked for further away, in code units. */
const NEAR = 96;

/** The characters of a text as people see them: grapheme clusters (UAX #29). */
export function* graphemes(text: string): Generator<string> {
  if (/^[\x20-\x7e]*$/.test(text)) yield* text;
  else for (const { segment } of segmenter.segment(text)) yield segment;
}

/** The end of the character that starts at an offset. */
export function after(text: string, at: number): number {
  for (const grapheme of graphemes(text.slice(at, at + NEAR))) return at + grapheme.length;
  return at;
}

/** The start of the character that ends at an offset. */
export function before(text: string, at: number): number {
  const from = Math.max(0, at - NEAR);
  const line = text.lastIndexOf('\n', at - 1);
  const start = line >= from ? line : from;
  let last = start;
  for (const grapheme of graphemes(text.slice(start, at))) if (last + grapheme.length < at) last += grapheme.length;
  return at > start ? last : start;
}

/** A row of a text that is wrapped: where it starts and ends in the text. A line break, or the blank that was wrapped at, follows. */
export interface Row {
  start: number;
  end: number;
}

/** Marks that never begin a line in Chinese, Japanese and Korean (JIS X 4051). */
const NEVER_FIRST = '、。，．・：；？！）」』】〕〉》”’ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々';

/** What stays together on a line: a word with the blanks behind it, or to its hyphen; one wide character with marks behind it. */
const TOKEN = new RegExp(
  `[^\\S\\n\\u00a0\\u2007\\u202f]+|[⺀-鿿가-힣豈-﫿︰-﹏＀-｠𠀀-𯿿][${NEVER_FIRST}]*|(?:(?:[^\\s⺀-鿿가-힣豈-﫿︰-﹏＀-｠-]|[\\u00a0\\u2007\\u202f])+-*|-+)[^\\S\\n\\u00a0\\u2007\\u202f]*`,
  'gu',
);

/** Wraps a text to rows of so many columns. Words that are longer are cut between characters. An empty text has one row. */
export function rowsOf(text: string, columns: number): Row[] {
  const rows: Row[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    for (const { start, end } of wrapped(line, columns)) rows.push({ start: at + start, end: at + end });
    at += line.length + 1;
  }
  return rows;
}

/** Paragraphs that were wrapped last, since typing changes one of them. */
let known = new Map<string, readonly Row[]>();
let older = new Map<string, readonly Row[]>();
const MOST_KNOWN = 4000;

function wrapped(line: string, columns: number): readonly Row[] {
  const key = `${columns} ${line}`;
  const rows = known.get(key) ?? older.get(key) ?? wrap(line, columns);
  if (known.size > MOST_KNOWN) {
    older = known;
    known = new Map();
  }
  known.set(key, rows);
  return rows;
}

function wrap(line: string, columns: number): Row[] {
  const rows: Row[] = [];
  let start = 0;
  let width = 0;
  let at = 0;
  const cut = (end: number) => {
    rows.push({ start, end });
    start = end;
    width = 0;
  };
  for (const [token] of line.matchAll(TOKEN)) {
    const word = token.trimEnd();
    const size = widthOf(word);
    if (width > 0 && width + size > columns) cut(at);
    if (size > columns)
      for (const grapheme of graphemes(word)) {
        const more = widthOf(grapheme);
        if (width > 0 && width + more > columns) cut(at);
        width += more;
        at += grapheme.length;
      }
    else {
      width += size;
      at += word.length;
    }
    // Blanks at the end of a row hang over it.
    width += widthOf(token.slice(word.length));
    at += token.length - word.length;
  }
  rows.push({ start, end: line.length });
  return rows;
}

/** Which row an offset is in, and in which column. At the end of a wrapped row the next one begins. */
export function placeOf(text: string, rows: readonly Row[], offset: number): { row: number; column: number } {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((rows[middle] as Row).start <= offset) low = middle;
    else high = middle - 1;
  }
  return { row: low, column: widthOf(text.slice((rows[low] as Row).start, offset)) };
}

/** The offset in a row that is nearest to a column. */
export function offsetAt(text: string, { start, end }: Row, column: number): number {
  let width = 0;
  let at = start;
  for (const grapheme of graphemes(text.slice(start, end))) {
    const more = widthOf(grapheme);
    if (width + more > column) break;
    width += more;
    at += grapheme.length;
  }
  return at;
}

/** A text cut to so many columns, with `…` where something is left out. Line breaks become spaces. */
export function cutTo(text: string, columns: number, ellipsis = '…'): string {
  return cutEnd(text.replace(/\s+/g, ' ').trim(), columns, ellipsis);
}

/** A line cut to so many columns, as it is otherwise. */
export function cutEnd(line: string, columns: number, ellipsis = '…'): string {
  if (widthOf(line) <= columns) return line;
  let short = '';
  let width = widthOf(ellipsis);
  for (const grapheme of graphemes(line)) {
    width += widthOf(grapheme);
    if (width > columns) break;
    short += grapheme;
  }
  return short.trimEnd() + (columns > 0 ? ellipsis : '');
}
