import { list, prose } from '../schema/fields.js';
import { common, defineKind } from './kind.js';

export const keyPoints = defineKind({
  kind: 'key-points',
  title: 'Key points',
  entries: ['point', 'points'],
  description: 'The story in a few points',
  fields: {
    ...common,
    items: list(prose({ title: 'Point', description: 'One point' }), {
      title: 'Points',
      ask: 'first',
      label: 'Points',
      prompt: 'Each line is a point',
      description: 'The points, in order',
    }),
  },
});
