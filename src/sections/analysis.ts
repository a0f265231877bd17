import { prose } from '../schema/fields.js';
import { common, defineKind } from './kind.js';

export const analysis = defineKind({
  kind: 'analysis',
  title: 'Analysis',
  description: 'What is behind the headline',
  fields: {
    ...common,
    text: prose({ title: 'Text', description: 'Paragraphs in Markdown, with citations such as [@scmp]' }),
  },
});
