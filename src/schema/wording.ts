import type { FileKind } from '../yaml/file-kind.js';
import type { Path } from '../yaml/places.js';
import { fileFacts } from './facts.js';
import type { GroupShape, Shape } from './shape.js';

/** How messages name a file of this shape, and how they say it starts: by default, with its required fields. */
export function fileKind(shape: GroupShape): FileKind {
  const { starts, importable } = fileFacts.get(shape) ?? {};
  const name = groupName(shape);
  return { name, noun: name.replace(/^an? /, ''), starts: starts ?? startOf(shape, name), importable };
}

function startOf({ fields }: GroupShape, name: string): string {
  const needed = [...fields].filter(([, { isOptional }]) => !isOptional).map(([field]) => field);
  const shown = needed.length > 0 ? needed : [...fields.keys()].slice(0, 2);
  const verb = name.endsWith('s') ? 'start' : 'starts';
  return `${name} ${verb} with ${shown.map((field) => `${field}:`).join(', ')}`;
}

/** What a shape takes, in words. */
export function wanted(shape: Shape): string {
  switch (shape.type) {
    case 'group':
    case 'record':
      return 'a group of fields';
    case 'list':
      return 'a list';
    case 'kinds':
      return 'a group of fields with a kind';
    case 'union':
      return shape.options.map(wanted).join(' or ');
    default:
      return 'text';
  }
}

/** What a group of fields is called: "a story", "an outlet". */
export function groupName({ title = 'group' }: Shape): string {
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
export function exampleHint(name: string | number | undefined, shape: Shape): string | undefined {
  const { example, description } = shape;
  const label = typeof name === 'string' ? `${name}: ` : '';
  if (typeof example === 'string') return `such as ${label}${example}`;
  if (Array.isArray(example)) return `such as ${label}[${example.join(', ')}]`;
  if (shape.type === 'group') return `write its fields: ${[...shape.fields.keys()].slice(0, 3).join(': …, ')}: …`;
  return description ? `${label}${description.charAt(0).toLowerCase()}${description.slice(1)}` : undefined;
}

/** Foreign words in a message, cut where they are long. */
export function quote(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
