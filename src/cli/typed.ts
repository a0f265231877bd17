import { withoutTracking } from '../checks/rules/tracking-parameter.js';
import { readDate, zoneNamed } from '../importing/dates.js';
import { readDayText } from '../languages/calendar.js';
import { type DateParts, daysIn, isoDate, monthNamed, parseDate } from '../languages/dates.js';
import { languages } from '../languages/index.js';
import { isLanguage } from '../schema/fields.js';
import type { Shape } from '../schema/shape.js';

/** What a person typed, as the story has it, and what is said of it. */
export interface Typed {
  /** As it stands in the story; absent where it could not be read. */
  value?: string;
  /** What it was understood as, in words. */
  shown?: string;
  problem?: string;
  /** Another reading, or the nearest that is right. */
  fix?: { label: string; value: string } | undefined;
  /** What was changed, in words, where more than the form of it was. */
  why?: string;
}

export interface DateOptions {
  /** Today, as a story has it: 2025-10-06. */
  today: string;
  /** The story's language: 3/10 is in March in American English, and in October elsewhere. */
  lang?: string | undefined;
  /** Whether a month, a year or words will do. */
  isVague?: boolean | undefined;
  /** Whether a day without a year is the next, not the last. */
  isToCome?: boolean | undefined;
  /** Whether an hour and a zone are needed; the zone of this machine where none is typed. */
  isMoment?: boolean | undefined;
}

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const WEEKDAY =
  /^(?:last |on )?(mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs?|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\.?$/;
const DAY_MS = 86_400_000;

/** A date as people type it: `3 oct`, `yesterday`, `Fri`, `3.10.2025`, `Oct 2025`, `3 Oct 9.30am`. */
export function typedDate(text: string, options: DateOptions): Typed {
  const typed = text.trim().replace(/\s+/g, ' ');
  if (typed === '') return {};
  const [, , zoneName = ''] = /^(.*\d(?: ?[ap]\.?m\.?)?) ([A-Z]{3,4})$/i.exec(typed) ?? [];
  const zone = zoneName === '' || /^[ap]m$/i.test(zoneName) ? undefined : zoneNamed(zoneName);
  const { rest, time } = withoutTime(zone === undefined ? typed : typed.slice(0, -zoneName.length).trim());
  const read = parseDate(typed) ?? dayOf(rest, options);
  if (read && 'problem' in read) return read;
  const hour = read && time !== undefined && read.day !== undefined && !read.time ? { ...read, time } : read;
  const timed = hour?.time !== undefined && hour.zone === undefined ? { ...hour, ...zoned(hour, zone, options) } : hour;
  if (options.isMoment && timed && timed.time === undefined) return { problem: 'The hour is missing. Try 3 Oct 6am' };
  const whole = timed && parseDate(isoDate(timed)) ? timed : undefined;
  if (whole && (whole.day !== undefined || options.isVague))
    return { value: isoDate(whole), shown: inWords(whole), ...otherReading(rest, whole, options) };
  if (whole) return { problem: 'the day is missing', ...dayless(whole) };
  const spoken = readDate(typed);
  const parts = spoken === undefined ? undefined : parseDate(spoken);
  if (spoken !== undefined && parts) return { value: spoken, shown: inWords(parts) };
  if (options.isVague && !/^[\d\s:./-]+$/.test(typed)) return { value: typed, shown: 'kept as words' };
  return {
    problem: `I can’t read this as a date. Try 3 Oct${options.isVague ? ', Oct 2025 or 2025' : ' or 3.10.2025'}`,
  };
}

/** The zone of an hour: the one that was typed, or that of this machine where one is needed. */
function zoned(parts: DateParts, zone: string | undefined, { isMoment }: DateOptions): { zone?: string } {
  if (zone !== undefined) return { zone };
  if (!isMoment) return {};
  const minutes = -new Date(isoDate(parts)).getTimezoneOffset();
  const pad = (n: number) => String(Math.floor(Math.abs(n))).padStart(2, '0');
  return { zone: `${minutes < 0 ? '-' : '+'}${pad(minutes / 60)}:${pad(minutes % 60)}` };
}

/** “Friday, 3 October 2025, 09:30”. */
function inWords({ year, month, day, time, zone }: DateParts): string {
  if (month === undefined) return String(year);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day ?? 1);
  const form: Intl.DateTimeFormatOptions =
    day === undefined ? { month: 'long' } : { weekday: 'long', day: 'numeric', month: 'long' };
  const words = new Intl.DateTimeFormat('en-GB', { ...form, year: 'numeric', timeZone: 'UTC' }).format(date);
  return `${words.replace(/^(\w+day) /, '$1, ')}${time === undefined ? '' : `, ${time.replace(/^(\d\d:\d\d):00$/, '$1')}`}${zone === undefined ? '' : zone === 'Z' ? ' UTC' : ` UTC${zone}`}`;
}

const CLOCK = /[ ,]+(?:at )?(\d{1,2})(?:[.:](\d{2}))? ?([ap])\.?m\.?$|(?:[ ,]+|(?<=\d)T)(?:at )?(\d{1,2})[.:](\d{2})$/i;

