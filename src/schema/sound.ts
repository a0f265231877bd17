import type { Path } from '../yaml/places.js';
import { optionFor, type Shape } from './shape.js';

/** What is wrong with a value, and where; the message is said behind the name of its place. */
export interface Unsound {
  path: Path;
  message: string;
}

/** The first thing that is wrong with a value, from JSON or made by an import, by the shape that it should have. */
export function unsound(value: unknown, shape: Shape): Unsound | undefined {
  const wrong = (message: string): Unsound => ({ path: [], message });
  switch (shape.type) {
    case 'anything':
      return undefined;
    case 'flag':
      return typeof value === 'boolean' ? undefined : wrong('is neither true nor false');
    case 'choice':
      return shape.values.includes(value as string) ? undefined : wrong(`is none of ${shape.values.join(', ')}`);
    case 'text': {
      const message = typeof value === 'string' ? shape.problem(value) : 'is no text';
      return message === undefined ? undefined : wrong(message);
    }
    case 'kinds':
    case 'union': {
      const option = optionFor(value, shape);
      if (option) return unsound(value, option);
      return shape.type === 'kinds' ? below(wrong('is no kind that we know'), shape.by) : wrong('is of the wrong type');
    }
    case 'list':
      if (!Array.isArray(value)) return wrong('is no list');
      if (value.length === 0) return wrong('is an empty list');
      return first(value.entries(), () => shape.item);
    case 'record':
      if (!isPlain(value)) return wrong('is no group of fields');
      return (
        first(
          Object.keys(value).map((name) => [name, name]),
          () => shape.key,
        ) ?? first(Object.entries(value), () => shape.value)
      );
    case 'group': {
      if (!isPlain(value)) return wrong('is no group of fields');
      const missing = [...shape.fields].find(([name, { isOptional }]) => !isOptional && value[name] === undefined);
      if (missing) return below(wrong('is missing'), missing[0]);
      return first(
        Object.entries(value).filter(([, child]) => child !== undefined),
        (name) => shape.fields.get(String(name))?.shape,
      );
    }
  }
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function first(
  children: Iterable<[step: string | number, child: unknown]>,
  shapeOf: (step: string | number) => Shape | undefined,
): Unsound | undefined {
  for (const [step, child] of children) {
    const shape = shapeOf(step);
    const found = shape ? unsound(child, shape) : { path: [], message: 'is no field of it' };
    if (found) return below(found, step);
  }
  return undefined;
}

const below = ({ path, message }: Unsound, step: string | number): Unsound => ({ path: [step, ...path], message });
