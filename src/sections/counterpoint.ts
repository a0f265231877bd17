import { prose } from '../schema/fields.js';
import { common, defineKind, paragraphs } from './kind.js';

export const counterpoint = defineKind({
  kind: 'counterpoint',
  title: 'Counterpoint',
  description: 'The other view, put fairly',
  fields: {
    ...common,
    text: prose(paragraphs),
  },
});
