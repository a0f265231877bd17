import type { Plain } from '../yaml/plain.js';
import type { GroupShape, KindsShape, ListShape, RecordShape, Shape, UnionShape } from './shape.js';

/** Stands for a value that is not right, which `read.ts` finds words for. */
const WRONG = Symbol('wrong');

type Read = (plain: Plain) => unknown;

/** Plain YAML by a shape, as `readByShape` would read it; undefined where anything is wrong. */
export function valueFrom(shape: GroupShape, plain: Plain): unknown {
  const value = readerOf(shape)(plain);
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
      return whole;
    case 'text':
      return (text) => (typeof text === 'string' && shape.problem(text) === undefined ? text : WRONG);
    case 'choice':
      return (text) => (typeof text === 'string' && shape.values.includes(text) ? text : WRONG);
    case 'flag':
      return (text) => (text === 'true' ? true : text === 'false' ? false : WRONG);
  }
}

function groupReader({ fields }: GroupShape): Read {
  const needed = [...fields.values()].filter(({ isOptional }) => !isOptional).length;
  return (plain) => {
    if (!(plain instanceof Map)) return WRONG;
    const group: Record<string, unknown> = {};
    let missing = needed;
    for (const [name, value] of plain) {
      const field = fields.get(name);
      if (!field) return WRONG;
      const read = readerOf(field.shape)(value);
      if (read === WRONG) return WRONG;
      if (!field.isOptional) missing--;
      group[name] = read;
    }
    return missing === 0 ? group : WRONG;
  };
}

function kindsReader({ by, kinds }: KindsShape): Read {
  return (plain) => {
    const kind = plain instanceof Map ? plain.get(by) : undefined;
    const group = typeof kind === 'string' ? kinds.get(kind) : undefined;
    return group ? readerOf(group)(plain) : WRONG;
  };
}

function listReader({ item }: ListShape): Read {
  return (plain) => {
    if (!Array.isArray(plain)) return WRONG;
    const read = readerOf(item);
    const list = plain.map(read);
    return list.includes(WRONG) ? WRONG : list;
  };
}

function recordReader({ key: keyShape, value: valueShape }: RecordShape): Read {
  return (plain) => {
    if (!(plain instanceof Map)) return WRONG;
    const read = readerOf(valueShape);
    const entries: [string, unknown][] = [];
    for (const [name, value] of plain) {
      const isWrong = keyShape.type === 'text' && keyShape.problem(name) !== undefined;
      const entry = isWrong ? WRONG : read(value);
      if (entry === WRONG) return WRONG;
      entries.push([name, entry]);
    }
    return Object.fromEntries(entries);
  };
}

function unionReader({ options }: UnionShape): Read {
  const optionOf = (types: readonly string[]) => options.find(({ type }) => types.includes(type));
  const [list, group, text] = [optionOf(['list']), optionOf(['group']), optionOf(['text', 'choice'])];
  return (plain) => {
    const option = Array.isArray(plain) ? list : plain instanceof Map ? group : text;
    return option ? readerOf(option)(plain) : WRONG;
  };
}

function whole(plain: Plain): unknown {
  if (Array.isArray(plain)) return plain.map(whole);
  return plain instanceof Map ? Object.fromEntries([...plain].map(([name, value]) => [name, whole(value)])) : plain;
}