/** A date without the hour behind it, and the hour. */
function withoutTime(typed: string): { rest: string; time?: string } {
  const match = CLOCK.exec(typed);
  const [, twelve, minutes, half, hour, more] = match ?? [];
  // 3.10 is a day.
  if (!match || match.index === 0) return { rest: typed };
  const hours = twelve === undefined ? Number(hour) : (Number(twelve) % 12) + (/p/i.test(half ?? '') ? 12 : 0);
  const time = `${String(hours).padStart(2, '0')}:${minutes ?? more ?? '00'}`;
  return hours < 24 ? { rest: typed.slice(0, match.index), time } : { rest: typed };
}

function dayOf(typed: string, options: DateOptions): DateParts | { problem: string; fix?: Typed['fix'] } | undefined {
  const today = Date.parse(options.today);
  const at = (ms: number): DateParts => parseDate(new Date(ms).toISOString().slice(0, 10)) as DateParts;
  const word = typed.toLowerCase();
  if (word === 'today') return at(today);
  if (word === 'yesterday') return at(today - DAY_MS);
  if (word === 'tomorrow') return at(today + DAY_MS);
  const day = WEEKDAY.exec(word)?.[1]?.slice(0, 3);
  const weekday = day === undefined ? -1 : WEEKDAYS.indexOf(day);
  if (weekday >= 0) {
    const now = new Date(today).getUTCDay();
    return at(
      options.isToCome ? today + ((weekday - now + 7) % 7) * DAY_MS : today - ((now - weekday + 7) % 7) * DAY_MS,
    );
  }
  const numbers = numeric(word, options);
  if (numbers) return existing(numbers);
  const named = namedMonth(word, options);
  if (named) return existing(named);
  // “3. Oktober”: as the house's languages write a day, with the year or without.
  return readDayText(typed) ?? nearest(readDayText(`${typed} ${options.today.slice(0, 4)}`), options);
}

/** A date that exists, or what is wrong with it. */
function existing(parts: DateParts): DateParts | { problem: string; fix?: Typed['fix'] } {
  if (parseDate(isoDate(parts))) return parts;
  const { year, month, day } = parts;
  if (month === undefined || month < 1 || month > 12) return { problem: 'There is no such month' };
  const last = daysIn(year, month);
  if (day === undefined || day <= last) return { problem: 'There is no such day' };
  const name = inWords({ year, month }).replace(/ \d+$/, '');
  return {
    problem: `There is no ${day} ${name}. The last day is ${last}`,
    fix: { label: `use ${last}`, value: isoDate({ ...parts, day: last }) },
  };
}

/** `3.10.2025`, `3/10/25`, `3/10`, `2025/10/3`: the day first, but the month in American English. */
function numeric(word: string, options: DateOptions): DateParts | undefined {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(word);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  const [, first, mark, second, year] = /^(\d{1,2})([-/.]) ?(\d{1,2})(?:[-/.] ?(\d{4}|\d{2}))?\.?$/.exec(word) ?? [];
  if (first === undefined || second === undefined) return undefined;
  const isMonthFirst = (mark === '/' && options.lang === 'en-US' && Number(first) <= 12) || Number(second) > 12;
  const [day, month] = isMonthFirst ? [Number(second), Number(first)] : [Number(first), Number(second)];
  return year === undefined
    ? nearest({ year: Number(options.today.slice(0, 4)), month, day }, options)
    : { year: yearOf(year, options.today), month, day };
}

/** `3 oct`, `oct 3rd, 2025`, `october`, `oct 2025`. */
function namedMonth(word: string, options: DateOptions): DateParts | undefined {
  const plain = word.replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? /, '').replace(/(\d)(?:st|nd|rd|th)\b/, '$1');
  const [, before, name = '', after, year] =
    /^(?:(\d{1,2})\.? )?([a-z]{3,9})\.?(?: (\d{1,2})(?!\d))?(?:,? (\d{4}|’?\d{2}))?$/.exec(plain) ?? [];
  const month = monthNamed(name);
  if (month === undefined) return undefined;
  const day = before ?? after;
  const parts = { month, ...(day === undefined ? {} : { day: Number(day) }) };
  if (year !== undefined) return { year: yearOf(year.replace('’', ''), options.today), ...parts };
  return nearest({ year: Number(options.today.slice(0, 4)), ...parts }, options);
}

/** A year by its last two figures is of this century, unless that is more than ten years off. */
function yearOf(digits: string, today: string): number {
  if (digits.length === 4) return Number(digits);
  const year = 2000 + Number(digits);
  return year > Number(today.slice(0, 4)) + 10 ? year - 100 : year;
}

/** A day whose year was not typed: the last one of that date, or the next where it is to come. */
function nearest(parts: DateParts | undefined, { today, isToCome }: DateOptions): DateParts | undefined {
  if (!parts) return undefined;
  const length = parts.day === undefined ? 7 : 10;
  const iso = isoDate(parts);
  if (isToCome && iso < today.slice(0, length)) return { ...parts, year: parts.year + 1 };
  return !isToCome && iso > today.slice(0, length) ? { ...parts, year: parts.year - 1 } : parts;
}

