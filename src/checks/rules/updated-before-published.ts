import { laterDay } from '../../languages/dates.js';
import type { Rule } from '../rule.js';

export const updatedBeforePublished = {
  name: 'updated-before-published',
  level: 'warning',
  description: 'A story cannot have been updated on a day before it was published: one of the two dates is wrong.',
  bad: 'published: 2025-10-06\nupdated: 2025-09-07',
  good: 'published: 2025-10-06\nupdated: 2025-10-07',
  *check({ story: { published, updated } }) {
    if (published !== undefined && updated !== undefined && laterDay(published, updated))
      yield {
        path: ['updated'],
        message: `it was updated before it was published, on ${published}`,
        hint: 'fix the date that is wrong',
      };
  },
} as const satisfies Rule;
