import { laterDay } from '../../languages/dates.js';
import type { Rule } from '../rule.js';

export const lateCorrection = {
  name: 'late-correction',
  level: 'warning',
  description:
    'A correction is dated after the day on which the story says it was last changed, so readers are told of a change that the story does not own up to.',
  bad: 'updated: 2025-10-07\ncorrections:\n  - { date: 2025-10-09, text: The vote was 7 to 6. }',
  good: 'updated: 2025-10-09\ncorrections:\n  - { date: 2025-10-09, text: The vote was 7 to 6. }',
  *check({ story: { published, updated, corrections } }) {
    const last = updated ?? published;
    if (last === undefined) return;
    for (const [i, { date }] of corrections.entries())
      if (laterDay(date, last))
        yield {
          path: ['corrections', i, 'date'],
          message: `the correction is later than ${updated === undefined ? 'publication, and there is no updated:' : `the last update, on ${updated}`}`,
          hint: `${updated === undefined ? 'add' : 'write'} updated: ${date}`,
        };
  },
} as const satisfies Rule;
