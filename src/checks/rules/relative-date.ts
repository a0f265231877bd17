import { dayText } from '../../languages/calendar.js';
import { parseDate } from '../../languages/dates.js';
import { languageOf } from '../../languages/index.js';
import type { Shift } from '../../languages/language.js';
import { isEnglish } from '../../languages/words.js';
import type { Rule } from '../rule.js';

/** "The last week of August" and "its last year" are no dates of ours. */
const BEFORE = /(?:\b(?:the|its|his|her|their|our|my|your|whose|every|each)|['’]s)\s+$/i;
const OF = /^\s+of\b/i;
/** "Today's world" is no day. */
const TIMES = /^['’]s\s+(?:\p{L}+\s+)?(?:world|age|society|standards?|era|economy|climate|generation)\b/iu;

export const relativeDate = {
  name: 'relative-date',
  level: 'warning',
  description:
    'A word such as “yesterday” or “last week” is counted from the day on which it is read. In a story without `published` nothing says from when; in one with it, a day is better named, since briefs are read later, and the date is suggested. Quotations are passed over.',
  options: {
    dated: {
      value: 1,
      description:
        'What is found in a story that has a date: 0 nothing, 1 words for days (yesterday, today, tomorrow), 2 also weeks, months and years',
    },
  },
  bad: 'headline: Ferry stops\nsections:\n  - kind: summary\n    text: The council voted last week.',
  good: 'headline: Ferry stops\npublished: 2025-10-06\nsections:\n  - kind: summary\n    text: The council voted last week; the ferry stops on 12 October.',
  *check({ story, ownTexts, option }) {
    const published = story.published === undefined ? undefined : parseDate(story.published);
    const depth = published ? option('dated') : 2;
    const relative = languageOf(story.lang)?.relative;
    const days = depth > 0 ? relative?.days : undefined;
    const periods = depth > 1 ? relative?.periods : undefined;
    const words = [...Object.keys(periods ?? {}), ...Object.keys(days ?? {})].map(eitherCase);
    const others = depth > 1 ? relative?.others : undefined;
    if (others) words.push(others, others.charAt(0).toUpperCase() + others.slice(1));
    if (words.length === 0) return;
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}-])(?:${words.join('|')})(?![\\p{L}\\p{N}-])`, 'gu');
    for (const { words: text, path } of ownTexts())
      for (const { index, 0: phrase } of text.matchAll(pattern)) {
        const before = text.slice(Math.max(0, index - 20), index);
        const after = text.slice(index + phrase.length, index + phrase.length + 40);
        const isDay = days !== undefined && Object.hasOwn(days, phrase.toLowerCase().replace(/\s+/g, ' '));
        if (isEnglish(story.lang) && (isDay ? TIMES.test(after) : BEFORE.test(before) || OF.test(after))) continue;
        // "USA Today", "Popular Today": a capital letter within a sentence makes it a name.
        if (isDay && /^\p{Lu}/u.test(phrase) && /[\p{L}\p{N}]\s+$/u.test(before)) continue;
        const word = phrase.toLowerCase().replace(/\s+/g, ' ');
        const shift = periods?.[word] ?? (isDay ? (['day', days?.[word] ?? 0] as const) : undefined);
        const date = published && shift && absolute(published, shift, story.lang);
        yield {
          path,
          within: [index, index + phrase.length],
          message: published
            ? `“${phrase}” is counted from the day on which it is read`
            : `“${phrase}” says when only where the story has a date, and there is no published:`,
          hint:
            date === undefined
              ? published
                ? 'name the day'
                : 'name the day, or add published: with the date'
              : `write ${date}, if it is counted from published:`,
        };
      }
  },
} as const satisfies Rule;

/** A pattern for words that may each start with a capital letter, with any spaces between them. */
const eitherCase = (words: string) =>
  words
    .split(' ')
    .map((word) => `[${word.charAt(0)}${word.charAt(0).toUpperCase()}]${word.slice(1)}`)
    .join('\\s+');

function absolute(
  { year, month, day }: { year: number; month?: number; day?: number },
  [unit, by]: Shift,
  lang: string,
) {
  if (unit === 'year') return String(year + by);
  if (month === undefined || day === undefined) return undefined;
  const at = new Date(Date.UTC(2000, month - 1, day));
  at.setUTCFullYear(year);
  if (unit === 'month') {
    at.setUTCDate(1);
    at.setUTCMonth(at.getUTCMonth() + by);
    return dayText(lang, at.getUTCFullYear(), at.getUTCMonth() + 1, undefined);
  }
  if (unit === 'day') at.setUTCDate(at.getUTCDate() + by);
  else at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7) + 7 * by); // ISO weeks start on Monday
  const text = dayText(lang, at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate());
  return unit === 'day' ? text : `the week of ${text}`;
}
