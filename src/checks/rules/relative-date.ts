import { dayText } from '../../languages/calendar.js';
import { parseDate } from '../../languages/dates.js';
import type { Rule } from '../rule.js';

/** What a word moves by: days, weeks, months or years. */
type Shift = readonly [unit: 'day' | 'week' | 'month' | 'year', by: number];

/** Words that mean a day, by language; each is a word of its own, in small letters or at the start of a sentence. */
const DAYS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  en: {
    yesterday: -1,
    today: 0,
    tonight: 0,
    tomorrow: 1,
    'last night': -1,
    'this morning': 0,
    'this evening': 0,
    'this afternoon': 0,
  },
  de: { vorgestern: -2, gestern: -1, heute: 0, morgen: 1, übermorgen: 2 },
  fr: {
    'avant-hier': -2,
    'hier soir': -1,
    hier: -1,
    'ce matin': 0,
    'ce soir': 0,
    'aujourd’hui': 0,
    "aujourd'hui": 0,
    demain: 1,
  },
  es: { anteayer: -2, anoche: -1, ayer: -1, hoy: 0, 'esta mañana': 0, 'esta noche': 0 },
  pt: { anteontem: -2, ontem: -1, hoje: 0, amanhã: 1 },
  it: { ieri: -1, oggi: 0, domani: 1 },
};

/** Words that mean a week, a month or a year. */
const PERIODS: Readonly<Record<string, Readonly<Record<string, Shift>>>> = {
  en: {
    'last week': ['week', -1],
    'this week': ['week', 0],
    'next week': ['week', 1],
    'last month': ['month', -1],
    'this month': ['month', 0],
    'next month': ['month', 1],
    'last year': ['year', -1],
    'this year': ['year', 0],
    'next year': ['year', 1],
  },
  de: {
    'letzte woche': ['week', -1],
    'vergangene woche': ['week', -1],
    'diese woche': ['week', 0],
    'nächste woche': ['week', 1],
    'letzten monat': ['month', -1],
    'diesen monat': ['month', 0],
    'nächsten monat': ['month', 1],
    'letztes jahr': ['year', -1],
    'dieses jahr': ['year', 0],
    'nächstes jahr': ['year', 1],
  },
  fr: {
    'la semaine dernière': ['week', -1],
    'cette semaine': ['week', 0],
    'la semaine prochaine': ['week', 1],
    'le mois dernier': ['month', -1],
    'ce mois-ci': ['month', 0],
    'le mois prochain': ['month', 1],
    'l’année dernière': ['year', -1],
    "l'année dernière": ['year', -1],
    'cette année': ['year', 0],
    'l’année prochaine': ['year', 1],
  },
  es: {
    'la semana pasada': ['week', -1],
    'esta semana': ['week', 0],
    'la próxima semana': ['week', 1],
    'el mes pasado': ['month', -1],
    'este mes': ['month', 0],
    'el próximo mes': ['month', 1],
    'el año pasado': ['year', -1],
    'este año': ['year', 0],
    'el próximo año': ['year', 1],
  },
};

/** Other words that are counted from the day of reading; looked for in stories without a date. */
const OTHERS: Readonly<Record<string, string>> = {
  en: '(?:last|next|this past|this coming)\\s+(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|weekend|January|February|March|April|May|June|July|August|September|October|November|December|spring|summer|autumn|fall|winter)|this\\s+(?:weekend|spring|summer|autumn|fall|winter)',
  de: '(?:letzten|vergangenen|nächsten|kommenden)\\s+(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)',
  fr: '(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\\s+(?:dernier|prochain)',
  es: '(?:el\\s+)?(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)\\s+(?:pasado|próximo)|este\\s+(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)',
};

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
  *check({ story, own, option }) {
    const language = story.lang.split('-')[0] ?? '';
    const published = story.published === undefined ? undefined : parseDate(story.published);
    const depth = published ? option('dated') : 2;
    const days = depth > 0 ? DAYS[language] : undefined;
    const periods = depth > 1 ? PERIODS[language] : undefined;
    const words = [...Object.keys(periods ?? {}), ...Object.keys(days ?? {})].map(eitherCase);
    const others = depth > 1 ? OTHERS[language] : undefined;
    if (others !== undefined) words.push(others, others.charAt(0).toUpperCase() + others.slice(1));
    if (words.length === 0) return;
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}-])(?:${words.join('|')})(?![\\p{L}\\p{N}-])`, 'gu');
    for (const { words: text, path } of own())
      for (const { index, 0: found } of text.matchAll(pattern)) {
        const before = text.slice(Math.max(0, index - 20), index);
        const after = text.slice(index + found.length, index + found.length + 40);
        const isDay = days !== undefined && Object.hasOwn(days, found.toLowerCase().replace(/\s+/g, ' '));
        if (language === 'en' && (isDay ? TIMES.test(after) : BEFORE.test(before) || OF.test(after))) continue;
        // "USA Today", "Popular Today": a capital letter within a sentence makes it a name.
        if (isDay && /^\p{Lu}/u.test(found) && /[\p{L}\p{N}]\s+$/u.test(before)) continue;
        const word = found.toLowerCase().replace(/\s+/g, ' ');
        const shift = periods?.[word] ?? (isDay ? (['day', days?.[word] ?? 0] as const) : undefined);
        const date = published && shift && absolute(published, shift, story.lang);
        yield {
          path,
          within: [index, index + found.length],
          message: published
            ? `“${found}” is counted from the day on which it is read`
            : `“${found}” says when only where the story has a date, and there is no published:`,
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
