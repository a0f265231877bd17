import type { Rule } from '../rule.js';

export const missingArchive = {
  name: 'missing-archive',
  level: 'off',
  description: 'A source that has an address has no archived copy, so that its words may be gone when readers look.',
  bad: 'sources:\n  - { id: ap, outlet: AP, url: "https://apnews.example/1" }',
  good: 'sources:\n  - { id: ap, outlet: AP, url: "https://apnews.example/1", archive: "https://web.archive.org/web/2025/…" }',
  *check({ story }) {
    for (const [i, { id, url, archive }] of story.sources.entries())
      if (url !== undefined && archive === undefined)
        yield {
          path: ['sources', i, 'url'],
          message: `the source "${id}" has no archived copy`,
          hint: `add archive: with the address of one, such as https://web.archive.org/save/${url} makes`,
        };
  },
} as const satisfies Rule;
