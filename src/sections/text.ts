import { prose } from '../schema/fields.js';
import { common, defineKind } from './kind.js';

export const text = defineKind({
  kind: 'text',
  title: 'Text',
  description: 'Paragraphs under a heading of your own, or none',
  fields: {
    ...common,
    text: prose({ title: 'Text', description: 'Paragraphs in Markdown, with citations such as [@scmp]' }),
  },
});
