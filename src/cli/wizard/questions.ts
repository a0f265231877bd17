import * as z from 'zod/mini';
import { textFields } from '../../schema/fields.js';
import { type Schema, schemaBelow, schemaFor, unwrap } from '../../schema/walk.js';
import { fileOrder } from '../../schema/write.js';
import { kinds } from '../../sections/index.js';
import { storySchema } from '../../story/schema.js';

/** What a field takes, so that it is asked in the right way. */
type AnswerKind = 'line' | 'prose' | 'choice' | 'flag' | 'words' | 'source' | 'list' | 'group' | 'other';

/** A question about a field, made of its schema alone: what validation refuses, the question refuses. */
export interface Question {
  name: string;
  title: string;
  help: string;
  kind: AnswerKind;
  required: boolean;
  schema: Schema;
  choices: string[];
  check: (value: string) => string | undefined;
}

/** The questions of a group of fields, in the order in which a file has them. */
export function questionsOf(schema: Schema): Question[] {
  const { def } = unwrap(schema)._zod;
  if (def.type !== 'object') return [];
  const { shape } = def as z.core.$ZodObjectDef;
  return fileOrder(shape).map((name) => question(name, shape[name] as Schema));
}

export function question(name: string, wrapped: Schema): Question {
  const schema = unwrap(wrapped);
  const about = z.globalRegistry.get(schema);
  const [example] = (about?.['examples'] as unknown[] | undefined) ?? [];
  const shown = typeof example === 'string' ? ` Such as: ${example}` : '';
  return {
    name,
    title: about?.title ?? name,
    help: `${about?.description ?? ''}.${shown}`,
    kind: kindOf(name, schema),
    required: wrapped._zod.optin !== 'optional',
    schema,
    choices: schema._zod.def.type === 'enum' ? [...(schema._zod.values ?? [])].map(String) : [],
    check: (value) => (kindOf(name, schema) === 'words' ? wordsProblem(schema, value) : problem(schema, value)),
  };
}

function kindOf(name: string, schema: Schema): AnswerKind {
  const type = textFields.get(schema as z.core.$ZodType)?.type;
  switch (schema._zod.def.type) {
    case 'enum':
      return 'choice';
    case 'boolean':
      return 'flag';
    case 'object':
      return 'group';
    case 'array': {
      const element = unwrap(schemaBelow(schema, 0));
      if (element._zod.def.type !== 'string') return 'list';
      return textFields.get(element as z.core.$ZodType)?.type === 'prose' ? 'list' : 'words';
    }
    case 'union':
      return name === 'byline' ? 'words' : 'other';
    case 'string':
      return type === 'prose' ? 'prose' : type === 'ref' ? 'source' : 'line';
    default:
      return 'other';
  }
}

/** What is wrong with an answer, and the way out; undefined where nothing is. */
function problem(schema: Schema, value: string): string | undefined {
  const field = textFields.get(schema as z.core.$ZodType);
  const result = z.safeParse(schema as z.core.$ZodType, value);
  if (result.success) return undefined;
  const hint = field?.hint?.(value);
  return `${result.error.issues[0]?.message ?? 'is not valid'}${hint ? `; ${hint}` : ''}`;
}

/** Several answers on a line, parted by commas. */
export const wordsIn = (value: string): string[] => value.split(/\s*[,،、]\s*/).filter((word) => word !== '');

/** What is wrong with one of several words; authors are whatever they are called. */
function wordsProblem(schema: Schema, value: string): string | undefined {
  if (schema._zod.def.type !== 'array') return undefined;
  const element = unwrap(schemaBelow(schema, 0));
  for (const word of wordsIn(value)) {
    const wrong = problem(element, word);
    if (wrong !== undefined) return `"${word}" ${wrong}`;
  }
  return undefined;
}

/** The schema of the value at a path of a story. */
export function schemaAt(story: unknown, path: readonly (string | number)[]): Schema {
  let schema: Schema = storySchema;
  let value: unknown = story;
  for (const step of path) {
    schema = unwrap(schemaBelow(schemaFor(value, schema), step));
    value = (value as Record<string | number, unknown> | undefined)?.[step];
  }
  return schemaFor(value, schema);
}

/** The kinds of section, in the house's order. */
export const sectionKinds = kinds.map(({ kind, title, description, schema }) => ({
  kind,
  title,
  description,
  schema: schema as Schema,
}));
