import { load } from 'virtual:lazy/yaml';
import type { FileText, Located, Range } from './file-text.js';
import { leadOf, quotedHint } from './quoting.js';

/** A comment that may be text: a number sign right before a word, or one space and a figure after one space. */
const MAY_CUT = /\S[ \t]+#+[^\s#]|\S # \d|\n[ \t]+#+[^\s#]|\S[ \t]+#[ \t]*(?:\n|$)/;

/** Marks by which the lexer tells of a document, a scalar or an error; they are not in the text. */
const MARKS = new Set(['\u0002', '\u0018', '\u001f']);

/**
 * Words that YAML takes for a comment and a journalist did not mean as one: `headline: Gang #4 jailed`, `dek: #MeToo`.
 * A comment is `# ` and words.
 */
export function cutTexts(file: FileText): Located[] {
  if (!MAY_CUT.test(file.text)) return [];
  return [...comments(file.text)].flatMap((range) => cut(file, range) ?? []);
}

/** Where YAML sees comments, from `#` to the end of the words. */
export function* comments(text: string): Generator<Range> {
  let offset = 0;
  const { Lexer } = load();
  for (const token of new Lexer().lex(text)) {
    if (MARKS.has(token)) continue;
    if (token.startsWith('#')) yield [offset, offset + token.trimEnd().length];
    offset += token.length;
  }
}

function cut(file: FileText, range: Range): Located | undefined {
  const [start, end] = range;
  const words = file.text.slice(start, end);
  if (/^#+\s*nutgraf(?:\s*:|\s+allow\b)/i.test(words)) return undefined; // words to us, not to readers
  const { line } = file.position(start);
  const lineStart = file.lineStart(line);
  const before = file.text.slice(lineStart, start);
  if (before.trim() === '') return /^#+[^\s#]/.test(words) ? continuation(file, range, line, before.length) : undefined;
  const lead = leadOf(before).length;
  const value = before.slice(lead).trim();
  // A word right after the sign, "Gang # 4", and "in C #" at the end; a date or an address cannot be cut.
  const numbered = /\S $/.test(before) && /^# \d/.test(words) && !/^(?:\d{4}-[\d:T+ -]*|https?:\S+)$/.test(value);
  if (!/^#+[^\s#]/.test(words) && !numbered && !(words === '#' && value !== '')) return undefined;
  const rule = 'comment-cuts-text';
  const taken = `${excerpt(words)} is taken for a comment`;
  if (/[|>][-+\d]*\s+$/.test(before)) {
    return { range, rule, message: `${taken} and would be cut off`, hint: 'put the text on the next line, indented' };
  }
  if (value === '' && goesOn(file, line, before)) return undefined;
  return {
    range,
    rule,
    message: value === '' ? `${taken}, so the value is empty` : `${taken} and would be cut off`,
    ...(/^[[{]/.test(value)
      ? { hint: 'a comment starts with # and a space; a text with # in it needs quotes' }
      : quotedHint(file, lineStart + lead)),
  };
}

/** Whether a field's group, list or block stands on the lines below it, so that what follows its name is a comment. */
function goesOn(file: FileText, line: number, before: string): boolean {
  const indent = /^[\s-]*/.exec(before)?.[0].length ?? 0;
  for (let next = line + 1; next <= line + 50; next++) {
    const text = file.line(next);
    if (text.trim() === '' || text.trimStart().startsWith('#')) continue;
    const column = text.length - text.trimStart().length;
    const structure = /^\s*(?:-(?:\s|$)|[?|>&*!"'[{]|[^\s:#]+\s*:(?:\s|$))/.test(text);
    return structure && (column > indent || (column === indent && text.trimStart().startsWith('- ')));
  }
  return false;
}

/** `#word` on a line of its own, indented as the continuation of the text above it: deeper than that text's name or dash. */
function continuation(file: FileText, range: Range, line: number, indent: number): Located | undefined {
  const lead = textAbove(file, line);
  if (lead === undefined || indent <= lead) return undefined;
  return {
    range,
    rule: 'comment-cuts-text',
    message: `${excerpt(file.text.slice(...range))} is taken for a comment and would be cut off`,
    hint: 'write the text under "|" on a line of its own, where # is text; indent all its lines alike',
  };
}

/**
 * The indentation of the name or dash whose unquoted or block text ends right above a line; undefined if something else
 * stands there.
 */
function textAbove(file: FileText, line: number): number | undefined {
  let inner = Number.POSITIVE_INFINITY;
  for (let above = line - 1; above >= Math.max(1, line - 500); above--) {
    const text = file.line(above);
    if (text.trim() === '' || text.trimStart().startsWith('#')) continue;
    const column = text.length - text.trimStart().length;
    const field = /^(\s*(?:- +)*)(?:[^\s:#"'[{|>][^:#]*:(?:\s+|$))?(.*)$/.exec(text);
    const [, dashes = '', value = ''] = field ?? [];
    const named = text.slice(dashes.length) !== value;
    if (!named && !/^\s*- /.test(text)) {
      inner = Math.min(inner, column); // a line that continues a text
      continue;
    }
    const lead = named ? dashes.length : dashes.trimEnd().length - 1;
    // A name without a value holds the lines below it only where they are text.
    if (value.replace(/^#.*/, '').trim() === '') return Number.isFinite(inner) ? lead : undefined;
    return /^["'[{&*!]/.test(value) || inner <= lead ? undefined : lead;
  }
  return undefined;
}

function excerpt(words: string): string {
  return words.length > 40 ? `${words.slice(0, 40)}…` : words;
}
