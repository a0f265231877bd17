/**
 * What a terminal sends, as events. A run of typed text is one event, a paste is one, however many reads it comes in. Keys have
 * the names that help lines use: `enter`, `shift-tab`, `ctrl-z`, `word-left`.
 */
export type Input = { type: 'key'; key: string } | { type: 'text'; text: string } | { type: 'paste'; text: string };

const PASTE_START = '\x1b[200~';
const PASTE_END = '\x1b[201~';

/** Control Sequence Introducer: parameters, intermediates, final (ECMA-48, 5.4). */
const CSI = /^\x1b\[([0-?]*)([ -/]*)([@-~])/;
/** Its beginning, which more bytes may complete. */
const CSI_BEGUN = /^\x1b\[[0-?]*[ -/]*$/;
/** Strings that a terminal answers with: OSC, DCS, APC, PM, SOS, to their end. */
const STRING = /^\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)/;
const STRING_BEGUN = /^\x1b[\]PX^_][^\x07\x1b]*\x1b?$/;

const BY_LETTER: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  Z: 'shift-tab',
  // rxvt's own.
  a: 'shift-up',
  b: 'shift-down',
  c: 'word-right',
  d: 'word-left',
};

const BY_NUMBER: Readonly<Record<string, string>> = {
  1: 'home',
  3: 'delete',
  4: 'end',
  5: 'page-up',
  6: 'page-down',
  7: 'home',
  8: 'end',
};

