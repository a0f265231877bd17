import type { House, Labels } from '../house.js';
import { ar, de, en, es, fr, it, ja, pt } from './languages.js';

/** The words that a brief adds to the story's own, in one language. */
export interface Words {
  /** The default heading of each kind of section; a kind that has none is left out. */
  headings: Readonly<Record<string, string>>;
  /** What stands before the authors' names, with the space after it. */
  by: string;
  /** What parts the members of a list, with the space after it. */
  comma: string;
  /** What stands between a label and what it is about, with the spaces around it. */
  colon: string;
  published: string;
  updated: string;
  series: string;
  sources: string;
  corrections: string;
  correction: string;
  clarification: string;
  was: string;
  now: string;
  disclosure: string;
  backstory: string;
  madeWith: Readonly<Record<string, string>>;
  natures: Readonly<Record<string, string>>;
  tags: string;
  translations: string;
  picture: string;
  credit: string;
  accessed: string;
  archive: string;
  position: string;
  outlets: string;
  via: string;
  paywall: string;
  link: string;
  /** The words of an edition. */
  sponsor: string;
  events: string;
  contents: string;
  readMore: string;
  /** The link by which a mail service lets readers leave. */
  unsubscribe: string;
  /** The number of an edition, in place of `{}`. */
  number: string;
  backTo: string;
}

const languages: Readonly<Record<string, Words>> = { en, de, fr, es, pt, it, ja, ar };

/** The words of all languages that the house speaks, by language. */
export const allLanguages = languages;

/** The words of all languages that the house speaks. */
export const allWords: readonly Words[] = Object.values(languages);

/** The words in a language, a desk's own before ours; English ones, with `known: false`, where we do not speak it. */
export function wordsFor(lang: string, house: House = {}): { words: Words; known: boolean } {
  const language = lang.split('-')[0]?.toLowerCase() ?? '';
  const ours = languages[language];
  const words = house.labels ? withLabels(ours ?? bare(language), lang, house.labels) : (ours ?? en);
  return { words, known: ours !== undefined };
}

/** English words, with the marks of a language that we do not speak. */
const bare = (language: string): Words => (language === 'zh' ? { ...en, comma: ja.comma, colon: ja.colon } : en);

const labelled = new WeakMap<NonNullable<House['labels']>, Map<string, Words>>();

/** The same words for the same labels each time, since what formats make of them is kept. */
function withLabels(words: Words, lang: string, labels: NonNullable<House['labels']>): Words {
  const known = labelled.get(labels) ?? new Map<string, Words>();
  labelled.set(labels, known);
  const made = known.get(lang) ?? forTag(lang, labels).reduce(withOwn, words);
  known.set(lang, made);
  return made;
}

function withOwn(words: Words, own: Labels): Words {
  const all = Object.entries(own).map(([name, label]) => [
    name,
    typeof label === 'string' ? whole(name, label) : { ...(words[name as keyof Words] as object), ...label },
  ]);
  return { ...words, ...Object.fromEntries(all) };
}

/** A label as ours are: a file cannot well say that one ends with a space, and need not say where a number stands. */
function whole(name: string, label: string): string {
  if (name === 'number' && !label.includes('{}')) return `${label} {}`;
  return name === 'by' && /[\p{L}\p{N}.:]$/u.test(label) ? `${label} ` : label;
}

/** What a desk sets for a language, then for the very tag. */
function forTag<T>(lang: string, values: Readonly<Record<string, T>>): T[] {
  const language = lang.split('-')[0] ?? '';
  return [...new Set([language, lang])].flatMap((tag) => (Object.hasOwn(values, tag) ? [values[tag] as T] : []));
}

/** The names of the labels that a desk gives itself in a language. */
export const ownLabels = (lang: string, labels: NonNullable<House['labels']>): string[] =>
  forTag(lang, labels).flatMap((some) => Object.keys(some));

/** The labels that a desk may give itself, by the names that its settings call them. */
export const labelNames: ReadonlyMap<string, keyof Words> = new Map(
  (Object.keys(en) as (keyof Words)[])
    .filter((name) => !['headings', 'comma', 'colon'].includes(name))
    .map((name) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), name]),
);

/** The labels in English, to be translated. */
export const englishLabel = (name: keyof Words): string | Readonly<Record<string, string>> => en[name];

/** A desk's own headings in a language: for the very tag, then for its language. */
export function ownHeadings(lang: string, { headings = {} }: House): Readonly<Record<string, string>> {
  return Object.assign({}, ...forTag(lang, headings));
}

/** The default headings in a language: a desk's own, then ours. */
export function headingsFor(lang: string, house: House): Readonly<Record<string, string>> {
  return { ...wordsFor(lang).words.headings, ...ownHeadings(lang, house) };
}

const RTL_SCRIPTS = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa']);

/** The direction in which a language is written, by its most likely script. */
export function directionOf(lang: string): 'ltr' | 'rtl' {
  if (/^(?:en|de|fr|es|pt|it|ja)(?:-[A-Z]{2})?$/.test(lang)) return 'ltr';
  const { script } = new Intl.Locale(lang).maximize();
  return script !== undefined && RTL_SCRIPTS.has(script) ? 'rtl' : 'ltr';
}

/** Whether a language tag is English of any kind. */
export const isEnglish = (lang: string): boolean => /^en(?:-|$)/i.test(lang);
