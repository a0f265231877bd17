import type { Rule } from '../rule.js';

/** Reported where an edition's stories are read. */
export const unknownStory = {
  name: 'unknown-story',
  level: 'error',
  fixed: true,
  description: 'An edition names a story that is not there.',
  bad: 'sections:\n  - kind: stories\n    stories: [harbor-ferry]',
  good: 'sections:\n  - kind: stories\n    stories: [harbour-ferry]',
} as const satisfies Rule;
