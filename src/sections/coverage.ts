import { fields, flag, line, list, optional, prose, ref } from '../schema/fields.js';
import { common, defineKind, textOrItems } from './kind.js';

export const coverage = defineKind({
  kind: 'coverage',
  title: 'Press review',
  entries: ['outlet', 'outlets'],
  description: 'What the papers say: in text, outlet by outlet, or both',
  fields: {
    ...common,
    items: optional(
      list(
        fields(
          {
            source: ref({
              ask: 'first',
              label: 'Source',
              prompt: 'Type to find a source',
              title: 'Source',
              description: 'The id of a listed source',
              example: 'scmp',
            }),
            says: optional(
              prose({
                ask: 'first',
                label: 'It says',
                prompt: 'In your words',
                title: 'Says',
                description: 'What the outlet says, in your words',
              }),
            ),
            quote: optional(
              prose({
                ask: 'first',
                label: 'In quotes',
                prompt: 'Its own words, without quotation marks',
                title: 'Quote',
                description: 'What it says in its own words; briefs put quotation marks around it',
              }),
            ),
            position: optional(
              line({
                ask: 'first',
                label: 'Stance',
                prompt: 'supportive, neutral, critical, or your own word',
                title: 'Position',
                description: 'Its stance in a word or two',
                example: 'cautious',
              }),
            ),
          },
          { title: 'Outlet', description: 'One outlet’s view' },
        ),
        {
          title: 'Outlets',
          ask: 'first',
          label: 'Outlets',
          prompt: 'One entry for each outlet',
          description: 'One entry for each outlet',
        },
      ),
    ),
    matrix: optional(
      flag({
        ask: 'more',
        label: 'Table',
        prompt: 'Whether a table of the stances is printed',
        title: 'Matrix',
        description: 'Whether a table of the outlets by position is printed below them',
        example: true,
      }),
    ),
  },
  check(section, report) {
    textOrItems(section, report);
    section.items?.forEach((item, i) => {
      if (!item.says && !item.quote)
        report(
          'incomplete-section',
          ['items', i],
          'the entry has neither says: nor quote:',
          'add what the outlet says',
        );
    });
  },
});
