import { citations } from '../prose/tree.js';
import type { Rule } from './rule.js';

export const unusedSource: Rule = {
  name: 'unused-source',
  level: 'warning',
  description: 'A source is listed, and nothing in the story cites it or names its outlet. It is printed all the same.',
  bad: 'text: The council voted.\nsources:\n  - { id: minutes, outlet: Town Council }',
  good: 'text: The council voted. [@minutes]\nsources:\n  - { id: minutes, outlet: Town Council }',
  *check({ story, texts, prose }) {
    const used = new Set<string>(story.sources.map(({ via }) => via ?? ''));
    let words = '';
    for (const { text, type, path } of texts) {
      if (type === 'ref') used.add(text.normalize('NFC'));
      else if (path[0] !== 'sources') words += `\n${text}`;
      if (type === 'prose' && text.includes('[@')) for (const { id } of citations(prose(text).blocks)) used.add(id);
    }
    for (const [i, { id, outlet }] of story.sources.entries()) {
      if (used.has(id) || (outlet !== undefined && words.includes(outlet))) continue;
      yield {
        path: ['sources', i, 'id'],
        message: `nothing cites the source "${id}"${outlet === undefined ? '' : ` or names ${outlet}`}`,
        hint: `cite it as [@${id}], or delete it`,
      };
    }
  },
};
