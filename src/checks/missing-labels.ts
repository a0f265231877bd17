import { ownLabels, wordsFor } from '../house/words.js';
import type { Rule } from './rule.js';

export const missingLabels: Rule = {
  name: 'missing-labels',
  level: 'warning',
  description:
    'The words that briefs add, such as “Sources” and “Read more”, are not known in this language, so English ones are printed. A house gives its own under `labels`.',
  bad: 'lang: eu',
  good: '# nutgraf.config.yaml\nlabels:\n  eu:\n    sources: Iturriak\n    read_more: Irakurri gehiago',
  *checkTexts({ lang, house }) {
    if (wordsFor(lang).known || Object.keys(ownLabels(lang, house.labels ?? {})).length > 0) return;
    yield {
      path: ['lang'],
      message: `words that briefs add, such as “Sources”, are not known in "${lang}"; the English ones are printed`,
      hint: `set labels: ${lang}: sources: … in nutgraf.config.yaml; docs/config.md lists them`,
    };
  },
};
