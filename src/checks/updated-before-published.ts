import { isoDate, parseDate } from '../story/dates.js';
import type { Rule } from './rule.js';

export const updatedBeforePublished: Rule = {
  name: 'updated-before-published',
  level: 'warning',
  description: 'A story cannot have been updated on a day before it was published: one of the two dates is wrong.',
  bad: 'published: 2025-10-06\nupdated: 2025-09-07',
  good: 'published: 2025-10-06\nupdated: 2025-10-07',
  *check({ story: { published, updated } }) {
    const [first, last] = [published, updated].map((text) => text && parseDate(text));
    if (!first || !last) return;
    // Days alone are compared, as far as both are given: zones may be missing.
    const [a, b] = [isoDate(first).slice(0, 10), isoDate(last).slice(0, 10)];
    const length = Math.min(a.length, b.length);
    if (b.slice(0, length) < a.slice(0, length))
      yield {
        path: ['updated'],
        message: `it was updated before it was published, on ${published}`,
        hint: 'mend the date that is wrong',
      };
  },
};
