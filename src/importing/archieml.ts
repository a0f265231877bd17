/** A value of an ArchieML document. */
export type Archie = string | Archie[] | { [key: string]: Archie };

/** Where a key's value stands in its document, by the path of its keys. */
export interface ArchieDocument {
  value: { [key: string]: Archie };
  /** The line of each key, from 1, by its path joined with dots. */
  lines: Map<string, number>;
  /** Lines that are no part of any value: ArchieML ignores them. */
  ignored: Line[];
}

interface Line {
  line: number;
  text: string;
}

const NAME = '[A-Za-z0-9_\\u{80}-\\u{10FFFF}-]+';
const KEY = `${NAME}(?:\\.${NAME})*`;
const START_KEY = new RegExp(`^[ \\t]*(${KEY})[ \\t\\r]*:[ \\t\\r]*(.*)$`, 'u');
const COMMAND = /^\s*:[ \t\r]*(endskip|ignore|skip|end)(.*)$/i;
const ELEMENT = /^\s*\*[ \t\r]*(.*)$/;
const SCOPE = new RegExp(`^[ \\t]*(\\[|\\{)[ \\t\\r]*([+.]*)[ \\t\\r]*(${KEY})?[ \\t\\r]*(?:\\]|\\}).*$`, 'u');

type Group = { [key: string]: Archie };

/** A scope or list that is open, and where keys go once it is closed. */
interface Frame {
  outer: Group;
  list?: Archie[];
  kind?: 'simple' | 'complex' | 'freeform';
  /** The key that begins each entry of a complex list. */
  first?: string;
}

/** The value that following lines belong to where `:end` says so. */
interface Open {
  /** The spaces at the end of its first line, which count where more lines follow. */
  space: string;
  get: () => string;
  set: (text: string) => void;
}

/**
 * ArchieML 1.0 (archieml.org/spec/1.0/CR-20151509): keys, multi-line values, scopes, lists, freeform lists, commands.
 * Groups have no prototype, so that no key of a pasted text can reach one.
 */
export function parseArchie(text: string): ArchieDocument {
  return new Reader().read(text);
}

class Reader {
  readonly #value: Group = group();
  readonly #lines = new Map<string, number>();
  readonly #ignored: Line[] = [];
  #stack: Frame[] = [];
  /** Where keys go. */
  #scope: Group = this.#value;
  #skipping = false;
  #open: Open | undefined;
  #below: Line[] = [];

  read(text: string): ArchieDocument {
    const lines = text.split('\n').map((line, i) => ({ line: i + 1, text: line }));
    for (const [i, line] of lines.entries()) {
      if (this.#line(line)) continue;
      for (const rest of lines.slice(i + 1)) this.#ignored.push(rest);
      break;
    }
    this.#close();
    const ignored = this.#ignored.filter((line) => line.text.trim() !== '').sort((a, b) => a.line - b.line);
    return { value: this.#value, lines: this.#lines, ignored };
  }

  get #frame(): Frame | undefined {
    return this.#stack.at(-1);
  }

  /** Reads a line; false where it says that the rest is no part of the document. */
  #line(line: Line): boolean {
    const { text } = line;
    const command = COMMAND.exec(text)?.[1]?.toLowerCase();
    if (command !== undefined) return this.#command(command);
    if (this.#skipping) {
      this.#ignored.push(line);
      return true;
    }
    const kind = this.#frame?.kind;
    const [, key, value = ''] = START_KEY.exec(text) ?? [];
    const [, element] = ELEMENT.exec(text) ?? [];
    const scope = SCOPE.exec(text);
    if (key !== undefined && kind !== 'simple') this.#key(key, value, line.line);
    else if (element !== undefined && this.#frame?.list && (kind === undefined || kind === 'simple'))
      this.#element(this.#frame, element);
    else if (scope) this.#enter(scope[1] === '[', scope[2] ?? '', scope[3] ?? '', line.line);
    else if (kind === 'freeform' && text.trim() !== '') {
      this.#close();
      this.#frame?.list?.push(group({ type: 'text', value: unescaped(text.trim()) }));
    } else this.#below.push(line);
    return true;
  }

  #command(command: string): boolean {
    if (command === 'ignore') return false;
    if (command === 'end' && !this.#skipping && this.#open) {
      const more = this.#below.map(({ text }) => `\n${text.replace(/^(\s*)\\/, '$1')}`).join('');
      this.#open.set((this.#open.get() + this.#open.space + more).trimEnd());
      this.#below = [];
    }
    this.#close();
    if (command === 'skip') this.#skipping = true;
    if (command === 'endskip') this.#skipping = false;
    return true;
  }

