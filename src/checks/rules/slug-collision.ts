import type { Rule } from '../rule.js';

/** Reported by a build, which alone knows all the files. */
export const slugCollision = {
  name: 'slug-collision',
  level: 'error',
  fixed: true,
  description: 'Two stories of one run have the same slug, so one brief would overwrite the other. Nothing is written.',
  bad: '# a.story.yaml and b.story.yaml\nslug: budget',
  good: '# b.story.yaml\nslug: budget-vote',
} as const satisfies Rule;
