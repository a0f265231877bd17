import { fields, line, list, optional, prose, url } from '../schema/fields.js';
import { common, defineKind } from './kind.js';

export const topics = defineKind({
  kind: 'topics',
  title: 'Topics',
  description: 'People, places and matters of the story, each in a few words',
  fields: {
    ...common,
    items: list(
      fields(
        {
          name: optional(line({ title: 'Name', description: 'The topic', example: 'South Korea' })),
          text: optional(prose({ title: 'Text', description: 'What it is' })),
          url: optional(url({ title: 'Link', description: 'More about it' })),
        },
        { title: 'Topic', description: 'One topic: a name, a text, or both' },
      ),
      { title: 'Topics', description: 'The topics, in order' },
    ),
  },
  check(section, report) {
    section.items.forEach((item, i) => {
      if (!item.name && !item.text)
        report('incomplete-section', ['items', i], 'the topic has neither name: nor text:', 'add one of them');
    });
  },
});
