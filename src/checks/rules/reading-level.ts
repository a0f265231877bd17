import { isEnglish } from '../../languages/words.js';
import { sentences } from '../../prose/sentences.js';
import { plainText } from '../../prose/tree.js';
import type { Rule } from '../rule.js';

export const readingLevel = {
  name: 'reading-level',
  level: 'off',
  description:
    'A text needs more years of school than the house wants (the grade of Flesch and Kincaid, 1975: 0.39 words a sentence + 11.8 syllables a word − 15.59). Syllables are counted by a rule of thumb, so this is a hint. English only; texts of fewer than sixty words are passed over.',
  options: { most: { value: 14, description: 'The highest grade' } },
  bad: 'text: … long sentences of long words …',
  good: 'text: … short ones …',
  *check({ story, texts, prose, option }) {
    if (!isEnglish(story.lang)) return;
    for (const { text, type, path } of texts) {
      if (type !== 'prose' || path.at(-1) !== 'text' || path[0] !== 'sections') continue;
      const words = plainText(prose(text).blocks).match(/[\p{L}’']+/gu) ?? [];
      if (words.length < 60) continue;
      const count = sentences(text, story.lang).length;
      const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0);
      const grade = Math.round((0.39 * words.length) / count + (11.8 * syllables) / words.length - 15.59);
      if (grade > option('most'))
        yield {
          path,
          message: `this text reads at grade ${grade}; ${option('most')} is the most`,
          hint: `its ${count} sentences have ${Math.round(words.length / count)} words each: part the long ones`,
        };
    }
  },
} as const satisfies Rule;

function syllablesIn(word: string): number {
  const plain = word.toLowerCase().replace(/(?:[^laeiouy]e[sd]?|[^aeiouy]ed)$/, '');
  return Math.max(1, plain.match(/[aeiouyéèáóíúü]+/g)?.length ?? 1);
}
