import { citations } from '../../prose/tree.js';
import { nearest } from '../../schema/nearest.js';
import type { Finding, Rule } from '../rule.js';

export const unknownSource = {
  name: 'unknown-source',
  level: 'error',
  partial: true,
  description:
    'A citation, or the source of an item, names an id that is not among the story’s sources. Ids tell capitals from small letters.',
  bad: 'text: The council voted. [@minute]\nsources:\n  - { id: minutes, outlet: Town Council }',
  good: 'text: The council voted. [@minutes]\nsources:\n  - { id: minutes, outlet: Town Council }',
  *check({ story, texts, prose }) {
    const known = new Set(story.sources.map(({ id }) => id));
    if (known.has('')) return; // an id could not be read, and may be the one that is meant
    for (const { text, type, path } of texts) {
      if (type === 'ref' && text !== '' && !known.has(text.normalize('NFC')))
        yield { path, ...unknown(text, known, '') };
      if (type !== 'prose' || !text.includes('[@')) continue;
      for (const { id, start, end } of citations(prose(text).blocks)) {
        if (!known.has(id))
          yield { path, within: [start, end], ...unknown(id, known, '; write \\[@ where no source is meant') };
      }
    }
  },
} as const satisfies Rule;

/** `instead` is added to the hint, for text that was not meant as a citation. */
function unknown(id: string, known: ReadonlySet<string>, instead: string): Pick<Finding, 'message' | 'hint'> {
  if (id === '')
    return {
      message: 'the citation names no source',
      hint: 'write the id of a source, as in [@id]; or \\[@] for the characters',
    };
  if (/[,\s]/.test(id) && /@/.test(id))
    return { message: `"${id}" is not one source`, hint: 'part several sources by semicolons: [@a; @b]' };
  const near = nearest(id, known);
  if (known.size === 0) {
    return {
      message: `no source has the id "${id}"; the story lists none`,
      hint: `list it: sources: [{ id: ${id}, outlet: … }]${instead}`,
    };
  }
  const all = `the sources are ${[...known].slice(0, 12).join(', ')}${known.size > 12 ? ' …' : ''}`;
  return {
    message: `no source has the id "${id}"`,
    hint: near ? `did you mean "${near}"?` : `${all}${instead}`,
  };
}
