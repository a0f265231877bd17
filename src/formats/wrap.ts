import { load } from 'virtual:lazy/linebreak';
import { columns, NARROW } from './columns.js';

/** Scripts that break elsewhere than at spaces, or whose letters are two columns wide. */
const NEEDS_RULES =
  /[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u2E80-\uD7FF\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFFEF\u{1F000}-\u{3FFFF}]/u;

/**
 * Breaks one line of text into lines of at most `width` columns, by the Unicode line breaking algorithm (UAX #14).
 * Addresses and words longer than a line are kept whole. Later lines start with the line's own indentation, and below
 * the text of a list item or quotation.
 */
export function wrapLine(line: string, width: number): string[] {
  if (line.length <= width && !NEEDS_RULES.test(line)) return [line];
  const lead = /^\s*(?:> ?)*(?:(?:[-•]|\d{1,3}\.|\[\d+\]) +)?/.exec(line)?.[0] ?? '';
  const indent = lead.replace(/[^>\s]/g, ' ').slice(0, Math.max(0, width - 20));
  if (NARROW.test(line) && line[lead.length] !== ' ') return wrapNarrow(line, lead, indent, width);
  const lines: string[] = [];
  let current = lead;
  let used = columns(lead);
  let fresh = true;
  for (const piece of pieces(line.slice(lead.length))) {
    if (!fresh && used + columns(piece.trimEnd()) > width) {
      lines.push(current.trimEnd());
      current = indent;
      used = columns(indent);
    }
    current += piece;
    used += columns(piece);
    fresh = false;
  }
  lines.push(current.trimEnd());
  return lines;
}

/** The same for a line in which each character takes one column and only spaces part words: without a look at each. */
function wrapNarrow(line: string, lead: string, indent: string, width: number): string[] {
  const lines: string[] = [];
  let start = lead.length;
  let before = lead;
  for (;;) {
    let end = line.length;
    if (before.length + trimmedEnd(line, start, end) - start > width) {
      // The last space from which the words before it fit; where there is none, the first word is too long.
      const room = start + Math.max(0, width - before.length);
      end = line.lastIndexOf(' ', room);
      const first = firstWordEnd(line, start);
      if (end < first) end = first;
      while (line[end] === ' ') end++;
    }
    lines.push((before + line.slice(start, end)).trimEnd());
    if (end >= line.length) return lines;
    start = end;
    before = indent;
  }
}

/** Where a text without the spaces at its end ends. */
function trimmedEnd(line: string, start: number, end: number): number {
  let at = end;
  while (at > start && line[at - 1] === ' ') at--;
  return at;
}

/** Where the first word ends. */
function firstWordEnd(line: string, start: number): number {
  const end = line.indexOf(' ', start);
  return end < 0 ? line.length : end;
}

/** A text cut at every place where a line may end; spaces stay with the piece before them. */
function pieces(text: string): string[] {
  if (!NEEDS_RULES.test(text)) return text.match(/[^ ]+ *|^ +/g) ?? [];
  const { default: LineBreaker } = load();
  const breaker = new LineBreaker(text);
  const addresses = [...text.matchAll(/https?:\/\/[!-~]+/g)].map(
    ({ index, 0: url }) => [index, index + url.length] as const,
  );
  const parts: string[] = [];
  let start = 0;
  for (let next = breaker.nextBreak(); next; next = breaker.nextBreak()) {
    const { position } = next;
    if (addresses.some(([from, to]) => position > from && position < to)) continue;
    parts.push(...thaiWords(text.slice(start, position)));
    start = position;
  }
  return parts;
}

/** Thai, Lao, Khmer and Burmese put no spaces between words; a dictionary tells where they end. */
function thaiWords(piece: string): string[] {
  if (piece.length < 20 || !/[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF]/.test(piece)) return [piece];
  const segmenter = new Intl.Segmenter('th', { granularity: 'word' });
  const words: string[] = [];
  // ICU's memory grows with the square of a text's length, so a long one goes in pieces, the last word of each twice.
  for (let at = 0; at < piece.length; ) {
    const part = piece.slice(at, at + LONGEST_PART);
    const segments = [...segmenter.segment(part)].map(({ segment }) => segment);
    const whole = at + part.length >= piece.length || segments.length < 2 ? segments : segments.slice(0, -1);
    words.push(...whole);
    at += whole.join('').length;
  }
  return words;
}

const LONGEST_PART = 500;
