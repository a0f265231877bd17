import { fields, line, list, optional, prose } from '../schema/fields.js';
import { common, defineKind, entrySource } from './kind.js';

export const quotes = defineKind({
  kind: 'quotes',
  title: 'Quotes',
  entries: ['quotation', 'quotations'],
  description: 'What people said, in their words',
  fields: {
    ...common,
    items: list(
      fields(
        {
          quote: prose({
            ask: 'first',
            label: 'Quote',
            prompt: 'The words, without quotation marks',
            title: 'Quote',
            description: 'The words; briefs put quotation marks around them',
          }),
          speaker: optional(
            line({
              ask: 'first',
              label: 'Speaker',
              prompt: 'Who said it',
              title: 'Speaker',
              description: 'Who said it',
              example: 'Kim Son-gyong',
            }),
          ),
          role: optional(
            line({
              ask: 'first',
              label: 'Who',
              prompt: 'What the speaker is',
              title: 'Role',
              description: 'What the speaker is',
              example: 'vice-foreign minister',
            }),
          ),
          source: entrySource,
        },
        { title: 'Quote', description: 'One quotation' },
      ),
      {
        title: 'Quotes',
        ask: 'first',
        label: 'Quotes',
        prompt: 'The quotations',
        description: 'The quotations, in order',
      },
    ),
  },
});
