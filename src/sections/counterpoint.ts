import { prose } from '../schema/fields.js';
import { common, defineKind } from './kind.js';

export const counterpoint = defineKind({
  kind: 'counterpoint',
  title: 'Counterpoint',
  description: 'The other view, put fairly',
  fields: {
    ...common,
    text: prose({ title: 'Text', description: 'Paragraphs in Markdown, with citations such as [@scmp]' }),
  },
});
