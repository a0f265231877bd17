import { sectionsOf } from '../../sections/each.js';
import type { Path } from '../../yaml/places.js';
import type { Finding, Rule } from '../rule.js';

export const duplicateId = {
  name: 'duplicate-id',
  level: 'error',
  fixed: true,
  partial: true,
  description:
    'Two sources, or two sections, have the same id, so that a citation or a link could mean either. Ids are compared in Unicode’s normal form C.',
  bad: 'sources:\n  - { id: minutes, outlet: Town Council }\n  - { id: minutes, outlet: School Board }',
  good: 'sources:\n  - { id: minutes, outlet: Town Council }\n  - { id: school-minutes, outlet: School Board }',
  *check({ story }) {
    yield* repeated(story.sources.map(({ id }, i) => ({ id, path: ['sources', i, 'id'] })));
    yield* repeated(
      [...sectionsOf(story.sections)].flatMap(({ section: { id }, path }) =>
        id === undefined ? [] : [{ id: id.normalize('NFC'), path: [...path, 'id'] }],
      ),
    );
  },
} as const satisfies Rule;

interface Entry {
  id: string;
  path: Path;
}

function* repeated(entries: readonly Entry[]): Generator<Finding> {
  const first = new Map<string, Path>();
  for (const { id, path } of entries) {
    if (id === '') continue;
    const earlier = first.get(id);
    if (!earlier) first.set(id, path);
    else yield { path, message: `the id "${id}" is taken already`, also: earlier, hint: 'give each its own id' };
  }
}
