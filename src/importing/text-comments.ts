import type { Note } from './manuscript.js';

/** A comment as Google Docs writes it at the end of a text: `[a]Is this right?`. */
const COMMENT = /^\[([a-z]{1,3})\](?![([:])\s*(\S.*)$/;

/** CriticMarkup (criticmarkup.com), as converters write tracked changes and comments into Markdown. */
const CRITIC =
  /\{--([\s\S]{1,5000}?)--\}|\{\+\+([\s\S]{1,5000}?)\+\+\}|\{~~((?:(?!~>|~~\})[\s\S]){1,5000})~>((?:(?!~~\})[\s\S]){1,5000})~~\}|\{>>([\s\S]{1,5000}?)<<\}|\{==([\s\S]{1,5000}?)==\}/g;

/**
 * A text without what colleagues wrote to each other in a word processor: the comments at its end with their marks, and changes
 * as if accepted. Each comment and deletion is named.
 */
export function withoutTextComments(input: string, notes: Note[]): string {
  return withoutCritic(withoutHidden(withoutEndComments(input, notes), notes), notes);
}

/** Comments of Obsidian, MDX, Liquid, Jinja and Hugo, which no reader of those sees. */
const HIDDEN =
  /^%%[ \t][\s\S]{1,5000}?[ \t]?%%[ \t]*$|\{\/\*[\s\S]{1,5000}?\*\/\}|\{%-?\s*comment\s*-?%\}[\s\S]{1,5000}?\{%-?\s*endcomment\s*-?%\}|\{\{[<%]?\s*\/\*[\s\S]{1,5000}?\*\/\s*[%>]?\}\}/gm;

function withoutHidden(input: string, notes: Note[]): string {
  if (!/%%|\/\*|endcomment/.test(input)) return input;
  return input.replace(HIDDEN, (whole) => {
    notes.push({ kind: 'dropped', message: 'a comment, which no reader sees', text: whole.trim() });
    return '\n'.repeat(whole.split('\n').length - 1);
  });
}

function withoutEndComments(input: string, notes: Note[]): string {
  const lines = input.split('\n');
  let end = lines.length;
  while (end > 0 && (lines[end - 1] ?? '').trim() === '') end--;
  let start = end;
  while (start > 0 && (COMMENT.test(lines[start - 1] ?? '') || (lines[start - 1] ?? '').trim() === '')) start--;
  const comments = lines.slice(start, end).flatMap((line, i) => {
    const [, mark, text] = COMMENT.exec(line) ?? [];
    return mark === undefined || text === undefined ? [] : [{ mark: `[${mark}]`, text, line: start + i + 1 }];
  });
  const body = lines.slice(0, start).join('\n');
  // The first is [a], and each has its mark in the text.
  if (comments[0]?.mark !== '[a]' || !comments.every(({ mark }) => body.includes(mark))) return input;
  let rest = body;
  for (const { mark, text, line } of comments) {
    rest = rest.replace(mark, '');
    notes.push({ kind: 'dropped', line, message: 'a comment of a colleague', text });
    notes.push({ kind: 'dropped', line, message: 'the mark of a colleague’s comment', text: `${mark} ${mark}` });
  }
  return `${rest.trimEnd()}\n`;
}

function withoutCritic(input: string, notes: Note[]): string {
  if (!/\{(?:--|\+\+|~~|>>|==)/.test(input)) return input;
  let [line, counted] = [1, 0];
  return input.replace(CRITIC, (_, deleted, inserted, before, after, comment, marked, at: number) => {
    line += input.slice(counted, at).split('\n').length - 1;
    counted = at;
    const gone = deleted ?? before;
    if (gone !== undefined)
      notes.push({ kind: 'dropped', line, message: 'words that a colleague had deleted', text: gone });
    if (comment !== undefined)
      notes.push({ kind: 'dropped', line, message: 'a comment of a colleague', text: comment });
    return inserted ?? after ?? marked ?? '';
  });
}
