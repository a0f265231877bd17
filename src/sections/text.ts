import { prose } from '../schema/fields.js';
import { common, defineKind, paragraphs } from './kind.js';

export const text = defineKind({
  kind: 'text',
  title: 'Text',
  description: 'Paragraphs under a heading of your own, or none',
  fields: {
    ...common,
    text: prose(paragraphs),
  },
});
