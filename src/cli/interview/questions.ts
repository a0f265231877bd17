import { type Shape, shapeBelow, shapeFor, shapeOf } from '../../schema/shape.js';
import { fileOrder } from '../../schema/write.js';
import { kinds } from '../../sections/index.js';
import { storyShape } from '../../story/schema.js';

/** What a field takes, so that it is asked in the right way. */
type AnswerKind = 'line' | 'prose' | 'choice' | 'flag' | 'words' | 'source' | 'list' | 'group' | 'other';

/** A question about a field, made of its shape alone. */
export interface Question {
  name: string;
  title: string;
  help: string;
  kind: AnswerKind;
  required: boolean;
  shape: Shape;
  choices: string[];
}

/** The questions of a group of fields, in the order in which a file has them. */
export function questionsOf(shape: Shape): Question[] {
  if (shape.type !== 'group') return [];
  return fileOrder(shape).flatMap((name) => {
    const field = shape.fields.get(name);
    return field ? [question(name, field.shape, !field.isOptional)] : [];
  });
}

function question(name: string, shape: Shape, required = true): Question {
  const { title, description, example } = shape;
  const shown = typeof example === 'string' ? ` Such as: ${example}` : '';
  const kind = kindOf(name, shape);
  return {
    name,
    title: title ?? name,
    help: `${description ?? ''}.${shown}`,
    kind,
    required,
    shape,
    choices: shape.type === 'choice' ? [...shape.values] : [],
  };
}

function kindOf(name: string, shape: Shape): AnswerKind {
  switch (shape.type) {
    case 'choice':
    case 'flag':
    case 'group':
      return shape.type;
    case 'list':
      return shape.item.type === 'text' && shape.item.text !== 'prose' ? 'words' : 'list';
    case 'union':
      return name === 'byline' ? 'words' : 'other';
    case 'text':
      return shape.text === 'prose' ? 'prose' : shape.text === 'ref' ? 'source' : 'line';
    default:
      return 'other';
  }
}

/** The shape of the value at a path of a story. */
export function shapeAt(story: unknown, path: readonly (string | number)[]): Shape {
  let shape: Shape = storyShape;
  let value: unknown = story;
  for (const step of path) {
    shape = shapeBelow(shapeFor(value, shape), step);
    value = (value as Record<string | number, unknown> | undefined)?.[step];
  }
  return shapeFor(value, shape);
}

/** The kinds of section, in the house's order. */
export const sectionKinds = kinds.map(({ kind, title, description, schema }) => ({
  kind,
  title,
  description,
  shape: shapeOf(schema),
}));
