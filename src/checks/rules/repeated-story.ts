import type { Rule } from '../rule.js';

/** Reported where an edition's stories are read. */
export const repeatedStory = {
  name: 'repeated-story',
  level: 'error',
  fixed: true,
  description:
    'An edition names a story twice, or two stories of one slug, so that links to one would lead to the other.',
  bad: 'stories: [ferry, reservoir, ferry]',
  good: 'stories: [ferry, reservoir]',
} as const satisfies Rule;
