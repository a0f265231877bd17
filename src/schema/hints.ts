import { isMap, isScalar, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import type { Path } from '../yaml/places.js';
import { writeFlow } from '../yaml/write.js';
import { nearest } from './nearest.js';
import { type GroupShape, type ListShape, type Shape, textTypeOf } from './shape.js';
import { exampleHint } from './wording.js';

/** What to write where a value is of another kind than its field wants. */
export function typeHint(node: Node, shape: Shape, path: Path): string | undefined {
  const name = String(path.at(-1));
  if (shape.type === 'list' && isScalar(node)) return listHint(String(node.value), shape, name, path);
  if (shape.type === 'list' && isMap(node)) {
    const [first] = node.items as Pair<Node, Node | null>[];
    const key = isScalar(first?.key) ? String(first.key.value) : 'kind';
    const way = first && namedEntry(first, shape.item);
    return way === undefined
      ? `each entry of a list starts with a dash: - ${key}: …`
      : `each entry of a list starts with a dash; in place of "${key}: …" write - ${way}`;
  }
  if (isMap(node) && shape.type === 'text') return 'a text with a colon in it needs quotes around it';
  return exampleHint(path.at(-1), shape);
}

function listHint(text: string, { item }: ListShape, name: string, path: Path): string {
  const [, mark, entry] = /^([–—•·*‣])\s+(\S.*)/.exec(text) ?? [];
  if (mark !== undefined)
    return `"${mark}" starts no list: each entry stands on a line of its own after a hyphen, - ${entry}`;
  if (typeof path.at(-1) === 'string' && item.type === 'text')
    return `write ${name}: ${writeFlow(text.split(/\s*,\s*/))}`;
  return `each entry of a list starts with a dash, on a line below ${name}:`;
}

/**
 * The correct form of an entry that somebody wrote as `2019: It opened.`. Undefined if the name is a field's, or
 * nothing fits.
 */
export function namedEntry({ key, value }: Pair<Node, Node | null>, shape: Shape): string | undefined {
  const name = isScalar(key) ? String(key.value) : '';
  if (shape.type === 'kinds') {
    if (!shape.kinds.has(name)) return undefined;
    return isMap(value) ? flowOf({ [shape.by]: name }, value) : `{ ${shape.by}: ${name}, … }`;
  }
  if (shape.type !== 'group' || name === '' || name === '<<') return undefined;
  const { fields } = shape;
  if (fields.has(name) || nearest(name, fields.keys()) !== undefined) return undefined;
  const first = [...fields].find(([, field]) => takes(field.shape, name))?.[0];
  if (first === undefined) return undefined;
  if (isMap(value)) {
    const known = (value.items as Pair<Node>[]).every(
      (pair) => isScalar(pair.key) && fields.has(String(pair.key.value)),
    );
    return known ? flowOf({ [first]: name }, value) : undefined;
  }
  if (!isScalar(value)) return undefined;
  const text = String(value.value);
  const others = [...fields].filter(([other, field]) => other !== first && takes(field.shape, text));
  const [second] = others.find(([, field]) => textTypeOf(field.shape) === 'prose') ?? others[0] ?? [];
  return second === undefined ? undefined : bareDates(writeFlow({ [first]: name, [second]: text }));
}

/** Whether a field takes a text. */
function takes(shape: Shape, text: string): boolean {
  return shape.type === 'text'
    ? shape.problem(text) === undefined
    : shape.type === 'choice' && shape.values.includes(text);
}

/** Two groups of fields merged on one line; if the second holds more than texts, an instruction instead. */
function flowOf(words: Record<string, string>, { items }: YAMLMap): string {
  const pairs = items as Pair<Node, Node | null>[];
  const [name] = Object.keys(words);
  if (!pairs.every(({ key, value }) => isScalar(key) && isScalar(value)))
    return `${bareDates(writeFlow(words)).slice(2, -2)}, and its fields in the column of ${name}:`;
  const fields = pairs.map(({ key, value }) => [(key as Scalar).value, String((value as Scalar).value)]);
  return bareDates(writeFlow({ ...words, ...Object.fromEntries(fields) }));
}

/** Dates without the quotes that only YAML 1.1 needs around them. */
const bareDates = (flow: string) => flow.replace(/(?<=: )"(\d{4}(?:-\d\d){0,2})"(?=[ ,])/g, '$1');

/** A hint for a field that stands outside the group or list it belongs in. */
export function placeFor(name: string, { fields }: GroupShape): string | undefined {
  for (const [field, { shape }] of fields) {
    if (shape.type === 'group' && shape.fields.has(name)) return `it belongs under ${field}:, further in`;
    if (shape.type === 'list' && shape.item.type === 'kinds' && shape.item.kinds.has(name))
      return `it is an entry of ${field}: - ${shape.item.by}: ${name}`;
  }
  return undefined;
}

/** The way out where a value stands in the quotation marks of prose, which YAML takes for a part of it. */
export function curly(text: string): string | undefined {
  const [, inner] = /^[“”„«‘’‚](.*)[“”»‘’]$/s.exec(text.trim()) ?? [];
  return inner === undefined ? undefined : `curly quotation marks are part of the text: write ${JSON.stringify(inner)}`;
}
