import { prose } from '../schema/fields.js';
import { common, defineKind, paragraphs } from './kind.js';

export const analysis = defineKind({
  kind: 'analysis',
  title: 'Analysis',
  description: 'What is behind the headline',
  fields: {
    ...common,
    text: prose(paragraphs),
  },
});
