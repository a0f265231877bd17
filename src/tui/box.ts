import { type Choice, CitationList } from './cite.js';
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

/** Brackets with citations, closed or not. */
const CITATION = /\[@[^[\]\n]*\]?/g;

/** A text of any length, with a list of sources where `[@` is typed. */
export class Box implements Prompt<BoxAnswer> {
  readonly options: BoxOptions;
  readonly #text: Text;
  readonly #citations: CitationList;
  #columns = 74;
  #page = 10;
  #top = 0;
  /** The column that ↑ and ↓ keep to. */
  #wanted: number | undefined;

  constructor(options: BoxOptions) {
    this.options = options;
    this.#text = new Text(options.value, { isLong: true });
    this.#citations = new CitationList(this.#text, options.sources);
  }

  get value(): string {
    return this.#text.value;
  }

  text(): Text {
    return this.#text;
  }

  take(input: Input): BoxAnswer | undefined {
    this.#citations.heed(input);
    if (input.type !== 'key') {
      this.#text.insert(input.text);
      this.#wanted = undefined;
      return undefined;
    }
    const { key } = input;
    const pressed = this.#citations.press(key);
    if (pressed !== false) return pressed && { how: 'source', value: this.value, name: pressed.newSource };
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

  /** Puts a short name into the citation at the caret. */
  insertCitation(id: string): void {
    this.#citations.insert(id);
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
    const { isOpen } = this.#citations;
    const trouble = isOpen ? undefined : check?.(value);
    const below = this.#citations.lines(glyphs);
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
