import { ar } from './ar.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { it } from './it.js';
import { ja } from './ja.js';
import type { Language } from './language.js';
import { nl } from './nl.js';
import { pt } from './pt.js';

/** All languages that briefs have words in, by tag. */
export const languages: Readonly<Record<string, Language>> = { en, de, fr, es, pt, it, ja, ar, nl };

/** The language of a tag (BCP 47), whatever its region or script; undefined where it is none of ours. */
export function languageOf(tag: string): Language | undefined {
  const language = tag.split('-')[0]?.toLowerCase() ?? '';
  return Object.hasOwn(languages, language) ? languages[language] : undefined;
}
