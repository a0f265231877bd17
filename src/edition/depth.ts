import type { Prose } from '../prose/parse.js';
import { sectionsOf } from '../sections/each.js';
import type { Section } from '../sections/index.js';
import type { Story } from '../story/story.js';
import type { Depth } from './schema.js';

/** A sound story of an edition. */
export interface EditionStory {
  story: Story;
  prose: (text: string) => Prose;
  depth: Depth;
  /** Where readers find it, if the edition says so. */
  url?: string | undefined;
}

/** What an edition of a day prints of a story at its depth. Corrections are always printed. */
export function printed({ story, depth }: EditionStory, date: string): Story {
  const sections = depth === 'full' ? story.sections : depth === 'brief' ? core(story) : [];
  const { image, backstory, made_with, disclosure, dateline, series, updated } = story;
  // The edition’s own day need not be said again.
  const published = updated === undefined && story.published === date ? undefined : story.published;
  const whole = depth === 'full' ? { image, backstory, dateline, series, published, updated } : {};
  const entry = depth === 'headline' ? {} : { dek: story.dek, disclosure, made_with };
  return {
    slug: story.slug,
    lang: story.lang,
    status: story.status,
    headline: story.headline,
    embargo: story.embargo,
    kicker: story.kicker,
    genre: story.genre,
    ...entry,
    ...whole,
    byline: depth === 'full' ? story.byline : [],
    tags: [],
    sections: sections.map(withoutAnchor),
    corrections: story.corrections,
    sources: story.sources,
  };
}

/** A section without its own anchor and those in it, which several stories may have. */
function withoutAnchor(section: Section): Section {
  const inner = section.kind === 'group' ? { sections: section.sections.map(withoutAnchor) } : {};
  return { ...section, id: undefined, ...inner } as Section;
}

/** Whether an edition prints a story's headline alone. */
export const isBare = ({ story }: EditionStory): boolean => story.dek === undefined && core(story).length === 0;

/** Key points, else the summary, without a heading: what a brief entry says. */
function core({ sections }: Story): Section[] {
  const all = [...sectionsOf(sections)].map(({ section }) => section);
  const points = all.find(({ kind }) => kind === 'key-points') ?? all.find(({ kind }) => kind === 'summary');
  return points ? [{ ...points, heading: undefined } as Section] : [];
}
