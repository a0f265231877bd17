import { graphemes, TAB, widthOf } from './rows.js';

/** How a part of a line looks. Each look has a word or a mark beside it: colour alone says nothing. */
export type Look = 'plain' | 'bold' | 'dim' | 'accent' | 'good' | 'warning' | 'error' | 'unknown';

/** A part of a line in one look. */
export interface Span {
  text: string;
  look: Look;
}

/** A line of the screen. */
export type Line = readonly Span[];

/** What is to be seen: lines, and where the caret stands among them. */
export interface Frame {
  lines: readonly Line[];
  caret: { row: number; column: number } | undefined;
}

export interface Size {
  columns: number;
  rows: number;
  /** How wide lines may be at most; default: what is easy to read. */
  widest?: number | undefined;
}

/** The sixteen colours that every theme knows (ECMA-48, Select Graphic Rendition). */
const CODES: Readonly<Record<Look, string>> = {
  plain: '',
  bold: '1',
  dim: '2',
  accent: '36',
  good: '32',
  warning: '33',
  error: '31',
  unknown: '4;33',
};

/** Without colours bold, dim and underlined text stay. */
const PLAIN_CODES: Readonly<Partial<Record<Look, string>>> = { bold: '1', dim: '2', unknown: '4' };

/** A part of a line; characters that would move the cursor, or turn the writing round, are shown as unknown. */
export const span = (text: string, look: Look = 'plain'): Span => ({ text: text.replace(CONTROL, '\uFFFD'), look });

const CONTROL = /[\0-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;

export const lineWidth = (line: Line): number => line.reduce((sum, { text }) => sum + widthOf(text), 0);

/**
 * A part of a terminal, at the cursor and below, in which frames replace one another. Only what has changed is sent. Nothing is
 * known of streams: each method gives what is to be sent.
 */
export class Screen {
  #lines: readonly Line[] = [];
  /** Where the cursor is, in rows from the first line of the part. */
  #row = 0;
  #column = 0;
  readonly #codes: Readonly<Partial<Record<Look, string>>>;

  constructor(isColoured: boolean) {
    this.#codes = isColoured ? CODES : PLAIN_CODES;
  }

  /** What makes a frame of what is there. A frame has fewer lines than the window, and none of them touches its last column. */
  draw({ lines, caret }: Frame): string {
    const changes: string[] = [];
    for (let row = 0; row < lines.length; row++) {
      const change = this.#change(row, this.#lines[row], lines[row] ?? []);
      if (change !== '') changes.push(change);
    }
    if (this.#lines.length > lines.length) changes.push(`${this.#go(lines.length, 0)}\x1b[J`);
    this.#lines = lines;
    const place = caret ?? { row: Math.max(0, lines.length - 1), column: 0 };
    const end = this.#go(place.row, place.column);
    if (changes.length < 2) return changes.join('') + end;
    // Much at once: the cursor is hidden meanwhile, and a terminal that can shows all of it together (mode 2026).
    return `\x1b[?2026h\x1b[?25l${changes.join('')}${end}\x1b[?25h\x1b[?2026l`;
  }

  /** What puts lines in place of the frame that stay above what comes next. */
  leave(lines: readonly Line[]): string {
    const drawn = this.draw({ lines, caret: undefined });
    if (lines.length === 0) return drawn;
    const end = this.#go(lines.length - 1, 0);
    this.#lines = [];
    this.#row = 0;
    this.#column = 0;
    return `${drawn}${end}\r\n`;
  }

  /** What draws the frame again in a window of another width, whose terminal has folded the old lines. */
  resize(frame: Frame, columns: number): string {
    const above = this.#lines
      .slice(0, this.#row)
      .reduce((sum, line) => sum + Math.max(1, Math.ceil(lineWidth(line) / columns)), 0);
    const inside = Math.floor(this.#column / columns);
    const up = above + inside;
    this.#lines = [];
    this.#row = 0;
    this.#column = 0;
    return `\r${up > 0 ? `\x1b[${up}A` : ''}\x1b[J${this.draw(frame)}`;
  }

  /** What changes one line into another. */
  #change(row: number, old: Line | undefined, next: Line): string {
    if (!old) {
      const start = row === 0 ? this.#go(0, 0) : `${this.#go(row - 1, this.#row === row - 1 ? this.#column : 0)}\r\n`;
      this.#row = row;
      this.#column = lineWidth(next);
      return start + this.#styled(next);
    }
    const { column, rest, isShorter } = difference(old, next);
    if (rest.length === 0 && !isShorter) return '';
    const start = this.#go(row, column);
    this.#column = column + lineWidth(rest);
    return `${start}${this.#styled(rest)}${isShorter ? '\x1b[K' : ''}`;
  }

  /** What moves the cursor. */
  #go(row: number, column: number): string {
    const down = row - this.#row;
    let moves = down === 0 ? '' : down > 0 ? `\x1b[${down}B` : `\x1b[${-down}A`;
    if (column !== this.#column) moves += column === 0 ? '\r' : `\x1b[${column + 1}G`;
    this.#row = row;
    this.#column = column;
    return moves;
  }

  #styled(line: Line): string {
    return line
      .map(({ text, look }) => {
        const code = this.#codes[look];
        const shown = text.replaceAll('\t', TAB);
        return code ? `\x1b[${code}m${shown}\x1b[0m` : shown;
      })
      .join('');
  }
}

/** From which column on a line differs from another, what it has from there, and whether the other went on further. */
function difference(old: Line, next: Line): { column: number; rest: Line; isShorter: boolean } {
  const [a, b] = [[...cells(old)], [...cells(next)]];
  // Terminals differ on how wide joined emoji are: a line that has some is drawn as a whole.
  const isDoubtful = [...old, ...next].some(({ text }) => JOINED.test(text));
  let same = 0;
  if (isDoubtful && !isSame(a, b)) return { column: 0, rest: joined(b), isShorter: true };
  while (same < a.length && same < b.length && a[same]?.text === b[same]?.text && a[same]?.look === b[same]?.look)
    same++;
  const column = lineWidth(b.slice(0, same));
  const rest = joined(b.slice(same));
  const isShorter = lineWidth(next) < lineWidth(old);
  return { column, rest, isShorter };
}

const JOINED = /[\u200d\ufe0f\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}]/u;

const isSame = (a: Line, b: Line): boolean =>
  a.length === b.length && a.every(({ text, look }, i) => text === b[i]?.text && look === b[i]?.look);

function* cells(line: Line): Generator<Span> {
  for (const { text, look } of line) for (const grapheme of graphemes(text)) yield { text: grapheme, look };
}

function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = [];
  for (const { text, look } of spans) {
    const last = all.at(-1);
    if (last?.look === look) last.text += text;
    else all.push({ text, look });
  }
  return all;
}
