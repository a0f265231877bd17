import { list, optional, prose } from '../schema/fields.js';
import { common, defineKind, textOrItems } from './kind.js';

export const unknowns = defineKind({
  kind: 'unknowns',
  title: 'Unknowns',
  entries: ['point', 'points'],
  description: 'What is not known yet',
  fields: {
    ...common,
    items: optional(
      list(prose({ title: 'Point', description: 'One thing that is not known' }), {
        title: 'Points',
        ask: 'first',
        label: 'Points',
        prompt: 'Each line is a point',
        description: 'What is not known, point by point',
      }),
    ),
  },
  check: textOrItems,
});
