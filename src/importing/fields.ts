import { unsound } from '../schema/sound.js';
import { fieldFor } from '../story/names.js';
import { storyShape } from '../story/schema.js';
import { authorsIn } from './bylines.js';
import { readDate } from './dates.js';
import type { ManuscriptField, Note } from './manuscript.js';
import { absolute } from './mdast.js';
import { lost, namesIn, wordsOf } from './proof.js';
import { embargoFromField, putStatus, statusFrom } from './publication.js';

type Value = Record<string, unknown>;

/** Fields that other programs do not have, by our own names. */
const OWN = new Set(['corrections', 'made_with', 'translations', 'image', 'newsletter']);

/**
 * The input's own fields into a story's. What no field of a story is for, or cannot hold, goes under `extra` as it is;
 * nothing is made up.
 */
export function placeFields(fields: readonly ManuscriptField[], story: Value, notes: Note[], base?: string): void {
  const extra: Value = {};
  for (const { name, value, line } of fields) {
    const status = statusFrom(name, value);
    if (status !== undefined) {
      putStatus(story, status);
      notes.push({ kind: 'took', line, message: `status from ${name}`, text: `${name}: ${words(value)}` });
      if (typeof value !== 'object') continue; // A group says more than that.
    }
    if (embargoFromField({ name, value, line }, story, notes)) continue;
    const picture = PICTURE_FIELD.test(name) ? pictureFrom(name, value, fields, base) : undefined;
    if (picture && story['image'] === undefined) {
      story['image'] = picture;
      notes.push({ kind: 'took', line, message: `image from ${name}`, text: `${name}: ${words(value)}` });
      continue;
    }
    if (
      PICTURE_WORDS.test(name) &&
      (Object.values((story['image'] as Value | undefined) ?? {}) as unknown[]).includes(value)
    ) {
      notes.push({ kind: 'took', line, message: `${name} of the image`, text: `${name}: ${words(value)}` });
      continue;
    }
    const field = fieldFor(name) ?? (OWN.has(name) ? name : undefined);
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
          message: `${name}, the same as the ${field} that is there`,
          text: `${name}: ${words(value)}`,
        });
        continue;
      }
      // `__proto__` is a name like any other.
      Object.defineProperty(extra, uniqueName(extra, name), { value, enumerable: true, writable: true });
      const why =
        field === undefined
          ? ''
          : story[field] !== undefined
            ? `; the story has a ${field} already`
            : `; it does not read as a ${field}`;
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
      text: kept ? [name, ...namesIn(value)].join(' ') : `${name}: ${words(value)}`,
    });
  }
  if (Object.keys(extra).length > 0) story['extra'] = { ...(story['extra'] as Value | undefined), ...extra };
}

/** What other programs call the picture of an article, and its words. */
const PICTURE_FIELD =
  /^(?:(?:feature|featured|cover|hero|header|lead|main|og|social|share|teaser|preview|banner|post)?[_-]?(?:image|img|picture|photo)(?:[_-]?url)?|cover|thumbnail|banner)$/i;
const PICTURE_WORDS = /^(?:.*image|cover|thumbnail|photo|picture)[_-]?(?:alt|caption|description|credit)$/i;

/** The picture that front matter names: its address, and its words from the same field or those beside it. */
function pictureFrom(
  name: string,
  value: unknown,
  fields: readonly ManuscriptField[],
  base: string | undefined,
): Value | undefined {
  const group = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Value) : undefined;
  const address = group ? (group['src'] ?? group['url'] ?? group['path'] ?? group['href']) : value;
  const src = typeof address === 'string' ? absolute(address, base) : undefined;
  if (src === undefined || !/^https?:/i.test(src)) return undefined;
  const beside = (word: string) =>
    fields.find((field) => field.name.toLowerCase() === `${name.toLowerCase()}_${word}`)?.value;
  const firstOf = (...names: string[]) => {
    const text = names
      .map((key) => group?.[key] ?? beside(key))
      .find((candidate) => typeof candidate === 'string' && candidate.trim() !== '');
    return text === undefined
      ? undefined
      : String(text)
          .trim()
          .replace(/\s*\n\s*/g, ' ');
  };
  const image: Value = {
    src,
    alt: firstOf('alt', 'description'),
    caption: firstOf('caption', 'title'),
    credit: firstOf('credit', 'author'),
  };
  const others = group ? Object.keys(group).filter((key) => !PICTURE_PARTS.has(key)) : [];
  return others.length > 0
    ? undefined
    : Object.fromEntries(Object.entries(image).filter(([, part]) => part !== undefined));
}

const PICTURE_PARTS = new Set([
  'src',
  'url',
  'path',
  'href',
  'alt',
  'description',
  'caption',
  'title',
  'credit',
  'author',
]);

/** An author as a story has one, of what other programs know of a person; undefined where they know more. */
function authorFrom(value: unknown): unknown {
  if (typeof value === 'string') return value.trim();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const group = value as Value;
  const pick = (...names: string[]) =>
    names.map((key) => group[key]).find((key) => typeof key === 'string' && key.trim() !== '');
  const name =
    pick('name', 'display_name', 'displayName', 'full_name') ??
    [group['first_name'], group['last_name']].filter(Boolean).join(' ');
  const role = pick('role', 'title', 'job', 'position', 'jobTitle');
  const url = pick('url', 'website', 'link', 'href', 'profile');
  const known = [name, role, url, group['first_name'], group['last_name']];
  if (name === '' || Object.values(group).some((each) => !known.includes(each as string))) return undefined;
  const isLink = typeof url === 'string' && /^https?:\/\//i.test(url);
  if (url !== undefined && !isLink) return undefined;
  return { name, ...(role === undefined ? {} : { role }), ...(isLink ? { url } : {}) };
}

function uniqueName(extra: Value, name: string): string {
  let unique = name;
  for (let i = 2; Object.hasOwn(extra, unique); i++) unique = `${name}-${i}`;
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
  if (field === 'byline') {
    const authors = [value].flat().map(authorFrom);
    const [only] = authors;
    const made = authors.length === 1 && typeof only === 'string' ? only : authors;
    return authors.length > 0 && !authors.includes(undefined) && fits(field, made) ? made : undefined;
  }
  if (Array.isArray(value) && value.length > 0 && field === 'tags') return fits(field, value) ? value : undefined;
  return fits(field, value) ? value : undefined;
}

function fromText(field: string, text: string): unknown {
  switch (field) {
    case 'published':
    case 'updated':
      return readDate(text);
    case 'tags':
      return text
        .split(',')
        .map((tag) => tag.trim())
        .filter((tag) => tag !== '');
    case 'byline':
      return authorsIn(text.replace(/^by\s+/i, ''));
    case 'lang':
      return text.replaceAll('_', '-');
    case 'disclosure':
    case 'backstory':
    case 'ednote':
      return text;
    default:
      return text
        .split('\n')
        .map((line) => line.trim())
        .join(' ');
  }
}

function fits(field: string, value: unknown): boolean {
  const known = storyShape.fields.get(field);
  return known !== undefined && (value === undefined ? known.isOptional : !unsound(value, known.shape));
}
