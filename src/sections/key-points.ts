import { list, prose } from '../schema/fields.js';
import { common, defineKind } from './kind.js';

export const keyPoints = defineKind({
  kind: 'key-points',
  title: 'Key points',
  description: 'The story in a few points',
  fields: {
    ...common,
    items: list(prose({ title: 'Point', description: 'One point' }), {
      title: 'Points',
      description: 'The points, in order',
    }),
  },
});
