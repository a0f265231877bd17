import { languageOf, languages } from './index.js';

/** The marks around a quotation, and those of one inside it; the spaces that belong to them included. */
export interface QuotationMarks {
  outer: readonly [open: string, close: string];
  inner: readonly [open: string, close: string];
  /** Whether each paragraph of a quotation opens with the mark, and only the last closes. */
  eachParagraph: boolean;
}

const CURLY = '“ ” ‘ ’';

/** Outer and inner marks of languages without a file here: CLDR 46 `delimiters`, except where newspapers differ. */
const MARKS: Readonly<Record<string, string>> = {
  be: '« » “ ”',
  bg: '„ “ ‚ ‘',
  ca: '« » “ ”',
  cs: '„ “ ‚ ‘',
  el: '« » “ ”',
  et: '„ “ « »',
  fa: '« » ‹ ›',
  fi: '” ” ’ ’',
  he: '” ” ’ ’',
  hr: '„ ” ‚ ’',
  hu: '„ ” » «',
  hy: '« » “ ”',
  is: '„ “ ‚ ‘',
  ka: '„ “ « »',
  lt: '„ “ ‚ ‘',
  lv: '« » “ ”',
  mk: '„ “ ‚ ‘',
  nb: '« » ‘ ’',
  nn: '« » ‘ ’',
  no: '« » ‘ ’',
  pl: '„ ” « »',
  ro: '„ ” « »',
  ru: '« » „ “',
  sk: '„ “ ‚ ‘',
  sl: '„ “ ‚ ‘',
  sq: '« » “ ”',
  sr: '„ ” ‚ ’',
  sv: '” ” ’ ’',
  uk: '« » „ “',
  'zh-hant': '「 」 『 』',
  'zh-hk': '「 」 『 』',
  'zh-mo': '「 」 『 』',
  'zh-tw': '「 」 『 』',
};

/** The marks that open a quotation in some language, and the typewriter's. */
export const openingMarks: readonly string[] = [
  ...new Set([
    '"',
    ...[CURLY, ...Object.values(MARKS), ...Object.values(languages).map((language) => language.quotationMarks)].flatMap(
      (marks) => marks.split(' ').filter((_, i) => i % 2 === 0),
    ),
  ]),
];

const known = new Map<string, QuotationMarks>();

/** The quotation marks of a language, by its tag (BCP 47): those of the region or script where they are others. */
export function quotationMarks(lang: string): QuotationMarks {
  const ready = known.get(lang);
  if (ready) return ready;
  const [language = '', ...rest] = lang.toLowerCase().split('-');
  const ours = languageOf(lang);
  const all: Readonly<Record<string, string>> = ours
    ? { [language]: ours.quotationMarks, ...ours.regionalMarks }
    : MARKS;
  const marked = (name: string) => (Object.hasOwn(all, name) ? all[name] : undefined);
  const written = rest.map((part) => marked(`${language}-${part}`)).find(Boolean) ?? marked(language) ?? CURLY;
  const [open = '', close = '', innerOpen = '', innerClose = ''] = written.split(' ');
  const marks: QuotationMarks = {
    outer: [open, close],
    inner: [innerOpen, innerClose],
    eachParagraph: ours?.marksEachParagraph ?? false,
  };
  known.set(lang, marks);
  return marks;
}
