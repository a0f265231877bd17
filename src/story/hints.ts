import { isMap, isScalar, type Node, type Pair } from 'yaml';
import type * as z from 'zod/mini';
import type { Path } from './places.js';
import { kindOf, type Schema, unwrap } from './walk.js';
import { exampleHint } from './wording.js';
import { writeFlow } from './write.js';

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
    const [first] = node.items as Pair<Node>[];
    const key = isScalar(first?.key) ? String(first.key.value) : 'kind';
    return `each entry of a list starts with a dash: - ${key}: …`;
  }
  if (isScalar(node) && def.type === 'array')
    return `each entry of a list starts with a dash, on a line below ${name}:`;
  if (isMap(node) && schema._zod.def.type === 'string') return 'a text with a colon in it needs quotes around it';
  return exampleHint(path.at(-1), schema);
}

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
