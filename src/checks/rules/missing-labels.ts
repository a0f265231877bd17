import { labelNames, ownLabels, wordsFor } from '../../languages/words.js';
import type { Rule } from '../rule.js';

/** How many missing labels the message names. */
const MOST_NAMED = 6;

export const missingLabels = {
  name: 'missing-labels',
  level: 'warning',
  description:
    'Words that briefs add, such as “Sources” and “Read more”, are not known in this language, so English ones are printed. A house gives its own under `labels`.',
  bad: 'lang: eu',
  good: '# nutgraf.config.yaml\nlabels:\n  eu:\n    sources: Iturriak\n    read_more: Irakurri gehiago\n    # and the others that docs/config.md lists',
  *checkTexts({ lang, house }) {
    if (wordsFor(lang).known) return;
    const labels = new Set(ownLabels(lang, house.labels ?? {}));
    const missing = [...labelNames].filter(([, name]) => !labels.has(name)).map(([label]) => label);
    if (missing.length === 0) return;
    const more = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : '';
    yield {
      path: ['lang'],
      message: `some words that briefs add are not known in "${lang}", so the English ones are printed: ${missing.slice(0, MOST_NAMED).join(', ')}${more}`,
      hint: `set labels: ${lang}: … in nutgraf.config.yaml; docs/config.md lists them`,
    };
  },
} as const satisfies Rule;
