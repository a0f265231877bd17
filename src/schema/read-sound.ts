import { isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { isNull, plainValue } from './read.js';
import type { GroupShape, KindsShape, ListShape, RecordShape, Shape, UnionShape } from './shape.js';

/** Stands for a value that is not right, which `read.ts` finds words for. */
const WRONG = Symbol('wrong');

type Read = (node: Node | null) => unknown;

/**
 * The value of a tree by a shape, as `readByShape` reads it, without the places and the words for what is wrong; undefined
 * where anything is wrong. The tree may not hold aliases.
 */
export function readSound(shape: GroupShape, root: Node): unknown {
  const value = readerOf(shape)(root);
  return value === WRONG ? undefined : value;
}

const readers = new WeakMap<Shape, Read>();

function readerOf(shape: Shape): Read {
  const known = readers.get(shape);
  if (known) return known;
  const reader = readerFor(shape);
  readers.set(shape, reader);
  return reader;
}

function readerFor(shape: Shape): Read {
  switch (shape.type) {
    case 'group':
      return groupReader(shape);
    case 'kinds':
      return kindsReader(shape);
    case 'list':
      return listReader(shape);
    case 'record':
      return recordReader(shape);
    case 'union':
      return unionReader(shape);
    case 'anything':
      return (node) => (node ? plainValue(node, NO_ANCHORS) : '');
    case 'text':
      return textReader((text) => (shape.problem(text) === undefined ? text : WRONG));
    case 'choice':
      return textReader((text) => (shape.values.includes(text) ? text : WRONG));
    case 'flag':
      return textReader((text) => (text === 'true' ? true : text === 'false' ? false : WRONG));
  }
}

const NO_ANCHORS = new Map<string, Node>();

function textReader(read: (text: string) => unknown): Read {
  return (node) => (isScalar(node) && !isNull(node) ? read(String(node.value)) : WRONG);
}

function groupReader({ fields }: GroupShape): Read {
  const needed = [...fields.values()].filter(({ isOptional }) => !isOptional).length;
  return (node) => {
    if (!isMap(node)) return WRONG;
    const group: Record<string, unknown> = {};
    let missing = needed;
    for (const { key, value } of node.items as Pair<Node, Node | null>[]) {
      const name = isScalar(key) ? String(key.value) : '';
      const field = fields.get(name);
      if (!field || Object.hasOwn(group, name)) return WRONG;
      const read = readerOf(field.shape)(value);
      if (read === WRONG) return WRONG;
      if (!field.isOptional) missing--;
      group[name] = read;
    }
    return missing === 0 ? group : WRONG;
  };
}

function kindsReader({ by, kinds }: KindsShape): Read {
  return (node) => {
    if (!isMap(node)) return WRONG;
    const kind = node.get(by);
    const group = typeof kind === 'string' ? kinds.get(kind) : undefined;
    return group ? readerOf(group)(node) : WRONG;
  };
}

function listReader({ item }: ListShape): Read {
  return (node) => {
    if (!isSeq(node) || node.items.length === 0) return WRONG;
    const read = readerOf(item);
    const list: unknown[] = [];
    for (const child of node.items as (Node | null)[]) {
      const value = read(child);
      if (value === WRONG) return WRONG;
      list.push(value);
    }
    return list;
  };
}

function recordReader({ key: keyShape, value: valueShape }: RecordShape): Read {
  return (node) => {
    if (!isMap(node)) return WRONG;
    const entries: [string, unknown][] = [];
    for (const { key, value } of node.items as Pair<Node, Node | null>[]) {
      if (!isScalar(key)) return WRONG;
      const name = String(key.value);
      if (keyShape.type === 'text' && keyShape.problem(name) !== undefined) return WRONG;
      const read = readerOf(valueShape)(value);
      if (read === WRONG) return WRONG;
      entries.push([name, read]);
    }
    return Object.fromEntries(entries);
  };
}

function unionReader({ options }: UnionShape): Read {
  const optionOf = (types: readonly string[]) => options.find(({ type }) => types.includes(type));
  const [list, group, text] = [optionOf(['list']), optionOf(['group']), optionOf(['text', 'choice'])];
  return (node) => {
    const option = isSeq(node) ? list : isMap(node) ? group : text;
    return option ? readerOf(option)(node) : WRONG;
  };
}
