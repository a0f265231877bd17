import type { DateParts } from '../story/dates.js';

const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * A date in words of a language, such as "6 October 2025, 09:30 UTC+09:00". The day is never shifted: what was typed is
 * what is printed. A missing zone stays missing.
 */
export function dateText(parts: DateParts, lang: string): string {
  if (parts.month === undefined) return String(parts.year);
  const day = dayFormat(lang, parts.day !== undefined).format(utc(parts));
  if (parts.time === undefined) return day;
  const zone = parts.zone === undefined ? '' : parts.zone === 'Z' ? ' UTC' : ` UTC${parts.zone}`;
  return `${day}, ${parts.time}${zone}`;
}

function utc({ year, month = 1, day = 1 }: DateParts): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date;
}

/** English is the second choice, so that an unknown language does not give that of the machine. */
function dayFormat(lang: string, withDay: boolean): Intl.DateTimeFormat {
  const key = `${lang} ${withDay}`;
  const known = formatters.get(key);
  if (known) return known;
  const options: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'long', timeZone: 'UTC', calendar: 'gregory' };
  if (withDay) options.day = 'numeric';
  const formatter = new Intl.DateTimeFormat([lang, 'en'], options);
  formatters.set(key, formatter);
  return formatter;
}
