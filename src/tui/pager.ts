import type { Input } from './keyboard.js';
import { barLine, fitted, type Glyphs, type Head, headLine, helpLine, type Prompt } from './prompt.js';
import { rowsOf } from './rows.js';
import { type Frame, type Line, type Size, span } from './screen.js';

/** A text to be read, a window at a time; any way out of it is an answer. */
export class Pager implements Prompt<'back'> {
  readonly #head: Head;
  readonly words: string;
  #top = 0;
  #page = 10;
  #most = 0;

  constructor(head: Head, text: string) {
    this.#head = head;
    this.words = text.trimEnd();
  }

  take(input: Input): 'back' | undefined {
    const key = input.type === 'key' ? input.key : input.text === ' ' ? 'page-down' : '';
    const steps: Readonly<Record<string, number>> = {
      up: -1,
      down: 1,
      'page-up': -this.#page,
      'page-down': this.#page,
      home: -this.#most,
      end: this.#most,
    };
    const step = steps[key];
    if (step !== undefined) this.#top = Math.max(0, Math.min(this.#most, this.#top + step));
    return /^(?:esc|enter|ctrl-d)$/.test(key) ? 'back' : undefined;
  }

  frame(size: Size, glyphs: Glyphs): Frame {
    const columns = Math.max(8, size.columns - 3);
    const rows = rowsOf(this.words, columns).map(({ start, end }) => this.words.slice(start, end).trimEnd());
    this.#page = Math.max(1, size.rows - 4);
    this.#most = Math.max(0, rows.length - this.#page);
    const pages = Math.max(1, Math.ceil(rows.length / this.#page));
    const at = Math.min(
      pages,
      Math.floor(this.#top / this.#page) + 1 + Number(this.#top === this.#most && this.#most > 0 && pages > 1),
    );
    const shown = rows.slice(this.#top, this.#top + this.#page).map((row): Line => barLine([span(row)], glyphs));
    const lines = [
      headLine({ ...this.#head, aside: pages > 1 ? `${Math.min(at, pages)} of ${pages}` : undefined }, size, glyphs),
      ...shown,
      helpLine([`${glyphs.up}${glyphs.down} PgUp PgDn scroll`, 'Esc back'], size, glyphs),
    ];
    return fitted({ lines, caret: undefined }, size, glyphs);
  }

  left(): readonly Line[] {
    return [];
  }
}
