import { isMap, isScalar, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import * as z from 'zod/mini';
import type { Path } from '../yaml/places.js';
import { writeFlow } from '../yaml/write.js';
import { textFields } from './fields.js';
import { nearest } from './nearest.js';
import { kindOf, type Schema, unwrap } from './walk.js';
import { exampleHint } from './wording.js';

/** What to write where a value is of another kind than its field wants. */
export function typeHint(node: Node, schema: Schema, path: Path): string | undefined {
  const name = String(path.at(-1));
  const { def } = schema._zod;
  const [, mark, entry] =
    isScalar(node) && def.type === 'array' ? (/^([–—•·*‣])\s+(\S.*)/.exec(String(node.value)) ?? []) : [];
  if (mark !== undefined)
    return `"${mark}" starts no list: each entry stands on a line of its own after a hyphen, - ${entry}`;
  if (isScalar(node) && def.type === 'array' && typeof path.at(-1) === 'string') {
    const element = unwrap((schema as z.core.$ZodArray)._zod.def.element)._zod.def.type;
    if (element === 'string') return `write ${name}: ${writeFlow(String(node.value).split(/\s*,\s*/))}`;
  }
  if (isMap(node) && def.type === 'array') {
    const [first] = node.items as Pair<Node, Node | null>[];
    const key = isScalar(first?.key) ? String(first.key.value) : 'kind';
    const way = first && namedEntry(first, (schema as z.core.$ZodArray)._zod.def.element);
    return way === undefined
      ? `each entry of a list starts with a dash: - ${key}: …`
      : `each entry of a list starts with a dash; in place of "${key}: …" write - ${way}`;
  }
  if (isScalar(node) && def.type === 'array')
    return `each entry of a list starts with a dash, on a line below ${name}:`;
  if (isMap(node) && schema._zod.def.type === 'string') return 'a text with a colon in it needs quotes around it';
  return exampleHint(path.at(-1), schema);
}

/**
 * An entry as it should be written where it is named by the value of its first field: `{ date: 2019, text: It opened. }` for
 * `2019: It opened.`. Undefined where the name is that of a field, or nothing fits.
 */
export function namedEntry({ key, value }: Pair<Node, Node | null>, wrapped: Schema): string | undefined {
  const schema = unwrap(wrapped);
  const name = isScalar(key) ? String(key.value) : '';
  if (schema._zod.def.type === 'union') {
    const { options, discriminator } = schema._zod.def as z.core.$ZodDiscriminatedUnionDef;
    if (!discriminator || !options.some((option) => kindOf(option, discriminator) === name)) return undefined;
    return isMap(value) ? flowOf({ [discriminator]: name }, value) : `{ ${discriminator}: ${name}, … }`;
  }
  if (schema._zod.def.type !== 'object' || name === '' || name === '<<') return undefined;
  const { shape } = (schema as z.core.$ZodObject)._zod.def;
  if (Object.hasOwn(shape, name) || nearest(name, Object.keys(shape)) !== undefined) return undefined;
  const fields = Object.entries(shape);
  const first = fields.find(([, field]) => takes(field, name))?.[0];
  if (first === undefined) return undefined;
  if (isMap(value)) {
    const known = (value.items as Pair<Node>[]).every(
      (one) => isScalar(one.key) && Object.hasOwn(shape, String(one.key.value)),
    );
    return known ? flowOf({ [first]: name }, value) : undefined;
  }
  if (!isScalar(value)) return undefined;
  const text = String(value.value);
  const others = fields.filter(([other, field]) => other !== first && takes(field, text));
  const isProse = ([, field]: (typeof fields)[number]) =>
    textFields.get(unwrap(field) as z.core.$ZodType)?.type === 'prose';
  const second = (others.find(isProse) ?? others[0])?.[0];
  return second === undefined ? undefined : bareDates(writeFlow({ [first]: name, [second]: text }));
}

/** Whether a field takes a text. */
function takes(wrapped: Schema, text: string): boolean {
  const field = unwrap(wrapped);
  return textFields.has(field as z.core.$ZodType) && z.safeParse(field, text).success;
}

/** A group on one line, with the fields of another behind its own; where those are no texts, what to do with them. */
function flowOf(own: Record<string, string>, { items }: YAMLMap): string {
  const pairs = items as Pair<Node, Node | null>[];
  const [name] = Object.keys(own);
  if (!pairs.every(({ key, value }) => isScalar(key) && isScalar(value)))
    return `${bareDates(writeFlow(own)).slice(2, -2)}, and its fields in the column of ${name}:`;
  const fields = pairs.map(({ key, value }) => [(key as Scalar).value, String((value as Scalar).value)]);
  return bareDates(writeFlow({ ...own, ...Object.fromEntries(fields) }));
}

/** Dates without the quotes that only YAML 1.1 needs around them. */
const bareDates = (flow: string) => flow.replace(/(?<=: )"(\d{4}(?:-\d\d){0,2})"(?=[ ,])/g, '$1');

/** Where a field belongs that stands beside its group: under a field that has one of this name, or as an entry of sections. */
export function placeFor(name: string, schema: Schema): string | undefined {
  for (const [field, wrapped] of Object.entries((schema as z.core.$ZodObject)._zod.def.shape)) {
    const one = unwrap(wrapped);
    if (one._zod.def.type === 'object' && Object.hasOwn((one as z.core.$ZodObject)._zod.def.shape, name))
      return `it belongs under ${field}:, further in`;
    if (one._zod.def.type !== 'array') continue;
    const { def } = unwrap((one as z.core.$ZodArray)._zod.def.element)._zod;
    const { options, discriminator } = def as z.core.$ZodDiscriminatedUnionDef;
    if (def.type === 'union' && discriminator && options.some((option) => kindOf(option, discriminator) === name))
      return `it is an entry of ${field}: - ${discriminator}: ${name}`;
  }
  return undefined;
}

/** The way out where a value stands in the quotation marks of prose, which YAML takes for a part of it. */
export function curly(text: string): string | undefined {
  const [, inner] = /^[“”„«‘’‚](.*)[“”»‘’]$/s.exec(text.trim()) ?? [];
  return inner === undefined ? undefined : `curly quotation marks are part of the text: write ${JSON.stringify(inner)}`;
}
