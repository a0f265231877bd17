import { dayText } from './calendar.js';
import type { DateParts } from './dates.js';
import { languageOf } from './index.js';

/**
 * A date in words of a language, such as "6 October 2025, 09:30 UTC+09:00". The day is never shifted: what was typed is
 * what is printed. A missing zone stays missing.
 */
export function dateText({ year, month, day, time, zone }: DateParts, lang: string): string {
  if (month === undefined) return String(year).padStart(4, '0');
  const date = dayText(lang, year, month, day);
  if (time === undefined) return date;
  const offset = zone === undefined ? '' : zone === 'Z' ? ' UTC' : ` UTC${zone}`;
  const join = languageOf(lang)?.timeAfterDay ?? (/^(?:ko|zh)\b/.test(lang) ? ' ' : ', ');
  return `${date}${join}${time.replace(/^(\d\d:\d\d):00$/, '$1')}${offset}`;
}
