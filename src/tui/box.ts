import { type Choice, choicesFor, citing, insertCitation } from './cite.js';
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
  usable,
} from './prompt.js';
import { offsetAt, placeOf, type Row, rowsOf } from './rows.js';
import { type Frame, type Line, type Size, type Span, span } from './screen.js';
import { Text } from './text.js';

/** What is wrong with a text, and the text that is right. */
export interface Trouble {
  problem: string;
  fix?: { label: string; text: string } | undefined;
}

export interface BoxOptions {
  head: Head;
  /** What belongs there, in a line. */
  help: string;
  value: string;
  /** What can be cited now: the short names with what they stand for. */
  sources: () => readonly Choice[];
  check?: ((text: string) => Trouble | undefined) | undefined;
}

/** How a box was left; `source` is where a new source is to be added first, called `name`. */
export type BoxAnswer = { how: 'done' | 'back'; value: string } | { how: 'source'; value: string; name: string };

const MOST_CHOICES = 6;

/** Brackets with citations, closed or not. */
const CITATION = /\[@[^[\]\n]*\]?/g;
/** A text of any length, with a list of sources where `[@` is typed. */
export class Box implements Prompt<BoxAnswer> {
  readonly options: BoxOptions;
  readonly #text: Text;
  #at = 0;
  /** Whether the last input was typing, so that a citation that is only passed opens no list. */
  #isTyping = false;
  /** The place at which the list was closed, so that it does not open there again. */
  #closed = -1;
  #columns = 74;
  #page = 10;
  #top = 0;
  /** The column that ↑ and ↓ keep to. */
  #wanted: number | undefined;

  constructor(options: BoxOptions, caret = options.value.length) {
    this.options = options;
    this.#text = new Text(options.value, { isLong: true, caret });
  }

  get value(): string {
    return this.#text.value;
  }

  get caret(): number {
    return this.#text.caret;
  }

  text(): Text {
    return this.#text;
  }

  take(input: Input): BoxAnswer | undefined {
    if (input.type !== 'key') {
      this.#isTyping = true;
      this.#text.insert(input.text);
      this.#at = 0;
      this.#wanted = undefined;
      return undefined;
    }
    const { key } = input;
    const query = this.#query();
    if (!/^(?:up|down|enter|tab|esc)$/.test(key)) this.#isTyping = key === 'backspace';
    if (query !== undefined) {
      const answer = this.#cite(query, key);
      if (answer !== false) return answer;
    }
    if (key !== 'up' && key !== 'down' && key !== 'page-up' && key !== 'page-down') this.#wanted = undefined;
    switch (key) {
      case 'ctrl-d':
      case 'tab':
        return { how: 'done', value: this.value };
      case 'esc':
        return { how: 'back', value: this.value };
      case 'enter':
      case 'newline':
        this.#text.insert('\n');
        return undefined;
      case 'ctrl-r': {
        const { fix } = this.options.check?.(this.value) ?? {};
        if (fix) this.#text.set(fix.text, Math.min(this.#text.caret, fix.text.length));
        return undefined;
      }
      case 'up':
      case 'down':
        this.#vertical(key === 'up' ? -1 : 1);
        return undefined;
      case 'page-up':
      case 'page-down':
        this.#vertical(key === 'page-up' ? -this.#page : this.#page);
        return undefined;
      default:
        this.#text.press(key);
        return undefined;
    }
  }

