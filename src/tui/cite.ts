import type { Input } from './keyboard.js';
import type { Glyphs } from './prompt.js';
import { type Line, span } from './screen.js';
import type { Text } from './text.js';

/** Something that can be chosen: its value, its name, and what else a search finds it by. */
export interface Choice {
  value: string;
  name: string;
  /** What stands behind its name. */
  more?: string | undefined;
}

/** A citation that is being typed: what stands between its `@` and the caret. */
const CITING = /\[(?:[^[\]\n]*;\s*)?@([\p{L}\p{N}_-]*)$/u;

const MOST_CHOICES = 6;

/** The list of sources that is open while a citation is typed in a text. */
export class CitationList {
  readonly #text: Text;
  readonly #sources: () => readonly Choice[];
  #at = 0;
  /** Whether the last input was typing, so that a citation that is only passed opens no list. */
  #isTyping = false;
  /** The place at which the list was closed, so that it does not open there again. */
  #closed = -1;

  constructor(text: Text, sources: () => readonly Choice[]) {
    this.#text = text;
    this.#sources = sources;
  }

  /** Whether the list is open. */
  get isOpen(): boolean {
    return this.#query() !== undefined;
  }

  /** Notes an input that the text is about to take, or the list. */
  heed(input: Input): void {
    if (input.type !== 'key') this.#at = 0;
    const isOurs = input.type === 'key' && /^(?:up|down|enter|tab|esc)$/.test(input.key);
    if (!isOurs) this.#isTyping = input.type !== 'key' || input.key === 'backspace';
  }

  /**
   * What a key does while the list is open: undefined where it is done, the name of a source that is to be added first, or false
   * where the key is for the text.
   */
  press(key: string): { newSource: string } | undefined | false {
    const query = this.#query();
    if (query === undefined) return false;
    const matches = choicesFor(query, this.#sources());
    const count = matches.length + 1;
    const at = Math.min(this.#at, count - 1);
    switch (key) {
      case 'up':
      case 'down':
        this.#at = (at + (key === 'up' ? count - 1 : 1)) % count;
        return undefined;
      case 'esc':
        this.#closed = this.#text.caret - query.length;
        return undefined;
      case 'enter':
      case 'tab': {
        const choice = matches[at];
        if (!choice) return { newSource: query };
        this.insert(choice.value);
        return undefined;
      }
      default:
        return false;
    }
  }

  /** Puts a short name in place of what is typed of it, and closes the brackets. */
  insert(id: string): void {
    const { value, caret } = this.#text;
    const typed = this.#typed() ?? '';
    const rest = /^[\p{L}\p{N}_-]*/u.exec(value.slice(caret))?.[0] ?? '';
    const end = caret + rest.length;
    const close = value[end] === ']' || value[end] === ';' ? '' : ']';
    this.#text.replace(caret - typed.length, end, id + close);
    this.#at = 0;
    this.#isTyping = false;
  }

  /** The list as it is drawn; nothing where it is closed. */
  lines(glyphs: Glyphs): Line[] {
    const query = this.#query();
    if (query === undefined) return [];
    const matches = choicesFor(query, this.#sources());
    const at = Math.min(this.#at, matches.length);
    const from = Math.max(0, Math.min(matches.length - MOST_CHOICES, at - MOST_CHOICES + 1));
    const line = (isAt: boolean, name: string, more: string): Line => [
      span(isAt ? `  ${glyphs.pointer} ` : '    ', 'accent'),
      span(name.padEnd(12), isAt ? 'bold' : 'plain'),
      span(more === '' ? '' : ` ${more}`, 'dim'),
    ];
    return [
      ...matches
        .slice(from, from + MOST_CHOICES)
        .map(({ value, name, more = '' }, i) => line(from + i === at, value, more === '' ? name : `${name}, ${more}`)),
      line(at === matches.length, newSourceName(query), ''),
    ];
  }

  /** What is typed of a citation at the caret; undefined where none is. */
  #typed(): string | undefined {
    const { value, caret } = this.#text;
    return CITING.exec(value.slice(Math.max(0, caret - 200), caret))?.[1];
  }

  /** What the list is searched for; undefined where it is closed. */
  #query(): string | undefined {
    const typed = this.#isTyping ? this.#typed() : undefined;
    return typed === undefined || this.#closed === this.#text.caret - typed.length ? undefined : typed;
  }
}

/** The last line of a list of sources. */
export const newSourceName = (typed: string): string =>
  typed.trim() === '' ? 'a new source' : `a new source called “${typed.trim()}”`;

/** The choices that hold all words of a search; those that start with it come first. */
export function choicesFor<Some extends Choice>(search: string, choices: readonly Some[]): Some[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = ({ value, name, more = '' }: Choice) => {
    const all = `${value} ${name} ${more}`.toLowerCase();
    return words.every((word) => all.includes(word));
  };
  const [first = ''] = words;
  const starts = ({ value, name }: Choice) =>
    Number(value.toLowerCase().startsWith(first) || name.toLowerCase().startsWith(first));
  const matches = choices.filter(holds);
  return words.length === 0 ? matches : matches.toSorted((a, b) => starts(b) - starts(a));
}
