import { parseDate } from '../languages/dates.js';
import { fields, list, prose, when } from '../schema/fields.js';
import { common, defineKind } from './kind.js';

export const timeline = defineKind({
  kind: 'timeline',
  title: 'Timeline',
  entries: ['event', 'events'],
  description: 'What happened when, the earliest first',
  fields: {
    ...common,
    items: list(
      fields(
        {
          date: when({
            ask: 'first',
            label: 'When',
            prompt: '3 Oct, March 2024, 2019, or words',
            title: 'Date',
            description: 'A day, month or year (2019-02-28, 2019-02, 2019), or words',
            example: '2019-02-28',
          }),
          text: prose({
            ask: 'first',
            label: 'What',
            prompt: 'What happened',
            title: 'Text',
            description: 'What happened',
          }),
        },
        { title: 'Event', description: 'One event' },
      ),
      { title: 'Events', ask: 'first', label: 'Events', prompt: 'The events', description: 'The events, in order' },
    ),
  },
  check(section, report) {
    let last = '';
    section.items.forEach((item, i) => {
      if (!parseDate(item.date)) return;
      const day = item.date.slice(0, 10);
      const comparable = Math.min(day.length, last.length);
      if (day.slice(0, comparable) < last.slice(0, comparable)) {
        report(
          'out-of-order',
          ['items', i, 'date'],
          `${day} comes after ${last} in the list; a timeline runs from the earliest on`,
          'move the event up',
        );
      }
      last = day;
    });
  },
});
