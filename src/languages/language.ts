/** A language that briefs can be in, whole: what is missing does not compile. A language is one such file, and one line in `index.ts`. */
export interface Language {
  /** Its name in English, for the docs. */
  name: string;
  words: Words & { headings: Readonly<Record<HeadedKind, string>> };
  calendar: Calendar;
  /** Calendars of regions that write dates differently, by tag; other regions use the system's (Intl). */
  calendars?: Readonly<Record<string, Calendar>>;
  /** What stands between a day and the hour. */
  timeAfterDay: string;
  /** The script in which it is usually written (ISO 15924). */
  script: 'Arab' | 'Jpan' | 'Latn';
  /** The marks of a quotation, and those of one inside it: `“ ” ‘ ’`; spaces that belong to them included. */
  quotationMarks: string;
  /** The same for regions that have others, by tag in small letters. */
  regionalMarks?: Readonly<Record<string, string>>;
  /** Whether each paragraph of a quotation opens with the mark, and only the last closes. */
  marksEachParagraph?: boolean;
  isRightToLeft: boolean;
  /** The word that stands before the last of several. */
  and: string;
  /** A pattern for job titles: words after a name that match it are a role. */
  roles: string | null;
  /** Matches a text that ends in an abbreviation inside a sentence, where Unicode's rules (UAX #29) would end it. */
  shortForms: RegExp | null;
  /** Words for days and periods relative to the day of reading, such as “yesterday”. */
  relative: RelativeWords | null;
}

/** What a story or section is. */
export type Nature = 'news' | 'analysis' | 'background' | 'opinion' | 'explainer';

/** Who wrote a story. */
export type Maker = 'people' | 'people-and-ai' | 'ai';

/** The kinds of section that have a heading of the house. A new kind starts here: each language then has to name it. */
export type HeadedKind =
  | 'summary'
  | 'analysis'
  | 'coverage'
  | 'background'
  | 'timeline'
  | 'questions'
  | 'topics'
  | 'quotes'
  | 'figures'
  | 'key-points'
  | 'next'
  | 'counterpoint'
  | 'unknowns'
  | 'updates'
  | 'links'
  | 'briefs';

/** The words that a brief adds to the story's own. */
export interface Words {
  /** The default heading of each kind of section; a kind that has none is left out. */
  headings: Readonly<Record<string, string>>;
  /** What stands before the authors' names, with the space after it. */
  by: string;
  /** What parts the members of a list, with the space after it. */
  comma: string;
  /** What stands between a label and what it is about, with the spaces around it. */
  colon: string;
  published: string;
  updated: string;
  series: string;
  sources: string;
  corrections: string;
  correction: string;
  clarification: string;
  was: string;
  now: string;
  disclosure: string;
  backstory: string;
  madeWith: Readonly<Record<Maker, string>>;
  natures: Readonly<Record<Nature, string>>;
  tags: string;
  translations: string;
  picture: string;
  credit: string;
  accessed: string;
  archive: string;
  position: string;
  outlets: string;
  via: string;
  paywall: string;
  link: string;
  /** The words of an edition. */
  sponsor: string;
  events: string;
  contents: string;
  readMore: string;
  /** The link by which a mail service lets readers leave. */
  unsubscribe: string;
  /** The number of an edition, in place of `{}`. */
  number: string;
  backTo: string;
}

/** How a language writes a day and a month: Unicode CLDR's long forms, kept here so that they are the same everywhere. */
export interface Calendar {
  months: readonly string[];
  day: (day: number, month: string, year: number) => string;
  month: (month: string, year: number) => string;
}

/** What a word moves by: days, weeks, months or years. */
export type Shift = readonly [unit: 'day' | 'week' | 'month' | 'year', by: number];

interface RelativeWords {
  /** Words that mean a day; each is a word of its own, in small letters or at the start of a sentence. */
  days: Readonly<Record<string, number>>;
  /** Words that mean a week, a month or a year. */
  periods: Readonly<Record<string, Shift>>;
  /** A pattern for other words; looked for in stories without a date. */
  others: string | null;
}

/** Twelve names of months, with spaces between them. */
export const months = (names: string): readonly string[] => names.split(' ');

export const dayFirst: Calendar['day'] = (day, month, year) => `${day} ${month} ${year}`;
export const monthYear: Calendar['month'] = (month, year) => `${month} ${year}`;
