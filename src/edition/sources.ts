import { citations } from '../prose/tree.js';
import { textsOf } from '../schema/walk.js';
import { storyShape } from '../story/schema.js';
import type { Story } from '../story/story.js';
import type { EditionStory } from './depth.js';

/** All sources of the stories, each once: those of stories in full, and those that the others cite. */
export function mergedSources(stories: readonly EditionStory[]) {
  const sources: Story['sources'] = [];
  const byIdentity = new Map<string, string>();
  const taken = new Set<string>();
  const ids = new Map<EditionStory, Map<string, string>>();
  for (const story of stories) {
    const used = story.depth === 'full' ? undefined : citedIn(story);
    const numbers = new Map<string, string>();
    ids.set(story, numbers);
    const outlets = new Map(story.story.sources.map(({ id, outlet, title }) => [id, outlet ?? title ?? id]));
    for (const { id: ownId, via, ...source } of story.story.sources) {
      if (used && !used.has(ownId)) continue;
      // Whom a source copies is named by its outlet, since its id is another story's too.
      const rest = via === undefined ? source : { ...source, via: outlets.get(via) ?? via };
      const identity = JSON.stringify(Object.entries(rest).sort());
      let id = byIdentity.get(identity);
      if (id === undefined) {
        id = ownId;
        for (let i = 2; taken.has(id); i++) id = `${ownId}-${i}`;
        taken.add(id);
        byIdentity.set(identity, id);
        sources.push({ ...rest, id });
      }
      numbers.set(ownId, id);
    }
  }
  return { sources, ids };
}

function citedIn({ story, prose }: EditionStory): Set<string> {
  const { sources: _, ...printedOnly } = story;
  const cited = new Set<string>();
  for (const { text, type } of textsOf({ ...printedOnly, sources: [] }, storyShape)) {
    if (type === 'ref') cited.add(text.normalize('NFC'));
    if (type === 'prose') for (const { id } of citations(prose(text).blocks)) cited.add(id);
  }
  return cited;
}
