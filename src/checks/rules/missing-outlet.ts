import type { Rule } from '../rule.js';

export const missingOutlet = {
  name: 'missing-outlet',
  level: 'warning',
  description:
    'A source has a title and no outlet, so readers see what it is and not whose. A source with neither is an error always.',
  bad: 'sources:\n  - { id: minutes, title: Meeting minutes }',
  good: 'sources:\n  - { id: minutes, outlet: Town Council, title: Meeting minutes }',
  *check({ story }) {
    for (const [i, source] of story.sources.entries()) {
      if (source.outlet !== undefined || source.title === undefined) continue;
      yield {
        path: ['sources', i],
        message: `the source "${source.id}" has no outlet`,
        hint: 'add outlet: with the name of who published it',
      };
    }
  },
} as const satisfies Rule;
