import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { type Shape, shapeBelow, shapeFor, textTypeOf } from '../schema/shape.js';
import { fileOrder, writeAfterName, writeField, writeItem } from '../schema/write.js';
import { comments } from '../yaml/comments.js';
import { FileText } from '../yaml/file-text.js';
import type { Path } from '../yaml/places.js';
import { writeFlow, writeKey, writeText } from '../yaml/write.js';
import { storyShape } from './schema.js';
import { fieldComment } from './write.js';

/** A change that cannot be made without altering other parts of the file. */
export class EditError extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** More changes than this at once are a mistake. */
const MOST_CHANGES = 2000;

/**
 * The text of a story file, changed so that it reads as `next`; everything that is the same stays byte for byte:
 * comments, order, quotes, line ends. `next` is the story as plain values, as `plainValue` gives it. Throws EditError where
 * that cannot be done, and changes nothing then.
 */
export function updateStory(text: string, next: object): string {
  const crlf = text.includes('\r\n');
  const unix = crlf ? text.replaceAll('\r\n', '\n') : text;
  let current = unix;
  // Each round makes the first change that is found and reads the text again, so that no place is out of date.
  const seen = new Set<string>();
  while (!seen.has(current)) {
    seen.add(current);
    const edit = new Editor(current).first(next);
    if (!edit) return crlf ? withLineEnds(text, unix, current) : current;
    current = current.slice(0, edit.start) + edit.text + current.slice(edit.end);
    if (seen.size > MOST_CHANGES) break;
  }
  throw new EditError('the change does not read back as it was meant', 1);
}

/**
 * The text of a story file in which an entry of a list and the one behind it have changed places, with their comments, byte for byte
 * otherwise. Undefined where the list is not one entry to some lines of its own.
 */
export function swapEntries(text: string, list: Path, first: number): string | undefined {
  const swapped = new Editor(text).swapped(list, first);
  if (swapped === undefined) return undefined;
  const wanted = list.reduce<unknown>(
    (value, step) => (value as Record<string, unknown> | undefined)?.[step],
    plainStory(text),
  );
  const made = list.reduce<unknown>(
    (value, step) => (value as Record<string, unknown> | undefined)?.[step],
    plainStory(swapped),
  );
  if (!Array.isArray(wanted)) return undefined;
  const order = [...wanted];
  order.splice(first, 2, wanted[first + 1], wanted[first]);
  return same(order, made) ? swapped : undefined;
}

/** A story file's text as plain values: groups, lists and texts, as they stand. Undefined where it is no YAML. */
export function plainStory(text: string): unknown {
  const document = parse(text.replaceAll('\r\n', '\n'));
  return document.errors.length > 0 ? undefined : plain(document.contents as Node | null);
}

/**
 * A free name in a group: a key given twice keeps both values, the second as `key-2`. `next` holds the next number per
 * name.
 */
function freeName(taken: ReadonlyMap<string, unknown>, name: string, next: Map<string, number>): string {
  let free = name;
  for (let i = next.get(name) ?? 2; taken.has(free); i++) {
    free = `${name}-${i}`;
    next.set(name, i + 1);
  }
  return free;
}

/** Lines that were there keep their ends; new ones get the end that the file has. */
function withLineEnds(original: string, unix: string, changed: string): string {
  const ends = [...original.matchAll(/\r?\n/g)].map(([end]) => end);
  let head = 0;
  while (head < unix.length && unix[head] === changed[head]) head++;
  let tail = 0;
  while (tail < Math.min(unix.length, changed.length) - head && unix.at(-1 - tail) === changed.at(-1 - tail)) tail++;
  const before = count(unix.slice(0, head));
  const after = count(unix.slice(unix.length - tail));
  const total = count(changed);
  let i = 0;
  return changed.replace(/\n/g, () => {
    const at = i++;
    return (at < before ? ends[at] : at >= total - after ? ends[ends.length - (total - at)] : '\r\n') ?? '\r\n';
  });
}

const count = (text: string) => text.split('\n').length - 1;

interface Splice {
  start: number;
  end: number;
  text: string;
}

const parse = (text: string) =>
  parseDocument(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'error', prettyErrors: false, merge: false });

