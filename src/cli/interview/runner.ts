import { StringDecoder } from 'node:string_decoder';
import { type Input, Keyboard } from '../../tui/keyboard.js';
import type { Entry } from '../../tui/list.js';
import { Pager } from '../../tui/pager.js';
import { ASCII, type Glyphs, type Prompt, UNICODE } from '../../tui/prompt.js';
import { Screen, type Size } from '../../tui/screen.js';
import type { Text } from '../../tui/text.js';

/** How long a lone Esc is waited with, how long a window that is pulled settles, and after which pause words are kept: milliseconds. */
const ESC = 60;
const RESIZE = 50;
const PAUSE = 250;

/** Bracketed paste (xterm) on and off, and the cursor back. */
const ON = '\x1b[?2004h';
const OFF = '\x1b[?2004l\x1b[?25h';

/** What of the terminal's streams is used. */
interface TerminalInput {
  setRawMode?: ((on: boolean) => unknown) | undefined;
  on: (event: 'data' | 'end', listener: (chunk: Buffer) => void) => unknown;
  off: (event: 'data' | 'end', listener: (chunk: Buffer) => void) => unknown;
  resume: () => unknown;
  pause: () => unknown;
}
interface TerminalOutput {
  columns?: number | undefined;
  rows?: number | undefined;
  write: (text: string) => unknown;
  on: (event: 'resize', listener: () => void) => unknown;
  off: (event: 'resize', listener: () => void) => unknown;
}

/** The person ended it with Ctrl-C (130), or the terminal is gone (129). */
export class Stopped extends Error {
  readonly code: number;
  constructor(code: number) {
    super('stopped');
    this.code = code;
  }
}

/** What the keys do, everywhere. */
const KEYS = `Enter          the next field; in a text a new line; in a list what is marked
Tab, Shift-Tab the next field, the field before; in a text Tab is done
Ctrl-D         done with this form, text or list
Esc            back one step; what was typed stays
Arrows         move in the text, and at its edge to the next field
Ctrl-Z, Ctrl-Y undo, redo; deletions too
Ctrl-R         take the fix that is offered
Ctrl-O         open the text in your editor; in the outline the whole story
Space          in the outline: pick up, carry with the arrows, put down
Ctrl-X, Delete in the outline: take out
[@             in a text: the list of sources
Alt-Enter      a new line in a field of a form
Alt-←, Alt-→   a word back, a word on; Home, End, PgUp, PgDn
Ctrl-W, Ctrl-U delete the word, the line before; Ctrl-K to its end
Ctrl-C         stop; the draft is kept`;

export interface RunnerOptions {
  input: TerminalInput;
  output: TerminalOutput;
  isColoured: boolean;
  isUnicode: boolean;
  /** Lets somebody write a text in an editor; gives what became of it, or undefined where that could not be done. */
  edit?: ((text: string) => string | undefined) | undefined;
}

