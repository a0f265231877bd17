import type { Rule } from '../rule.js';
import { tooLong } from './length.js';

export const headlineLength = {
  name: 'headline-length',
  level: 'warning',
  description:
    'A headline is longer than readers take in at a glance, and than most places that show it have room for. Characters are counted, spaces included.',
  options: { most: { value: 110, description: 'The most characters' } },
  bad: 'headline: … a hundred and twenty characters …',
  good: 'headline: Council cuts the last ferry to Port Ellery',
  *check({ story, option }) {
    yield* tooLong('headline', story.headline, option('most'));
  },
} as const satisfies Rule;
