import { openingMarks } from '../languages/quotation-marks.js';
import { isMonthOfOrdinal } from '../prose/months.js';
import { lineJoint } from '../prose/parse.js';
import { type Block, type Inline, plainText } from '../prose/tree.js';
import { isBlank } from '../yaml/characters.js';
import { type HeadingTable, plainHeading } from './aliases.js';
import { frontMatter } from './front-matter.js';
import type { Manuscript, Part } from './manuscript.js';
import { unwrapped } from './redirects.js';

/** Lines this long are paragraphs, not pieces of wrapped ones. */
const WIDEST_WRAP = 120;

/** Where the longest line is shorter than this, none was wrapped. */
const NARROWEST_WRAP = 40;

/** The longest line that can be a heading by its capitals alone. */
const LONGEST_HEADING = 60;

/**
 * Plain text to a manuscript: nothing in it is markup. Headings are lines that the table knows, lines in capitals between
 * empty lines, and lines with a rule of `=` or `-` under them; entries of a list start with `- `, or with `-` alone and
 * the text on the next line.
 */
export function readText(text: string, table: HeadingTable): Manuscript {
  const front = frontMatter(text);
  const lines = text
    .slice(front.end)
    .split('\n')
    .map((line) => (isBlank(line) ? '' : line.trimEnd()));
  const reader = new Reader(lines, text.slice(0, front.end).split('\n').length, table);
  return { fields: front.fields, parts: reader.parts(), sources: [], notes: front.notes };
}

/** An entry of a list; "+ 3 per cent", "01. Monday" and "6. Oktober 2025" are none. */
const ENTRY = /^(\s*)([-*•–·‣▪◦]|(?!0\d)\d{1,3}[.)])\s+(\S.*)$/;
const BULLET = {
  exec(line: string): RegExpExecArray | null {
    const match = ENTRY.exec(line);
    const [, , mark = '', words = ''] = match ?? [];
    const isDay = /^\d+\.$/.test(mark) && isMonthOfOrdinal(/^\p{L}*/u.exec(words)?.[0] ?? '');
    return isDay ? null : match;
  },
  test: (line: string): boolean => BULLET.exec(line) !== null,
};
const BARE_BULLET = /^\s*-$/;
/** A quotation as mail programs mark it; ">100 people" is none. */
const QUOTE = /^>(?![-+~]?[\p{Sc}\d.,=<≥%])/u;
/** A line of marks between two parts. */
const RULE = /^[ \t]*(?:([*_•~–—-])(?:[ \t]*\1){2,}|⁂|\*)[ \t]*$/;

/** A line of stars or dots, which is nothing else. */
const STARS = /^[ \t]*([*_•~])(?:[ \t]*\1){2,}[ \t]*$/;

class Reader {
  #at = 0;
  readonly #lines: string[];
  readonly #first: number;
  readonly #table: HeadingTable;
  /** Whether empty lines part the paragraphs; where there are none, each line is one. */
  readonly #parted: boolean;
  readonly #width: number;
  /** How wide the lines up to the next empty one are. */
  #measured = { end: 0, width: 0 };

  constructor(lines: string[], first: number, table: HeadingTable) {
    this.#lines = lines;
    this.#first = first;
    this.#table = table;
    const last = lines.findLastIndex((line) => line !== '');
    const top = lines.findIndex((line) => line !== '');
    this.#parted = top >= 0 && lines.slice(top, last).includes('');
    this.#width = widthOf(lines);
  }

