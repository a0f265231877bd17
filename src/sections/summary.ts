import { prose } from '../schema/fields.js';
import { common, defineKind, paragraphs } from './kind.js';

export const summary = defineKind({
  kind: 'summary',
  title: 'Summary',
  description: 'What has happened, in a paragraph or two',
  fields: {
    ...common,
    text: prose(paragraphs),
  },
});
