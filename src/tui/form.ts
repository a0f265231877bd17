import { type Choice, CitationList, choicesFor, newSourceName } from './cite.js';
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
import { cutTo, offsetAt, placeOf, type Row, rowsOf, widthOf } from './rows.js';
import { type Frame, type Line, type Size, span } from './screen.js';
import { Text } from './text.js';

/** What is made of what was typed into a field, and what is said below it. */
export interface Reading {
  /** What it was understood as: `= Friday, 3 October 2025`. */
  shown?: string | undefined;
  problem?: string | undefined;
  /** What Ctrl-R puts there; `label` says so: `10 March`. */
  fix?: { label: string; value: string } | undefined;
  /** What takes its place when the field is left, and why; one undo puts it back. */
  settled?: { value: string; why: string } | undefined;
}

export type Values = Readonly<Record<string, string>>;

export interface FormField {
  name: string;
  label: string;
  /** One line that says what belongs here. */
  help: string;
  /** What an empty field shows in grey. */
  placeholder?: string | undefined;
  value?: string | undefined;
  /** `line` is one line; `long` grows and may hold several; `pick` is one of a few, changed by ← and →; `find` opens a list. */
  kind: 'line' | 'long' | 'pick' | 'find';
  choices?: readonly Choice[] | undefined;
  /** What is wrong with its value as it is. */
  note?: string | undefined;
  /** Makes the choices when the list is first opened, where they are many; `nameOf` names a value without them. */
  makeChoices?: (() => readonly Choice[]) | undefined;
  nameOf?: ((value: string) => string) | undefined;
  /** Whether the list of a `find` field is open as soon as the field is reached, while it is empty. */
  opens?: boolean | undefined;
  read?: ((text: string, values: Values) => Reading) | undefined;
  /** Whether it stands behind “More”, unless it holds something. */
  isMore?: boolean | undefined;
  /** Whether it is asked, by what the other fields hold. */
  isAsked?: ((values: Values) => boolean) | undefined;
}

export interface FormOptions {
  head: Head;
  fields: readonly FormField[];
  /** The field at which the caret starts. */
  start?: string | undefined;
  /** The field that ends a row of forms where it is left empty with Enter. */
  ends?: string | undefined;
  /** What Enter does in the last field, and Ctrl-D: `next source`, `that is all`. */
  enter: string;
  done: string;
  /** The answer in one line, of the names of what was chosen. */
  summary: (names: Values) => string;
  /** What can be cited in its long fields, and chosen where a field is a source; a new one can be added in both. */
  sources?: (() => readonly Choice[]) | undefined;
}

/**
 * How a form was left: with Enter at its end, with Ctrl-D or an empty entry, or with Esc. `source` is where a new source is to be
 * added first, called `name`; then the form goes on.
 */
export type FormAnswer =
  | { how: 'next' | 'done' | 'back'; values: Values }
  | { how: 'source'; values: Values; name: string };

interface Live extends FormField {
  text: Text;
  /** What the list of a `find` field has been searched for, and where its pointer is. */
  search: string;
  at: number;
  isOpen: boolean;
  why: string | undefined;
  /** The list of sources of a long field. */
  citations: CitationList | undefined;
  /** How many of its changes undo knows. */
  noted: number;
  /** What was put back by hand, and is left as it is. */
  kept: Set<string>;
}

const MOST_ROWS = 6;
const MOST_CHOICES = 7;

/** Several fields on one screen. */
export class Form implements Prompt<FormAnswer> {
  readonly options: FormOptions;
  readonly #fields: Live[];
  #at: number;
  /** Which field each change was made in, so that undo goes back through them. */
  #changes: Live[] = [];
  #undone: Live[] = [];
  /** Whether the last input made a field take another form. */
  #isSettled = false;
  /** Whether the fields behind “More” are shown. */
  #isWide = false;

