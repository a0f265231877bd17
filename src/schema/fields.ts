import * as z from 'zod/mini';
import { dateHint, otherDate, parseDate } from '../languages/dates.js';
import type { ShapeRuleName } from '../shape-rules.js';
import { isBlank } from '../yaml/characters.js';

/**
 * What kind of text a field holds. It decides how each format makes the text safe and prints it:
 * `line` plain text; `prose` Markdown with citations; `url`, `date`, `when` (a date, or words such as "Spring 2019");
 * `ref` the id of a source; `word` a token of the format itself (an id, a slug, a language, a choice).
 */
export type TextType = 'line' | 'prose' | 'url' | 'date' | 'when' | 'ref' | 'word';

interface TextField {
  type: TextType;
  /** What is wrong with a value, said behind the field's name; undefined where nothing is. */
  problem?: (value: string) => string | undefined;
  /** The rule that a bad value breaks. */
  rule?: ShapeRuleName;
  /** The way out for a bad value. */
  hint?: (value: string) => string | undefined;
}

/** What each text of the schema is and must be, beside zod's own registry of titles and descriptions. */
export const textFields = z.registry<TextField>();

/** How a field is explained to people, in the docs, in editors and in the interview. */
export interface About extends Asked {
  title: string;
  description: string;
  example?: unknown;
}

/** How a field is asked in the interview. */
export interface Asked {
  /** In the flow, behind “More”, in the outline alone, or never. */
  ask?: 'first' | 'more' | 'outline' | 'never' | undefined;
  /** What stands before it in a form, in at most twelve letters. */
  label?: string | undefined;
  /** What belongs there, in a line of plain words. */
  prompt?: string | undefined;
}

/** How fields are asked, beside zod's registry, which editors see. */
export const askedFields = z.registry<Asked>();

/** Titles, descriptions and examples go into zod's registry, from which the JSON Schema and the docs are made. */
export function about<T extends z.core.$ZodType>(schema: T, { title, description, example, ...asked }: About): T {
  askedFields.add(schema, asked);
  z.globalRegistry.add(schema, { title, description, ...(example === undefined ? {} : { examples: [example] }) });
  return schema;
}

/** A field that may be left out. */
export const optional = z.optional;

function text(help: About, field: TextField, schema = z.string()): z.ZodMiniString {
  textFields.add(schema, field);
  return about(schema, help);
}

const emptiness = (value: string) => (isBlank(value) ? 'is empty' : undefined);

/** A text of some type that is not empty. */
const filled = (type: TextType) => (help: About) => text(help, { type, problem: emptiness, rule: 'empty-text' });

/** One line of plain text: `*` and `_` come out as typed. */
export const line = filled('line');

/** Markdown with citations, over as many paragraphs as needed. */
export const prose = filled('prose');

