import { languageOf } from '../languages/index.js';

/** Scripts by their four letters (ISO 15924), with their letters and a language that is written in each. */
const SCRIPTS: readonly { script: string; name: string; letters: RegExp; lang: string }[] = [
  { script: 'Latn', name: 'Latin', letters: /\p{sc=Latin}/gu, lang: 'en' },
  { script: 'Arab', name: 'Arabic', letters: /\p{sc=Arabic}/gu, lang: 'ar' },
  { script: 'Armn', name: 'Armenian', letters: /\p{sc=Armenian}/gu, lang: 'hy' },
  { script: 'Beng', name: 'Bengali', letters: /\p{sc=Bengali}/gu, lang: 'bn' },
  { script: 'Cyrl', name: 'Cyrillic', letters: /\p{sc=Cyrillic}/gu, lang: 'ru' },
  { script: 'Deva', name: 'Devanagari', letters: /\p{sc=Devanagari}/gu, lang: 'hi' },
  { script: 'Ethi', name: 'Ethiopic', letters: /\p{sc=Ethiopic}/gu, lang: 'am' },
  { script: 'Geor', name: 'Georgian', letters: /\p{sc=Georgian}/gu, lang: 'ka' },
  { script: 'Grek', name: 'Greek', letters: /\p{sc=Greek}/gu, lang: 'el' },
  { script: 'Gujr', name: 'Gujarati', letters: /\p{sc=Gujarati}/gu, lang: 'gu' },
  { script: 'Guru', name: 'Gurmukhi', letters: /\p{sc=Gurmukhi}/gu, lang: 'pa' },
  { script: 'Hani', name: 'Chinese', letters: /\p{sc=Han}/gu, lang: 'zh' },
  { script: 'Hebr', name: 'Hebrew', letters: /\p{sc=Hebrew}/gu, lang: 'he' },
  { script: 'Jpan', name: 'Japanese', letters: /[\p{sc=Hiragana}\p{sc=Katakana}]/gu, lang: 'ja' },
  { script: 'Khmr', name: 'Khmer', letters: /\p{sc=Khmer}/gu, lang: 'km' },
  { script: 'Knda', name: 'Kannada', letters: /\p{sc=Kannada}/gu, lang: 'kn' },
  { script: 'Kore', name: 'Korean', letters: /\p{sc=Hangul}/gu, lang: 'ko' },
  { script: 'Laoo', name: 'Lao', letters: /\p{sc=Lao}/gu, lang: 'lo' },
  { script: 'Mlym', name: 'Malayalam', letters: /\p{sc=Malayalam}/gu, lang: 'ml' },
  { script: 'Mymr', name: 'Burmese', letters: /\p{sc=Myanmar}/gu, lang: 'my' },
  { script: 'Orya', name: 'Odia', letters: /\p{sc=Oriya}/gu, lang: 'or' },
  { script: 'Sinh', name: 'Sinhala', letters: /\p{sc=Sinhala}/gu, lang: 'si' },
  { script: 'Taml', name: 'Tamil', letters: /\p{sc=Tamil}/gu, lang: 'ta' },
  { script: 'Telu', name: 'Telugu', letters: /\p{sc=Telugu}/gu, lang: 'te' },
  { script: 'Thaa', name: 'Thaana', letters: /\p{sc=Thaana}/gu, lang: 'dv' },
  { script: 'Thai', name: 'Thai', letters: /\p{sc=Thai}/gu, lang: 'th' },
  { script: 'Tibt', name: 'Tibetan', letters: /\p{sc=Tibetan}/gu, lang: 'bo' },
];

export interface Script {
  /** Four letters, as in language tags; `Jpan` and `Kore` are told from `Hani` by their own letters. */
  script: string;
  /** What its letters are called in English. */
  name: string;
  /** A language that is written so, the most usual one. */
  lang: string;
}

/** Nothing but the letters of Latin, and what every script has. */
const LATIN_ALONE = /^[\u0000-\u02FF\u1E00-\u1EFF\u2000-\u2BFF]*$/;

/** The script of most letters of a text; undefined where there are none. Chinese characters count as Japanese beside kana. */
export function scriptOf(text: string): Script | undefined {
  const [latin] = SCRIPTS;
  if (LATIN_ALONE.test(text)) return /\p{L}/u.test(text) ? latin : undefined;
  const counts = new Map(SCRIPTS.map((entry) => [entry.script, text.match(entry.letters)?.length ?? 0]));
  const han = counts.get('Hani') ?? 0;
  for (const script of ['Jpan', 'Kore']) {
    const count = counts.get(script) ?? 0;
    if (count * 10 > han) counts.set(script, count + (count > 0 ? han : 0));
  }
  const [most] = SCRIPTS.toSorted((a, b) => (counts.get(b.script) ?? 0) - (counts.get(a.script) ?? 0));
  return most && (counts.get(most.script) ?? 0) > 0 ? most : undefined;
}

/** Whether a text has letters of a script. */
export function hasScript(text: string, script: string): boolean {
  const known = SCRIPTS.find((entry) => entry.script === script || (script === 'Jpan' && entry.script === 'Hani'));
  return known !== undefined && text.search(known.letters) >= 0;
}

/** Parts and kinds of scripts, by what they are a part or kind of. */
const SAME: Readonly<Record<string, string>> = {
  Hans: 'Hani',
  Hant: 'Hani',
  Hang: 'Kore',
  Hira: 'Jpan',
  Kana: 'Jpan',
  Hrkt: 'Jpan',
};

const writtenIn = new Map<string, string>();

/** The script in which a language is usually written, or that its tag names. */
export function scriptOfLanguage(lang: string): string {
  const known = writtenIn.get(lang);
  if (known !== undefined) return known;
  // Intl takes its time to set up; a tag of ours without a script has that of its language.
  const ours = /-[a-z]{4}(?:-|$)/i.test(lang) ? undefined : languageOf(lang)?.script;
  const script = ours ?? new Intl.Locale(lang).maximize().script ?? 'Latn';
  const made = SAME[script] ?? script;
  writtenIn.set(lang, made);
  return made;
}
