import * as z from 'zod/mini';
import type { Path } from '../yaml/places.js';
import { type TextType, textFields } from './fields.js';

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
 * is there: what the story leaves out is null, or an empty list. Visits in the order in which a brief prints. The path is
 * only good while `map` runs.
 */
export function mapTexts(value: unknown, map: MapText, schema: Schema): unknown {
  return visitorOf(schema)(value, map, []);
}

/** Copies a value by its schema. `path` leads to the value, and is left as it was. */
type Visitor = (value: unknown, map: MapText, path: (string | number)[]) => unknown;

const visitors = new WeakMap<Schema, Visitor>();

/** How values of a schema are copied; found out once for each schema. */
function visitorOf(wrapped: Schema): Visitor {
  const known = visitors.get(wrapped);
  if (known) return known;
  const visitor = makeVisitor(unwrap(wrapped));
  visitors.set(wrapped, visitor);
  return visitor;
}

function makeVisitor(schema: Schema): Visitor {
  const { def } = schema._zod;
  switch (def.type) {
    case 'object': {
      const { shape } = (schema as z.core.$ZodObject)._zod.def;
      const fields = Object.entries(shape).map(([name, field]) => ({
        name,
        field,
        isList: unwrap(field)._zod.def.type === 'array',
      }));
      return (value, map, path) => {
        const given = (value ?? {}) as Record<string, unknown>;
        const copy: Record<string, unknown> = {};
        for (const { name, field, isList } of fields) {
          const one = given[name];
          copy[name] = one === undefined ? (isList ? [] : null) : below(one, map, path, name, visitorOf(field));
        }
        return copy;
      };
    }
    case 'array': {
      const { element } = (schema as z.core.$ZodArray)._zod.def;
      return (value, map, path) => (value as unknown[]).map((item, i) => below(item, map, path, i, visitorOf(element)));
    }
    case 'record': {
      const { valueType } = (schema as z.core.$ZodRecord)._zod.def;
      return (value, map, path) => mapEntries(value as object, map, path, visitorOf(valueType));
    }
    case 'union':
      return (value, map, path) => {
        const option = optionFor(value, schema as z.core.$ZodUnion);
        if (!option) throw new Error(`no schema for ${JSON.stringify(value)}`);
        return visitorOf(option)(value, map, path);
      };
    case 'unknown':
      return visitAnything;
    default: {
      const type = textFields.get(schema as z.core.$ZodType)?.type ?? 'word';
      return (value, map, path) => (typeof value === 'string' ? map(value, type, path) : value);
    }
  }
}

function below(value: unknown, map: MapText, path: (string | number)[], step: string | number, visit: Visitor) {
  path.push(step);
  const copy = visit(value, map, path);
  path.pop();
  return copy;
}

function mapEntries(value: object, map: MapText, path: (string | number)[], visit: Visitor): unknown {
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, below(item, map, path, name, visit)]));
}

/** Under `extra` there may be anything: its texts are plain lines. */
const visitAnything: Visitor = (value, map, path) => {
  if (typeof value === 'string') return map(value, 'line', path);
  if (Array.isArray(value)) return value.map((item, i) => below(item, map, path, i, visitAnything));
  return typeof value === 'object' && value !== null ? mapEntries(value, map, path, visitAnything) : value;
};

/** The member of a union that a value is for, by its `kind` or its shape. */
function optionFor(value: unknown, schema: z.core.$ZodUnion): Schema | undefined {
  const { options, discriminator } = schema._zod.def as z.core.$ZodDiscriminatedUnionDef;
  const kind = discriminator ? (value as Record<string, unknown> | null)?.[discriminator] : undefined;
  const shape = Array.isArray(value) ? 'array' : typeof value === 'object' ? 'object' : 'string';
  if (!discriminator) return options.find((one) => unwrap(one)._zod.def.type === shape);
  const known = optionsByKind.get(schema) ?? new Map(options.map((one) => [kindOf(one, discriminator), one]));
  optionsByKind.set(schema, known);
  return known.get(kind as string);
}

const optionsByKind = new WeakMap<Schema, ReadonlyMap<string, Schema>>();

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

/** All texts of a checked value of a schema, in the order in which a brief prints them. */
export function textsOf(value: object, schema: Schema): TextEntry[] {
  const entries: TextEntry[] = [];
  mapTexts(
    value,
    (text, type, path) => {
      entries.push({ text, type, path: [...path] });
      return text;
    },
    schema,
  );
  return entries;
}
