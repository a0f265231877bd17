import * as z from 'zod/mini';
import type { FileKind } from '../yaml/file-kind.js';
import type { Path } from '../yaml/places.js';
import { fileFacts } from './fields.js';
import { type Schema, unwrap } from './walk.js';

/** What a file of a schema is, by the schema's title, and by the fields that it needs where nothing else is known of it. */
export function fileKind(schema: Schema): FileKind {
  const { starts, importable } = fileFacts.get(schema) ?? {};
  const name = groupName(schema);
  return { name, noun: name.replace(/^an? /, ''), starts: starts ?? startOf(schema, name), importable };
}

function startOf(schema: Schema, name: string): string {
  const { shape } = (schema as z.core.$ZodObject)._zod.def;
  const needed = Object.keys(shape).filter((field) => shape[field]?._zod.optin !== 'optional');
  const fields = needed.length > 0 ? needed : Object.keys(shape).slice(0, 2);
  const verb = name.endsWith('s') ? 'start' : 'starts';
  return `${name} ${verb} with ${fields.map((field) => `${field}:`).join(', ')}`;
}

/** What a schema takes, in words. */
export function wanted(schema: Schema): string {
  switch (schema._zod.def.type) {
    case 'object':
    case 'record':
      return 'a group of fields';
    case 'array':
      return 'a list';
    case 'union': {
      const { options, discriminator } = schema._zod.def as z.core.$ZodDiscriminatedUnionDef;
      return discriminator
        ? 'a group of fields with a kind'
        : options.map((option) => wanted(unwrap(option))).join(' or ');
    }
    default:
      return 'text';
  }
}

/** What a group of fields is called: "a story", "an outlet". */
export function groupName(schema: Schema): string {
  const title = z.globalRegistry.get(schema)?.title ?? 'group';
  const lower = title.charAt(0).toLowerCase() + title.slice(1);
  if (lower.endsWith('s')) return lower; // rules, headings
  return `${/^[aeiou]/.test(lower) ? 'an' : 'a'} ${lower}`;
}

/** What a value is called: its field's name, or its place in a list. */
export function valueName(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  return typeof last === 'number' ? `entry ${last + 1} of "${String(path.at(-2))}"` : `"${last}"`;
}

/** An example of a field to copy, or what it holds. */
export function exampleHint(name: string | number | undefined, field: Schema): string | undefined {
  const meta = z.globalRegistry.get(unwrap(field));
  const example = (meta?.['examples'] as unknown[] | undefined)?.[0];
  const label = typeof name === 'string' ? `${name}: ` : '';
  if (typeof example === 'string') return `such as ${label}${example}`;
  if (Array.isArray(example)) return `such as ${label}[${example.join(', ')}]`;
  const { def } = unwrap(field)._zod;
  if (def.type === 'object') {
    const names = Object.keys((def as z.core.$ZodObjectDef).shape);
    return `write its fields: ${names.slice(0, 3).join(': …, ')}: …`;
  }
  const description = meta?.description;
  return description ? `${label}${description.charAt(0).toLowerCase()}${description.slice(1)}` : undefined;
}

/** Foreign words in a message, cut where they are long. */
export function quote(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
