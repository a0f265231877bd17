import type { Text } from './text.js';

/** Something that can be chosen: its value, its name, and what else a search finds it by. */
export interface Choice {
  value: string;
  name: string;
  /** What stands behind its name. */
  more?: string;
}

/** A citation that is being typed: what stands between its `@` and the caret. */
const CITING = /\[(?:[^[\]\n]*;\s*)?@([\p{L}\p{N}_-]*)$/u;

/** What is typed of a citation at the caret; undefined where none is. */
export function citing({ value, caret }: Text): string | undefined {
  return CITING.exec(value.slice(Math.max(0, caret - 200), caret))?.[1];
}

/** Puts a short name in place of what is typed of it, and closes the brackets. */
export function insertCitation(text: Text, id: string): void {
  const { value, caret } = text;
  const query = citing(text) ?? '';
  const rest = /^[\p{L}\p{N}_-]*/u.exec(value.slice(caret))?.[0] ?? '';
  const end = caret + rest.length;
  const close = value[end] === ']' || value[end] === ';' ? '' : ']';
  text.replace(caret - query.length, end, id + close);
}

/** The choices that hold all words of a search; those that start with it come first. */
export function choicesFor(search: string, choices: readonly Choice[]): Choice[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = ({ value, name, more = '' }: Choice) => {
    const all = `${value} ${name} ${more}`.toLowerCase();
    return words.every((word) => all.includes(word));
  };
  const [first = ''] = words;
  const starts = ({ value, name }: Choice) =>
    Number(value.toLowerCase().startsWith(first) || name.toLowerCase().startsWith(first));
  const found = choices.filter(holds);
  return words.length === 0 ? found : found.toSorted((a, b) => starts(b) - starts(a));
}
