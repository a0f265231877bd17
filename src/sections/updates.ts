import { instant, isoDate, parseDate } from '../languages/dates.js';
import { date, fields, list, prose } from '../schema/fields.js';
import { common, defineKind } from './kind.js';

export const updates = defineKind({
  kind: 'updates',
  title: 'Updates',
  entries: ['update', 'updates'],
  description: 'What has been added since, the newest first',
  fields: {
    ...common,
    items: list(
      fields(
        {
          at: date({
            ask: 'first',
            label: 'When',
            prompt: 'The day and hour on which it was added',
            title: 'At',
            description: 'When it was added',
            example: '2025-10-06T14:05:00+09:00',
          }),
          text: prose({
            ask: 'first',
            label: 'What',
            prompt: 'What is new',
            title: 'Text',
            description: 'What is new',
          }),
        },
        { title: 'Update', description: 'One update' },
      ),
      {
        title: 'Updates',
        ask: 'first',
        label: 'Updates',
        prompt: 'The updates',
        description: 'The updates, the newest first',
      },
    ),
  },
  check(section, report) {
    section.items.forEach((item, i) => {
      const before = section.items[i - 1];
      if (before && later(item.at, before.at)) {
        report(
          'out-of-order',
          ['items', i, 'at'],
          'this update is newer than the one above it; updates run from the newest down',
          'move it up',
        );
      }
    });
  },
});

/** True where a is surely after b; times without a zone are compared as written. */
function later(a: string, b: string): boolean {
  const [first, second] = [parseDate(a), parseDate(b)];
  if (!first || !second) return false;
  const [x, y] = [instant(first), instant(second)];
  if (x !== undefined && y !== undefined) return x > y;
  const length = first.time && second.time ? 16 : 10;
  return isoDate(first).slice(0, length) > isoDate(second).slice(0, length);
}
