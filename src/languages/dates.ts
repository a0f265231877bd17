/** A date as it was written, in parts: nothing is shifted, and a missing zone stays missing. */
export interface DateParts {
  year: number;
  month?: number;
  day?: number;
  /** `HH:MM` or `HH:MM:SS`, in the zone the writer meant. */
  time?: string;
  /** `Z` or `±HH:MM`. */
  zone?: string;
}

const SHAPE =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:(?:T| +)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?: *(Z|[+-]\d{2}:?\d{2}))?)?)?)?$/;

/**
 * Reads an ISO 8601 date or date-time, and the forms that newsroom tools write (`2026-08-20 17:58:57 -07:00`, one-digit
 * hours). A year alone and a year and month are read too. Undefined where the text is something else, or names a day
 * or time that does not exist.
 */
export function parseDate(text: string): DateParts | undefined {
  const match = SHAPE.exec(text.trim());
  if (!match) return undefined;
  const [, y, m, d, hour, minute, second, zone] = match;
  const parts: DateParts = { year: Number(y) };
  if (m !== undefined) parts.month = Number(m);
  if (d !== undefined) parts.day = Number(d);
  if (!dayExists(parts)) return undefined;
  if (hour !== undefined) {
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return undefined;
    parts.time = `${hour.padStart(2, '0')}:${minute}${second === undefined ? '' : `:${second}`}`;
  }
  if (zone !== undefined) {
    parts.zone = zone === 'Z' || zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
    if (!zoneExists(parts.zone)) return undefined;
  }
  return parts;
}

/** The date in ISO 8601, as precise as it was written. */
export function isoDate(parts: DateParts): string {
  const pad = (n: number, width = 2) => String(n).padStart(width, '0');
  let iso = pad(parts.year, 4);
  if (parts.month !== undefined) iso += `-${pad(parts.month)}`;
  if (parts.day !== undefined) iso += `-${pad(parts.day)}`;
  if (parts.time !== undefined) iso += `T${parts.time}`;
  return iso + (parts.zone ?? '');
}

/** A date as typed, in ISO 8601; what is no date stays as it is. */
export function iso(text: string | undefined): string | undefined {
  const parts = text === undefined ? undefined : parseDate(text);
  return parts ? isoDate(parts) : text;
}

/** The instant of a date-time that has a zone, in milliseconds since 1970; undefined where it is not an instant. */
export function instant(parts: DateParts): number | undefined {
  if (parts.time === undefined || parts.zone === undefined) return undefined;
  return Date.parse(isoDate(parts));
}

/** Whether a date is on a later day, compared as precisely as both are given; zones are ignored. */
export function laterDay(a: string, b: string): boolean {
  const [first, other] = [parseDate(a), parseDate(b)];
  if (!first || !other) return false;
  const [x, y] = [isoDate(first).slice(0, 10), isoDate(other).slice(0, 10)];
  const length = Math.min(x.length, y.length);
  return x.slice(0, length) > y.slice(0, length);
}

function dayExists({ year, month, day }: DateParts): boolean {
  if (year === 0) return false;
  if (month === undefined) return true;
  if (month < 1 || month > 12) return false;
  return day === undefined || (day >= 1 && day <= daysIn(year, month));
}

/** How many days a month has. */
export function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function zoneExists(zone: string): boolean {
  if (zone === 'Z') return true;
  const [hours, minutes] = zone.slice(1).split(':').map(Number);
  return (hours ?? 99) <= 14 && (minutes ?? 99) <= 59;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const DAY = '(?<day>\\d{1,2})(?:st|nd|rd|th)?';
const REST =
  '(?<year>\\d{4})(?:,?\\s+(?:at\\s+)?(?<hour>\\d{1,2})(?<minute>:\\d{2}(?::\\d{2})?)\\s*(?<zone>Z|GMT|(?:UTC)?[+-]\\d{2}:?\\d{2}|UTC)?)?$';
const SPOKEN = [`${DAY}\\s+${MONTH},?\\s+${REST}`, `${MONTH}\\s+${DAY},?\\s+${REST}`].map(
  (form) => new RegExp(`^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\\s+)?${form}`, 'i'),
);

/** The number of a month by its English name, whole or short; undefined for another word. */
export function monthNamed(name: string): number | undefined {
  return new RegExp(`^${MONTH}$`, 'i').test(name) ? MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1 : undefined;
}

/**
 * A date in ISO 8601, from the forms that cannot be read in two ways: ISO's own, `6 October 2025`, `Oct. 6, 2025`, and
 * those of mail (RFC 5322). Undefined for others, such as 6/10/2025.
 */
export function englishDate(text: string): string | undefined {
  if (parseDate(text)?.day !== undefined) return text;
  const groups = (SPOKEN[0]?.exec(text.trim()) ?? SPOKEN[1]?.exec(text.trim()))?.groups;
  if (!groups) return undefined;
  const { day = '', month = '', year, hour, minute, zone } = groups;
  const index = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  const time = hour === undefined ? '' : `T${hour.padStart(2, '0')}${minute}`;
  const where =
    zone === undefined
      ? ''
      : /^[a-z]+$/i.test(zone)
        ? 'Z'
        : zone.replace(/^UTC/i, '').replace(/^(.\d\d)(\d\d)$/, '$1:$2');
  const iso = `${year}-${String(index).padStart(2, '0')}-${day.padStart(2, '0')}${time}${where}`;
  return parseDate(iso)?.day === undefined ? undefined : iso;
}

/** What to write instead of a date that cannot be read, where that can be told. */
export function dateHint(text: string): string {
  const other = otherDate(text);
  if (other !== undefined) return `write ${other}`;
  const numeric = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text.trim());
  if (numeric) {
    const [, a = '', b = '', year = ''] = numeric;
    const iso = (month: string, day: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    const readings = [iso(b, a), iso(a, b)].filter((reading) => parseDate(reading));
    return readings.length > 0
      ? `write ${[...new Set(readings)].join(' or ')}: year, month, day`
      : 'write year-month-day';
  }
  const zone = /^\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}.*[A-Za-z]{3}/.test(text);
  return zone
    ? 'write the zone as Z or +09:00'
    : 'write year-month-day, such as 2025-10-06, or with a time: 2025-10-06T09:30:00+09:00';
}

/** A day that exists, written in another way than a story's: `6 October 2025`, `2025/10/6`; in ISO 8601. */
export function otherDate(text: string): string | undefined {
  const numeric = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text.trim());
  const [, year, month = '', day = ''] = numeric ?? [];
  const iso = numeric ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : englishDate(text);
  return iso !== undefined && iso !== text.trim() && parseDate(iso) ? iso : undefined;
}
