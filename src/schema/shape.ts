import * as z from 'zod/mini';
import type { ShapeRuleName } from '../shape-rules.js';
import { type Asked, askedFields, type TextType, textFields } from './fields.js';

/**
 * What a value may be. Made once of a zod schema: whoever reads, writes, walks or explains values looks at this, and only
 * this file knows zod's insides.
 */
export type Shape =
  | GroupShape
  | KindsShape
  | ListShape
  | RecordShape
  | UnionShape
  | ChoiceShape
  | FlagShape
  | TextShape
  | AnyShape;

/** How a value is explained to people. */
interface Explained {
  title?: string | undefined;
  description?: string | undefined;
  example?: unknown;
  asked?: Asked | undefined;
}

/** Named fields; any other name is an error. */
export interface GroupShape extends Explained {
  type: 'group';
  fields: ReadonlyMap<string, Field>;
}

export interface Field {
  shape: Shape;
  isOptional: boolean;
}

/** One of several groups, told apart by the value of the field `by`. */
export interface KindsShape extends Explained {
  type: 'kinds';
  by: string;
  kinds: ReadonlyMap<string, GroupShape>;
}

export interface ListShape extends Explained {
  type: 'list';
  item: Shape;
}

/** Values by names that a text shape allows. */
export interface RecordShape extends Explained {
  type: 'record';
  key: Shape;
  value: Shape;
}

/** Values of different types, such as a name or a list of names. */
export interface UnionShape extends Explained {
  type: 'union';
  options: readonly Shape[];
}

/** One of a few words. */
interface ChoiceShape extends Explained {
  type: 'choice';
  values: readonly string[];
}

interface FlagShape extends Explained {
  type: 'flag';
}

export interface TextShape extends Explained {
  type: 'text';
  /** What kind of text it is; undefined for text that no field of ours holds, such as the names under `extra`. */
  text: TextType | undefined;
  /** What is wrong with a text, said behind its name; undefined where nothing is. */
  problem: (text: string) => string | undefined;
  /** The rule that a bad text breaks. */
  rule: ShapeRuleName;
  /** The way out for a bad text. */
  hint: (text: string) => string | undefined;
}

/** Anything goes. */
interface AnyShape extends Explained {
  type: 'anything';
}

const ANYTHING: Shape = { type: 'anything' };

const shapes = new WeakMap<z.core.$ZodType, Shape>();

/** The shape of a group of fields. Throws where a schema is of something else. */
export function groupOf(schema: z.core.$ZodType): GroupShape {
  const shape = shapeOf(schema);
  if (shape.type !== 'group') throw new Error(`a ${shape.type} is no group of fields`);
  return shape;
}

/** The shape of a schema; the same one each time. */
export function shapeOf(schema: z.core.$ZodType): Shape {
  const known = shapes.get(schema);
  if (known) return known;
  const { def } = schema._zod;
  const shape = def.type === 'optional' ? shapeOf((def as z.core.$ZodOptionalDef).innerType) : made(schema);
  shapes.set(schema, shape);
  return shape;
}

function made(schema: z.core.$ZodType): Shape {
  const { def } = schema._zod;
  const { title, description, examples } = z.globalRegistry.get(schema) ?? {};
  const example = (examples as unknown[] | undefined)?.[0];
  const explained: Explained = { title, description, example, asked: askedFields.get(schema) };
  switch (def.type) {
    case 'object': {
      const fields = Object.entries((def as z.core.$ZodObjectDef).shape).map(([name, field]): [string, Field] => [
        name,
        { shape: shapeOf(field), isOptional: field._zod.optin === 'optional' },
      ]);
      return { ...explained, type: 'group', fields: new Map(fields) };
    }
    case 'array':
      return { ...explained, type: 'list', item: shapeOf((def as z.core.$ZodArrayDef).element) };
    case 'record': {
      const { keyType, valueType } = def as z.core.$ZodRecordDef;
      return { ...explained, type: 'record', key: shapeOf(keyType), value: shapeOf(valueType) };
    }
    case 'union': {
      const { options, discriminator } = def as z.core.$ZodDiscriminatedUnionDef;
      if (discriminator === undefined) return { ...explained, type: 'union', options: options.map(shapeOf) };
      const kinds = options.map((option): [string, GroupShape] => {
        const group = groupOf(option);
        const kind = group.fields.get(discriminator)?.shape;
        return [kind?.type === 'choice' ? String(kind.values[0]) : '', group];
      });
      return { ...explained, type: 'kinds', by: discriminator, kinds: new Map(kinds) };
    }
    case 'enum':
    case 'literal':
      return { ...explained, type: 'choice', values: [...(schema._zod.values ?? [])].map(String) };
    case 'boolean':
      return { ...explained, type: 'flag' };
    case 'string': {
      const {
        type: text,
        problem = () => undefined,
        rule = 'wrong-value',
        hint = () => undefined,
      } = textFields.get(schema) ?? {};
      return { ...explained, type: 'text', text, problem, rule, hint };
    }
    case 'unknown':
      return ANYTHING;
    default:
      throw new Error(`no shape is known for zod's ${def.type}`);
  }
}

/** The member of a union or of kinds that a value is for, by its kind or its type; undefined where none is. */
export function optionFor(value: unknown, shape: Shape): Shape | undefined {
  if (shape.type === 'kinds') return shape.kinds.get((value as Record<string, string> | null)?.[shape.by] ?? '');
  if (shape.type !== 'union') return shape;
  return shape.options.find((option) => holds(option, value));
}

function holds({ type }: Shape, value: unknown): boolean {
  if (Array.isArray(value)) return type === 'list';
  return typeof value === 'object' ? type === 'group' : type === 'text' || type === 'choice';
}

/** The shape that a value is to be read by, without unions and kinds; anything goes where none fits. */
export function shapeFor(value: unknown, shape: Shape): Shape {
  if (shape.type !== 'kinds' && shape.type !== 'union') return shape;
  const option = optionFor(value, shape);
  return option ? shapeFor(value, option) : ANYTHING;
}

/** The shape of a field of a group, of a value of a record or of an entry of a list; anything goes where none is known. */
export function shapeBelow(shape: Shape, step: string | number): Shape {
  if (shape.type === 'group') return shape.fields.get(String(step))?.shape ?? ANYTHING;
  if (shape.type === 'record') return shape.value;
  return shape.type === 'list' ? shape.item : ANYTHING;
}

/** What kind of text a value is; undefined for what is no text of ours. */
export const textTypeOf = (shape: Shape): TextType | undefined => (shape.type === 'text' ? shape.text : undefined);
