import { fields, line, list, optional, prose, ref } from '../schema/fields.js';
import { common, defineKind } from './kind.js';

export const figures = defineKind({
  kind: 'figures',
  title: 'Figures',
  description: 'The story in numbers',
  fields: {
    ...common,
    items: list(
      fields(
        {
          figure: line({ title: 'Figure', description: 'The number, with its unit', example: '1.4 million' }),
          text: prose({ title: 'Text', description: 'What it counts' }),
          source: optional(ref({ title: 'Source', description: 'The id of the listed source that has it' })),
        },
        { title: 'Figure', description: 'One figure' },
      ),
      { title: 'Figures', description: 'The figures, in order' },
    ),
  },
});
