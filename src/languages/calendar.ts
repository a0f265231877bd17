import { languageOf, languages } from './index.js';
import type { Calendar } from './language.js';

/**
 * A day, or a month of a year, in words of a language: from the house's own calendars, and from the system's for
 * languages and regions that the house does not have.
 */
export function dayText(lang: string, year: number, month: number, day?: number): string {
  const [, region] = lang.split('-');
  const ours = languageOf(lang);
  const regional = ours?.calendars && Object.hasOwn(ours.calendars, lang) ? ours.calendars[lang] : undefined;
  const calendar = regional ?? (region === undefined || region === region.toLowerCase() ? ours?.calendar : undefined);
  const name = calendar?.months[month - 1];
  if (!calendar || name === undefined) return systemDay(lang, year, month, day);
  return day === undefined ? calendar.month(name, year) : calendar.day(day, name, year);
}

const PARTS = { day: '(?<day>\\d{1,2}|1er)', year: '(?<year>\\d{4})' };

/** The calendars of all languages, each once. */
const allCalendars = (): Calendar[] => [
  ...new Set(
    Object.values(languages).flatMap(({ calendar, calendars = {} }) => [calendar, ...Object.values(calendars)]),
  ),
];

let readers: { pattern: RegExp; months: readonly string[] }[] | undefined;

/** A day or a month as some language of the house writes it; undefined for what is neither. */
export function readDayText(text: string): { year: number; month: number; day?: number } | undefined {
  readers ??= allCalendars().flatMap(({ months, day, month }) => {
    const names = `(?<month>${months.join('|')})`;
    const [d, y] = [PARTS.day, PARTS.year] as unknown as [number, number];
    return [day(d, names, y), month(names, y)].map((form) => ({
      pattern: new RegExp(`^${form.replace('.', '\\.')}$`, 'iu'),
      months,
    }));
  });
  for (const { pattern, months } of readers) {
    const groups = pattern.exec(text.trim())?.groups;
    if (!groups) continue;
    const name = groups['month']?.toLowerCase() ?? '';
    const month = months.findIndex((candidate) => candidate.toLowerCase() === name) + 1;
    const year = Number(groups['year']);
    return groups['day'] === undefined ? { year, month } : { year, month, day: Number.parseInt(groups['day'], 10) };
  }
  return undefined;
}

/** English is the second choice, so that an unknown language does not give that of the machine. */
function systemDay(lang: string, year: number, month: number, day?: number): string {
  const options: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'long', timeZone: 'UTC', calendar: 'gregory' };
  if (day !== undefined) options.day = 'numeric';
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day ?? 1);
  return new Intl.DateTimeFormat([lang, 'en'], options).format(date);
}
