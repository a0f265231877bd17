import type { Path } from '../yaml/places.js';
import type { TextType } from './fields.js';
import { optionFor, type Shape } from './shape.js';

/** What a text of a story becomes; the path leads to it from the story. */
export type MapText = (text: string, type: TextType, path: Path) => unknown;

/**
 * A copy of a checked story, or a part of one, in which each text is what `map` makes of it. Every field of the shape
 * is there: what the story leaves out is null, or an empty list. Visits in the order in which a brief prints. The path is
 * only good while `map` runs.
 */
export function mapTexts(value: unknown, map: MapText, shape: Shape): unknown {
  return visitorOf(shape)(value, map, []);
}

/** Copies a value by its shape. `path` leads to the value, and is left as it was. */
type Visitor = (value: unknown, map: MapText, path: (string | number)[]) => unknown;

const visitors = new WeakMap<Shape, Visitor>();

/** How values of a shape are copied; found out once for each shape. */
function visitorOf(shape: Shape): Visitor {
  const known = visitors.get(shape);
  if (known) return known;
  const visitor = makeVisitor(shape);
  visitors.set(shape, visitor);
  return visitor;
}

function makeVisitor(shape: Shape): Visitor {
  switch (shape.type) {
    case 'group': {
      const fields = [...shape.fields].map(([name, field]) => ({
        name,
        isList: field.shape.type === 'list',
        visit: later(field.shape),
      }));
      const empty = Object.fromEntries(fields.map(({ name }) => [name, null])); // copies of it have one form
      return (value, map, path) => {
        const values = (value ?? {}) as Record<string, unknown>;
        const copy: Record<string, unknown> = { ...empty };
        for (const { name, isList, visit } of fields) {
          const child = values[name];
          if (child !== undefined) copy[name] = below(child, map, path, name, visit);
          else if (isList) copy[name] = [];
        }
        return copy;
      };
    }
    case 'list': {
      const visit = later(shape.item);
      return (value, map, path) => (value as unknown[]).map((child, i) => below(child, map, path, i, visit));
    }
    case 'record':
      return (value, map, path) => mapEntries(value as object, map, path, visitorOf(shape.value));
    case 'kinds':
    case 'union':
      return (value, map, path) => {
        const option = optionFor(value, shape);
        if (!option) throw new Error(`no shape for ${JSON.stringify(value)}`);
        return visitorOf(option)(value, map, path);
      };
    case 'anything':
      return visitAnything;
    case 'text': {
      const { text = 'word' } = shape;
      return (value, map, path) => (typeof value === 'string' ? map(value, text, path) : value);
    }
    default:
      return (value, map, path) => (typeof value === 'string' ? map(value, 'word', path) : value);
  }
}

/** The visitor of a shape that may hold itself: made when it is first called. */
function later(shape: Shape): Visitor {
  let visitor: Visitor | undefined;
  return (value, map, path) => {
    visitor ??= visitorOf(shape);
    return visitor(value, map, path);
  };
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

export interface TextEntry {
  text: string;
  type: TextType;
  path: Path;
}

/** All texts of a checked value of a shape, in the order in which a brief prints them. */
export function textsOf(value: object, shape: Shape): TextEntry[] {
  const entries: TextEntry[] = [];
  mapTexts(
    value,
    (text, type, path) => {
      entries.push({ text, type, path: [...path] });
      return text;
    },
    shape,
  );
  return entries;
}
