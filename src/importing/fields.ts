import * as z from 'zod/mini';
import { fieldFor } from '../house/names.js';
import { spokenDate } from '../story/dates.js';
import { storySchema } from '../story/schema.js';
import type { Field, Note } from './manuscript.js';
import { lost, wordsOf } from './proof.js';

type Value = Record<string, unknown>;

/**
 * The input's own fields into a story's. What no field of a story is for, or cannot hold, goes under `extra` as it is;
 * nothing is made up.
 */
export function placeFields(fields: readonly Field[], story: Value, notes: Note[]): void {
  const extra: Value = {};
  for (const { name, value, line } of fields) {
    const field = fieldFor(name);
    const empty = value === '' || (Array.isArray(value) && value.length === 0);
    const made = field === undefined || empty || story[field] !== undefined ? undefined : make(field, value);
    if (made === undefined) {
      if (empty) {
        notes.push({ kind: 'dropped', line, message: 'a field without a value', text: name });
        continue;
      }
      if (field !== undefined && same(story[field], value)) {
        notes.push({
          kind: 'took',
          line,
          message: `${name} says what ${field} says already`,
          text: `${name}: ${words(value)}`,
        });
        continue;
      }
      extra[uniqueName(extra, name)] = value;
      const why =
        field === undefined
          ? ''
          : story[field] !== undefined
            ? `; the story has a ${field} already`
            : `; it is no ${field}`;
      notes.push({ kind: 'changed', line, message: `${name} is under extra${why}`, text: name });
      continue;
    }
    story[field as string] = made;
    // A value that is written otherwise now is named as it stood.
    const kept = lost(wordsOf(value), wordsOf(made)).length === 0;
    notes.push({
      kind: 'took',
      line,
      message: `${field} from ${name}`,
      text: kept ? name : `${name}: ${words(value)}`,
    });
  }
  if (Object.keys(extra).length > 0) story['extra'] = { ...(story['extra'] as Value | undefined), ...extra };
}

function uniqueName(extra: Value, name: string): string {
  const plain = name === '__proto__' ? '_proto_' : name;
  let unique = plain;
  for (let i = 2; Object.hasOwn(extra, unique); i++) unique = `${plain}-${i}`;
  return unique;
}

function same(a: unknown, b: unknown): boolean {
  return a !== undefined && words(a) === words(b);
}

function words(value: unknown): string {
  if (Array.isArray(value)) return value.map(words).join(', ');
  return typeof value === 'object' && value !== null ? Object.values(value).map(words).join(', ') : String(value ?? '');
}

/** A value as a field of a story holds it; undefined where it cannot. */
function make(field: string, value: unknown): unknown {
  if (typeof value === 'string') {
    const made = fromText(field, value.trim());
    return made !== undefined && fits(field, made) ? made : undefined;
  }
  if (Array.isArray(value) && value.length > 0 && (field === 'tags' || field === 'byline')) {
    const made = field === 'byline' && value.length === 1 ? value[0] : value;
    return fits(field, made) ? made : undefined;
  }
  return fits(field, value) ? value : undefined;
}

function fromText(field: string, text: string): unknown {
  switch (field) {
    case 'published':
    case 'updated':
    case 'embargo':
      return spokenDate(text);
    case 'tags':
      return text.split(/\s*,\s*/).filter((tag) => tag !== '');
    case 'byline':
      return text.replace(/^by\s+/i, '');
    case 'lang':
      return text.replaceAll('_', '-');
    case 'disclosure':
    case 'backstory':
    case 'ednote':
      return text;
    default:
      return text.replace(/\s*\n\s*/g, ' ');
  }
}

function fits(field: string, value: unknown): boolean {
  const schema = storySchema._zod.def.shape[field as keyof typeof storySchema._zod.def.shape];
  return schema !== undefined && z.safeParse(schema, value).success;
}
