import * as z from 'zod/mini';
import { type TextType, textFields } from './fields.js';
import type { Path } from './places.js';
import { storySchema } from './schema.js';

export type Schema = z.core.$ZodType;

/** A schema without the wrapper that makes it optional. */
export function unwrap(schema: Schema): Schema {
  const { def } = schema._zod;
  return def.type === 'optional' ? unwrap((def as z.core.$ZodOptionalDef).innerType) : schema;
}

/** The value of the literal by which a group of fields is told from its siblings. */
export function kindOf(option: Schema, discriminator: string): string {
  const literal = (option as z.core.$ZodObject)._zod.def.shape[discriminator];
  return String([...(literal?._zod.values ?? [])][0]);
}

/** What a text of a story becomes; the path leads to it from the story. */
export type MapText = (text: string, type: TextType, path: Path) => unknown;

/**
 * A copy of a checked story, or a part of one, in which each text is what `map` makes of it. Every field of the schema
 * is there: what the story leaves out is null, or an empty list. Visits in the order in which a brief prints.
 */
export function mapTexts(value: unknown, map: MapText, wrapped: Schema = storySchema, path: Path = []): unknown {
  const schema = unwrap(wrapped);
  const { def } = schema._zod;
  switch (def.type) {
    case 'object': {
      const { shape } = (schema as z.core.$ZodObject)._zod.def;
      const given = (value ?? {}) as Record<string, unknown>;
      return Object.fromEntries(
        Object.entries(shape).map(([name, field]) => [
          name,
          given[name] === undefined ? absent(field) : mapTexts(given[name], map, field, [...path, name]),
        ]),
      );
    }
    case 'array': {
      const { element } = (schema as z.core.$ZodArray)._zod.def;
      return (value as unknown[]).map((item, i) => mapTexts(item, map, element, [...path, i]));
    }
    case 'record':
      return mapRecord(value as Record<string, unknown>, map, (schema as z.core.$ZodRecord)._zod.def.valueType, path);
    case 'union': {
      const option = optionFor(value, schema as z.core.$ZodUnion);
      if (!option) throw new Error(`no schema for ${JSON.stringify(value)}`);
      return mapTexts(value, map, option, path);
    }
    case 'unknown':
      return mapAnything(value, map, path);
    default:
      return typeof value === 'string'
        ? map(value, textFields.get(schema as z.core.$ZodType)?.type ?? 'word', path)
        : value;
  }
}

function absent(field: Schema): unknown {
  return unwrap(field)._zod.def.type === 'array' ? [] : null;
}

function mapRecord(value: Record<string, unknown>, map: MapText, schema: Schema, path: Path): unknown {
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, mapTexts(item, map, schema, [...path, name])]),
  );
}

/** Under `extra` there may be anything: its texts are plain lines. */
function mapAnything(value: unknown, map: MapText, path: Path): unknown {
  if (typeof value === 'string') return map(value, 'line', path);
  if (Array.isArray(value)) return value.map((item, i) => mapAnything(item, map, [...path, i]));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, item]) => [name, mapAnything(item, map, [...path, name])]),
  );
}

/** The member of a union that a value is for, by its `kind` or its shape. */
function optionFor(value: unknown, schema: z.core.$ZodUnion): Schema | undefined {
  const { options, discriminator } = schema._zod.def as z.core.$ZodDiscriminatedUnionDef;
  const kind = discriminator ? (value as Record<string, unknown> | null)?.[discriminator] : undefined;
  const shape = Array.isArray(value) ? 'array' : typeof value === 'object' ? 'object' : 'string';
  return options.find((one) =>
    discriminator ? kindOf(one, discriminator) === kind : unwrap(one)._zod.def.type === shape,
  );
}

const anything: Schema = z.unknown();

/** The schema that a value is to be read by, without wrappers and choices; anything goes where none fits. */
export function schemaFor(value: unknown, wrapped: Schema): Schema {
  const schema = unwrap(wrapped);
  if (schema._zod.def.type !== 'union') return schema;
  const option = optionFor(value, schema as z.core.$ZodUnion);
  return option ? schemaFor(value, option) : anything;
}

/** The schema of a field of a group, of a value of a record or of an entry of a list; anything goes where none is known. */
export function schemaBelow(schema: Schema, step: string | number): Schema {
  const { def } = schema._zod;
  if (def.type === 'object') {
    const { shape } = (schema as z.core.$ZodObject)._zod.def;
    return Object.hasOwn(shape, step) ? (shape[step] as Schema) : anything;
  }
  if (def.type === 'record') return (schema as z.core.$ZodRecord)._zod.def.valueType;
  return def.type === 'array' ? (schema as z.core.$ZodArray)._zod.def.element : anything;
}

export interface TextEntry {
  text: string;
  type: TextType;
  path: Path;
}

/** All texts of a checked story, in the order in which a brief prints them. */
export function textsOf(story: object): TextEntry[] {
  const entries: TextEntry[] = [];
  mapTexts(story, (text, type, path) => {
    entries.push({ text, type, path });
    return text;
  });
  return entries;
}
