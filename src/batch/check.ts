import type { Waived } from '../checks/checker.js';
import { loadStory } from '../checks/load.js';
import { type Diagnostic, firstOfEach } from '../diagnostics.js';
import type { House } from '../house.js';
import { quickSlug } from './collisions.js';
import { type Label, labelsOf } from './outlets.js';
import { readStory } from './read.js';
import { copyOf } from './slugs.js';

/** What is wrong with one story, and the slug that its briefs would have. */
export interface Checked {
  diagnostics: Diagnostic[];
  /** What the story's own comments accept. */
  waived: Waived[];
  slug?: string;
  /** What its sources are called, where their addresses are at sites of one outlet. */
  labels?: Label[];
}

/** Checks one story; `content` is its bytes, if they were read already. */
export function checkOne(file: string, house: House, content?: Uint8Array): Checked {
  const bytes = content ?? readStory(file);
  if (!(bytes instanceof Uint8Array)) return { diagnostics: [bytes], waived: [] };
  const { story, diagnostics, waived } = loadStory(bytes, file, house);
  const slug = story ? copyOf(story.slug) : quickSlug(bytes, file, house);
  const labels = story ? labelsOf(story) : [];
  return {
    diagnostics: firstOfEach(diagnostics),
    waived,
    ...(slug === undefined ? {} : { slug }),
    ...(labels.length > 0 ? { labels } : {}),
  };
}
