import type { Rule } from '../rule.js';

export const sectionOrder = {
  name: 'section-order',
  level: 'warning',
  description:
    'Sections stand in another order than the house’s, under `sections.order` in its settings. Kinds that are not listed there may stand anywhere.',
  bad: '# with sections: { order: [summary, analysis] } in nutgraf.config.yaml\nsections:\n  - kind: analysis\n    text: …\n  - kind: summary\n    text: …',
  good: 'sections:\n  - kind: summary\n    text: …\n  - kind: analysis\n    text: …',
  *check({ input, house: { order = [] } }) {
    let latest = -1;
    for (const [i, { kind }] of input.sections.entries()) {
      const rank = order.indexOf(kind);
      if (rank >= latest) latest = rank;
      else if (rank >= 0)
        yield {
          path: ['sections', i, 'kind'],
          message: `"${kind}" stands after "${order[latest]}"; the house has it before`,
          hint: `the house’s order is ${order.join(', ')}`,
        };
    }
  },
} as const satisfies Rule;
