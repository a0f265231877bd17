import type { Input } from './keyboard.js';
import {
  barLine,
  clipped,
  fitted,
  type Glyphs,
  type Head,
  headLine,
  helpLine,
  type Prompt,
  pointerAfter,
  usable,
} from './prompt.js';
import { cutTo, widthOf } from './rows.js';
import { type Frame, type Line, type Size, span } from './screen.js';

/** A line of the outline: a part of the story, or something to be done. */
export interface Item {
  id: string;
  /** How deep it stands: 0 for the story itself, 1 for a section, 2 for an entry. */
  depth: number;
  /** The number before it, where it has one. */
  number?: number | undefined;
  name: string;
  /** Its first words, in grey. */
  more?: string | undefined;
  /** What is wrong with it, in words. */
  trouble?: { severity: 'error' | 'warning'; text: string; fix?: string | undefined } | undefined;
  /** Whether it has entries that are not shown, or that are. */
  entries?: 'closed' | 'open' | undefined;
  /** Whether it can be carried, and taken out. */
  isMovable?: boolean | undefined;
}

export interface OutlineOptions {
  head: Head;
  items: readonly Item[];
  start?: string | undefined;
  /** The item that is carried. */
  carried?: string | undefined;
  /** What was done last: “deleted Timeline · Ctrl-Z brings it back”. */
  said?: string | undefined;
}

export type OutlineAnswer =
  | { how: 'open' | 'lift' | 'drop' | 'unfold' | 'fold' | 'delete' | 'fix'; id: string }
  | { how: 'move'; id: string; step: 1 | -1 }
  | { how: 'undo' | 'redo' | 'back' | 'editor' | 'cancel' };

/** The outline uses a wide window for first words. */
const WIDEST = 118;

/** A story as its parts. Each action is an answer: who asked shows the outline again as it is then. */
export class Outline implements Prompt<OutlineAnswer> {
  readonly options: OutlineOptions;
  #at: number;
  #search = '';