  parts(): Part[] {
    const parts: Part[] = [];
    while (this.#at < this.#lines.length) {
      const line = this.#first + this.#at;
      if (this.#line() === '') this.#at++;
      else if (this.#isRule()) {
        this.#at++;
        parts.push({ type: 'rule', line });
      } else parts.push(this.#heading(line, parts.length) ?? { type: 'block', block: this.#block(), line });
    }
    return parts;
  }

  #line(offset = 0): string | undefined {
    return this.#lines[this.#at + offset];
  }

  /** Whether the line at hand is a line of marks between two parts: of stars, or with empty lines around it. */
  #isRule(): boolean {
    const [above = '', below = ''] = [this.#lines[this.#at - 1], this.#line(1)];
    const line = this.#line() ?? '';
    return STARS.test(line) || (RULE.test(line) && above === '' && below === '');
  }

  /** `above` is how many parts stand above it: a title stands at the top, or below a kicker. */
  #heading(line: number, above: number): Part | undefined {
    const title = this.#wrappedTitle();
    if (title !== undefined) return { type: 'heading', level: 1, text: title, line };
    const text = (this.#line() ?? '').trim();
    const rule = /^([=-])\1{2,}$/.exec(this.#line(1) ?? '');
    if (rule && !/^[-=]+$/.test(text) && !BULLET.test(this.#line() ?? '')) {
      this.#at += 2;
      return { type: 'heading', level: rule[1] === '=' && above < 2 ? 1 : 2, text, line };
    }
    if (!this.#isHeading()) return undefined;
    this.#at++;
    return { type: 'heading', text: text.replace(/\s*[:：]$/, ''), line };
  }

  /** A title on several lines above a rule as long as our plain text has it, where each but the last is full. */
  #wrappedTitle(): string | undefined {
    let end = this.#at;
    while (end < this.#at + 6 && (this.#lines[end] ?? '') !== '' && !/^={3,}$/.test(this.#lines[end] ?? '')) end++;
    const lines = this.#lines.slice(this.#at, end);
    const rule = this.#lines[end] ?? '';
    const isFull = (text: string, i: number) =>
      i === lines.length - 1 || columnsOf(text) + 1 + columnsOf(firstWord(lines[i + 1] ?? '')) > RULE_WIDTH;
    if (
      rule.length !== RULE_WIDTH ||
      !/^=+$/.test(rule) ||
      lines.length < 2 ||
      lines.length > 5 ||
      !lines.every(isFull)
    )
      return undefined;
    this.#at = end + 1;
    return lines.map((text, i) => (i === 0 ? text : lineJoint(lines[i - 1] ?? '', text) + text)).join('');
  }

  /** Whether the line at hand stands as a heading: by the table, or by its capitals between empty lines. */
  #isHeading(): boolean {
    const raw = this.#line() ?? '';
    if (raw.length > LONGEST_HEADING || /^\s/.test(raw)) return false;
    const above = this.#lines[this.#at - 1] ?? '';
    const below = this.#line(1) ?? '';
    if (this.#table.has(plainHeading(raw)) && !BULLET.test(raw))
      return above === '' || !this.#parted || !wrapped(above, raw, this.#width);
    const capitals = /^[^\p{Ll}]*\p{Lu}[^\p{Ll}]*\p{Lu}[^\p{Ll}]*[^.,;\p{Ll}]$/u.test(raw);
    return capitals && above === '' && below === '' && !BULLET.test(raw) && !/^[[({"“]/.test(raw);
  }

  #block(): Block {
    const line = this.#line() ?? '';
    if (BARE_BULLET.test(line) && !/^\s*-?$/.test(this.#line(1) ?? '')) return this.#bareList();
    if (BULLET.test(line) && !this.#isSpeech()) return this.#list();
    if (QUOTE.test(line)) return this.#quote();
    if (SET_IN.test(line)) return this.#setIn();
    if (FENCE.test(line)) return this.#code();
    return { type: 'paragraph', children: this.#paragraph((next) => this.#endsParagraph(next)) };
  }

  /** Whether the line at hand starts with a dash and stands alone among its neighbours: words that somebody says. */
  #isSpeech(): boolean {
    const isDash = (line: string | undefined) => /^\s*[–—]\s+\S/.test(line ?? '');
    return isDash(this.#line()) && ![-2, -1, 1, 2].some((offset) => isDash(this.#line(offset)));
  }

  #endsParagraph(line: string): boolean {
    return (
      line === '' ||
      STARS.test(line) ||
      BARE_BULLET.test(line) ||
      BULLET.test(line) ||
      QUOTE.test(line) ||
      this.#isHeading() ||
      /^([=-])\1{2,}$/.test(this.#line(1) ?? '')
    );
  }

  /** Lines that belong together: joined where they were wrapped, else each on a line of its own. */
  #paragraph(ends: (line: string) => boolean): Inline[] {
    const rows = [[(this.#line() ?? '').trim()]];
    const width = this.#widthHere();
    for (this.#at++; ; this.#at++) {
      const line = this.#line();
      if (line === undefined || ends(line)) break;
      const above = this.#lines[this.#at - 1] ?? '';
      const joined = wrapped(above, line, width);
      if (!this.#parted && !joined) break;
      if (joined) rows.at(-1)?.push(lineJoint(above.trim(), line.trim()) + line.trim());
      else rows.push([line.trim()]);
    }
    const lines = rows.map((row) => row.join(''));
    return lines.flatMap((line, i): Inline[] => (i === 0 ? linked(line) : [{ type: 'break' }, ...linked(line)]));
  }

  /** How wide the paragraph at hand was wrapped: its longest line but one that stands out, and no wider than the text. */
  #widthHere(): number {
    if (this.#at < this.#measured.end) return this.#measured.width;
    let end = this.#at;
    while ((this.#lines[end] ?? '') !== '') end++;
    this.#measured = { end, width: this.#widthTo(end) };
    return this.#measured.width;
  }

  #widthTo(end: number): number {
    const lengths = this.#lines
      .slice(this.#at, end - 1)
      .filter((line) => !ADDRESS_LINE.test(line))
      .map(columnsOf);
    const [longest = 0, second = 0] = lengths.sort((a, b) => b - a);
    const here = lengths.length > 1 && longest > second * 1.15 ? second : longest;
    // Lines that are much shorter than the others of the text were not wrapped: an address, a verse.
    const isWrapped = lengths.length > 1 && this.#width <= WIDEST_WRAP && here > this.#width * 0.6;
    return isWrapped ? Math.min(this.#width, here) : this.#width;
  }

  #quote(): Block {
    const start = this.#at;
    while (QUOTE.test(this.#line() ?? '')) this.#at++;
    const inner = this.#lines.slice(start, this.#at).map((line) => line.replace(/^>\s?/, ''));
    const children = new Reader(inner, this.#first + start, new Map())
      .parts()
      .flatMap((part) =>
        part.type === 'block'
          ? [part.block]
          : part.type === 'heading'
            ? [{ type: 'paragraph', children: linked(part.text) } as Block]
            : [],
      );
    return children.length > 0
      ? { type: 'quote', children }
      : { type: 'paragraph', children: [{ type: 'text', text: '>' }] };
  }

  /** Code as our plain text has it: set in, between fences. */
  #code(): Block {
    const info = (this.#line() ?? '').trim().slice(3);
    const start = ++this.#at;
    while (this.#line() !== undefined && !FENCE.test(this.#line() ?? '')) this.#at++;
    const text = this.#lines.slice(start, this.#at).map((line) => line.replace(/^ {4}/, ''));
    this.#at++;
    return { type: 'code', info, text: text.join('\n') };
  }

  /** Lines that stand further in, and start with a quotation mark: a quotation, and below it who said it. */
  #setIn(): Block {
    const indent = indentOf(this.#line() ?? '');
    const children: Block[] = [];
    while ((this.#line() ?? '') !== '' && indentOf(this.#line() ?? '') >= indent) {
      const ends = (next: string) => next === '' || indentOf(next) < indent || /^\s*[—–] /.test(next);
      children.push({ type: 'paragraph', children: this.#paragraph(ends) });
      const [below, after] = [this.#line(1), this.#line()];
      // What is quoted next starts with a mark of its own, once this has closed, or somebody has said it.
      const last = plainOf(children.at(-1));
      const isOver = /["”»」』›][.,]?(?: \[[\d, ]+\])?$|^[—–] /.test(last) && SET_IN.test(below ?? '');
      if (after === '' && below !== undefined && indentOf(below) >= indent && !BULLET.test(below) && !isOver)
        this.#at++;
    }
    return { type: 'quote', children };
  }

  /** `-` alone on its line, and the entry's lines below it, up to the next one or a heading. */
  #bareList(): Block {
    const items: { number: number; children: Block[] }[] = [];
    while (BARE_BULLET.test(this.#line() ?? '')) {
      this.#at++;
      const children: Block[] = [];
      while (
        this.#line() !== undefined &&
        this.#line() !== '' &&
        !BARE_BULLET.test(this.#line() ?? '') &&
        !this.#isHeading()
      ) {
        const lead = /^\s*/.exec(this.#line() ?? '')?.[0].length ?? 0;
        const list = BULLET.test(this.#line() ?? '') && lead === 0;
        children.push(
          list ? this.#list() : { type: 'paragraph', children: linked((this.#lines[this.#at++] ?? '').trim()) },
        );
      }
      if (children.length === 0) {
        if (items.length === 0) return { type: 'paragraph', children: [{ type: 'text', text: '-' }] };
        this.#at--;
        break;
      }
      items.push({ number: 0, children });
      while (this.#line() === '' && BARE_BULLET.test(this.#line(1) ?? '')) this.#at++;
    }
    return { type: 'list', ordered: false, items };
  }

  /** What belongs to an entry below its first lines: quotations set in further, and paragraphs in the entry's own column. */
  #below(children: Block[], column: number): void {
    for (;;) {
      const line = this.#line();
      const next = line === '' ? this.#line(1) : line;
      if (next === undefined || next === '' || indentOf(next) < column || BULLET.test(next) || BARE_BULLET.test(next))
        return;
      // A first line that alone is set in starts a paragraph of the text.
      const more = this.#line(line === '' ? 2 : 1) ?? '';
      if (line === '' && more !== '' && indentOf(more) < column && !BULLET.test(more)) return;
      if (line === '') this.#at++;
      if (SET_IN.test(next) && indentOf(next) >= column + 2) children.push(this.#setIn());
      else {
        const ends = (below: string) => below === '' || BULLET.test(below) || indentOf(below) !== indentOf(next);
        children.push({ type: 'paragraph', children: this.#paragraph(ends) });
      }
    }
  }

  #list(): Block {
    const [, lead = '', mark = ''] = BULLET.exec(this.#line() ?? '') ?? [];
    const ordered = /^\d/.test(mark);
    const items: { number: number; children: Block[] }[] = [];
    for (;;) {
      const [, indent = '', bullet = '', text = ''] = BULLET.exec(this.#line() ?? '') ?? [];
      if (bullet === '' || this.#isRule() || indent.length < lead.length || /^\d/.test(bullet) !== ordered) break;
      if (indent.length > lead.length + 1) {
        items.at(-1)?.children.push(this.#list());
      } else {
        this.#lines[this.#at] = text;
        const children = this.#paragraph(
          (next) =>
            next === '' ||
            STARS.test(next) ||
            BULLET.test(next) ||
            BARE_BULLET.test(next) ||
            SET_IN.test(next) ||
            this.#isHeading(),
        );
        items.push({ number: Number.parseInt(bullet, 10) || 0, children: [{ type: 'paragraph', children }] });
        this.#below(items.at(-1)?.children ?? [], indent.length + bullet.length + 1);
      }
      // An empty line between two entries does not end the list.
      if (this.#line() === '' && BULLET.exec(this.#line(1) ?? '')?.[1] === lead) this.#at++;
    }
    return { type: 'list', ordered, items };
  }
}

/** A line that stands at least four columns in, and starts with a quotation mark. */
const SET_IN = new RegExp(`^(?: {4,}|\\t+ *)[${openingMarks.join('')}]`);

/** A fence around code in our plain text. */
const FENCE = /^ {4}`{3}/;

const plainOf = (block: Block | undefined): string => (block ? plainText([block]) : '');

const indentOf = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;

/** Characters that take two columns. */
const WIDE = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\u3000-\u303F\uFF00-\uFF60]/u;

const ALL_WIDE = new RegExp(WIDE, 'gu');

/** How many columns a line takes. */
const columnsOf = (line: string): number => line.length + (line.match(ALL_WIDE)?.length ?? 0);

/** How wide a text was wrapped: its longest lines, but for the few that one long word or address makes longer. */
function widthOf(lines: readonly string[]): number {
  const columns = lines.filter((line) => line !== '').map(columnsOf);
  const short = columns.filter((length) => length <= 100).sort((a, b) => a - b);
  if (short.length * 10 < columns.length * 8) return WIDEST_WRAP + 1;
  const longest = short.at(-1) ?? 0;
  // Of many lines the few that stand out are addresses and signatures.
  const usual = short[Math.floor(short.length * 0.95)] ?? longest;
  return short.length >= 20 && longest > usual * 1.1 ? usual : longest;
}

/** The longest rule below a heading of our plain text. */
const RULE_WIDTH = 72;

const firstWord = (line: string): string => /^\s*(\S*)/.exec(line)?.[1] ?? '';

const ADDRESS_LINE = /^\s*https?:\/\/\S+$/;

/** Whether a line was broken because the next word had no room on it, or goes on with a small letter. */
function wrapped(above: string, below: string, width: number): boolean {
  if (width > WIDEST_WRAP || width < NARROWEST_WRAP || above === '') return false;
  const word = firstWord(below);
  if (ADDRESS_LINE.test(below) || ADDRESS_LINE.test(above)) return false; // an address has a line of its own
  // Where there are no spaces between words, a line may end behind any character.
  const next = WIDE.test(word.charAt(0)) ? 2 : columnsOf(word) + 1;
  return columnsOf(above) + next > width || (/^\p{Ll}/u.test(word) && columnsOf(above) > width * 0.6);
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"“”]+/g;

/** A line as text, its web addresses as links. */
function linked(line: string): Inline[] {
  const out: Inline[] = [];
  let at = 0;
  for (const match of line.matchAll(ADDRESS)) {
    const url = withoutPunctuation(match[0]);
    if (!URL.canParse(url) || /[`\\]/.test(url)) continue;
    if (match.index > at) out.push({ type: 'text', text: line.slice(at, match.index) });
    out.push({ type: 'link', url: unwrapped(url), title: '', children: [{ type: 'text', text: url }] });
    at = match.index + url.length;
  }
  if (at < line.length) out.push({ type: 'text', text: line.slice(at) });
  return out;
}

/** An address without the marks of the sentence around it. */
function withoutPunctuation(url: string): string {
  const count = (char: string) => url.split(char).length - 1;
  let tooMany = count(')') - count('(');
  let end = url.length;
  for (; end > 0; end--) {
    const char = url[end - 1] as string;
    if (char === ')' && tooMany > 0) tooMany--;
    else if (!/[.,;:!?’'\]}»”]/.test(char)) break;
  }
  return url.slice(0, end);
}
