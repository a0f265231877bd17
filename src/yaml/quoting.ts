import type { FileText, TextEdit } from './file-text.js';
import { quotedText } from './write.js';

/** Longer lines are not shown corrected; what to do is said instead. */
const LONGEST = 240;

/** What stands before a line's value: indentation, dashes, and the name of its field. */
const LEAD = /^\s*(?:- +)*(?:[^\s:#"'[{][^:#"'[{]*:(?:\s+|$))?/;

/** The part of a line before its value. */
export const leadOf = (line: string): string => LEAD.exec(line)?.[0] ?? '';

/** What to do about a text that needs quotes: the corrected line, or a sentence; and the change, where it is sure. */
export interface Quoted {
  hint: string;
  fix?: TextEdit;
}

/**
 * The line at an offset with its whole value in quotes, as a corrected line to copy: from the name of its field to the
 * end of the text, with the lines that continue it. Inside brackets that are meant as such, what to do is said instead.
 */
export function quotedHint(file: FileText, offset: number): Quoted {
  const { line } = file.position(offset);
  const text = file.line(line);
  const lead = leadOf(text);
  const value = text.slice(lead.length).trimEnd();
  if (isFlow(value) || (!/^[[{]/.test(value) && insideFlow(file, line)))
    return { hint: 'inside { } and [ ], a text with a comma, a colon or a bracket in it needs quotes around it' };
  const more = continuations(file, line, lead);
  const whole = [value, ...more].join(' ');
  if (whole.length > LONGEST)
    return { hint: 'write the text under "|" on the next line, indented, or put quotes around all of it' };
  const hint = `${lead.trimStart()}${quotedText(unquotedWhole(whole))}`;
  // What stands behind "# " may be a comment for colleagues, and quotes would publish it; lines are not joined unasked.
  if (/\s#\s/.test(whole) || more.length > 0 || lead.trim() === '') return { hint };
  const start = file.lineStart(line) + lead.length;
  return { hint, fix: { range: [start, start + value.length], text: quotedText(unquotedWhole(whole)) } };
}

/** A text without the quotes that somebody put around it, where it has others of the kind in it. */
function unquotedWhole(whole: string): string {
  const [, inner] = /^"(.*)"$/s.exec(whole) ?? [];
  // Two quotations, one at each end, are words.
  return inner !== undefined && /^[^"]*\s"\S/.test(inner) ? inner : whole;
}

/** The corrected line alone. */
export const quotedLine = (file: FileText, offset: number): string => quotedHint(file, offset).hint;

/** The lines below that YAML would read as the same text. */
function continuations(file: FileText, line: number, lead: string): string[] {
  const indent = /^\s*(?:- +)*/.exec(lead)?.[0].length ?? 0;
  // Below a field's name a text goes on further in; behind a dash, in the same column too.
  const least = /:\s*$/.test(lead) ? indent + 1 : indent;
  const more: string[] = [];
  for (let next = line + 1; next <= line + 20; next++) {
    const text = file.line(next);
    const column = text.length - text.trimStart().length;
    if (text.trim() === '' || column < least || /^\s*(?:- |#|[\w-]+:(?:\s|$))/.test(text)) break;
    more.push(text.trim());
  }
  return more;
}

/** A value that is a list or group in brackets: nothing stands behind the closing one. */
function isFlow(value: string): boolean {
  if (!/^[[{]/.test(value)) return false;
  const close = closing(value);
  return close < 0 || /^\s*(?:,|#\s|$)/.test(value.slice(close + 1));
}

/** Where the bracket at the start of a text closes; -1 where it does not. */
function closing(text: string): number {
  let depth = 0;
  for (const { index, 0: bracket } of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth === 0) return index;
  }
  return -1;
}

/** Whether a bracket that an earlier line opens as a value is still open on a line. */
function insideFlow(file: FileText, line: number): boolean {
  let depth = 0;
  for (let above = Math.max(1, line - 200); above < line; above++) {
    const text = file.line(above);
    const value = text.slice(leadOf(text).length);
    if (depth === 0 && !/^[[{]/.test(value)) continue;
    for (const bracket of value.match(/[[\]{}]/g) ?? []) depth += bracket === '[' || bracket === '{' ? 1 : -1;
    depth = Math.max(0, depth);
  }
  return depth > 0;
}