/** A whole key without the Esc before it. */
const REST_OF_KEY = /^(?:\[[\d;]*[A-Za-z~]$|O[A-Za-z]$|\[200~)/;

/** Keys by their code points, where a terminal names those (modifyOtherKeys, the kitty protocol). */
const BY_CODE: Readonly<Record<string, string>> = {
  9: 'tab',
  13: 'enter',
  27: 'esc',
  127: 'backspace',
  8: 'backspace',
};

/** Keys that mean another thing with Shift, Alt or Ctrl. */
const MODIFIED: Readonly<Record<string, string>> = {
  'shift-up': 'shift-up',
  'shift-down': 'shift-down',
  'ctrl-left': 'word-left',
  'alt-left': 'word-left',
  'ctrl-right': 'word-right',
  'alt-right': 'word-right',
  'ctrl-home': 'top',
  'ctrl-end': 'bottom',
  'shift-tab': 'shift-tab',
  'shift-enter': 'newline',
  'alt-enter': 'newline',
  'ctrl-enter': 'newline',
  'ctrl-backspace': 'backspace',
  'alt-backspace': 'delete-word',
};

const BY_ALT: Readonly<Record<string, string>> = {
  b: 'word-left',
  f: 'word-right',
  '\x7f': 'delete-word',
  '\b': 'delete-word',
  '\r': 'newline',
  '\n': 'newline',
};

const CONTROLS: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'newline',
  '\t': 'tab',
  '\b': 'backspace',
  '\x7f': 'backspace',
  '\x1f': 'ctrl-z', // Ctrl-_ and Ctrl-/, which undo elsewhere
  '\0': 'ctrl-space',
};

/** Reads keys from what a terminal sends. What may be the start of more waits for the next read, or for `flush`. */
export class Keyboard {
  #pending = '';
  #paste: string[] | undefined;
  #escaped = false;

  /** Whether a lone Esc waits, which only time tells from the start of another key. */
  get waits(): boolean {
    return this.#paste === undefined && this.#pending === '\x1b';
  }

  feed(text: string): Input[] {
    // Ctrl-C alone ends a paste whose end never came.
    if (this.#paste !== undefined && text === '\x03') return [...this.end(), { type: 'key', key: 'ctrl-c' }];
    const inputs: Input[] = [];
    // A slow line splits a key behind its Esc: what follows still belongs to it.
    const isRest = this.#escaped && REST_OF_KEY.test(text);
    this.#escaped = false;
    this.#pending += isRest ? `\x1b${text}` : text;
    while (this.#pending !== '') {
      const length = this.#paste === undefined ? this.#next(inputs) : this.#pasted(inputs);
      if (length === 0) break;
      this.#pending = this.#pending.slice(length);
    }
    return inputs;
  }

  /** Takes what waits as it is: Esc alone is Esc. */
  flush(): Input[] {
    if (!this.waits) return [];
    this.#escaped = true;
    this.#pending = '';
    return [{ type: 'key', key: 'esc' }];
  }

  /** A moment has passed since a lone Esc: what comes now is no part of it. */
  settle(): void {
    this.#escaped = false;
  }

  /** The end of the input: a paste that has begun is all that came of it. */
  end(): Input[] {
    const rest = this.#paste === undefined ? [] : [...this.#paste, this.#pending];
    const text = cleaned(rest.join(''));
    this.#paste = undefined;
    this.#pending = '';
    return text === '' ? [] : [{ type: 'paste', text }];
  }

  #pasted(inputs: Input[]): number {
    const end = this.#pending.indexOf(PASTE_END);
    if (end < 0) {
      // The end mark may be split over two reads.
      const kept = Math.max(0, this.#pending.length - PASTE_END.length + 1);
      this.#paste?.push(this.#pending.slice(0, kept));
      return kept;
    }
    this.#paste?.push(this.#pending.slice(0, end));
    inputs.push({ type: 'paste', text: cleaned((this.#paste ?? []).join('')) });
    this.#paste = undefined;
    return end + PASTE_END.length;
  }

  /** Takes the next key or run of text; gives how long it was, 0 where more must come first. */
  #next(inputs: Input[]): number {
    const text = this.#pending;
    if (text.startsWith('\x1b')) return this.#escape(inputs);
    const [run] = /^[^\0-\x1f\x7f]+/.exec(text) ?? [];
    if (run !== undefined) {
      // The first half of a pair of surrogates waits for the second.
      const isSplit = run.length === text.length && /[\uD800-\uDBFF]$/.test(run);
      const whole = isSplit ? run.slice(0, -1) : run;
      if (whole !== '') inputs.push({ type: 'text', text: whole.replace(/[\x80-\x9f]/g, '') });
      return whole.length;
    }
    const char = text.charAt(0);
    const key = CONTROLS[char] ?? (char < '\x1b' ? `ctrl-${String.fromCharCode(char.charCodeAt(0) + 96)}` : undefined);
    if (key !== undefined) inputs.push({ type: 'key', key });
    return text.startsWith('\r\n') ? 2 : 1;
  }

  #escape(inputs: Input[]): number {
    const text = this.#pending;
    if (text.startsWith(PASTE_START)) {
      this.#paste = [];
      return PASTE_START.length;
    }
    const push = (key: string | undefined, length: number) => {
      if (key !== undefined) inputs.push({ type: 'key', key });
      return length;
    };
    // X10's mouse reports hold three bytes of any kind.
    if (text.startsWith('\x1b[M')) return text.length < 6 ? 0 : 6;
    const csi = CSI.exec(text);
    if (csi) return push(keyOf(csi[1] ?? '', csi[3] ?? ''), csi[0].length);
    if (CSI_BEGUN.test(text)) return 0;
    const string = STRING.exec(text);
    if (string) return string[0].length;
    if (STRING_BEGUN.test(text)) return 0;
    const [single] = /^\x1bO[A-Za-z]/.exec(text) ?? [];
    if (single !== undefined) return push(BY_LETTER[single.charAt(2)], 3);
    if (text === '\x1bO' || text === '\x1b') return 0;
    if (text.startsWith('\x1b\x1b')) return push('esc', 1);
    const alt = BY_ALT[text.charAt(1)];
    return push(alt, alt === undefined ? 1 + String.fromCodePoint(text.codePointAt(1) ?? 32).length : 2);
  }
}

/** The key of a sequence; undefined for one that is no key of ours, such as a report of the mouse or the focus. */
function keyOf(parameters: string, final: string): string | undefined {
  if (/[<=>?]/.test(parameters)) return undefined;
  const [first = '', second = '', third = ''] = parameters.split(';');
  const isOther = final === '~' && first === '27';
  const key = isOther
    ? BY_CODE[third]
    : final === '~'
      ? BY_NUMBER[first]
      : final === 'u'
        ? (BY_CODE[first.split(':')[0] ?? ''] ?? letterOf(first))
        : /[IO]/.test(final)
          ? undefined
          : BY_LETTER[final];
  return key === undefined ? undefined : modified(key, Number(second.split(':')[0] || 1) - 1);
}

function letterOf(code: string): string | undefined {
  const point = Number(code.split(':')[0]);
  const char = point < 128 ? String.fromCharCode(point) : '';
  return /^[a-z]$/.test(char) ? char : undefined;
}

/** A key with what was held down: 1 is Shift, 2 Alt, 4 Ctrl (xterm). */
function modified(key: string, bits: number): string | undefined {
  const isLetter = key.length === 1;
  if (isLetter) return bits & 4 ? `ctrl-${key}` : undefined;
  const names = [bits & 4 ? 'ctrl' : '', bits & 2 ? 'alt' : '', bits & 1 ? 'shift' : ''].filter(Boolean);
  const [held] = names;
  return held === undefined ? key : (MODIFIED[`${held}-${key}`] ?? key);
}

/** Pasted text without what would move the cursor or colour the screen. */
function cleaned(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)?|[@-_])?/g, '')
    .replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, '');
}
