import type { Rule } from '../rule.js';

/** Reported where an edition's stories are read. */
export const heldStory = {
  name: 'held-story',
  level: 'warning',
  description:
    'A story of an edition is a draft, held, killed or under embargo; `check` tells of it, and the edition is not made for readers.',
  bad: '# ferry.story.yaml has status: held\nstories: [ferry]',
  good: 'stories: [reservoir]',
} as const satisfies Rule;
