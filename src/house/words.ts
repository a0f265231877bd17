import type { House } from './house.js';
import { ar, de, en, es, fr, it, ja, pt } from './languages.js';

/** The words that a brief adds to the story's own, in one language. */
export interface Words {
  /** The default heading of each kind of section; a kind that has none is left out. */
  headings: Readonly<Record<string, string>>;
  /** What stands before the authors' names, with the space after it. */
  by: string;
  /** What parts the members of a list, with the space after it. */
  comma: string;
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
  number: string;
  backTo: string;
}

const languages: Readonly<Record<string, Words>> = { en, de, fr, es, pt, it, ja, ar };

/** The words of all languages that the house speaks. */
export const allWords: readonly Words[] = Object.values(languages);

/** The house's words in a language; English, with `known: false`, where the house does not speak it. */
export function wordsFor(lang: string): { words: Words; known: boolean } {
  const words = languages[lang.split('-')[0]?.toLowerCase() ?? ''];
  return { words: words ?? en, known: words !== undefined };
}

/** A desk's own headings in a language: for the very tag, then for its language. */
export function ownHeadings(lang: string, { headings = {} }: House): Readonly<Record<string, string>> {
  return { ...headings[lang.split('-')[0] ?? ''], ...headings[lang] };
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
