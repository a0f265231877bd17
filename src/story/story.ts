import { fnvHex } from '../fnv.js';
import type { House } from '../house.js';
import { headingsFor } from '../languages/words.js';
import { isSlug, slugify } from '../schema/fields.js';
import type { GroupSection, Section } from '../sections/index.js';
import type { CorrectionInput, SourceInput, StoryInput } from './schema.js';

export interface Author {
  name: string;
  role?: string;
  url?: string;
}

type Source = SourceInput & { kind: NonNullable<SourceInput['kind']> };
type Correction = CorrectionInput & { kind: NonNullable<CorrectionInput['kind']> };

/** A checked story with its defaults filled in: what the JSON format holds and every template is given. */
export interface Story
  extends Omit<StoryInput, 'byline' | 'slug' | 'lang' | 'status' | 'sources' | 'corrections' | 'tags' | 'sections'> {
  slug: string;
  lang: string;
  status: NonNullable<StoryInput['status']>;
  byline: Author[];
  tags: string[];
  sections: Section[];
  corrections: Correction[];
  sources: Source[];
}

/** Fills in what a story file leaves out. `file` gives the slug where the story has none. */
export function resolveStory(input: StoryInput, file: string, house: House): Story {
  const lang = canonical(input.lang ?? house.publication?.lang ?? 'en');
  const headings = headingsFor(lang, house);
  return {
    ...input,
    slug: input.slug ?? slugOf(file),
    lang,
    status: input.status ?? 'ready',
    byline: authorsOf(input.byline),
    tags: input.tags ?? [],
    sections: input.sections.map((section) => withHeading(section, headings)),
    corrections: (input.corrections ?? []).map((correction) => ({
      ...correction,
      kind: correction.kind ?? 'correction',
    })),
    sources: (input.sources ?? []).map((source) => ({
      ...source,
      id: (source.id ?? '').normalize('NFC'),
      kind: source.kind ?? 'outlet',
    })),
  };
}

/** The authors that a byline names. */
export function authorsOf(byline: StoryInput['byline'] = []): Author[] {
  const all = typeof byline === 'string' ? [byline] : byline;
  return all.map((author) => (typeof author === 'string' ? { name: author } : (author as Author)));
}

function withHeading(section: Section, headings: Readonly<Record<string, string>>): Section {
  const heading = section.heading ?? headings[section.kind];
  const resolved = heading === undefined ? section : { ...section, heading };
  if (resolved.kind !== 'group') return resolved as Section;
  const inner = resolved.sections.map((child) => withHeading(child, headings));
  return { ...resolved, sections: inner as GroupSection['sections'] } as Section;
}

/** `en-gb` is `en-GB`; the usual form is known without asking. */
function canonical(lang: string): string {
  return /^[a-z]{2,3}(?:-[A-Z]{2})?$/.test(lang) ? lang : (Intl.getCanonicalLocales(lang)[0] ?? lang);
}

/** The slug that a story file's name gives: the name itself where it is one, else what can be kept of it. */
export function slugOf(file: string): string {
  const base = file.split(/[/\\]/).at(-1) ?? file;
  const name = base.replace(/(?:\.(?:story|edition))?\.ya?ml$/i, '');
  return isSlug(name) ? name : slugify(name) || `story-${fnvHex(new TextEncoder().encode(name.normalize('NFC')))}`;
}
