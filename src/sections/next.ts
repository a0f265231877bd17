import { fields, list, optional, prose, when } from '../schema/fields.js';
import { common, defineKind, textOrItems } from './kind.js';

export const next = defineKind({
  kind: 'next',
  title: 'What’s next',
  entries: ['event', 'events'],
  description: 'What is to come, in text, by date, or both',
  fields: {
    ...common,
    items: optional(
      list(
        fields(
          {
            date: optional(
              when({
                ask: 'first',
                label: 'When',
                prompt: '31 Oct, Oct 2025, or words',
                title: 'Date',
                description: 'A day, month or year, or words',
                example: '2025-10-31',
              }),
            ),
            text: prose({
              ask: 'first',
              label: 'What',
              prompt: 'What is to happen',
              title: 'Text',
              description: 'What is to happen',
            }),
          },
          { title: 'Event', description: 'One event to come' },
        ),
        { title: 'Events', ask: 'first', label: 'Events', prompt: 'The events', description: 'The events, in order' },
      ),
    ),
  },
  check: textOrItems,
});
