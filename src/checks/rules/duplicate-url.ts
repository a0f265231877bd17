import type { Rule } from '../rule.js';

export const duplicateUrl = {
  name: 'duplicate-url',
  level: 'warning',
  description:
    'Two sources have the same address, so one document counts as two, and a claim may look better sourced than it is.',
  bad: 'sources:\n  - { id: minutes, outlet: Town Council, url: "https://council.example/m" }\n  - { id: council, outlet: Town Council, url: "https://council.example/m" }',
  good: 'sources:\n  - { id: minutes, outlet: Town Council, url: "https://council.example/m" }',
  *check({ story }) {
    const first = new Map<string, number>();
    for (const [i, { id, url }] of story.sources.entries()) {
      if (url === undefined) continue;
      const page = url.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/$/, '');
      const earlier = first.get(page);
      if (earlier === undefined) first.set(page, i);
      else
        yield {
          path: ['sources', i, 'url'],
          message: `the source "${id}" has the address of "${story.sources[earlier]?.id}"`,
          also: ['sources', earlier, 'url'],
          hint: 'list it once, and cite that; or give each the address of its own page',
        };
    }
  },
} as const satisfies Rule;
