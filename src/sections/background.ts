import { prose } from '../schema/fields.js';
import { common, defineKind, paragraphs } from './kind.js';

export const background = defineKind({
  kind: 'background',
  title: 'Background',
  description: 'How it came to this',
  fields: {
    ...common,
    text: prose(paragraphs),
  },
});
