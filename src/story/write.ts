import type * as z from 'zod/mini';
import { textFields } from '../schema/fields.js';
import { type Schema, schemaBelow, schemaFor, unwrap } from '../schema/walk.js';
import { storySchema } from './schema.js';

/** Longer prose goes below its field, as a block. */
const LONG = 100;

/** Longer lists go below their field, an entry a line. */
const LONG_LIST = 72;

/** The comment by which an editor finds the schema, on a story's first line. */
export const SCHEMA_LINE = '# yaml-language-server: $schema=';

/** The names of a group's fields in the order in which a story file has them: sources stand before what cites them. */
export function fileOrder(shape: z.core.$ZodShape): string[] {
  const names = Object.keys(shape).filter((name) => name !== 'sources');
  if ('sources' in shape) names.splice(names.indexOf('sections'), 0, 'sources');
  return names;
}

/**
 * A story as YAML, as a colleague would write it by hand: the fields in the house's order, prose as blocks, quotes only
 * where YAML needs them. Reading it gives the same story; texts are kept to the character.
 */
export function writeStory(story: object): string {
  return writeGroup(story as Record<string, unknown>, storySchema, '', '');
}

/** Explains the parts of a story that a newcomer stumbles on; the words are those of the schema. */
export function fieldComment(name: string): string | undefined {
  if (name === 'sources') return '# Where the story has what it says from. Cite one in a text by its id: [@id]';
  if (name === 'sections') return '# What the brief says, section by section, in this order.';
  return undefined;
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

/** A text, list or group on one line, for the inside of brackets. */
export function writeFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeFlow).join(', ')}]`;
  if (isGroup(value))
    return `{ ${Object.entries(value)
      .map(([name, one]) => `${writeKey(name)}: ${writeFlow(one)}`)
      .join(', ')} }`;
  return typeof value === 'string' ? writeLine(value, true, false) : String(value);
}

/**
 * A text as a scalar: plain where YAML reads it as it was typed, in quotes or as a block where it does not. `indent` is
 * that of a block's lines; without it the text stays on one line.
 */
export function writeText(text: string, options: { prose?: boolean; date?: boolean; indent?: string }): string {
  const { prose = false, date = false, indent } = options;
  if (prose && indent !== undefined && (text.includes('\n') || text.length > LONG || !isPlain(text, false, date))) {
    const block = writeBlock(text, indent);
    if (block !== undefined) return block;
  }
  return writeLine(text, false, date);
}

function writeGroup(value: Record<string, unknown>, schema: Schema, first: string, indent: string): string {
  const shape = shapeOf(schema);
  const known = shape ? fileOrder(shape).filter((name) => value[name] !== undefined) : [];
  const others = Object.keys(value).filter((name) => !known.includes(name) && value[name] !== undefined);
  return [...known, ...others]
    .map((name, i) => {
      const comment = schema === storySchema ? fieldComment(name) : undefined;
      const lead = i === 0 ? first : indent;
      return `${comment ? `${comment}\n` : ''}${lead}${writeField(name, value[name], schemaBelow(schema, name), indent)}`;
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

/** The name of a field, in quotes where YAML needs them. */
export function writeKey(name: string): string {
  return /^[\p{L}_][\p{L}\p{M}\p{N}_-]*$/u.test(name) && isPlain(name, true, false) ? name : quotedText(name);
}

function writeLine(text: string, flow: boolean, date: boolean): string {
  return isPlain(text, flow, date) ? text : quotedText(text);
}

/** A text in quotes: single ones where it has double ones or backslashes in it. */
export function quotedText(text: string): string {
  const simple = !/[\0-\x1F\x7F-\x9F\u2028\u2029\uFEFF\p{Cs}]/u.test(text);
  return simple && /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}

/** Words and numbers that YAML 1.1 or 1.2 takes for something else than text. */
const NOT_TEXT =
  /^(?:~|null|true|false|yes|no|on|off|y|n|=|<<|[-+]?(?:\.inf|\.nan)|[-+]?[\d.][\d._:]*(?:e[-+]?\d+)?|0[xo][\da-f_]+|[\d-]+[t\s][\d:.\s+z-]*|\d{4}-\d\d?-\d\d?)$/i;

/** Whether every YAML reader takes a text, unquoted, for these characters. */
function isPlain(text: string, flow: boolean, date: boolean): boolean {
  if (text === '' || text !== text.trim() || /[\0-\x1F\x7F-\xA0\u2028\u2029\uFEFF\p{Cs}]/u.test(text)) return false;
  if (/^[-?:,[\]{}#&*!|>'"%@`：]/.test(text) || /:(?:\s|$)|\s#/.test(text) || /^(?:\.\.\.|<{7}|={7})/.test(text))
    return false;
  if (flow && /[,[\]{}]|:["']/.test(text)) return false;
  return date ? !/^(?:~|null|[\d.]+)$/i.test(text) || /^\d{4}$/.test(text) : !NOT_TEXT.test(text);
}

/** A text as a literal block; undefined where a block could not keep it to the character. */
function writeBlock(text: string, indent: string): string | undefined {
  if (/[\0-\x08\x0B-\x1F\x7F-\x9F\u2028\u2029\uFEFF]/.test(text) || text.trim() === '') return undefined;
  const [, body = '', ends = ''] = /^([\s\S]*?)(\n*)$/.exec(text) ?? [];
  if (/^\n*[ \t]/.test(body) || /\n[ \t]+$/.test(body) || /^[ \t?-]{90}/m.test(body)) return undefined;
  const mark = ends === '\n' ? '|' : ends === '' ? '|-' : '|+';
  const lines = body.split('\n').map((line) => (line === '' ? '' : indent + line));
  return `${mark}\n${lines.join('\n')}${'\n'.repeat(Math.max(0, ends.length - 1))}`;
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shapeOf(schema: Schema): z.core.$ZodShape | undefined {
  return schema._zod.def.type === 'object' ? (schema as z.core.$ZodObject)._zod.def.shape : undefined;
}
