import { fields, line, list, optional, prose, url } from '../schema/fields.js';
import { common, defineKind } from './kind.js';

export const links = defineKind({
  kind: 'links',
  title: 'Links',
  description: 'Where to read on',
  fields: {
    ...common,
    items: list(
      fields(
        {
          title: line({ title: 'Title', description: 'The title of the page' }),
          url: url({ title: 'Link', description: 'Its address' }),
          outlet: optional(line({ title: 'Outlet', description: 'Who published it', example: 'Reuters' })),
          note: optional(prose({ title: 'Note', description: 'Why it is worth reading' })),
        },
        { title: 'Link', description: 'One page' },
      ),
      { title: 'Links', description: 'The pages, in order' },
    ),
  },
});
