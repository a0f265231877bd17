import { after, before } from './rows.js';

interface State {
  value: string;
  caret: number;
}

/** A text that is being written: a string, a caret between two of its characters, and how it was before. */
export class Text {
  #now: State;
  readonly #undo: State[] = [];
  #redo: State[] = [];
  /** Typing goes on, so that one undo takes back the whole run. */
  #isTyping = false;
  /** Whether line breaks may stand in it. */
  readonly #isLong: boolean;

  constructor(value = '', { isLong = false, caret = value.length }: { isLong?: boolean; caret?: number } = {}) {
    this.#now = { value, caret };
    this.#isLong = isLong;
  }

  get value(): string {
    return this.#now.value;
  }

  get caret(): number {
    return this.#now.caret;
  }

  set caret(at: number) {
    this.#now = { ...this.#now, caret: Math.max(0, Math.min(this.value.length, at)) };
    this.#isTyping = false;
  }

  /** How many changes can be taken back. */
  get depth(): number {
    return this.#undo.length;
  }

  /** Puts text in at the caret. In a text of one line, line breaks become spaces. */
  insert(typed: string): void {
    const text = this.#isLong ? typed : typed.replace(/\s*\n\s*/g, ' ');
    if (text === '') return;
    const { value, caret } = this.#now;
    const isRun = this.#isTyping && !text.includes('\n');
    this.#change({ value: value.slice(0, caret) + text + value.slice(caret), caret: caret + text.length }, isRun);
    this.#isTyping = !text.includes('\n');
  }

  /** Puts another text in place of a part of it; the caret goes behind. */
  replace(start: number, end: number, text: string): void {
    this.#change({ value: this.value.slice(0, start) + text + this.value.slice(end), caret: start + text.length });
  }

  /** Another text as a whole. */
  set(value: string, caret = value.length): void {
    if (value !== this.value) this.#change({ value, caret });
  }

  /** Does what a key does to any text; false where the key is for somebody else. */
  press(key: string): boolean {
    const { value, caret } = this.#now;
    const lineStart = caret === 0 ? 0 : value.lastIndexOf('\n', caret - 1) + 1;
    const nextBreak = value.indexOf('\n', caret);
    const lineEnd = nextBreak < 0 ? value.length : nextBreak;
    switch (key) {
      case 'left':
        this.caret = before(value, caret);
        return true;
      case 'right':
        this.caret = after(value, caret);
        return true;
      case 'word-left':
        this.caret = wordBefore(value, caret);
        return true;
      case 'word-right':
        this.caret = wordAfter(value, caret);
        return true;
      case 'home':
      case 'ctrl-a':
        this.caret = lineStart;
        return true;
      case 'end':
      case 'ctrl-e':
        this.caret = lineEnd;
        return true;
      case 'top':
        this.caret = 0;
        return true;
      case 'bottom':
        this.caret = value.length;
        return true;
      case 'backspace':
        this.#cut(before(value, caret), caret);
        return true;
      case 'delete':
        this.#cut(caret, after(value, caret));
        return true;
      case 'delete-word':
      case 'ctrl-w':
        this.#cut(wordBefore(value, caret), caret);
        return true;
      case 'ctrl-u':
        this.#cut(lineStart, caret);
        return true;
      case 'ctrl-k':
        this.#cut(caret, lineEnd);
        return true;
      case 'ctrl-z':
        return this.undo();
      case 'ctrl-y':
        return this.redo();
      default:
        return false;
    }
  }

  undo(): boolean {
    const last = this.#undo.pop();
    if (!last) return false;
    this.#redo.push(this.#now);
    this.#now = last;
    this.#isTyping = false;
    return true;
  }

  redo(): boolean {
    const next = this.#redo.pop();
    if (!next) return false;
    this.#undo.push(this.#now);
    this.#now = next;
    this.#isTyping = false;
    return true;
  }

  #cut(start: number, end: number): void {
    if (start < end) this.#change({ value: this.value.slice(0, start) + this.value.slice(end), caret: start });
  }

  #change(next: State, isRun = false): void {
    if (!isRun) this.#undo.push(this.#now);
    this.#redo = [];
    this.#now = next;
    this.#isTyping = false;
  }
}

function wordBefore(value: string, caret: number): number {
  const [match] = /[\p{L}\p{M}\p{N}]*[^\p{L}\p{M}\p{N}]*$/u.exec(value.slice(Math.max(0, caret - 200), caret)) ?? [''];
  return caret - match.length;
}

function wordAfter(value: string, caret: number): number {
  const [match] = /^[^\p{L}\p{M}\p{N}]*[\p{L}\p{M}\p{N}]*/u.exec(value.slice(caret, caret + 200)) ?? [''];
  return caret + match.length;
}
