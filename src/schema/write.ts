import type * as z from 'zod/mini';
import { isGroup, writeFlow, writeKey, writeText } from '../yaml/write.js';
import { textFields } from './fields.js';
import { type Schema, schemaBelow, schemaFor, unwrap } from './walk.js';

/** Longer lists go below their field, an entry a line. */
const LONG_LIST = 72;

/** The names of a group's fields in the order in which a story file has them: sources stand before what cites them. */
export function fileOrder(shape: z.core.$ZodShape): string[] {
  const names = Object.keys(shape).filter((name) => name !== 'sources');
  if ('sources' in shape) names.splice(names.indexOf('sections'), 0, 'sources');
  return names;
}

/**
 * What follows the name of a field and its colon: ` value` on the same line, or lines below it. `indent` is that of the
 * name. Ends without a line break.
 */
export function writeAfterName(value: unknown, wrapped: Schema, indent: string): string {
  const schema = schemaFor(value, wrapped);
  if (Array.isArray(value) && value.length > 0) {
    const flow = flowList(value, schema);
    return flow !== undefined ? ` ${flow}` : `\n${writeItems(value, schema, `${indent}  `)}`;
  }
  if (isGroup(value) && Object.keys(value).length > 0)
    return `\n${writeGroup(value, schema, `${indent}  `, `${indent}  `).replace(/\n$/, '')}`;
  return ` ${writeScalar(value, schema, `${indent}  `)}`;
}

/** An entry of a list, `- ` included; `indent` is that of the dash. Ends without a line break. */
export function writeItem(value: unknown, wrapped: Schema, indent: string): string {
  const schema = schemaFor(value, wrapped);
  const inner = `${indent}  `;
  if (isGroup(value) && Object.keys(value).length > 0)
    return `${indent}- ${writeGroup(value, schema, '', inner).replace(/\n$/, '')}`;
  if (Array.isArray(value) && value.length > 0) return `${indent}-\n${writeItems(value, schema, inner)}`;
  return `${indent}- ${writeScalar(value, schema, inner)}`;
}

/** A field with its name; ends with a line break. */
export function writeField(name: string, value: unknown, schema: Schema, indent: string): string {
  return `${writeKey(name)}:${writeAfterName(value, schema, indent)}\n`;
}

/**
 * A group of fields, each with its name; ends with a line break. `first` stands before the first field, `indent` before the
 * others; `comment` gives a line to put above a field.
 */
export function writeGroup(
  value: Record<string, unknown>,
  schema: Schema,
  first: string,
  indent: string,
  comment?: (name: string) => string | undefined,
): string {
  const shape = shapeOf(schema);
  const known = shape ? fileOrder(shape).filter((name) => value[name] !== undefined) : [];
  const others = Object.keys(value).filter((name) => !known.includes(name) && value[name] !== undefined);
  return [...known, ...others]
    .map((name, i) => {
      const above = comment?.(name);
      const lead = i === 0 ? first : indent;
      return `${above ? `${above}\n` : ''}${lead}${writeField(name, value[name], schemaBelow(schema, name), indent)}`;
    })
    .join('');
}

function writeItems(values: unknown[], schema: Schema, indent: string): string {
  return values.map((value, i) => writeItem(value, schemaBelow(schema, i), indent)).join('\n');
}

/** Short words on one line: `tags: [north-korea, diplomacy]`. */
function flowList(values: unknown[], schema: Schema): string | undefined {
  if (!values.every((value) => typeof value === 'string' && !value.includes('\n'))) return undefined;
  if (textFields.get(unwrap(schemaBelow(schema, 0)) as z.core.$ZodType)?.type === 'prose') return undefined;
  const flow = writeFlow(values);
  return flow.length <= LONG_LIST ? flow : undefined;
}

function writeScalar(value: unknown, schema: Schema, indent: string): string {
  if (typeof value !== 'string') return Array.isArray(value) ? '[]' : isGroup(value) ? '{}' : String(value);
  const type = textFields.get(schema as z.core.$ZodType)?.type;
  return writeText(value, {
    prose: type === 'prose' || (type === undefined && value.includes('\n')),
    date: type === 'date' || type === 'when',
    indent,
  });
}

function shapeOf(schema: Schema): z.core.$ZodShape | undefined {
  return schema._zod.def.type === 'object' ? (schema as z.core.$ZodObject)._zod.def.shape : undefined;
}