  /** What is typed of a citation at the caret; undefined where none is, or its list was closed. */
  #query(): string | undefined {
    const query = this.#isTyping ? citing(this.#text) : undefined;
    return query === undefined || this.#closed === this.#text.caret - query.length ? undefined : query;
  }

  #found(query: string): readonly Choice[] {
    return choicesFor(query, this.options.sources());
  }

  /** What a key does while the list of sources is open; false where the text takes it. */
  #cite(query: string, key: string): BoxAnswer | undefined | false {
    const found = this.#found(query);
    const count = found.length + 1;
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
        const choice = found[at];
        if (!choice) return { how: 'source', value: this.value, name: query };
        this.insertCitation(choice.value);
        return undefined;
      }
      default:
        return false;
    }
  }

  /** Puts a short name into the citation at the caret. */
  insertCitation(id: string): void {
    insertCitation(this.#text, id);
    this.#at = 0;
  }

  #vertical(step: number): void {
    const { value, caret } = this.#text;
    const rows = rowsOf(value, this.#columns);
    const { row, column } = placeOf(value, rows, caret);
    this.#wanted ??= column;
    const next = Math.max(0, Math.min(rows.length - 1, row + step));
    if (next === row) this.#text.press(step < 0 ? 'home' : 'end');
    else this.#text.caret = offsetAt(value, rows[next] as Row, this.#wanted);
  }

  frame(size: Size, glyphs: Glyphs): Frame {
    const { head, help, check } = this.options;
    this.#columns = Math.max(8, usable(size) - 2);
    const { value, caret } = this.#text;
    const rows = rowsOf(value, this.#columns);
    const place = placeOf(value, rows, caret);
    const query = this.#query();
    const trouble = query === undefined ? check?.(value) : undefined;
    const below = query === undefined ? [] : this.#listed(query, glyphs);
    // The box grows with its text to two thirds of the window, then scrolls.
    this.#page = Math.max(1, Math.min(Math.floor((size.rows * 2) / 3), size.rows - 5 - below.length));
    const most = Math.max(0, rows.length - this.#page);
    this.#top = Math.min(most, Math.max(place.row - this.#page + 1, Math.min(this.#top, place.row)));
    const looks = looksOf(value, new Set(this.options.sources().map(({ value: id }) => id)));
    const shown = rows.slice(this.#top, this.#top + this.#page).map((row, i, all): Line => {
      const more =
        i === 0 && this.#top > 0 ? glyphs.up : i === all.length - 1 && this.#top < most ? glyphs.down : glyphs.bar;
      return [span(`${more} `, 'accent'), ...styled(value, row, looks)];
    });
    if (value === '') shown[0] = barLine([span(help, 'dim')], glyphs);
    const words = value.match(/\S+/g)?.length ?? 0;
    const isOpen = query !== undefined;
    const lines: Line[] = [
      headLine({ ...head, aside: value === '' ? undefined : 'saved as you type' }, size, glyphs),
      ...shown,
      ...below.map((line) => clipped(barLine(line, glyphs), size, glyphs)),
      ...(trouble ? [clipped(barLine([span(`! ${trouble.problem}`, 'warning')], glyphs), size, glyphs)] : []),
      helpLine(
        isOpen
          ? ['Enter insert', 'Esc close the list', 'keep typing to narrow it']
          : [
              `${words} ${words === 1 ? 'word' : 'words'}`,
              ...(trouble?.fix ? [`Ctrl-R ${trouble.fix.label}`] : []),
              'Ctrl-D done',
              'Ctrl-O editor',
              'Esc back',
            ],
        size,
        glyphs,
      ),
    ];
    return fitted(
      { lines, caret: { row: 1 + place.row - this.#top, column: 2 + Math.min(place.column, this.#columns) } },
      size,
      glyphs,
    );
  }

  #listed(query: string, glyphs: Glyphs): Line[] {
    const found = this.#found(query);
    const at = Math.min(this.#at, found.length);
    const from = Math.max(0, Math.min(found.length - MOST_CHOICES, at - MOST_CHOICES + 1));
    const line = (isAt: boolean, name: string, more: string): Line => [
      span(isAt ? `  ${glyphs.pointer} ` : '    ', 'accent'),
      span(name.padEnd(12), isAt ? 'bold' : 'plain'),
      span(more === '' ? '' : ` ${more}`, 'dim'),
    ];
    return [
      ...found
        .slice(from, from + MOST_CHOICES)
        .map(({ value, name, more = '' }, i) => line(from + i === at, value, more === '' ? name : `${name}, ${more}`)),
      line(at === found.length, query === '' ? 'a new source' : `a new source called “${query}”`, ''),
    ];
  }

  left({ how, value }: BoxAnswer, size: Size, glyphs: Glyphs): readonly Line[] {
    return how !== 'done' || value.trim() === '' ? [] : [answerLine(this.options.head, value, size, glyphs)];
  }
}

interface Looked {
  start: number;
  end: number;
  look: Span['look'];
}

/** How the citations of a text look: those of sources that are there, and others. */
function looksOf(text: string, known: ReadonlySet<string>): Looked[] {
  if (!text.includes('[@')) return [];
  return [...text.matchAll(CITATION)].map(({ index, 0: citation }) => {
    const ids = citation.match(/(?<=@)[\p{L}\p{N}_-]+/gu) ?? [];
    const look = ids.every((id) => known.has(id)) ? 'accent' : 'unknown';
    return { start: index, end: index + citation.length, look };
  });
}

function styled(text: string, { start, end }: Row, looks: readonly Looked[]): Span[] {
  const spans: Span[] = [];
  let at = start;
  for (const looked of looks) {
    if (looked.end <= start || looked.start >= end) continue;
    const [from, to] = [Math.max(start, looked.start), Math.min(end, looked.end)];
    if (from > at) spans.push(span(text.slice(at, from)));
    spans.push(span(text.slice(from, to), looked.look));
    at = to;
  }
  spans.push(span(text.slice(at, end).replace(/[ \t]+$/, '')));
  return spans;
}
