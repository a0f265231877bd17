/** A value of plain YAML: text as it was typed, a list, or a group of fields. */
export type Plain = string | Plain[] | Map<string, Plain>;

/**
 * Reads the YAML that most stories are written in: fields, lists, texts of one or more lines, blocks under `|`, and
 * `{ a: b }` and `[a, b]` on one line. Gives the values that the `yaml` package would give, or undefined for a text that has
 * anything else in it, or may hold something that YAML would lose: that package and `traps` look at it then.
 *
 *     group   = { column name ":" ( " " value | "\n" list | "\n" group ) }     names of one column, each once
 *     list    = { column "- " ( group | value ) }
 *     value   = text "\n" { deeper line "\n" } | quoted "\n" | flow "\n" | "|" [ "-" ] "\n" block
 *     flow    = "[" item { "," item } "]" | "{" name ": " item { "," name ": " item } "}"
 *
 * Between lines there may be empty ones, and comments on lines of their own that begin with "# ".
 */
export function readPlain(text: string): Plain | undefined {
  if (/[\t\r\0\uFEFF]|<<<<<<</.test(text) || !text.endsWith('\n')) return undefined;
  try {
    return new Reader(text).whole();
  } catch (error) {
    if (error === UNSURE) return undefined;
    throw error;
  }
}

/** Thrown where a text has something that is not plain. */
const UNSURE = Symbol('unsure');

/** How deep a story nests at most: more is for `yaml` to refuse. */
const MAX_DEPTH = 40;