/**
 * Runs prompts at a terminal, one after another: one keyboard for all of them, so that what is typed ahead, or pasted between two,
 * reaches the next.
 */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #glyphs: Glyphs;
  readonly #keyboard = new Keyboard();
  readonly #decoder = new StringDecoder('utf8');
  readonly #screen: Screen;
  readonly #queue: Input[] = [];
  #wake: () => void = () => {};
  #isOver = false;
  #escTimer: NodeJS.Timeout | undefined;
  #isResized = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#glyphs = options.isUnicode ? UNICODE : ASCII;
    this.#screen = new Screen(options.isColoured);
  }

  start(): void {
    const { input, output } = this.#options;
    input.setRawMode?.(true);
    input.on('data', this.#data);
    input.on('end', this.#end);
    output.on('resize', this.#resize);
    output.write(ON);
    input.resume();
    process.once('exit', this.#restore);
  }

  #isStopped = false;

  /** Gives the terminal back as it was. */
  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    const { input, output } = this.#options;
    input.off('data', this.#data);
    input.off('end', this.#end);
    output.off('resize', this.#resize);
    clearTimeout(this.#escTimer);
    input.pause();
    process.off('exit', this.#restore);
    this.#restore();
  }

  readonly #restore = () => {
    this.#options.input.setRawMode?.(false);
    this.#options.output.write(OFF);
  };

  /**
   * Asks, until there is an answer. `onPause` is called when nothing has come for a moment, and before it ends in any way. Throws
   * Stopped.
   */
  async run<Answer>(prompt: Prompt<Answer>, onPause: () => void = () => {}): Promise<Answer> {
    const { output } = this.#options;
    let isKept = true;
    let keptAt = performance.now();
    const keep = () => {
      onPause();
      isKept = true;
      keptAt = performance.now();
    };
    try {
      for (;;) {
        let input = this.#queue.shift();
        if (!input && this.#isOver) throw new Stopped(129);
        if (!input) {
          this.#draw(prompt);
          // Who types on and on never pauses.
          if (!isKept && performance.now() - keptAt > PAUSE) keep();
          const isPaused = await this.#more(isKept ? undefined : PAUSE);
          if (isPaused) keep();
          input = this.#queue.shift();
          if (!input) continue;
        }
        if (input.type === 'key' && input.key === 'ctrl-c') throw new Stopped(130);
        const key = input.type === 'key' ? input.key : '';
        const text = key === 'ctrl-o' ? prompt.text?.() : undefined;
        if (text) this.#edit(text);
        else if (key === 'ctrl-g' && !(prompt instanceof Pager)) {
          output.write(this.#screen.leave([]));
          await this.run(new Pager({ path: ['Keys'] }, KEYS));
        } else {
          const answer = prompt.take(input);
          isKept = false;
          if (answer !== undefined) {
            output.write(this.#screen.leave(prompt.left(answer, this.#size, this.#glyphs)));
            return answer;
          }
        }
      }
    } catch (error) {
      if (error instanceof Stopped) {
        for (const rest of this.#queue.splice(0)) if (rest.type !== 'key') prompt.take(rest);
        output.write(this.#screen.leave([]));
      }
      throw error;
    } finally {
      onPause();
    }
  }

  /** One of a few, by a menu; undefined where none was chosen. Throws Stopped. */
  async choose(message: string, entries: readonly Entry[]): Promise<string | undefined> {
    const { choose } = await import('./choose.js');
    const { output } = this.#options;
    // Words are for the next prompt: a menu has no use for them.
    const words: Input[] = [];
    const next = async () => {
      for (;;) {
        const input = await this.#next();
        if (input.type === 'key') return input;
        words.push(input);
      }
    };
    try {
      return await choose(message, entries, next, output as never, this.#glyphs);
    } finally {
      this.#queue.unshift(...words);
    }
  }

  /** The next input, when it comes. */
  async #next(): Promise<Input> {
    while (this.#queue.length === 0) {
      if (this.#isOver) throw new Stopped(129);
      await this.#more(undefined);
    }
    const input = this.#queue.shift() as Input;
    if (input.type === 'key' && input.key === 'ctrl-c') throw new Stopped(130);
    return input;
  }

  get #size(): Size {
    const { columns, rows } = this.#options.output;
    return { columns: columns || 80, rows: rows || 24 };
  }

  #draw<Answer>(prompt: Prompt<Answer>): void {
    const frame = prompt.frame(this.#size, this.#glyphs);
    const { output } = this.#options;
    output.write(this.#isResized ? this.#screen.resize(frame, this.#size.columns) : this.#screen.draw(frame));
    this.#isResized = false;
  }

  /** Waits for inputs; true where none came in time. */
  #more(patience: number | undefined): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = patience === undefined ? undefined : setTimeout(() => done(true), patience);
      const done = (isPaused: boolean) => {
        clearTimeout(timer);
        this.#wake = () => {};
        resolve(isPaused);
      };
      this.#wake = () => done(false);
      if (this.#queue.length > 0 || this.#isOver) done(false);
    });
  }

  readonly #data = (chunk: Buffer) => {
    clearTimeout(this.#escTimer);
    this.#queue.push(...this.#keyboard.feed(this.#decoder.write(chunk)));
    if (this.#keyboard.waits)
      this.#escTimer = setTimeout(() => {
        this.#queue.push(...this.#keyboard.flush());
        setTimeout(() => this.#keyboard.settle(), ESC);
        this.#wake();
      }, ESC);
    if (this.#queue.length > 0) this.#wake();
  };

  readonly #end = () => {
    this.#queue.push(...this.#keyboard.end());
    this.#isOver = true;
    this.#wake();
  };

  readonly #resize = () => {
    setTimeout(() => {
      this.#isResized = true;
      this.#wake();
    }, RESIZE);
  };

  #edit(text: Text): void {
    const next = this.edit(text.value);
    if (next !== undefined) text.set(next);
  }

  /** Gives the terminal to an editor meanwhile; what became of the text, or undefined where there is no editor. */
  edit(text: string): string | undefined {
    const { input, output, edit } = this.#options;
    if (!edit) return undefined;
    output.write(this.#screen.leave([]));
    input.setRawMode?.(false);
    output.write(OFF);
    input.pause();
    const next = edit(text);
    input.resume();
    input.setRawMode?.(true);
    output.write(ON);
    return next;
  }
}
