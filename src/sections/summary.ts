import { prose } from '../schema/fields.js';
import { common, defineKind } from './kind.js';

export const summary = defineKind({
  kind: 'summary',
  title: 'Summary',
  description: 'What has happened, in a paragraph or two',
  fields: {
    ...common,
    text: prose({ title: 'Text', description: 'Paragraphs in Markdown, with citations such as [@scmp]' }),
  },
});
