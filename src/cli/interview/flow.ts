import { askSources } from './forms.js';
import type { Interview } from './interview.js';
import { outline } from './outline.js';
import { askSections } from './sections.js';
import { askStory } from './story.js';

/** A new story from its first word: the story, its sources, its sections, then the outline. Gives whether it is to be saved. */
export async function interview(it: Interview): Promise<boolean> {
  const { story } = it.session;
  const filled = { published: it.today, lang: 'en', ...(it.byline === undefined ? {} : { byline: it.byline }) };
  if (story['sections'] === undefined) {
    if (story['sources'] === undefined) await askStory(it, filled);
    await askSources(it);
  }
  await askSections(it);
  return outline(it);
}
