import type { Rule } from '../rule.js';

/** Reported by the kinds of section themselves. */
export const outOfOrder = {
  name: 'out-of-order',
  level: 'warning',
  byKinds: true,
  description:
    'The events of a timeline run from the earliest on, updates from the newest down. Dates in words are passed over.',
  bad: 'kind: timeline\nitems:\n  - { date: 2019-02-28, text: The summit failed. }\n  - { date: 2018-06-12, text: They met in Singapore. }',
  good: 'kind: timeline\nitems:\n  - { date: 2018-06-12, text: They met in Singapore. }\n  - { date: 2019-02-28, text: The summit failed. }',
} as const satisfies Rule;
