import type { Rule } from '../rule.js';

export const incompleteSource = {
  name: 'incomplete-source',
  level: 'warning',
  description:
    'A source has no address, title or date, so readers cannot go and look. The day on which you read it will do as a date. Interviews need none of them.',
  bad: 'sources:\n  - { id: minutes, outlet: Town Council }',
  good: 'sources:\n  - id: minutes\n    outlet: Town Council\n    title: Minutes of 2 October\n    url: https://council.example/minutes/2\n    published: 2025-10-03',
  *check({ story }) {
    for (const [i, { id, kind, url, title, published, accessed }] of story.sources.entries()) {
      if (kind === 'interview') continue;
      const missing = [
        ...(url === undefined ? ['url'] : []),
        ...(title === undefined ? ['title'] : []),
        ...(published === undefined && accessed === undefined ? ['date'] : []),
      ];
      if (missing.length === 0) continue;
      const fields = missing.map((name) => (name === 'date' ? 'published:' : `${name}:`));
      const [last, ...rest] = [...missing].reverse();
      yield {
        path: ['sources', i, 'id'],
        message: `the source "${id}" has no ${rest.length > 0 ? `${rest.reverse().join(', ')} or ${last}` : last}`,
        hint: `add ${fields.join(', ')}`,
      };
    }
  },
} as const satisfies Rule;
