import { hasScript, scriptOf, scriptOfLanguage } from '../../prose/scripts.js';
import type { Rule } from '../rule.js';

export const scriptMismatch = {
  name: 'script-mismatch',
  level: 'warning',
  description:
    'The text is in the letters of another language than `lang`, or `lang` is missing: the brief would have the wrong direction, labels and dates.',
  bad: 'headline: المدينة تفتح المترو',
  good: 'headline: المدينة تفتح المترو\nlang: ar',
  *checkTexts({ texts, lang }) {
    const words = texts.filter(
      ({ type, path }) => (type === 'prose' || type === 'line') && !APART.has(String(path[0])),
    );
    const actual = scriptOf(words.map(({ text }) => text).join('\n'));
    const ours = scriptOfLanguage(lang);
    if (!actual || isWrittenIn(ours, actual.script) || (actual.script === 'Latn' && TWO_SCRIPTS.test(lang))) return;
    const first = words.find(({ text }) => scriptOf(text)?.script === actual.script);
    if (!first) return;
    // Names and addresses in Latin letters outnumber the others in many a text.
    if (actual.script === 'Latn' && words.some(({ text }) => hasScript(text, ours))) return;
    yield {
      path: first.path,
      message: `the text is in ${actual.name} letters, and lang is ${lang}`,
      hint: `say in which language the story is: lang: ${actual.lang}${actual.script === 'Latn' ? ', or another' : ''}`,
    };
  },
} as const satisfies Rule;

/** Whether a language of a script may be written in another alone: Japanese and Korean headlines in Chinese characters. */
const isWrittenIn = (ours: string, script: string) =>
  ours === script || (script === 'Hani' && (ours === 'Jpan' || ours === 'Kore'));

/** Languages that are written in Latin letters as well as in others. */
const TWO_SCRIPTS = /^(?:az|bs|kk|ku|mn|pa|sr|tg|tk|tt|ug|uz)(?:-|$)/i;

/** What may be in other languages than the story. */
const APART = new Set(['sources', 'extra', 'ednote', 'tags', 'newsletter', 'translations', 'byline']);
