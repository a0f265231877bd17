import { fields, line, list, optional, prose, url } from '../schema/fields.js';
import { common, defineKind } from './kind.js';

export const links = defineKind({
  kind: 'links',
  title: 'Links',
  entries: ['page', 'pages'],
  description: 'Where to read on',
  fields: {
    ...common,
    items: list(
      fields(
        {
          title: line({
            ask: 'first',
            label: 'Title',
            prompt: 'The title of the page',
            title: 'Title',
            description: 'The title of the page',
          }),
          url: url({
            ask: 'first',
            label: 'Link',
            prompt: 'Paste its address',
            title: 'Link',
            description: 'Its address',
          }),
          outlet: optional(
            line({
              ask: 'first',
              label: 'Outlet',
              prompt: 'Who published it',
              title: 'Outlet',
              description: 'Who published it',
              example: 'Reuters',
            }),
          ),
          note: optional(
            prose({
              ask: 'first',
              label: 'Why',
              prompt: 'Why it is worth reading',
              title: 'Note',
              description: 'Why it is worth reading',
            }),
          ),
        },
        { title: 'Link', description: 'One page' },
      ),
      { title: 'Links', ask: 'first', label: 'Links', prompt: 'The pages', description: 'The pages, in order' },
    ),
  },
});
