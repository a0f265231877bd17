import type { Rule } from '../rule.js';
import { tooLong } from './length.js';

export const dekLength = {
  name: 'dek-length',
  level: 'warning',
  description: 'A dek is longer than a sentence or two. Characters are counted, spaces included.',
  options: { most: { value: 250, description: 'The most characters' } },
  bad: 'dek: … three hundred characters …',
  good: 'dek: The vote was close, and the winter timetable starts on Monday.',
  *check({ story, option }) {
    yield* tooLong('dek', story.dek, option('most'));
  },
} as const satisfies Rule;
