import { sectionsOf } from '../../sections/each.js';
import type { Rule } from '../rule.js';

export const missingSection = {
  name: 'missing-section',
  level: 'warning',
  description: 'A story has no section of a kind that the house requires, under `sections.required` in its settings.',
  bad: '# with sections: { required: [summary] } in nutgraf.config.yaml\nsections:\n  - kind: analysis\n    text: …',
  good: 'sections:\n  - kind: summary\n    text: …\n  - kind: analysis\n    text: …',
  *check({ input, house: { required = [] } }) {
    const kinds = new Set<string>([...sectionsOf(input.sections)].map(({ section }) => section.kind));
    for (const kind of required) {
      if (kinds.has(kind)) continue;
      yield {
        path: ['sections', 0, 'kind'],
        message: `the house requires a section of kind "${kind}", and there is none`,
        hint: `add a section with kind: ${kind}`,
      };
    }
  },
} as const satisfies Rule;
