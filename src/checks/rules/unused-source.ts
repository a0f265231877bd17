import { namesOutlet } from '../../prose/outlets.js';
import { citations } from '../../prose/tree.js';
import type { Rule } from '../rule.js';

/** Fields whose words are in no brief, or say nothing of what the story uses. */
const UNPRINTED = new Set(['sources', 'ednote', 'newsletter', 'extra']);

export const unusedSource = {
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
      else if (!UNPRINTED.has(String(path[0]))) words += `\n${text}`;
      if (type === 'prose' && text.includes('[@')) for (const { id } of citations(prose(text).blocks)) used.add(id);
    }
    for (const [i, { id, outlet }] of story.sources.entries()) {
      if (used.has(id) || (outlet !== undefined && namesOutlet(words, outlet))) continue;
      yield {
        path: ['sources', i, 'id'],
        message: `nothing cites the source "${id}"${outlet === undefined ? '' : ` or names ${outlet}`}`,
        hint: `cite it as [@${id}], or delete it`,
      };
    }
  },
} as const satisfies Rule;
