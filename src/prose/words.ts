import type { Prose } from './parse.js';
import { plainText } from './tree.js';

/** Languages that put no spaces between words. */
const UNSPACED = /^(?:ja|zh|th|lo|km|my)\b/;

/** The number of words of a text: of prose without its marks and citations; of a line as it stands. */
export function countWords(text: string, prose: Prose | undefined, lang: string): number {
  const plain = prose ? plainText(prose.blocks) : text;
  if (!UNSPACED.test(lang)) return plain.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  let count = 0;
  for (const { isWordLike } of new Intl.Segmenter(lang, { granularity: 'word' }).segment(plain))
    if (isWordLike) count++;
  return count;
}
