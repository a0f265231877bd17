import { isGroup, writeFlow, writeKey, writeText } from '../yaml/write.js';
import { type Shape, shapeBelow, shapeFor, textTypeOf } from './shape.js';

/** Longer lists go below their field, an entry a line. */
const LONG_LIST = 72;

/** The names of a group's fields in the order in which a story file has them: sources stand before what cites them. */
export function fileOrder(shape: Shape): string[] {
  if (shape.type !== 'group') return [];
  const names = [...shape.fields.keys()].filter((name) => name !== 'sources');
  if (shape.fields.has('sources')) names.splice(names.indexOf('sections'), 0, 'sources');
  return names;
}

/**
 * What follows the name of a field and its colon: ` value` on the same line, or lines below it. `indent` is that of the
 * name. Ends without a line break.
 */
export function writeAfterName(value: unknown, declared: Shape, indent: string): string {
  const shape = shapeFor(value, declared);
  if (Array.isArray(value) && value.length > 0) {
    const flow = flowList(value, shape);
    return flow !== undefined ? ` ${flow}` : `\n${writeItems(value, shape, `${indent}  `)}`;
  }
  if (isGroup(value) && Object.keys(value).length > 0)
    return `\n${writeGroup(value, shape, `${indent}  `, `${indent}  `).replace(/\n$/, '')}`;
  return ` ${writeScalar(value, shape, `${indent}  `)}`;
}

/** An entry of a list, `- ` included; `indent` is that of the dash. Ends without a line break. */
export function writeItem(value: unknown, declared: Shape, indent: string): string {
  const shape = shapeFor(value, declared);
  const inner = `${indent}  `;
  if (isGroup(value) && Object.keys(value).length > 0)
    return `${indent}- ${writeGroup(value, shape, '', inner).replace(/\n$/, '')}`;
  if (Array.isArray(value) && value.length > 0) return `${indent}-\n${writeItems(value, shape, inner)}`;
  return `${indent}- ${writeScalar(value, shape, inner)}`;
}

/** A field with its name; ends with a line break. */
export function writeField(name: string, value: unknown, shape: Shape, indent: string): string {
  return `${writeKey(name)}:${writeAfterName(value, shape, indent)}\n`;
}

/**
 * A group of fields, each with its name; ends with a line break. `first` stands before the first field, `indent` before the
 * others; `comment` gives a line to put above a field.
 */
export function writeGroup(
  value: Record<string, unknown>,
  shape: Shape,
  first: string,
  indent: string,
  comment?: (name: string) => string | undefined,
): string {
  const known = fileOrder(shape).filter((name) => value[name] !== undefined);
  const others = Object.keys(value).filter((name) => !known.includes(name) && value[name] !== undefined);
  return [...known, ...others]
    .map((name, i) => {
      const above = comment?.(name);
      const lead = i === 0 ? first : indent;
      return `${above ? `${above}\n` : ''}${lead}${writeField(name, value[name], shapeBelow(shape, name), indent)}`;
    })
    .join('');
}

function writeItems(values: unknown[], shape: Shape, indent: string): string {
  return values.map((value, i) => writeItem(value, shapeBelow(shape, i), indent)).join('\n');
}

/** Short words on one line: `tags: [north-korea, diplomacy]`. */
function flowList(values: unknown[], shape: Shape): string | undefined {
  if (!values.every((value) => typeof value === 'string' && !value.includes('\n'))) return undefined;
  if (textTypeOf(shapeBelow(shape, 0)) === 'prose') return undefined;
  const flow = writeFlow(values);
  return flow.length <= LONG_LIST ? flow : undefined;
}

function writeScalar(value: unknown, shape: Shape, indent: string): string {
  if (typeof value !== 'string') return Array.isArray(value) ? '[]' : isGroup(value) ? '{}' : String(value);
  const type = textTypeOf(shape);
  return writeText(value, {
    prose: type === 'prose' || (type === undefined && value.includes('\n')),
    date: type === 'date' || type === 'when',
    indent,
  });
}
