import * as z from 'zod/mini';
import type { Path } from './places.js';
import { type Schema, unwrap } from './walk.js';

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
export function groupName(schema: Schema, path: Path): string {
  if (path.length === 0) return 'a story';
  const title = z.globalRegistry.get(schema)?.title ?? 'group';
  const lower = title.charAt(0).toLowerCase() + title.slice(1);
  if (lower.endsWith('s')) return lower; // rules, headings
  return `${/^[aeiou]/.test(lower) ? 'an' : 'a'} ${lower}`;
}

/** What a value is called: its field's name, or its place in a list. */
export function valueName(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'the story';
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
