import { prose } from '../schema/fields.js';
import { common, defineKind } from './kind.js';

export const background = defineKind({
  kind: 'background',
  title: 'Background',
  description: 'How it came to this',
  fields: {
    ...common,
    text: prose({ title: 'Text', description: 'Paragraphs in Markdown, with citations such as [@scmp]' }),
  },
});