  /** Lines after a value that no `:end` claimed are no part of it. */
  #close(): void {
    for (const line of this.#below) this.#ignored.push(line);
    this.#below = [];
    this.#open = undefined;
  }

  #key(path: string, text: string, line: number): void {
    this.#close();
    this.#nextEntry(path);
    const [target, name] = this.#frame?.kind === 'freeform' ? [this.#scope, 'value'] : reach(this.#scope, path);
    target[name] = text.trim();
    this.#lines.set(path, line);
    this.#open = { space: spaceAfter(text), get: () => String(target[name]), set: (value) => (target[name] = value) };
  }

  /** In a list of groups the key that came first begins the next entry; in a freeform list every key is one. */
  #nextEntry(key: string): void {
    const frame = this.#frame;
    if (!frame?.list || frame.kind === 'simple') return;
    frame.kind ??= 'complex';
    if (frame.kind === 'freeform') {
      this.#scope = group({ type: key });
      frame.list.push(this.#scope);
    } else if (frame.first === undefined || frame.first === key) {
      frame.first = key;
      this.#scope = group();
      frame.list.push(this.#scope);
    }
  }

  #element(frame: Frame, text: string): void {
    this.#close();
    frame.kind = 'simple';
    const list = frame.list ?? [];
    const index = list.push(text.trim()) - 1;
    this.#open = { space: spaceAfter(text), get: () => String(list[index]), set: (value) => (list[index] = value) };
  }

  /** `[list]`, `{scope}`; without a name the end of the innermost one. */
  #enter(isList: boolean, flags: string, path: string, line: number): void {
    this.#close();
    if (path === '') {
      this.#scope = this.#stack.pop()?.outer ?? this.#value;
      return;
    }
    // Inside a freeform list dots are a part of a name, even of one that leads out of it.
    const whole = this.#frame?.kind === 'freeform';
    if (flags.includes('.')) this.#nextEntry(path);
    else {
      this.#stack = [];
      this.#scope = this.#value;
    }
    const inFreeform = this.#frame?.kind === 'freeform';
    const [target, name] = inFreeform ? [this.#scope, 'value'] : whole ? [this.#scope, path] : reach(this.#scope, path);
    this.#lines.set(path, line);
    const frame: Frame = { outer: this.#scope };
    if (isList) {
      const list: Archie[] = [];
      target[name] = list;
      frame.list = list;
      if (flags.includes('+')) frame.kind = 'freeform';
    } else {
      const inner = target[name];
      this.#scope = isGroup(inner) ? inner : group();
      target[name] = this.#scope;
    }
    this.#stack.push(frame);
  }
}

const spaceAfter = (text: string) => text.slice(text.trimEnd().length);

function unescaped(text: string): string {
  return text.startsWith('\\') ? text.slice(1) : text;
}

function group(entries: Group = {}): Group {
  return Object.assign(Object.create(null) as Group, entries);
}

function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The group and the name that a path such as `a.b.c` leads to, made on the way. */
function reach(from: Group, path: string): [Group, string] {
  const steps = path.split('.');
  const name = steps.pop() as string;
  let target = from;
  for (const step of steps) {
    if (!isGroup(target[step])) target[step] = group();
    target = target[step] as Group;
  }
  return [target, name];
}