  constructor(options: OutlineOptions) {
    this.options = options;
    this.#at = Math.max(
      0,
      options.items.findIndex(({ id }) => id === options.start),
    );
  }

  take(input: Input): OutlineAnswer | undefined {
    const { items, carried } = this.options;
    if (input.type !== 'key') {
      if (input.text === ' ' && !this.#finds(`${this.#search} `)) return this.#lift();
      if (carried === undefined) this.#find(this.#search + input.text);
      return undefined;
    }
    const { id = '', isMovable = false, entries, trouble } = items[this.#at] ?? {};
    const { key } = input;
    if (key !== 'backspace') this.#search = '';
    if (carried !== undefined && (key === 'up' || key === 'down'))
      return { how: 'move', id: carried, step: key === 'up' ? -1 : 1 };
    if (carried !== undefined && (key === 'enter' || key === 'newline')) return { how: 'drop', id: carried };
    if (carried !== undefined && key === 'esc') return { how: 'cancel' };
    switch (key) {
      case 'enter':
      case 'newline':
        return { how: 'open', id };
      case 'shift-up':
      case 'shift-down':
        return isMovable ? { how: 'move', id, step: key === 'shift-up' ? -1 : 1 } : undefined;
      case 'right':
        return entries === 'closed' ? { how: 'unfold', id } : undefined;
      case 'left':
        return entries === 'open' ? { how: 'fold', id } : undefined;
      case 'delete':
      case 'ctrl-x':
        return isMovable ? { how: 'delete', id } : undefined;
      case 'ctrl-r':
        return trouble?.fix === undefined ? undefined : { how: 'fix', id };
      case 'ctrl-z':
        return { how: 'undo' };
      case 'ctrl-y':
        return { how: 'redo' };
      case 'ctrl-o':
        return { how: 'editor' };
      case 'esc':
        return { how: 'back' };
      case 'backspace':
        this.#find(this.#search.slice(0, -1));
        return undefined;
      default:
        this.#at = pointerAfter(key, this.#at, items.length) ?? this.#at;
        return undefined;
    }
  }

  #lift(): OutlineAnswer | undefined {
    const { carried, items } = this.options;
    const { id = '', isMovable } = items[this.#at] ?? {};
    if (carried !== undefined) return { how: 'drop', id: carried };
    return isMovable ? { how: 'lift', id } : undefined;
  }

  /** Whether a search that goes on would still lead somewhere: else a space is no part of it. */
  #finds(search: string): boolean {
    const word = search.toLowerCase();
    return this.#search !== '' && this.options.items.some(({ name }) => name.toLowerCase().includes(word));
  }

  /** Goes to the first item whose name starts so, or holds the words. */
  #find(search: string): void {
    this.#search = search.trimStart();
    const word = this.#search.toLowerCase();
    if (word === '') return;
    const { items } = this.options;
    const starts = items.findIndex(({ name }) => name.toLowerCase().startsWith(word));
    const holds = items.findIndex(({ name, more = '' }) => `${name} ${more}`.toLowerCase().includes(word));
    const match = starts >= 0 ? starts : holds;
    if (match >= 0) this.#at = match;
  }

  frame(window: Size, glyphs: Glyphs): Frame {
    const size = { ...window, widest: WIDEST };
    const { head, items } = this.options;
    const room = usable(size);
    const lines: Line[] = [headLine(head, size, glyphs)];
    items.forEach((item, i) => {
      lines.push(clipped(barLine(this.#line(item, i === this.#at, room - 2, glyphs), glyphs), size, glyphs));
    });
    lines.push(helpLine(this.#help(), size, glyphs));
    return fitted({ lines, caret: { row: 1 + this.#at, column: 2 } }, size, glyphs);
  }

  #line(
    { id, depth, number, name, more = '', trouble, entries }: Item,
    isAt: boolean,
    room: number,
    glyphs: Glyphs,
  ): Line {
    const isCarried = id === this.options.carried;
    const sign = entries === 'closed' ? glyphs.closed : entries === 'open' ? glyphs.open : ' ';
    const lead = `${'  '.repeat(Math.max(0, depth))}${number === undefined ? '' : `${number} `}`;
    const most = Math.max(16, room - 34);
    const said = trouble
      ? cutTo(`${trouble.severity === 'error' ? glyphs.bad : '!'} ${trouble.text}`, most, glyphs.ellipsis)
      : '';
    const title = lead + name;
    const left = room - 4 - widthOf(said) - (said === '' ? 0 : 2);
    const words = cutTo(more, Math.max(0, left - Math.max(18, widthOf(title)) - 2), glyphs.ellipsis);
    const start = `${isAt ? glyphs.pointer : ' '} ${isCarried ? glyphs.suggested : sign} `;
    const body = words === '' ? cutTo(title, left, glyphs.ellipsis) : `${title.padEnd(18)}  `;
    const shown = lead.startsWith(' ') ? lead.slice(0, lead.length - lead.trimStart().length) + body.trimStart() : body;
    const gap = Math.max(2, room - widthOf(start) - widthOf(shown) - widthOf(words) - widthOf(said));
    return [
      span(start, 'accent'),
      span(shown, isAt || isCarried ? 'bold' : 'plain'),
      span(words, 'dim'),
      ...(trouble ? [span(' '.repeat(gap)), span(said, trouble.severity === 'error' ? 'error' : 'warning')] : []),
    ];
  }

  #help(): string[] {
    const { items, carried, said } = this.options;
    const { isMovable, entries, trouble } = items[this.#at] ?? {};
    if (carried !== undefined) return ['↑↓ move it', 'Space put it down'];
    return [
      ...(said === undefined ? [] : [said]),

      ...(trouble?.fix === undefined ? [] : [`Ctrl-R ${trouble.fix}`]),
      'Enter open',
      ...(entries === undefined ? [] : [entries === 'closed' ? '→ entries' : '← close']),
      ...(isMovable ? ['Space pick up', 'Ctrl-X delete'] : []),
      'Ctrl-Z undo',
      'Esc leave',
    ];
  }

  left(): readonly Line[] {
    return [];
  }
}