  constructor(options: FormOptions) {
    this.options = options;
    this.#fields = options.fields.map((field) => {
      const text = new Text(field.value ?? '', { isLong: field.kind === 'long' });
      const { sources } = options;
      const citations = field.kind === 'long' && sources ? new CitationList(text, sources) : undefined;
      return { ...field, text, citations, search: '', at: 0, isOpen: false, why: undefined, noted: 0, kept: new Set() };
    });
    this.#at = Math.max(
      0,
      this.#fields.findIndex(({ name }) => name === options.start),
    );
    this.#enter();
  }

  /** The fields that are asked now, with what they hold, for who asks them line by line. */
  get lines(): readonly (FormField & { now: string })[] {
    return this.#asked(this.values).map((field) => ({ ...field, now: this.#nameOf(field) }));
  }

  /** Puts a text into a field, as if it were typed and left; gives what was made of it. */
  put(name: string, typed: string): Reading {
    const at = this.#fields.findIndex((field) => field.name === name);
    const field = this.#fields[at];
    if (!field) return {};
    this.#at = at;
    field.choices ??= field.makeChoices?.();
    const [choice] = field.choices ? choicesFor(typed, field.choices) : [];
    field.text.set(field.choices ? (choice?.value ?? field.text.value) : typed);
    const reading = this.#reading(field);
    this.#settle();
    return field.choices && !choice ? { problem: 'that is none of the choices' } : reading;
  }

  /** What the fields hold that are asked. */
  get values(): Values {
    const all = Object.fromEntries(this.#fields.map(({ name, text }) => [name, text.value]));
    return Object.fromEntries(this.#asked(all).map(({ name, text }) => [name, text.value.trim()]));
  }

  text(): Text | undefined {
    const { kind, text } = this.#field;
    return kind === 'line' || kind === 'long' ? text : undefined;
  }

  take(input: Input): FormAnswer | undefined {
    const field = this.#field;
    this.#note(field);
    const { value } = field.text;
    this.#isSettled = false;
    field.citations?.heed(input);
    const answer = input.type === 'key' ? this.#press(input.key) : this.#type(input.text);
    if (input.type === 'key' && /^ctrl-[zy]$/.test(input.key)) return answer;
    this.#note(field);
    if (field.text.value !== value) this.#undone = [];
    if (field.text.value !== value && !this.#isSettled) field.why = undefined;
    return answer;
  }

  /** Notes where the last changes were made, so that undo goes back through them: those of an editor too. */
  #note(field: Live): void {
    for (; field.noted < field.text.depth; field.noted++) this.#changes.push(field);
  }

  get #field(): Live {
    return this.#fields[this.#at] as Live;
  }

  #asked(values: Values): Live[] {
    return this.#fields.filter(
      ({ isAsked, isMore, value = '' }) => (isAsked?.(values) ?? true) && (!isMore || this.#isWide || value !== ''),
    );
  }

  #type(text: string): undefined {
    const field = this.#field;
    if (field.kind === 'find') {
      field.search += text.replace(/\s+/g, ' ');
      field.at = 0;
      field.isOpen = true;
    } else if (field.kind === 'pick') {
      const start = text.trim().toLowerCase();
      const choice = field.choices?.find(({ name }) => start !== '' && name.toLowerCase().startsWith(start));
      if (choice) field.text.set(choice.value);
    } else field.text.insert(text);
  }

  #press(typed: string): FormAnswer | undefined {
    const field = this.#field;
    // Before a terminal is asked for its keys one by one, Enter is a line break.
    const key = typed === 'newline' && field.kind !== 'long' ? 'enter' : typed;
    if (key === 'ctrl-d') return this.#leave('done');
    const pressed =
      field.kind === 'find' ? this.#pressList(field, key) : field.citations ? field.citations.press(key) : false;
    if (pressed !== false) return pressed && this.#newSource(pressed.newSource);
    switch (key) {
      case 'esc':
        return this.#leave('back');
      case 'enter':
      case 'tab':
        return this.#next(key === 'enter');
      case 'shift-tab':
        this.#move(-1);
        return undefined;
      case 'ctrl-r': {
        const { fix } = this.#reading(field);
        if (fix) field.text.set(fix.value);
        return undefined;
      }
      case 'ctrl-z':
      case 'ctrl-y':
        this.#travel(key === 'ctrl-z');
        return undefined;
      case 'up':
      case 'down':
        this.#vertical(key);
        return undefined;
      default:
        break;
    }
    if (field.kind === 'pick') this.#pick(field, key);
    else if (key === 'newline' && field.kind === 'long') field.text.insert('\n');
    else if (field.kind !== 'find') field.text.press(key);
    return undefined;
  }

  #next(isEnter: boolean): FormAnswer | undefined {
    const { ends } = this.options;
    const isLeftEmpty = this.#field.name === ends && this.#field.text.value.trim() === '' && this.#field.search === '';
    if (isEnter && isLeftEmpty && this.#isEmpty()) return this.#leave('done');
    return this.#move(1) ? undefined : isEnter ? this.#leave('next') : undefined;
  }

  /** Whether nothing was typed; what is only picked counts for nothing. */
  #isEmpty(): boolean {
    return this.#fields.every(
      ({ kind, text, value = '' }) => kind === 'pick' || text.value.trim() === '' || text.value === value,
    );
  }

  #leave(how: 'next' | 'done' | 'back'): FormAnswer {
    this.#settle();
    return { how, values: this.values };
  }

  /** Goes to another field; false at an end. */
  #move(step: 1 | -1): boolean {
    this.#settle();
    const asked = this.#asked(this.values);
    const next = asked[asked.indexOf(this.#field) + step];
    if (!next) return false;
    this.#field.isOpen = false;
    this.#at = this.#fields.indexOf(next);
    this.#enter();
    return true;
  }

  #enter(): void {
    const field = this.#field;
    if (field.opens && field.text.value === '') field.isOpen = true;
  }

  #settle(): void {
    const field = this.#field;
    this.#takeSearch(field);
    const { settled } = this.#reading(field);
    if (!settled || field.kept.has(field.text.value)) return;
    this.#isSettled = true;
    field.kept.add(field.text.value);
    field.text.set(settled.value);
    field.why = settled.why;
  }

  /** Takes what was searched for: what is marked in the list, or else the words themselves, so that none is lost. */
  #takeSearch(field: Live): void {
    const typed = field.search.trim();
    if (typed === '') return;
    const choice = this.#matches(field)[field.at];
    field.text.set(choice?.value ?? field.read?.(typed, this.values).settled?.value ?? typed);
    field.search = '';
    field.isOpen = false;
  }

  /** Takes a change back, or makes it again, in the field where it was made. */
  #travel(isBack: boolean): void {
    const [from, to] = isBack ? [this.#changes, this.#undone] : [this.#undone, this.#changes];
    const field = from.pop();
    if (!field) return;
    if (isBack ? field.text.undo() : field.text.redo()) to.push(field);
    field.noted = field.text.depth;
    field.why = undefined;
    this.#at = this.#fields.indexOf(field);
  }

  #reading(field: Live): Reading {
    const text = field.text.value;
    if (field.note !== undefined && text === (field.value ?? ''))
      return { problem: field.note, ...this.#fixOf(field, text) };
    return text.trim() === '' ? {} : (field.read?.(text, this.values) ?? {});
  }

  #fixOf(field: Live, text: string): Pick<Reading, 'fix' | 'settled'> {
    const { fix, settled } = field.read?.(text, this.values) ?? {};
    return { fix, settled };
  }

  #pick(field: Live, key: string): void {
    const { choices = [], text } = field;
    const at = choices.findIndex(({ value }) => value === text.value);
    const next = choices[at + (key === 'right' ? 1 : key === 'left' ? -1 : 0)];
    if (next) text.set(next.value);
  }

  /** What the list of a `find` field does with a key; false where it does nothing. */
  #pressList(field: Live, key: string): { newSource: string } | undefined | false {
    const matches = this.#matches(field);
    const last = matches.length - (this.#offersNew(field) ? 0 : 1);
    if (key === 'ctrl-u' || (key === 'backspace' && (field.search !== '' || field.text.value !== ''))) {
      if (field.search === '' || key === 'ctrl-u') field.text.set('');
      field.search = key === 'ctrl-u' ? '' : field.search.slice(0, -1);
      field.at = 0;
      field.isOpen = true;
      return undefined;
    }
    if (!field.isOpen) return false;
    if (key === 'up' && field.at > 0) field.at--;
    else if (key === 'down' && field.at < last) field.at++;
    else if (key === 'esc') {
      field.isOpen = false;
      field.search = '';
    } else if (key === 'enter' && matches[field.at]) {
      field.text.set((matches[field.at] as Choice).value);
      field.search = '';
      field.isOpen = false;
      this.#move(1);
    } else if (key === 'enter' && this.#offersNew(field)) return { newSource: field.search };
    else return false;
    return undefined;
  }

  #matches(field: Live): readonly Choice[] {
    field.choices ??= field.makeChoices?.();
    return choicesFor(field.search, (field.opens ? this.options.sources?.() : field.choices) ?? []);
  }

  /** Whether a new source can be added from the list of a field. */
  #offersNew = ({ opens }: Live): boolean => opens === true && this.options.sources !== undefined;

  #newSource(name: string): FormAnswer {
    return { how: 'source', values: this.values, name: name.trim() };
  }

  /** Puts a source that was added into the field that asked for it. */
  insertSource(id: string): void {
    const field = this.#field;
    if (field.citations) field.citations.insert(id);
    else {
      field.text.set(id);
      field.search = '';
      field.isOpen = false;
      this.#note(field);
      this.#move(1);
    }
  }

  /** Moves within the text, and at its edge to the next field. */
  #vertical(key: 'up' | 'down'): void {
    const { kind, text } = this.#field;
    if (kind === 'long' || kind === 'line') {
      const rows = rowsOf(text.value, this.#columns);
      const { row, column } = placeOf(text.value, rows, text.caret);
      const next = rows[row + (key === 'up' ? -1 : 1)];
      if (next) {
        text.caret = offsetAt(text.value, next, column);
        return;
      }
    }
    if (this.#move(key === 'up' ? -1 : 1) || key === 'up' || this.#isWide) return;
    this.#isWide = true;
    this.#move(1);
  }

  /** The columns that a field's text had when it was drawn last. */
  #columns = 60;

  frame(size: Size, glyphs: Glyphs): Frame {
    const isNarrow = size.columns < 60;
    const label = isNarrow ? 0 : 12;
    this.#columns = Math.max(8, usable(size) - 5 - label - widthOf(glyphs.ellipsis));
    const { head } = this.options;
    const lines: Line[] = [headLine({ ...head, aside: head.aside ?? 'Ctrl-G keys' }, size, glyphs)];
    let caret: Frame['caret'];
    for (const field of this.#asked(this.values)) {
      const isHere = field === this.#field;
      const pointer = isHere ? span(`${glyphs.pointer} `, 'accent') : span('  ');
      const name = span(isNarrow ? field.label : `${field.label} `.padEnd(label), isHere ? 'bold' : 'dim');
      const shown = this.#shown(field, isHere, glyphs);
      if (isNarrow) lines.push(barLine([pointer, name], glyphs));
      const at = lines.length;
      shown.lines.forEach((line, i) => {
        const isFirst = i === 0 && !isNarrow;
        lines.push(
          barLine([isFirst ? pointer : span('  '), isFirst ? name : span(' '.repeat(label)), ...line], glyphs),
        );
      });
      if (isHere && shown.caret) caret = { row: at + shown.caret.row, column: 4 + label + shown.caret.column };
      for (const line of this.#below(field, isHere, glyphs))
        lines.push(clipped(barLine([span(' '.repeat(2 + label)), ...line], glyphs), size, glyphs));
    }
    const hidden = this.#isWide ? 0 : this.#fields.filter(({ isMore, value = '' }) => isMore && value === '').length;
    if (hidden > 0) lines.push(barLine([span(`  More${glyphs.ellipsis} (${glyphs.down})`, 'dim')], glyphs));
    lines.push(helpLine(this.#help(glyphs), size, glyphs));
    return fitted({ lines: lines.map((line) => clipped(line, size, glyphs)), caret }, size, glyphs);
  }

  #help(glyphs: Glyphs): string[] {
    const field = this.#field;
    const { enter, done } = this.options;
    const asked = this.#asked(this.values);
    const isLast = asked.at(-1) === field;
    return [
      ...(field.text.value === '' && field.search === '' ? [] : [field.help]),
      ...(field.kind === 'pick' ? [`${glyphs.sideways} change`] : []),
      (field.kind === 'find' && field.isOpen) || field.citations?.isOpen
        ? 'Enter take it'
        : `Enter ${isLast ? enter : 'next'}`,
      ...(field.kind === 'long' ? ['Alt-Enter new line'] : []),
      `Ctrl-D ${done}`,
      'Esc back',
    ].filter(Boolean);
  }

  /** A field's value as it is drawn. */
  #shown(field: Live, isHere: boolean, glyphs: Glyphs): { lines: Line[]; caret?: { row: number; column: number } } {
    const { value } = field.text;
    if (field.kind === 'pick') {
      const names = (field.choices ?? []).map((choice) =>
        choice.value === value
          ? [span(`${glyphs.left} ${choice.name} ${glyphs.right}`, isHere ? 'accent' : 'plain')]
          : [span(choice.name, 'dim')],
      );
      const line = isHere
        ? names.flatMap((name, i) => [...(i > 0 ? [span('  ')] : []), ...name])
        : [span(this.#nameOf(field))];
      return { lines: [line], caret: { row: 0, column: 0 } };
    }
    if (field.kind === 'find') {
      const text = field.isOpen && isHere ? field.search : this.#nameOf(field);
      const isEmpty = text === '';
      return {
        lines: [
          [
            span(
              cutTo(isEmpty ? (field.placeholder ?? '') : text, this.#columns, glyphs.ellipsis),
              isEmpty ? 'dim' : 'plain',
            ),
          ],
        ],
        caret: { row: 0, column: isEmpty ? 0 : widthOf(text) },
      };
    }
    if (value === '')
      return {
        lines: [[span(cutTo(field.placeholder ?? '', this.#columns, glyphs.ellipsis), 'dim')]],
        caret: { row: 0, column: 0 },
      };
    const rows = rowsOf(value, this.#columns);
    const place = placeOf(value, rows, field.text.caret);
    const most = isHere ? MOST_ROWS : 1;
    const from = isHere ? Math.max(0, Math.min(rows.length - most, place.row - most + 1)) : 0;
    const shown = rows.slice(from, from + most);
    const lines = shown.map((row: Row, i): Line => {
      const isCut = (i === shown.length - 1 && from + most < rows.length) || (i === 0 && from > 0);
      return [span(value.slice(row.start, row.end).trimEnd()), ...(isCut ? [span(` ${glyphs.ellipsis}`, 'dim')] : [])];
    });
    return { lines, caret: { row: place.row - from, column: Math.min(place.column, this.#columns) } };
  }

  #nameOf({ choices = [], nameOf, text }: Live): string {
    if (nameOf && text.value !== '') return nameOf(text.value);
    return choices.find(({ value }) => value === text.value)?.name ?? text.value;
  }

  /** What is said below a field: what was made of it, what is wrong, the list that is open. */
  #below(field: Live, isHere: boolean, glyphs: Glyphs): Line[] {
    const { shown, problem, fix } = this.#reading(field);
    const lines: Line[] = [];
    if (field.why) lines.push([span(`${field.why}${glyphs.between}Ctrl-Z puts it back`, 'dim')]);
    if (shown !== undefined && isHere) lines.push([span(`= ${shown}`, 'good')]);
    const offer = fix ? `${problem === undefined ? '' : glyphs.between}Ctrl-R ${fix.label}` : '';
    if (problem !== undefined) lines.push([span(`! ${problem}`, 'warning'), ...(isHere ? [span(offer, 'dim')] : [])]);
    else if (offer !== '' && isHere) lines.push([span(offer, 'dim')]);
    if (isHere && field.citations) return [...lines, ...field.citations.lines(glyphs)];
    return isHere && field.isOpen ? [...lines, ...this.#listed(field, glyphs)] : lines;
  }

  /** The list of a `find` field that is open. */
  #listed(field: Live, glyphs: Glyphs): Line[] {
    const matches = this.#matches(field);
    const all = this.#offersNew(field) ? [...matches, { value: '', name: newSourceName(field.search) }] : matches;
    const from = Math.max(0, Math.min(all.length - MOST_CHOICES, field.at - MOST_CHOICES + 1));
    const lines = all.slice(from, from + MOST_CHOICES).map(({ name, more = '' }: Choice, i): Line => {
      const isAt = from + i === field.at;
      return [
        span(isAt ? `${glyphs.pointer} ` : '  ', 'accent'),
        span(name, isAt ? 'bold' : 'plain'),
        span(more === '' ? '' : `  ${more}`, 'dim'),
      ];
    });
    if (all.length === 0) return [[span('nothing of that name', 'dim')]];
    const rest = all.length - from - MOST_CHOICES;
    return rest > 0 ? [...lines, [span(`${rest} more`, 'dim')]] : lines;
  }

  left(answer: FormAnswer, size: Size, glyphs: Glyphs): readonly Line[] {
    const named = this.#fields.map((field): [string, string] => [field.name, this.#nameOf(field)]);
    const names = Object.fromEntries(named.filter(([name]) => answer.values[name]));
    const summary = this.options.summary(names);
    return answer.how === 'back' || answer.how === 'source' || summary === ''
      ? []
      : [answerLine(this.options.head, summary, size, glyphs)];
  }
}
