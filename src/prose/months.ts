/** Languages in which a day is an ordinal before its month, as in "24. Dezember". */
const ORDINAL_DAYS = 'bs cs da de et fi fo hr hu is lb lv nb nn se sk sl sr-Latn tr'.split(' ');

let names: Set<string> | undefined;

/** Whether a word is a month's name where a day before it is written as an ordinal. */
export function isMonthOfOrdinal(word: string): boolean {
  names ??= new Set(
    ORDINAL_DAYS.flatMap((lang) =>
      ['long', 'short'].flatMap((month) => {
        const format = new Intl.DateTimeFormat(lang, { day: 'numeric', month: month as 'long', timeZone: 'UTC' });
        return [...Array(12).keys()].map((at) => {
          const parts = format.formatToParts(new Date(Date.UTC(2024, at, 1)));
          return (parts.find(({ type }) => type === 'month')?.value ?? '').replace('.', '').toLowerCase();
        });
      }),
    ),
  );
  return names.has(word.toLowerCase());
}