/** The other reading of `3/10`, where there is one. */
function otherReading(typed: string, parts: DateParts, options: DateOptions): Pick<Typed, 'fix'> {
  const [, first = '', second = ''] = /^(\d{1,2})[-/](\d{1,2})(?:[-/]\d+)?$/.exec(typed) ?? [];
  if (first === '' || first === second || Number(first) > 12 || Number(second) > 12) return {};
  const { year, month, day } = parts;
  if (month === undefined || day === undefined) return {};
  const other = /[-/]\d+[-/]/.test(typed)
    ? { year, month: day, day: month }
    : nearest({ year: Number(options.today.slice(0, 4)), month: day, day: month }, options);
  if (!other || !parseDate(isoDate(other))) return {};
  return { fix: { label: inWords(other).replace(/^\w+, | \d{4}$/g, ''), value: isoDate(other) } };
}

const dayless = (parts: DateParts): Pick<Typed, 'fix'> => {
  const value = isoDate({ ...parts, month: parts.month ?? 1, day: 1 });
  return { fix: { label: `use ${inWords(parseDate(value) as DateParts)}`, value } };
};

/** A web address as people type or paste it. */
export function typedUrl(text: string): Typed {
  const typed = text.trim();
  if (typed === '') return {};
  if (/^(?:mailto:)?[^\s@/]+@[^\s@/]+\.[^\s@/]+$/i.test(typed))
    return { problem: 'This is a mail address. Leave the link empty, or paste a web address' };
  const isBare = /^(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?::\d+)?(?:[/?#]\S*)?$/u.test(typed);
  const whole = isBare ? `https://${typed}` : typed;
  const clean = withoutTracking(whole);
  const changes = [
    ...(isBare ? ['added https://'] : []),
    ...(clean ? [`took out the tracking (${clean.names.join(', ')})`] : []),
  ];
  const value = clean?.url ?? whole;
  if (!/^https?:\/\/[^\s"<>\\`]+$/i.test(value) || !URL.canParse(value))
    return { problem: 'I can’t read this as a web address. Copy it from the browser: https://…' };
  return { value, ...(changes.length > 0 ? { why: changes.join(', ') } : {}) };
}

/** The language tags that are offered by name: the house's own, and varieties of English, Spanish and others that newsrooms name. */
const TAGS = [
  ...Object.keys(languages),
  ...[
    'en-GB',
    'en-US',
    'en-AU',
    'en-CA',
    'en-IE',
    'en-IN',
    'en-NZ',
    'en-ZA',
    'de-AT',
    'de-CH',
    'fr-CA',
    'fr-CH',
    'es-MX',
    'es-AR',
  ],
  ...[
    'pt-BR',
    'zh-Hans',
    'zh-Hant',
    'sv',
    'da',
    'nb',
    'fi',
    'pl',
    'cs',
    'uk',
    'ru',
    'tr',
    'el',
    'he',
    'fa',
    'ur',
    'hi',
    'bn',
    'ta',
    'ko',
  ],
  ...[
    'zh',
    'th',
    'vi',
    'id',
    'ms',
    'tl',
    'sw',
    'ro',
    'hu',
    'bg',
    'hr',
    'sr',
    'sk',
    'sl',
    'ca',
    'eu',
    'gl',
    'cy',
    'ga',
    'is',
  ],
];

/** A language's name in English, such as British English. */
export const languageName = (tag: string): string => {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag; // it is no tag
  }
};

/** Languages by the names that people know them by, the commonest first. */
export function languageNames(): { value: string; name: string; more: string }[] {
  const english = new Intl.DisplayNames('en', { type: 'language' });
  return [...new Set(TAGS)].map((tag) => {
    const name = english.of(tag) ?? tag;
    const own = new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? '';
    return { value: tag, name, more: own === name ? '' : own };
  });
}

/** A language by its tag or its name, in English or in itself. */
export function typedLanguage(text: string): Typed {
  const typed = text.trim();
  if (typed === '') return {};
  const word = typed.toLowerCase();
  const named = languageNames().find(({ name, more }) => name.toLowerCase() === word || more.toLowerCase() === word);
  if (named) return { value: named.value, shown: named.name };
  const tag = typed.replaceAll('_', '-');
  if (isLanguage(tag)) return { value: tag, shown: languageName(tag) };
  return { problem: 'I know no language of that name. Try British English, French or 한국어' };
}

/** A text as a story has it, by what kind of text its field holds; undefined where any text will do. */
export function typedAs(
  shape: Shape,
  name: string,
  text: string,
  { today, lang }: { today: string; lang: string },
): Typed | undefined {
  if (shape.type !== 'text') return undefined;
  if (shape.text === 'url') return typedUrl(text);
  if (name === 'lang') return typedLanguage(text);
  if (shape.text !== 'date' && shape.text !== 'when') return undefined;
  const isMoment = shape.problem('2025-10-06') !== undefined;
  return typedDate(text, { today, lang, isVague: shape.problem('2025') === undefined, isToCome: isMoment, isMoment });
}
