/**
 * A line break that no later step may touch, as in code. It is a noncharacter, which no story may hold, so it cannot
 * come from a text.
 */
export const HARD_LINE = '\uFDD1';

/** At most one empty line between blocks, none at the ends; the lines of code stay as they are. */
export function closeBlankLines(text: string): string {
  return text
    .replace(/^[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\s+$/g, '')
    .replaceAll(HARD_LINE, '\n');
}
