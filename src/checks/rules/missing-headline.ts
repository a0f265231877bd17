import type { Rule } from '../rule.js';

export const missingHeadline = {
  name: 'missing-headline',
  level: 'error',
  partial: true,
  description:
    'The story has no headline. One is never invented; a pasted brief that has none is rendered with --allow missing-headline.',
  bad: 'sections:\n  - kind: summary\n    text: The council voted.',
  good: 'headline: Council approves budget\nsections:\n  - kind: summary\n    text: The council voted.',
  *check({ isGiven }) {
    if (!isGiven(['headline'])) {
      yield {
        path: ['headline'],
        message: 'the story has no headline',
        hint: 'add headline: at the top, or render it with --allow missing-headline',
      };
    }
  },
} as const satisfies Rule;
