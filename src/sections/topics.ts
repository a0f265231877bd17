import { fields, line, list, optional, prose, url } from '../schema/fields.js';
import { common, defineKind } from './kind.js';

export const topics = defineKind({
  kind: 'topics',
  title: 'Topics',
  entries: ['topic', 'topics'],
  description: 'People, places and matters of the story, each in a few words',
  fields: {
    ...common,
    items: list(
      fields(
        {
          name: optional(
            line({
              ask: 'first',
              label: 'Topic',
              prompt: 'A person, a place or a matter',
              title: 'Name',
              description: 'The topic',
              example: 'South Korea',
            }),
          ),
          text: optional(
            prose({ ask: 'first', label: 'What', prompt: 'What it is', title: 'Text', description: 'What it is' }),
          ),
          url: optional(
            url({ ask: 'more', label: 'Link', prompt: 'More about it', title: 'Link', description: 'More about it' }),
          ),
        },
        { title: 'Topic', description: 'One topic: a name, a text, or both' },
      ),
      { title: 'Topics', ask: 'first', label: 'Topics', prompt: 'The topics', description: 'The topics, in order' },
    ),
  },
  check(section, report) {
    section.items.forEach((item, i) => {
      if (!item.name && !item.text)
        report('incomplete-section', ['items', i], 'the topic has neither name: nor text:', 'add one of them');
    });
  },
});
