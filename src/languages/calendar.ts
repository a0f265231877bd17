/** How a language writes a day and a month. Unicode CLDR's long forms, kept here so that they are the same everywhere. */
interface Calendar {
  months: readonly string[];
  day: (day: number, month: string, year: number) => string;
  month: (month: string, year: number) => string;
}

const months = (names: string) => names.split(' ');
const dayFirst = (day: number, month: string, year: number) => `${day} ${month} ${year}`;
const monthYear = (month: string, year: number) => `${month} ${year}`;

const english = months('January February March April May June July August September October November December');

const calendars: Readonly<Record<string, Calendar>> = {
  en: { months: english, day: (day, month, year) => `${month} ${day}, ${year}`, month: monthYear },
  'en-GB': { months: english, day: dayFirst, month: monthYear },
  de: {
    months: months('Januar Februar März April Mai Juni Juli August September Oktober November Dezember'),
    day: (day, month, year) => `${day}. ${month} ${year}`,
    month: monthYear,
  },
  fr: {
    months: months('janvier février mars avril mai juin juillet août septembre octobre novembre décembre'),
    day: (day, month, year) => `${day === 1 ? '1er' : day} ${month} ${year}`,
    month: monthYear,
  },
  es: {
    months: months('enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'),
    day: (day, month, year) => `${day} de ${month} de ${year}`,
    month: (month, year) => `${month} de ${year}`,
  },
  pt: {
    months: months('janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro'),
    day: (day, month, year) => `${day} de ${month} de ${year}`,
    month: (month, year) => `${month} de ${year}`,
  },
  it: {
    months: months('gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre'),
    day: dayFirst,
    month: monthYear,
  },
  ja: {
    months: months('1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月'),
    day: (day, month, year) => `${year}年${month}${day}日`,
    month: (month, year) => `${year}年${month}`,
  },
  ar: {
    months: months('يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر'),
    day: dayFirst,
    month: monthYear,
  },
};

/** Regions of a language that write dates as the language's other calendar does. */
const regions: Readonly<Record<string, string>> = { 'en-IE': 'en-GB', 'en-NZ': 'en-GB', 'en-US': 'en' };

/**
 * A day, or a month of a year, in words of a language: from the house's own calendars, and from the system's for
 * languages and regions that the house does not have.
 */
export function dayText(lang: string, year: number, month: number, day?: number): string {
  const [language = '', region] = lang.split('-');
  const named = (name: string) => (Object.hasOwn(calendars, name) ? calendars[name] : undefined);
  const calendar =
    named((Object.hasOwn(regions, lang) ? regions[lang] : undefined) ?? lang) ??
    (region === undefined || region === region.toLowerCase() ? named(language) : undefined);
  const name = calendar?.months[month - 1];
  if (!calendar || name === undefined) return systemDay(lang, year, month, day);
  return day === undefined ? calendar.month(name, year) : calendar.day(day, name, year);
}

const PARTS = { day: '(?<day>\\d{1,2}|1er)', year: '(?<year>\\d{4})' };

let readers: { pattern: RegExp; months: readonly string[] }[] | undefined;

/** A day or a month as some language of the house writes it; undefined for what is neither. */
export function readDayText(text: string): { year: number; month: number; day?: number } | undefined {
  readers ??= Object.values(calendars).flatMap(({ months, day, month }) => {
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
    const month = months.findIndex((one) => one.toLowerCase() === name) + 1;
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
