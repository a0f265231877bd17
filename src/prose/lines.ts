/**
 * Noncharacters, which no story may hold. HARD_LINE: a line break that later steps keep, as in code. NO_WRAP: marks a
 * line that is not wrapped.
 */
export const HARD_LINE = '\uFDD1';
export const NO_WRAP = '\uFDD2';
/** Stands between two parts of a brief whose lists must not run together. */
export const APART = '\uFDD3';

/** One line of plain text: its line breaks, with the spaces around them, become spaces. */
export function oneLine(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.includes('\n')) return trimmed;
  return trimmed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}

/** A text with something before its first line and something before the others; empty lines get no spaces at their end. */
export function prefixed(text: string, first: string, rest: string): string {
  return text
    .split(/(\n|\uFDD1)/)
    .map((part, i) => (i === 0 ? first + part : i % 2 === 1 ? part : part === '' ? rest.trimEnd() : rest + part))
    .join('');
}

/** No spaces at the ends of lines, at most one empty line between blocks, none at the ends of the text. */
export function closeBlankLines(text: string, most: 0 | 1 = 1): string {
  const lines: string[] = [];
  let blank = 0;
  for (const line of text.split('\n')) {
    const closed = line.trim() === '' ? '' : trimEnd(line);
    blank = closed === '' ? blank + 1 : 0;
    if (closed !== '' || (blank <= most && lines.length > 0)) lines.push(closed);
  }
  while (lines.at(-1) === '') lines.pop();
  return lines.join('\n');
}

/** Spaces and tabs off the end, in one pass however many there are; no-break spaces stay. */
function trimEnd(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end--;
  return line.slice(0, end);
}

/** Gives code its line breaks back; the last step. */
export function release(text: string): string {
  return text.replaceAll(HARD_LINE, '\n').replaceAll(NO_WRAP, '');
}
