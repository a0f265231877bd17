import type { Input } from './keyboard.js';
import { cutEnd, cutTo, widthOf } from './rows.js';
import { type Frame, type Line, lineWidth, type Size, span } from './screen.js';
import type { Text } from './text.js';

/** What is asked of a person at a time: it takes inputs until there is an answer, and says how it looks meanwhile. */
export interface Prompt<Answer> {
  /** Takes an input; gives the answer where that ends the prompt. */
  take: (input: Input) => Answer | undefined;
  frame: (size: Size, glyphs: Glyphs) => Frame;
  /** What stays on the screen once there is an answer. */
  left: (answer: Answer, size: Size, glyphs: Glyphs) => readonly Line[];
  /** The text that the caret is in, for an editor; undefined where there is none. */
  text?: () => Text | undefined;
}

/** The signs of the screen. Words are never changed for a terminal that lacks signs. */
export interface Glyphs {
  active: string;
  done: string;
  bar: string;
  end: string;
  pointer: string;
  yes: string;
  suggested: string;
  bad: string;
  up: string;
  down: string;
  left: string;
  right: string;
  closed: string;
  open: string;
  ellipsis: string;
  /** The keys that change what is picked. */
  sideways: string;
  between: string;
}

export const UNICODE: Glyphs = {
  active: '◆',
  done: '◇',
  bar: '│',
  end: '└',
  pointer: '›',
  yes: '✓',
  suggested: '•',
  bad: '✗',
  up: '↑',
  down: '↓',
  left: '‹',
  right: '›',
  closed: '▸',
  open: '▾',
  ellipsis: '…',
  sideways: '←→',
  between: ' · ',
};

/** For a locale that is not UTF-8, and consoles without these signs. */
export const ASCII: Glyphs = {
  active: '*',
  done: 'o',
  bar: '|',
  end: "'",
  pointer: '>',
  yes: 'v',
  suggested: '+',
  bad: 'x',
  up: '^',
  down: 'v',
  left: '<',
  right: '>',
  closed: '>',
  open: 'v',
  ellipsis: '...',
  sideways: 'Left, Right',
  between: ' - ',
};

/** Boxes are never wider than a line that is easy to read. */
const WIDEST = 78;

/** How many columns a frame may use: never the last one, at which terminals differ. */
export const usable = ({ columns, widest = WIDEST }: Size): number => Math.min(widest, columns - 1);

export interface Head {
  /** Where one is, from the outside in: Timeline, event 2. */
  path: readonly string[];
  /** What stands at the right end of the first line. */
  aside?: string | undefined;
}

/** `Timeline › event 2`. */
const titleOf = ({ path }: Head, glyphs: Glyphs): string => path.join(` ${glyphs.pointer} `);

export function headLine(head: Head, size: Size, glyphs: Glyphs): Line {
  const { aside = '' } = head;
  const room = usable(size);
  const asideWidth = widthOf(aside);
  const most = asideWidth > 0 && asideWidth < room / 2 ? room - asideWidth - 4 : room - 2;
  const short = cutTo(titleOf(head, glyphs), most, glyphs.ellipsis);
  const gap = room - 2 - widthOf(short) - asideWidth;
  return [
    span(`${glyphs.active} `, 'accent'),
    span(short, 'bold'),
    ...(aside !== '' && gap > 1 ? [span(' '.repeat(gap)), span(aside, 'dim')] : []),
  ];
}

/** The last line: what the keys do. What does not fit is left out from the end. */
export function helpLine(parts: readonly string[], size: Size, glyphs: Glyphs): Line {
  const room = usable(size) - 2;
  let text = '';
  for (const part of parts) {
    const longer = text === '' ? part : text + glyphs.between + part;
    if (widthOf(longer) > room && text !== '') break;
    text = longer;
  }
  return [span(`${glyphs.end} `, 'accent'), span(cutTo(text, room, glyphs.ellipsis), 'dim')];
}

/** A line inside the box. */
export const barLine = (line: Line, glyphs: Glyphs): Line => [span(`${glyphs.bar} `, 'accent'), ...line];

/** One line that says what was answered. */
export function answerLine(head: Head, answer: string, size: Size, glyphs: Glyphs): Line {
  const title = `${glyphs.done} ${titleOf(head, glyphs)}`;
  const room = usable(size) - widthOf(title) - 2;
  return [span(title, 'accent'), span(`  ${cutTo(answer, Math.max(0, room), glyphs.ellipsis)}`)];
}

/**
 * The lines of a frame that fit into the window, less one: the first and the last always, of those between the ones around the
 * caret.
 */
export function fitted({ lines, caret }: Frame, { rows }: Size, glyphs: Glyphs): Frame {
  const room = Math.max(3, rows - 1);
  if (lines.length <= room) return { lines, caret };
  const inner = room - 2;
  const at = (caret?.row ?? 1) - 1;
  const from = Math.max(0, Math.min(lines.length - 2 - inner, at - Math.floor(inner / 2)));
  const shown = lines.slice(1 + from, 1 + from + inner);
  const first = shown[0];
  const last = shown.at(-1);
  if (first && from > 0) shown[0] = marked(first, glyphs.up);
  if (last && from + inner < lines.length - 2) shown[shown.length - 1] = marked(last, glyphs.down);
  return {
    lines: [lines[0] as Line, ...shown, lines.at(-1) as Line],
    caret: caret && { row: caret.row - from, column: caret.column },
  };
}

/** Where the pointer of a list goes with a key; undefined where the key moves no pointer. */
export function pointerAfter(key: string, at: number, count: number): number | undefined {
  const last = Math.max(0, count - 1);
  switch (key) {
    case 'up':
    case 'shift-tab':
      return Math.max(0, at - 1);
    case 'down':
    case 'tab':
      return Math.min(last, at + 1);
    case 'home':
    case 'page-up':
      return 0;
    case 'end':
    case 'page-down':
      return last;
    default:
      return undefined;
  }
}

/** A line whose bar says that there is more above or below. */
const marked = ([, ...rest]: Line, glyph: string): Line => [span(`${glyph} `, 'accent'), ...rest];

/** A line cut to what may be used of the window. */
export function clipped(line: Line, size: Size, glyphs: Glyphs): Line {
  const room = usable(size);
  if (lineWidth(line) <= room) return line;
  const out: { text: string; look: Line[number]['look'] }[] = [];
  let width = 0;
  for (const { text, look } of line) {
    const more = widthOf(text);
    if (width + more > room) {
      out.push({ text: cutEnd(text, room - width, glyphs.ellipsis), look });
      break;
    }
    out.push({ text, look });
    width += more;
  }
  return out;
}