function plain(node: Node | null): unknown {
  if (isSeq(node)) return (node.items as Node[]).map(plain);
  if (isMap(node)) {
    const entries = new Map<string, unknown>();
    const next = new Map<string, number>();
    for (const { key, value } of node.items as Pair<Node, Node | null>[])
      entries.set(freeName(entries, keyName(key), next), plain(value));
    return Object.fromEntries(entries);
  }
  return isScalar(node) ? String(node.value) : isAlias(node) ? { alias: node.source } : '';
}

const keyName = (key: Node) => (isScalar(key) ? String(key.value) : '');

class Editor {
  readonly #text: string;
  readonly #file: FileText;
  readonly #document: ReturnType<typeof parse>;

  constructor(text: string) {
    this.#text = text;
    this.#file = new FileText('', text);
    this.#document = parse(text);
  }

  /** The text with an entry of a list and the one behind it in each other's place; undefined where they have no lines of their own. */
  swapped(list: Path, first: number): string | undefined {
    const node = this.#document.getIn(list, true);
    if (!isSeq(node) || isFlow(node)) return undefined;
    const [a, b, next] = (node.items as (Node | null)[]).slice(first, first + 3);
    const [start, middle] = [this.#entryStart(a), this.#entryStart(b)];
    if (!b || start === undefined || middle === undefined) return undefined;
    const end = next ? this.#entryStart(next) : this.#afterLine(this.#contentEnd(b));
    if (end === undefined) return undefined;
    const text = this.#text;
    const isOpen = end === text.length && !text.endsWith('\n');
    const [upper, lower] = [text.slice(start, middle), text.slice(middle, end)];
    const eol = /\r?\n$/.exec(upper)?.[0] ?? '\n';
    const pair = isOpen ? lower + eol + upper.slice(0, -eol.length) : lower + upper;
    return text.slice(0, start) + pair + text.slice(end);
  }

  /** Where the lines of an entry start: those of comments right above it, and of its dash. */
  #entryStart(item: Node | null | undefined): number | undefined {
    const at = item?.range?.[0];
    if (at === undefined) return undefined;
    let start = this.#lineStart(at);
    if (!/^\s*-\s+$/.test(this.#text.slice(start, at))) return undefined;
    while (start > 0) {
      const above = this.#lineStart(start - 1);
      if (!/^[ \t]*#/.test(this.#text.slice(above, start))) break;
      start = above;
    }
    return start;
  }

  /** The first change that brings the text nearer to a value. */
  first(next: object): Splice | undefined {
    const root = this.#document.contents as Node | null;
    if (this.#document.errors.length > 0) throw new EditError('the file is not YAML that can be changed', 1);
    if (root === null || (isScalar(root) && String(root.value) === '')) return this.#begin(next);
    return this.#node(root, next, storyShape, []);
  }

  /** The first field of a file that has none. */
  #begin(next: object): Splice | undefined {
    const [name, value] = Object.entries(next).find(([, each]) => each !== undefined) ?? [];
    if (name === undefined) return undefined;
    const lead = this.#text === '' || this.#text.endsWith('\n') ? '' : '\n';
    const at = this.#text.length;
    return { start: at, end: at, text: lead + this.#newField(name, value, storyShape, '') };
  }

  #fail(at: number, what: string): never {
    throw new EditError(`${what}; change it by hand`, this.#file.position(at).line);
  }

  #node(node: Node | null, next: unknown, declared: Shape, path: Path): Splice | undefined {
    const shape = shapeFor(next, declared);
    if (isMap(node) && isGroup(next)) return this.#map(node, next, shape, path);
    if (isSeq(node) && Array.isArray(next)) return this.#list(node, next, shape, path);
    if (same(plain(node), next)) return undefined;
    if (isScalar(node) && (typeof next === 'string' || typeof next === 'boolean'))
      return this.#scalar(node, next, shape, path);
    return this.#fail(node?.range?.[0] ?? 0, `"${path.join(' → ')}" is of another shape in the file`);
  }

  #map(node: YAMLMap, next: Record<string, unknown>, shape: Shape, path: Path): Splice | undefined {
    const pairs = node.items as Pair<Node, Node | null>[];
    const present = new Set(pairs.map(({ key }) => keyName(key)));
    if (present.size < pairs.length) this.#fail(pairs[0]?.key.range?.[0] ?? 0, 'a field is given twice');
    const missing = Object.keys(next).find((name) => next[name] !== undefined && !present.has(name));
    if (missing !== undefined) return this.#addPair(node, missing, next[missing], shape);
    for (const pair of pairs) {
      const name = keyName(pair.key);
      if (next[name] === undefined) return this.#removePair(node, pair);
      const field = shapeBelow(shape, name);
      const below = [...path, name];
      if (!isCollection(pair.value) !== !isObject(next[name])) return this.#replaceValue(node, pair, next[name], field);
      const edit =
        pair.value === null || isEmpty(pair.value)
          ? same('', next[name])
            ? undefined
            : this.#replaceValue(node, pair, next[name], field)
          : this.#node(pair.value, next[name], field, below);
      if (edit) return edit;
    }
    return undefined;
  }

  #addPair(node: YAMLMap, name: string, value: unknown, shape: Shape): Splice {
    const pairs = node.items as Pair<Node, Node | null>[];
    if (isFlow(node)) return this.#intoFlow(node, `${writeKey(name)}: ${writeFlow(value)}`, pairs.length > 0);
    const order = fileOrder(shape);
    const rank = order.indexOf(name);
    const indent = ' '.repeat(this.#column(pairs[0]?.key.range?.[0] ?? 0));
    const text = this.#newField(name, value, shape, indent);
    const before = pairs.filter(({ key }) => {
      const other = order.indexOf(keyName(key));
      return other >= 0 && rank >= 0 && other < rank;
    });
    const previous = rank < 0 ? pairs.at(-1) : before.at(-1);
    if (!previous) {
      const start = pairs[0]?.key.range?.[0] ?? 0;
      return { start, end: start, text: `${text}${indent}` };
    }
    const at = this.#afterLine(this.#contentEnd(previous.value ?? previous.key));
    return this.#insertLines(at, indent + text);
  }

  /** A new field with its line break; the story's lists get a comment that explains them. */
  #newField(name: string, value: unknown, shape: Shape, indent: string): string {
    const comment = shape === storyShape ? fieldComment(name) : undefined;
    return `${comment ? `${comment}\n` : ''}${writeField(name, value, shapeBelow(shape, name), indent)}`;
  }

  #insertLines(at: number, lines: string): Splice {
    const open = at === this.#text.length && at > 0 && !this.#text.endsWith('\n');
    return { start: at, end: at, text: open ? `\n${lines.replace(/\n$/, '')}` : lines };
  }

