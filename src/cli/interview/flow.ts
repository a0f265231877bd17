import { askSource, askSources } from './forms.js';
import type { Interview } from './interview.js';
import { outline } from './outline.js';
import { askSections, goOn } from './sections.js';
import { askStory } from './story.js';

/**
 * A new story from its first word: the story, its sources, its sections, then the outline. Esc goes back a step, and from the first
 * one out. Gives whether it is to be saved.
 */
export async function interview(it: Interview): Promise<boolean> {
  const { story } = it.session;
  const filled = { published: it.today, lang: 'en' };
  let step = story['sections'] !== undefined ? 2 : story['sources'] !== undefined ? 1 : 0;
  await goOnThere(it);
  for (;;) {
    if (step === 3) {
      if (await outline(it)) return true;
      step = 2;
      continue;
    }
    const steps = [() => askStory(it, filled), () => askSources(it), () => askSections(it)];
    const how = await (steps[step] as () => Promise<string>)();
    step += how === 'back' ? -1 : 1;
    if (step < 0) return false;
  }
}

/** Opens the part of the story at which a draft was left. */
async function goOnThere(it: Interview): Promise<void> {
  const { place } = it.session;
  const [list, index] = place;
  if (list === 'sources' && it.session.get(place) !== undefined) await askSource(it, Number(index));
  if (list === 'sections') await goOn(it, place);
}

/** A story that is there: its outline, until it is saved or left. Gives whether it is to be saved. */
export async function editing(it: Interview): Promise<boolean> {
  await goOnThere(it);
  for (;;) {
    if (await outline(it, 'story')) return true;
    if (!it.session.hasDraft) return false;
    const answer = await it.runner.choose('Leave the story?', [
      { value: 'keep', name: 'Keep the changes as a draft' },
      { value: 'drop', name: 'Drop the changes' },
      { value: 'on', name: 'Go on' },
    ]);
    if (answer === 'drop') it.session.discard();
    if (answer === 'keep' || answer === 'drop') return false;
  }
}
