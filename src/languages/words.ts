import type { House, Labels } from '../house.js';
import { en } from './en.js';
import { languageOf, languages } from './index.js';
import { ja } from './ja.js';
import type { Words } from './language.js';

/** The words of all languages that the house speaks. */
export const allWords: readonly Words[] = Object.values(languages).map(({ words }) => words);

/** The words in a language, a desk's own before ours; English ones, with `known: false`, where we do not speak it. */
export function wordsFor(lang: string, house: House = {}): { words: Words; known: boolean } {
  const ours = languageOf(lang)?.words;
  const words = house.labels ? withLabels(ours ?? bare(lang), lang, house.labels) : (ours ?? en.words);
  return { words, known: ours !== undefined };
}

/** English words, with the marks of a language that we do not speak. */
const bare = (lang: string): Words => {
  const { comma, colon } = /^zh\b/i.test(lang) ? ja.words : en.words;
  return { ...en.words, comma, colon };
};

const labelled = new WeakMap<NonNullable<House['labels']>, Map<string, Words>>();

/** The same words for the same labels each time, since what formats make of them is kept. */
function withLabels(words: Words, lang: string, labels: NonNullable<House['labels']>): Words {
  const known = labelled.get(labels) ?? new Map<string, Words>();
  labelled.set(labels, known);
  const made = known.get(lang) ?? forTag(lang, labels).reduce(withOwn, words);
  known.set(lang, made);
  return made;
}

function withOwn(words: Words, labels: Labels): Words {
  const all = Object.entries(labels).map(([name, label]) => [
    name,
    typeof label === 'string' ? whole(name, label) : { ...(words[name as keyof Words] as object), ...label },
  ]);
  return { ...words, ...Object.fromEntries(all) };
}

/** Completes a desk's label: a space after “by”, and `{}` in “number”, if missing. */
function whole(name: string, label: string): string {
  if (name === 'number' && !label.includes('{}')) return `${label} {}`;
  return name === 'by' && /[\p{L}\p{N}.:]$/u.test(label) ? `${label} ` : label;
}

/** What a desk sets for a language, followed by what it sets for the exact tag. */
function forTag<T>(lang: string, values: Readonly<Record<string, T>>): T[] {
  const language = lang.split('-')[0] ?? '';
  return [...new Set([language, lang])].flatMap((tag) => (Object.hasOwn(values, tag) ? [values[tag] as T] : []));
}

/** The names of the labels that a desk gives itself in a language. */
export const ownLabels = (lang: string, labels: NonNullable<House['labels']>): string[] =>
  forTag(lang, labels).flatMap((some) => Object.keys(some));

/** The labels that a desk may give itself, by the names that its settings call them. */
export const labelNames: ReadonlyMap<string, keyof Words> = new Map(
  (Object.keys(en.words) as (keyof Words)[])
    .filter((name) => !['headings', 'comma', 'colon'].includes(name))
    .map((name) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), name]),
);

/** The labels in English, to be translated. */
export const englishLabel = (name: keyof Words): string | Readonly<Record<string, string>> => en.words[name];

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
  const ours = /^[a-z]+(?:-[A-Z]{2})?$/.test(lang) ? languageOf(lang) : undefined;
  if (ours) return ours.isRightToLeft ? 'rtl' : 'ltr';
  const { script } = new Intl.Locale(lang).maximize();
  return script !== undefined && RTL_SCRIPTS.has(script) ? 'rtl' : 'ltr';
}

/** Whether a language tag is English of any kind. */
export const isEnglish = (lang: string): boolean => /^en(?:-|$)/i.test(lang);