  #intoFlow(node: YAMLMap | YAMLSeq, text: string, more: boolean): Splice {
    const last = node.items.at(-1) as Pair<Node, Node | null> | Node | undefined;
    const value = last && 'key' in last ? (last.value ?? last.key) : (last as Node | undefined);
    const at = value?.range?.[1] ?? (node.range?.[0] ?? 0) + 1;
    return { start: at, end: at, text: `${more ? ', ' : ' '}${text}${more ? '' : ' '}` };
  }

  #removePair(node: YAMLMap, pair: Pair<Node, Node | null>): Splice {
    const start = pair.key.range?.[0] ?? 0;
    const pairs = node.items as Pair<Node, Node | null>[];
    const index = pairs.indexOf(pair);
    if (isFlow(node)) return this.#outOfFlow(node, index, start, (pair.value ?? pair.key).range?.[1] ?? start);
    if (pairs.length === 1) this.#fail(start, 'the last field of a group cannot be taken out');
    const end = this.#afterLine(this.#contentEnd(pair.value ?? pair.key));
    const lineStart = this.#lineStart(start);
    if (this.#text.slice(lineStart, start).trim() === '') return { start: lineStart, end, text: '' };
    // The first field stands behind the dash of its entry: the next one takes its place.
    const next = pairs[index + 1]?.key.range?.[0] ?? end;
    this.#keepComments(start, next);
    return { start, end: next, text: '' };
  }

  #outOfFlow(node: YAMLMap | YAMLSeq, index: number, start: number, end: number): Splice {
    this.#keepComments(node.range?.[0] ?? start, node.range?.[1] ?? end);
    if (node.items.length === 1) return { start, end, text: '' };
    const comma = index > 0 ? this.#text.lastIndexOf(',', start) : this.#text.indexOf(',', end);
    if (index > 0) return { start: comma, end, text: '' };
    const next = /^,\s*/.exec(this.#text.slice(comma))?.[0].length ?? 1;
    return { start, end: comma + next, text: '' };
  }

  /** Refuses a change that would take a comment along. */
  #keepComments(start: number, end: number): void {
    if ([...comments(this.#text)].some(([at]) => start <= at && at < end))
      this.#fail(start, 'there are comments here that would be lost');
  }

  /** Replaces an empty value, or one of another shape. */
  #replaceValue(node: YAMLMap, pair: Pair<Node, Node | null>, next: unknown, field: Shape): Splice {
    const keyEnd = pair.key.range?.[1] ?? 0;
    const colon = keyEnd + (/^\s*:/.exec(this.#text.slice(keyEnd))?.[0].length ?? 0);
    const empty = pair.value === null || isEmpty(pair.value);
    const end = empty ? colon : this.#contentEnd(pair.value as Node);
    this.#keepComments(colon, end);
    if (isFlow(node)) return { start: colon, end, text: ` ${writeFlow(next)}` };
    const indent = ' '.repeat(this.#column(pair.key.range?.[0] ?? 0));
    const text = writeAfterName(next, field, indent);
    return this.#spliceValue(colon, end, text);
  }

  /** Puts a value on or below the line of its name; a comment that ends that line stays on it. */
  #spliceValue(start: number, end: number, text: string): Splice {
    const lineEnd = this.#lineEnd(end);
    const rest = this.#text.slice(end, lineEnd);
    const [head = '', ...body] = text.split('\n');
    if (body.length === 0 || rest.trim() === '') return { start, end, text };
    return { start, end: lineEnd, text: [`${head}${rest.startsWith(' ') ? '' : ' '}${rest}`, ...body].join('\n') };
  }

  #list(node: YAMLSeq, next: unknown[], shape: Shape, path: Path): Splice | undefined {
    const items = node.items as (Node | null)[];
    const now = items.map(plain);
    const element = shapeBelow(shape, 0);
    if (items.length > next.length) {
      let index = 0;
      while (index < next.length && same(now[index], next[index])) index++;
      return this.#removeItem(node, index);
    }
    if (items.length < next.length) {
      let index = 0;
      while (index < items.length && same(now[index], next[index])) index++;
      const shifted = same(now[index], next[index + 1]) ? index : items.length;
      return this.#addItem(node, index < items.length && shifted === index ? index : items.length, next, element);
    }
    for (const [i, item] of items.entries()) {
      // An entry of another shape is put in its place first, and the old one taken out in the next round.
      if (isMap(item) !== isGroup(next[i]) || isSeq(item) !== Array.isArray(next[i]))
        return this.#addItem(node, i, next, element);
      const edit = this.#node(item, next[i], element, [...path, i]);
      if (edit) return edit;
    }
    return undefined;
  }

  #addItem(node: YAMLSeq, index: number, next: unknown[], element: Shape): Splice {
    const items = node.items as Node[];
    const value = next[index];
    const at = items[index];
    if (isFlow(node)) {
      if (!at) return this.#intoFlow(node, writeFlow(value), items.length > 0);
      const start = at.range?.[0] ?? 0;
      return { start, end: start, text: `${writeFlow(value)}, ` };
    }
    const column = this.#column(node.range?.[0] ?? 0);
    const text = `${writeItem(value, element, ' '.repeat(column))}\n`;
    if (at) {
      const dash = this.#lineStart(at.range?.[0] ?? 0);
      if (this.#text.slice(dash, at.range?.[0] ?? 0).trim() !== '-')
        this.#fail(dash, 'the list is not one entry a line');
      return { start: dash, end: dash, text };
    }
    return this.#insertLines(this.#afterLine(this.#contentEnd(items.at(-1) as Node)), text);
  }

  #removeItem(node: YAMLSeq, index: number): Splice {
    const item = node.items[index] as Node;
    const start = item.range?.[0] ?? 0;
    if (isFlow(node)) return this.#outOfFlow(node, index, start, item.range?.[1] ?? start);
    if (node.items.length === 1) this.#fail(start, 'the last entry of a list cannot be taken out');
    const lineStart = this.#lineStart(start);
    if (!/^\s*-\s+$/.test(this.#text.slice(lineStart, start))) this.#fail(start, 'the list is not one entry a line');
    return { start: lineStart, end: this.#afterLine(this.#contentEnd(item)), text: '' };
  }

  #scalar(node: Scalar, next: string | boolean, shape: Shape, path: Path): Splice {
    if (node.anchor) this.#fail(node.range?.[0] ?? 0, `"${path.join(' → ')}" has an anchor`);
    const start = node.range?.[0] ?? 0;
    const type = textTypeOf(shape);
    if (this.#inFlow(path)) return { start, end: node.range?.[1] ?? start, text: writeFlow(next) };
    const indent = ' '.repeat(this.#blockIndent(start));
    const text =
      typeof next === 'boolean'
        ? String(next)
        : writeText(next, {
            prose: type === 'prose' || next.includes('\n'),
            date: type === 'date' || type === 'when',
            indent,
          });
    if (node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED')
      return this.#spliceValue(start, this.#contentEnd(node), text);
    const end = this.#contentEnd(node);
    const header = /^[|>][-+\d]*/.exec(this.#text.slice(start))?.[0].length ?? 1;
    const comment = this.#text.slice(start + header, this.#lineEnd(start)).trimEnd();
    const [head = '', ...body] = text.split('\n');
    return { start, end, text: [head + comment, ...body].join('\n') };
  }

  #inFlow(path: Path): boolean {
    let node = this.#document.contents as Node | null;
    for (const step of path) {
      if (isFlow(node)) return true;
      node = (isMap(node) || isSeq(node) ? node.get(step, true) : null) as Node | null;
    }
    return false;
  }

  /** The indentation of a block's lines for a value at an offset: two more than the name or dash before it. */
  #blockIndent(at: number): number {
    const line = this.#text.slice(this.#lineStart(at), at);
    const dashes = /^ *(?:- +)*/.exec(line)?.[0] ?? '';
    if (dashes.length === line.length && line.includes('-')) return line.lastIndexOf('-') + 2;
    return dashes.length + 2;
  }

  /** Where a value's own characters end, without the comment and the empty lines after it. */
  #contentEnd(node: Node): number {
    if ((isMap(node) || isSeq(node)) && !isFlow(node)) {
      const last = node.items.at(-1) as Pair<Node, Node | null> | Node | null | undefined;
      if (last && 'key' in last) return last.value ? this.#contentEnd(last.value) : this.#colonAfter(last.key);
      return last ? this.#contentEnd(last as Node) : (node.range?.[1] ?? 0);
    }
    const [start = 0, end = 0] = node.range ?? [];
    if (!isScalar(node) || (node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED')) return Math.max(start, end);
    const text = this.#text.slice(start, end);
    // Empty lines at a block's end are a part of it only where "+" says so.
    return /^[|>]\d?\+/.test(text)
      ? start + text.replace(/\n$/, '').length
      : start + text.replace(/(?:\n[ \t]*)+$/, '').length;
  }

  #colonAfter(key: Node): number {
    const end = key.range?.[1] ?? 0;
    return end + (/^\s*:/.exec(this.#text.slice(end))?.[0].length ?? 0);
  }

  #lineStart(at: number): number {
    return this.#text.lastIndexOf('\n', at - 1) + 1;
  }

  #lineEnd(at: number): number {
    const end = this.#text.indexOf('\n', at);
    return end < 0 ? this.#text.length : end;
  }

  #afterLine(at: number): number {
    return Math.min(this.#text.length, this.#lineEnd(at) + 1);
  }

  #column(at: number): number {
    return at - this.#lineStart(at);
  }
}

const isFlow = (node: unknown) => (node as { flow?: boolean } | null)?.flow === true;
const isCollection = (node: unknown) => isMap(node) || isSeq(node);
const isObject = (value: unknown) => typeof value === 'object' && value !== null;
const isGroup = (value: unknown): value is Record<string, unknown> => isObject(value) && !Array.isArray(value);
const isEmpty = (node: Node) => isScalar(node) && String(node.value) === '' && node.range?.[0] === node.range?.[1];

function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]));
  if (isGroup(a)) {
    const names = Object.keys(a);
    return (
      isGroup(b) &&
      Object.values(b).filter((value) => value !== undefined).length === names.length &&
      names.every((name) => same(a[name], b[name]))
    );
  }
  return a === (typeof b === 'boolean' ? String(b) : b);
}
