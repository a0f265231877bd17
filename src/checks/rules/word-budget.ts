import { countWords } from '../../prose/words.js';
import { sectionsOf } from '../../sections/each.js';
import type { Rule } from '../rule.js';

export const wordBudget = {
  name: 'word-budget',
  level: 'warning',
  description:
    'A section has more words than the house gives its kind, under `sections.words` in its settings. All words of the section count but its heading and what its sources are called.',
  bad: '# with sections: { words: { summary: 60 } } in nutgraf.config.yaml\nkind: summary\ntext: … seventy words …',
  good: 'kind: summary\ntext: … sixty words or fewer …',
  *check({ input, story, texts, prose, house: { words } }) {
    if (!words) return;
    for (const { section, path } of sectionsOf(input.sections)) {
      const most = words[section.kind];
      if (most === undefined) continue;
      const under = `${path.join('\0')}\0`;
      let count = 0;
      for (const { text, type, path: at } of texts) {
        if (type !== 'prose' && type !== 'line') continue;
        if (at.at(-1) === 'heading' || !`${at.join('\0')}\0`.startsWith(under)) continue;
        count += countWords(text, type === 'prose' ? prose(text) : undefined, story.lang);
      }
      if (count <= most) continue;
      yield {
        path: [...path, 'kind'],
        message: `the section has ${count} words; the house gives "${section.kind}" ${most}`,
        hint: `cut ${count - most}, or raise sections.words in the house’s settings`,
      };
    }
  },
} as const satisfies Rule;
