import type { Rule } from '../rule.js';

/** Reported where an edition's stories are read. */
export const emptyBrief = {
  name: 'empty-brief',
  level: 'warning',
  description:
    'An edition prints nothing of a story at depth `brief` but its headline: the story has neither dek nor key points nor summary.',
  bad: '# ferry.story.yaml has only a section of kind text\nstories:\n  - { story: ferry, depth: brief }',
  good: 'stories:\n  - { story: ferry, depth: full }',
} as const satisfies Rule;
