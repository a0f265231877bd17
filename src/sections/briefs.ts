import { fields, line, list, optional, prose } from '../schema/fields.js';
import { common, defineKind, type SectionReport } from './kind.js';

const brief = {
  heading: optional(
    line({
      ask: 'first',
      label: 'Lead-in',
      prompt: 'The words that lead in',
      title: 'Heading',
      description: 'The words that lead in',
    }),
  ),
  text: optional(
    prose({
      ask: 'first',
      label: 'Text',
      prompt: 'The text of the item',
      title: 'Text',
      description: 'The item’s text',
    }),
  ),
};

export const briefs = defineKind({
  kind: 'briefs',
  title: 'In brief',
  entries: ['item', 'items'],
  description: 'Several short items, each with a lead-in, a text, and items of its own',
  fields: {
    ...common,
    items: list(
      fields(
        {
          ...brief,
          items: optional(
            list(fields(brief, { title: 'Sub-item', description: 'One item below an item' }), {
              title: 'Sub-items',
              ask: 'more',
              label: 'Below it',
              prompt: 'Items below this item',
              description: 'Items below this item',
            }),
          ),
        },
        { title: 'Item', description: 'One item' },
      ),
      { title: 'Items', ask: 'first', label: 'Items', prompt: 'The items', description: 'The items, in order' },
    ),
  },
  check(section, report) {
    section.items.forEach((item, i) => {
      notEmpty(item, ['items', i], report);
      for (const [k, child] of (item.items ?? []).entries()) notEmpty(child, ['items', i, 'items', k], report);
    });
  },
});

function notEmpty(
  item: { heading?: unknown; text?: unknown; items?: unknown },
  path: (string | number)[],
  report: SectionReport,
): void {
  if (!item.heading && !item.text && !item.items)
    report('incomplete-section', path, 'the item is empty', 'add heading: or text:');
}
