import { fields, line, list, optional, prose, ref } from '../schema/fields.js';
import { common, defineKind } from './kind.js';

export const quotes = defineKind({
  kind: 'quotes',
  title: 'Quotes',
  description: 'What people said, in their words',
  fields: {
    ...common,
    items: list(
      fields(
        {
          quote: prose({ title: 'Quote', description: 'The words; briefs put quotation marks around them' }),
          speaker: optional(line({ title: 'Speaker', description: 'Who said it', example: 'Kim Son-gyong' })),
          role: optional(
            line({
              title: 'Role',
              description: 'What the speaker is',
              example: 'vice-foreign minister',
            }),
          ),
          source: optional(ref({ title: 'Source', description: 'The id of the listed source that has it' })),
        },
        { title: 'Quote', description: 'One quotation' },
      ),
      { title: 'Quotes', description: 'The quotations, in order' },
    ),
  },
});