const URL_SHAPE = /^https?:\/\/[^\s"<>\\`]+$/i;

/** A web address: http or https, with a host, without a password and without characters that end an address early. */
export const url = (help: About) =>
  text(help, { type: 'url', problem: urlProblem, rule: 'invalid-url', hint: urlHint });

function urlProblem(value: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(value) && !/^https?:/i.test(value)) return 'must start with http:// or https://';
  if (!/^https?:\/\//i.test(value)) return 'is not a whole web address';
  if (!URL_SHAPE.test(value)) return 'has a space, a quote or another character that may not stand in a web address';
  const host = /^https?:\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(value)?.[1] ?? '';
  if (host === '') return 'names no site';
  if (/[。．｡]/.test(host)) return 'has a full stop of another script in the name of its site';
  if (/%/.test(host) || /^\.|\.\./.test(host)) return 'has a name of a site that no browser opens as it looks';
  if (!URL.canParse(value)) return 'is not a web address';
  const { username, password } = new URL(value);
  return username || password ? 'holds a user name or password, which would be published' : undefined;
}

/** The address of a folder, to which names are added. */
export const folderUrl = (help: About) =>
  text(help, {
    type: 'url',
    problem: (value) => urlProblem(value) ?? (/[?#]/.test(value) ? 'is that of a page, not of a folder' : undefined),
    rule: 'invalid-url',
    hint: (value) => (urlProblem(value) ? urlHint(value) : `write ${value.replace(/[?#].*$/s, '')}`),
  });

/** A folder inside the file's own folder. */
export const folderBelow = (help: About) =>
  text(help, {
    type: 'line',
    problem: (value) =>
      isBlank(value) ? 'is empty' : leadsOut(value) ? 'leads out of the folder of this file' : undefined,
    rule: 'wrong-value',
    hint: () => 'name a folder in that of this file, or say it on the command line',
  });

function leadsOut(path: string): boolean {
  let depth = 0;
  for (const step of path.split(/[\\/]/)) {
    if (step === '..') depth--;
    else if (step !== '' && step !== '.') depth++;
    if (depth < 0) return true;
  }
  return /^(?:[\\/~]|[a-z]:)/i.test(path.trim());
}

function urlHint(value: string): string | undefined {
  const whole = /^www\./i.test(value.trim()) ? `https://${value.trim()}` : value.trim();
  const fixed = whole
    .replaceAll(' ', '%20')
    .replaceAll('"', '%22')
    .replace(/[。．｡](?=[^/?#]*(?:[/?#]|$))/g, '.');
  if (fixed !== value && !/\s#/.test(whole) && !urlProblem(fixed)) return `write ${fixed}`;
  return 'copy the address from the browser: https://…';
}

/** A day, or a day and time, that exists. */
export const date = (help: About) =>
  text(help, {
    type: 'date',
    problem: (value) => (parseDate(value)?.day === undefined ? dateProblem(value) : undefined),
    rule: 'invalid-date',
    hint: dateHint,
  });

const dateProblem = (value: string) =>
  otherDate(value) === undefined ? 'is not a date that exists' : 'is not written as year, month and day';

/** A day, a month or a year that exists, with a time where a day has one. */
export const partialDate = (help: About) =>
  text(help, {
    type: 'date',
    problem: (value) => (parseDate(value) === undefined ? dateProblem(value) : undefined),
    rule: 'invalid-date',
    hint: dateHint,
  });

/** A moment: day, time and zone. */
export const moment = (help: About) =>
  text(help, {
    type: 'date',
    problem: (value) => (parseDate(value)?.zone === undefined ? 'is not a date and time with a zone' : undefined),
    rule: 'invalid-date',
    hint: () => 'write it with time and zone, such as 2025-10-06T09:30:00+09:00',
  });

/** When something happened: a date, a month, a year, or words. Figures that look like a date must be one. */
export const when = (help: About) =>
  text(help, {
    type: 'when',
    problem: (value) => {
      const numeric = /^\s*(?:\d{4,}-\d|\d+[/.]\d+[/.]\d|[\d\s:./-]+$)/.test(value);
      return isBlank(value) || (numeric && parseDate(value) === undefined) ? dateProblem(value) : undefined;
    },
    rule: 'invalid-date',
    hint: dateHint,
  });

/** The letters of any script, digits, `-` and `_`, from a letter or digit on. */
const ID_SHAPE = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$/u;

export const id = (help: About) => {
  // Editors get the pattern with the JSON Schema.
  const schema = z.string().check(z.regex(ID_SHAPE));
  const problem = (value: string) =>
    ID_SHAPE.test(value) ? undefined : 'may hold letters, digits, - and _ only, and starts with a letter or digit';
  const field: TextField = {
    type: 'word',
    problem,
    rule: 'invalid-id',
    hint: (value) => {
      const fixed = value
        .normalize('NFC')
        .trim()
        .replace(/\s+/g, '-')
        .replace(/[^\p{L}\p{M}\p{N}_-]/gu, '')
        .replace(/^[_-]+/, '');
      return ID_SHAPE.test(fixed) ? `write ${fixed}` : undefined;
    },
  };
  return text(help, field, schema);
};

/** The id of one of the story's sources. */
export const ref = filled('ref');

/** A word of any kind: a tag, an identifier of another system. */
export const word = filled('line');

const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;
const SLUG_SHAPE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** The name of the brief's file: lower-case ASCII letters and digits in groups joined by `-`, at most 100 bytes. */
export function isSlug(value: string): boolean {
  return SLUG_SHAPE.test(value) && value.length <= 100 && !DEVICES.test(value);
}

/** A slug from any text; empty where nothing of it can be kept. */
export function slugify(value: string): string {
  const plain = value.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 100)
    .replace(/^-+|-+$/g, '');
  return isSlug(slug) ? slug : '';
}

/** An id for a source that has none, from its outlet or host: "The Ellery Ledger" is `ellery-ledger`. */
export function sourceId(label: string, taken: ReadonlySet<string>): string {
  const base =
    slugify(label.replace(/^the\s+/i, ''))
      .slice(0, 30)
      .replace(/-+$/, '') || 'source';
  let id = base;
  for (let i = 2; taken.has(id); i++) id = `${base}-${i}`;
  return id;
}

export const slug = (help: About) =>
  text(help, {
    type: 'word',
    problem: (value) =>
      isSlug(value)
        ? undefined
        : 'may hold lower-case letters, digits and - only, at most 100, and be no device name of Windows',
    rule: 'invalid-slug',
    hint: (value) => {
      const fixed = slugify(value);
      return fixed ? `write ${fixed}` : 'leave it out: the file’s name is taken';
    },
  });

/** A BCP 47 language tag. */
export const lang = (help: About) =>
  text(help, {
    type: 'word',
    problem: (value) => (isLanguage(value) ? undefined : 'is not a language tag'),
    rule: 'invalid-lang',
    hint: (value) =>
      isLanguage(value.replaceAll('_', '-'))
        ? `write ${value.replaceAll('_', '-')}`
        : 'write a tag such as en, en-GB, ja or pt-BR',
  });

/** Whether a text is a language tag (BCP 47). */
export function isLanguage(tag: string): boolean {
  try {
    return /^[a-z]{2,3}(?:-|$)/i.test(tag) && Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

export const choice = <const T extends readonly [string, ...string[]]>(values: T, help: About) => {
  const schema = z.enum(values);
  textFields.add(schema, { type: 'word' });
  return about(schema, help);
};

export const flag = (help: About) => about(z.boolean(), help);

/** A whole number, as the text that it was typed as. */
export const number = (help: About) =>
  text(help, {
    type: 'word',
    problem: (value) => (/^\d{1,9}$/.test(value) ? undefined : 'is not a whole number'),
    rule: 'wrong-value',
    hint: () => 'write figures alone, such as 120',
  });

export const list = <T extends z.core.$ZodType>(item: T, help: About) =>
  about(z.array(item).check(z.minLength(1, 'is an empty list')), help);

/** A group of named fields; any other name is an error. */
export const fields = <T extends z.core.$ZodShape>(shape: T, help: About) => about(z.strictObject(shape), help);
