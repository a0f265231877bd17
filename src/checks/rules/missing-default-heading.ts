import { ownHeadings, wordsFor } from '../../languages/words.js';
import { sectionsOf } from '../../sections/each.js';
import type { Rule } from '../rule.js';

export const missingDefaultHeading = {
  name: 'missing-default-heading',
  level: 'warning',
  description:
    'The house has no heading for this kind of section in the story’s language, so the English one is printed.',
  bad: 'lang: eu\nsections:\n  - kind: summary\n    text: …',
  good: 'lang: eu\nsections:\n  - kind: summary\n    heading: Zer gertatu da\n    text: …',
  *check({ input, story, house }) {
    if (wordsFor(story.lang).known) return;
    const ours = ownHeadings(story.lang, house);
    for (const { section, path } of sectionsOf(input.sections)) {
      if (section.heading !== undefined || section.kind === 'text' || Object.hasOwn(ours, section.kind)) continue;
      yield {
        path: [...path, 'kind'],
        message: `there is no ${story.lang} heading for "${section.kind}"; the English one is printed`,
        hint: 'add heading: in the story’s language',
      };
    }
  },
} as const satisfies Rule;
