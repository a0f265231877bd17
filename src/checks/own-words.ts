import { withoutMarkup, withoutQuotations } from '../prose/masks.js';
import type { TextEntry } from '../schema/walk.js';
import type { Path } from '../yaml/places.js';

/** A text with everything but the story's own wording blanked out; as long as the text, so offsets still hold. */
export interface OwnText {
  words: string;
  path: Path;
  type: TextEntry['type'];
}

/** Fields that hold other people's words, or none that readers see. */
const OTHERS = new Set(['sources', 'corrections', 'ednote', 'newsletter', 'extra', 'tags', 'translations', 'byline']);
const QUOTING = new Set(['quote', 'speaker', 'role', 'outlet', 'title', 'was', 'now', 'credit']);

/** The texts in the story's own words, with what others wrote or said blanked out: quotations, addresses, code, citations. */
export function ownTextsOf(texts: readonly TextEntry[]): OwnText[] {
  return texts.flatMap(({ text, type, path }) => {
    if (type !== 'prose' && type !== 'line') return [];
    if (OTHERS.has(String(path[0])) || QUOTING.has(String(path.at(-1)))) return [];
    return [{ words: withoutQuotations(type === 'prose' ? withoutMarkup(text) : text), path, type }];
  });
}
