import type { Imported } from '../../importing/import.js';
import { LOST, type Note } from '../../importing/manuscript.js';
import { visible } from '../terminal.js';
import { plural } from './pretty.js';

/** How many kinds of what was done are named, and how much of the words of one. */
const MOST_KINDS = 8;
const MOST_WORDS = 80;

const TITLES: Readonly<Record<Note['kind'], string>> = {
  took: 'took',
  changed: 'changed',
  dropped: 'dropped',
  todo: 'to do',
};

/** What an import did, in a few lines: what was taken, changed and dropped, by kind, and what is to do. */
export function importSummary({ notes }: Pick<Imported, 'notes'>): string[] {
  const lines = (['took', 'changed', 'dropped'] as const).flatMap((kind) => {
    const all = kinds(notes.filter((note) => note.kind === kind && note.message !== LOST));
    if (all.length === 0) return [];
    const rest = all.length > MOST_KINDS ? `; and ${plural(all.length - MOST_KINDS, 'kind')} more` : '';
    return [`  ${TITLES[kind]}: ${all.slice(0, MOST_KINDS).join(kind === 'took' ? ', ' : '; ')}${rest}`];
  });
  const todo = notes.filter(({ kind, message }) => kind === 'todo' || message === LOST);
  return [...lines, ...todo.map((note) => `  ${note.message === LOST ? 'missing' : TITLES.todo}: ${lineOf(note)}`)];
}

/** Notes that say the same of several places, once each, with how many there are and the words of the first. */
function kinds(notes: readonly Note[]): string[] {
  const groups = new Map<string, Note[]>();
  for (const note of notes) {
    const key = note.message.replace(/["“][^"“”]*["”]/g, '…').replace(/\d+/g, 'n');
    groups.set(key, [...(groups.get(key) ?? []), note]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [Note];
    if (first.kind === 'took') return visible(first.message);
    return group.length === 1 ? lineOf(first) : `${visible(first.message)} (${group.length} times)`;
  });
}

function lineOf({ message, text, line, kind }: Note): string {
  const place = line === undefined || kind !== 'todo' ? '' : `line ${line}: `;
  const words = text?.replace(/\s+/g, ' ').trim() ?? '';
  const shown =
    words.length > MOST_WORDS && kind !== 'todo' && message !== LOST ? `${words.slice(0, MOST_WORDS)}…` : words;
  return `${place}${visible(message)}${shown === '' ? '' : `: ${visible(shown)}`}`;
}

/** One note, whole, with its place. */
export function noteLine(path: string, { kind, line, message, text }: Note): string {
  const place = line === undefined ? visible(path) : `${visible(path)}:${line}`;
  return `${place}: ${kind}: ${visible(message)}${text === undefined ? '' : `: ${visible(text)}`}`;
}
