import { type Choice, choicesFor } from './cite.js';
import type { Input } from './keyboard.js';
import {
  answerLine,
  barLine,
  clipped,
  fitted,
  type Glyphs,
  type Head,
  headLine,
  helpLine,
  type Prompt,
  pointerAfter,
} from './prompt.js';
import { widthOf } from './rows.js';
import { type Frame, type Line, type Size, span } from './screen.js';

export interface Entry extends Choice {
  /** `done` has been used, `suggested` is what comes next. */
  mark?: 'done' | 'suggested' | undefined;
}

export interface ListOptions {
  head: Head;
  entries: readonly Entry[];
  /** The entry at which the pointer starts. */
  start?: string | undefined;
  enter: string;
  /** What Ctrl-D does; absent where it does nothing. */
  done?: string | undefined;
  /** Whether the answer leaves a line behind. */
  isQuiet?: boolean | undefined;
}

export type ListAnswer = { how: 'chosen'; value: string } | { how: 'done' | 'back' };

/** One of several, found by the arrow keys or by typing. Letters are never commands. */
export class List implements Prompt<ListAnswer> {
  readonly options: ListOptions;
  #at: number;
  #search = '';

  constructor(options: ListOptions) {
    this.options = options;
    this.#at = Math.max(
      0,
      options.entries.findIndex(({ value }) => value === options.start),
    );
  }

  take(input: Input): ListAnswer | undefined {
    if (input.type !== 'key') {
      this.#find(this.#search + input.text.replace(/\s+/g, ' '));
      return undefined;
    }
    const matches = choicesFor(this.#search, this.options.entries);
    switch (input.key) {
      case 'enter':
      case 'newline': {
        const entry = matches[this.#at];
        return entry && { how: 'chosen', value: entry.value };
      }
      case 'ctrl-d':
        return this.options.done === undefined ? undefined : { how: 'done' };
      case 'esc':
        if (this.#search === '') return { how: 'back' };
        this.#find('');
        return undefined;
      case 'backspace':
        this.#find(this.#search.slice(0, -1));
        return undefined;
      default:
        this.#at = pointerAfter(input.key, this.#at, matches.length) ?? this.#at;
        return undefined;
    }
  }

  /** Narrows the list; where nothing matches the words stay, so that one sees why. */
  #find(search: string): void {
    this.#search = search.trimStart();
    this.#at = 0;
  }

  frame(size: Size, glyphs: Glyphs): Frame {
    const { head, enter, done } = this.options;
    const matches = choicesFor(this.#search, this.options.entries);
    const room = Math.max(1, size.rows - 4);
    const from = Math.max(0, Math.min(matches.length - room, this.#at - Math.floor(room / 2)));
    const shown = matches.slice(from, from + room);
    const column = Math.min(24, Math.max(0, ...this.options.entries.map(({ name }) => widthOf(name))) + 2);
    const rows = shown.map(({ name, more = '', mark }, i): Line => {
      const isAt = from + i === this.#at;
      const hasMarks = this.options.entries.some((entry) => entry.mark !== undefined);
      const sign = mark === 'done' ? glyphs.yes : mark === 'suggested' ? glyphs.suggested : ' ';
      const gap = more === '' ? '' : ' '.repeat(Math.max(1, column - widthOf(name)));
      return barLine(
        [
          span(isAt ? `${glyphs.pointer} ` : '  ', 'accent'),
          ...(hasMarks ? [span(`${sign} `, mark === 'done' ? 'good' : 'accent')] : []),
          span(name, isAt ? 'bold' : 'plain'),
          span(gap + more, 'dim'),
        ],
        glyphs,
      );
    });
    if (matches.length === 0) rows.push(barLine([span('  nothing of that name', 'dim')], glyphs));
    const below = matches.length - from - shown.length;
    if (below > 0) rows.push([span(`${glyphs.down} `, 'accent'), span(`    ${below} more`, 'dim')]);
    const help = [
      ...(this.#search === '' ? [] : [`“${this.#search}”`]),
      `Enter ${enter}`,
      'type to find',
      ...(done === undefined ? [] : [`Ctrl-D ${done}`]),
      'Esc back',
    ];
    const lines = [headLine(head, size, glyphs), ...rows, helpLine(help, size, glyphs)].map((line) =>
      clipped(line, size, glyphs),
    );
    return fitted({ lines, caret: { row: 1 + this.#at - from, column: 2 } }, size, glyphs);
  }

  left(answer: ListAnswer, size: Size, glyphs: Glyphs): readonly Line[] {
    if (answer.how !== 'chosen' || this.options.isQuiet) return [];
    const { name = '' } = this.options.entries.find(({ value }) => value === answer.value) ?? {};
    return [answerLine(this.options.head, name, size, glyphs)];
  }
}
