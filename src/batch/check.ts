import type { Diagnostic } from '../diagnostics.js';
import { type Levels, loadStory } from '../story/load.js';
import { quickSlug } from './collisions.js';
import { readStory } from './read.js';

/** What is wrong with one story, and the slug that its briefs would have. */
export interface Checked {
  diagnostics: Diagnostic[];
  slug?: string;
}

/** Looks at one story; `given` is its text where it was read already. */
export function checkOne(file: string, levels: Levels, given?: Uint8Array): Checked {
  const bytes = given ?? readStory(file);
  if (!(bytes instanceof Uint8Array)) return { diagnostics: [bytes] };
  const { story, diagnostics } = loadStory(bytes, file, levels);
  const slug = story?.slug ?? quickSlug(bytes, file, levels);
  return { diagnostics, ...(slug === undefined ? {} : { slug }) };
}
