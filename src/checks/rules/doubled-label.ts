import { wordsFor } from '../../languages/words.js';
import type { Rule } from '../rule.js';

export const doubledLabel = {
  name: 'doubled-label',
  level: 'warning',
  description: 'A byline starts with the word that the brief puts before it, so readers would see “By By Jane Smith”.',
  bad: 'byline: By Jane Smith',
  good: 'byline: Jane Smith',
  *checkTexts({ texts, lang, house }) {
    const by = wordsFor(lang, house).words.by.trim().toLowerCase();
    for (const { text, type, path } of texts) {
      if (path[0] !== 'byline' || type !== 'line' || path.at(-1) === 'role') continue;
      const [, label = '', name = ''] = /^\s*(\S+)\s+(\S.*)$/s.exec(text) ?? [];
      if (label.toLowerCase() !== by || by === '') continue;
      yield { path, message: `the brief prints “${label}” before the names itself`, hint: `write ${name}`, fix: name };
    }
  },
} as const satisfies Rule;
