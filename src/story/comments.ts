import { Lexer } from 'yaml';
import type { FileText, Located, Range } from './file-text.js';
import { quoted } from './syntax.js';

/** A comment that may be text: a number sign right before a word, or one space and a figure after one space. */
const MAY_CUT = /[^\s][ \t]+#[^\s#]|[^\s] # \d|\n[ \t]+#[^\s#]/;

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
  for (const token of new Lexer().lex(text)) {
    if (MARKS.has(token)) continue;
    if (token.startsWith('#')) yield [offset, offset + token.trimEnd().length];
    offset += token.length;
  }
}

function cut(file: FileText, range: Range): Located | undefined {
  const [start, end] = range;
  const words = file.text.slice(start, end);
  const { line } = file.position(start);
  const lineStart = file.lineStart(line);
  const before = file.text.slice(lineStart, start);
  if (before.trim() === '') return /^#[^\s#!]/.test(words) ? continuation(file, range, line, before.length) : undefined;
  if (!/^#[^\s#]/.test(words) && !(/\S $/.test(before) && /^# \d/.test(words))) return undefined;
  const rule = 'comment-cuts-text';
  const taken = `${excerpt(words)} is taken for a comment`;
  if (/[|>][-+\d]*\s+$/.test(before)) {
    return { range, rule, message: `${taken} and would be cut off`, hint: 'put the text on the next line, indented' };
  }
  const lead = /^\s*(?:- +)*(?:[^\s:#"'[{][^:#"'[{]*:\s+)?/.exec(before)?.[0].length ?? 0;
  const empty = before.slice(lead).trim() === '';
  if (empty && goesOn(file, line, before)) return undefined;
  return {
    range,
    rule,
    message: empty ? `${taken}, so the value is empty` : `${taken} and would be cut off`,
    hint: /^[[{]/.test(before.slice(lead))
      ? 'a comment starts with # and a space; a text with # in it needs quotes'
      : quoted(file, lineStart + lead),
  };
}

/** Whether a field's value stands on the lines below it, so that what follows its name is a comment. */
function goesOn(file: FileText, line: number, before: string): boolean {
  const indent = /^[\s-]*/.exec(before)?.[0].length ?? 0;
  for (let next = line + 1; next <= line + 50; next++) {
    const text = file.line(next);
    if (text.trim() === '' || text.trimStart().startsWith('#')) continue;
    const column = text.length - text.trimStart().length;
    return column > indent || (column === indent && text.trimStart().startsWith('- '));
  }
  return false;
}

/** `#word` on a line of its own that is indented as the continuation of the plain text above it. */
function continuation(file: FileText, range: Range, line: number, indent: number): Located | undefined {
  const above = file.line(line - 1);
  const field = /^(\s*(?:- +)*)(?:[^\s:#"'[{|>][^:#]*:\s+)?([^\s"'[{|>&*!#].*)$/.exec(above);
  const [, lead = '', text = ''] = field ?? [];
  if (line < 2 || !field || indent <= lead.length || /:$/.test(text.trimEnd())) return undefined;
  return {
    range,
    rule: 'comment-cuts-text',
    message: `${excerpt(file.text.slice(...range))} is taken for a comment and would be cut off`,
    hint: 'write the text under "|" on a line of its own, where # is text',
  };
}

function excerpt(words: string): string {
  return words.length > 40 ? `${words.slice(0, 40)}…` : words;
}
