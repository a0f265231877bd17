import { fields, line, list, prose } from '../schema/fields.js';
import { common, defineKind, entrySource } from './kind.js';

export const figures = defineKind({
  kind: 'figures',
  title: 'Figures',
  entries: ['figure', 'figures'],
  description: 'The story in numbers',
  fields: {
    ...common,
    items: list(
      fields(
        {
          figure: line({
            ask: 'first',
            label: 'Figure',
            prompt: 'The number, with its unit',
            title: 'Figure',
            description: 'The number, with its unit',
            example: '1.4 million',
          }),
          text: prose({
            ask: 'first',
            label: 'What',
            prompt: 'What it counts',
            title: 'Text',
            description: 'What it counts',
          }),
          source: entrySource,
        },
        { title: 'Figure', description: 'One figure' },
      ),
      { title: 'Figures', ask: 'first', label: 'Figures', prompt: 'The figures', description: 'The figures, in order' },
    ),
  },
});