const NAME = /([A-Za-z_][\w-]*):(?: +|(?=\n))/y;
/** An unquoted text to the end of its line: it begins with no mark of YAML's, and has no `: ` and no ` #` in it. */
const TEXT = /[^\s\-?:,[\]{}#&*!|>'"%@`](?:[^\n:#]|:(?=[^ \n])|(?<=[^ ])#)*(?=\n)/y;
/** A line that goes on with a text. One that looks like a field or an entry may be meant as such. */
const MORE_TEXT = /(?![\w-]+:)[\p{L}\p{N}(](?:[^\n:#：]|:(?=[^ \n])|(?<=[^ ])#)*(?=\n)/uy;
const QUOTED = /"((?:[^"\\\n]|\\["\\])*)"|'((?:[^'\n]|'')*)'/y;
const FLOW_TEXT = /[^\s\-?:,[\]{}#&*!|>'"%@`](?:[^\n:#,[\]{}]|:(?=[^ \n,[\]{}])|(?<=[^ ])#)*/y;
const FLOW_NAME = /([A-Za-z_][\w-]*): +/y;
const BLOCK = /\|(-?)\n(\n*)( +)(?=[^ \n])/y;
const COMMENT = /#+(?: [^\n]*)?\n/y;
const NULL = /^(?:null|Null|NULL|~)$/;

const [NEWLINE, SPACE, HASH, DASH] = [10, 32, 35, 45];

class Reader {
  /** The offset of the first character of the line that is to be read next, behind its indentation. */
  #at = 0;
  /** The column of that character; -1 at the end of the text. */
  #column = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.#next();
  }

  whole(): Plain {
    const group = this.#group(0, 0);
    if (this.#column !== -1) throw UNSURE;
    return group;
  }

  /** Goes on from the start of a line to the next one that has more than a comment. */
  #next(): void {
    const text = this.#text;
    for (let start = this.#at; ; ) {
      let at = start;
      while (text.charCodeAt(at) === SPACE) at++;
      const code = text.charCodeAt(at);
      if (code === NEWLINE) start = at + 1;
      else if (code === HASH) start = at + lengthOf(COMMENT, text, at);
      else {
        this.#at = at;
        this.#column = at >= text.length ? -1 : at - start;
        return;
      }
    }
  }

  #group(column: number, depth: number): Plain {
    if (this.#column !== column || depth > MAX_DEPTH) throw UNSURE;
    const group = new Map<string, Plain>();
    do {
      const match = matchAt(NAME, this.#text, this.#at);
      const name = match?.[1];
      if (match === undefined || name === undefined || group.has(name)) throw UNSURE;
      this.#at += match[0].length;
      const isAlone = this.#text.charCodeAt(this.#at) === NEWLINE;
      group.set(name, isAlone ? this.#below(column, depth) : this.#value(column));
    } while (this.#column === column && this.#text.charCodeAt(this.#at) !== DASH);
    if (this.#column > column) throw UNSURE;
    return group;
  }

  /** The list or group on the lines below its name. */
  #below(column: number, depth: number): Plain {
    this.#at++;
    this.#next();
    const isList = this.#text.charCodeAt(this.#at) === DASH;
    if (this.#column < column || (this.#column === column && !isList)) throw UNSURE;
    return isList ? this.#list(this.#column, depth + 1) : this.#group(this.#column, depth + 1);
  }

  #list(column: number, depth: number): Plain {
    if (depth > MAX_DEPTH) throw UNSURE;
    const list: Plain[] = [];
    const text = this.#text;
    while (this.#column === column && text.charCodeAt(this.#at) === DASH) {
      if (text.charCodeAt(this.#at + 1) !== SPACE || text.charCodeAt(this.#at + 2) === SPACE) throw UNSURE;
      this.#at += 2;
      if (matchAt(NAME, text, this.#at)) {
        this.#column = column + 2;
        list.push(this.#group(column + 2, depth + 1));
      } else list.push(this.#value(column));
    }
    if (this.#column > column) throw UNSURE;
    return list;
  }

  /** A value on the line of its name or dash, which stands in a column, and on deeper lines below. */
  #value(column: number): Plain {
    const text = this.#text;
    const mark = text[this.#at];
    if (mark === '|') return this.#block(column);
    if (mark === '"' || mark === "'" || mark === '[' || mark === '{') {
      const value = mark === '[' || mark === '{' ? this.#flow(0) : this.#quoted();
      if (text.charCodeAt(this.#at) !== NEWLINE) throw UNSURE;
      this.#at++;
      this.#next();
      if (this.#column > column) throw UNSURE;
      return value;
    }
    return this.#lines(column);
  }

  /** An unquoted text; its lines are joined by spaces, and empty lines between them are line breaks. */
  #lines(column: number): string {
    const text = this.#text;
    let value = trimmed(this.#take(TEXT));
    for (;;) {
      const end = this.#at++;
      this.#next();
      if (this.#column <= column) break;
      const between = text.slice(end, this.#at);
      if (between.includes('#')) throw UNSURE; // a comment ends a text
      const breaks = between.split('\n').length - 2;
      value += (breaks > 0 ? '\n'.repeat(breaks) : ' ') + trimmed(this.#take(MORE_TEXT));
    }
    if (NULL.test(value)) throw UNSURE;
    return value;
  }

  #quoted(): string {
    const match = matchAt(QUOTED, this.#text, this.#at);
    if (match === undefined) throw UNSURE;
    this.#at += match[0].length;
    return match[1]?.replace(/\\(["\\])/g, '$1') ?? (match[2] ?? '').replaceAll("''", "'");
  }

  /** `[one, "two"]` or `{ a: one, b: [two] }` on one line. */
  #flow(depth: number): Plain {
    if (depth > MAX_DEPTH) throw UNSURE;
    const isList = this.#text[this.#at] === '[';
    const list: Plain[] = [];
    const group = new Map<string, Plain>();
    do {
      this.#at++;
      this.#spaces();
      const name = isList ? '' : matchAt(FLOW_NAME, this.#text, this.#at)?.[1];
      if (name === undefined || group.has(name)) throw UNSURE;
      if (!isList) this.#take(FLOW_NAME);
      const item = this.#flowItem(depth);
      if (isList) list.push(item);
      else group.set(name, item);
      this.#spaces();
    } while (this.#text[this.#at] === ',');
    if (this.#text[this.#at] !== (isList ? ']' : '}')) throw UNSURE;
    this.#at++;
    return isList ? list : group;
  }

  #flowItem(depth: number): Plain {
    const mark = this.#text[this.#at];
    if (mark === '[' || mark === '{') return this.#flow(depth + 1);
    if (mark === '"' || mark === "'") return this.#quoted();
    const value = trimmed(this.#take(FLOW_TEXT));
    if (NULL.test(value)) throw UNSURE;
    return value;
  }

  #spaces(): void {
    while (this.#text.charCodeAt(this.#at) === SPACE) this.#at++;
  }

  /** A block below `|` or `|-`, with the indentation of its first line. */
  #block(column: number): string {
    const text = this.#text;
    const [head, strip, empty = '', indent = ''] = matchAt(BLOCK, text, this.#at) ?? [];
    if (head === undefined || indent.length <= column) throw UNSURE;
    const width = indent.length;
    let value = empty;
    let breaks = '';
    let at = this.#at + head.length - width;
    for (;;) {
      let spaces = 0;
      while (text.charCodeAt(at + spaces) === SPACE) spaces++;
      if (text.charCodeAt(at + spaces) === NEWLINE) {
        if (spaces > 0) throw UNSURE;
        breaks += '\n';
        at++;
        continue;
      }
      if (spaces < width || at >= text.length) break;
      const end = text.indexOf('\n', at) + 1;
      value += breaks + text.slice(at + width, end);
      breaks = '';
      at = end;
    }
    this.#at = at;
    this.#next();
    if (this.#column > column) throw UNSURE;
    return strip === '-' ? value.slice(0, -1) : value;
  }

  #take(pattern: RegExp): string {
    const start = this.#at;
    this.#at += lengthOf(pattern, this.#text, start);
    return this.#text.slice(start, this.#at);
  }
}

/** What a sticky pattern matches at an offset. */
function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function lengthOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  if (!pattern.test(text)) throw UNSURE;
  return pattern.lastIndex - at;
}

/** YAML takes spaces off the ends of a line, and no other white space. */
const trimmed = (line: string) => (line.endsWith(' ') ? line.replace(/ +$/, '') : line);
