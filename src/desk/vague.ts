import { isEnglish } from '../languages/words.js';

/** People in general, who may be anyone. */
const PEOPLE =
  'officials|analysts|experts|observers|critics|commentators|diplomats|economists|insiders|researchers|scientists|supporters|opponents|advocates|activists|lawmakers|politicians|aides|traders|union leaders|industry figures';
const SAY =
  '(?:say|said|saying|believe|believed|fear|warn|warned|warning|suggest|suggested|suggesting|argue|argued|arguing|note|noted|noting|think|expect|predict|predicted|speculate|speculated|claim|claimed|agree|told|see)';
/** What may stand before a bare plural: "Russian officials said" and "company officials said" are narrower. */
const OPENS = '(?:^|[,;:—–-]\\s*|\\b(?:and|but|that|while|as|which|because|if|where|though|although|so)\\s+)';

/** Phrases that attribute a claim to nobody in particular (English; after the wire agencies' handbooks). */
const VAGUE = [
  `\\b(?:some|many|several|various|other|unnamed|anonymous|senior|top)\\s+(?:\\p{L}+\\s+)?(?:${PEOPLE})\\b`,
  `${OPENS}(?<who>(?:${PEOPLE}|sources)\\s+(?:have\\s+|are\\s+|also\\s+)?${SAY})\\b`,
  '\\bit\\s+(?:is|was)\\s+(?:widely\\s+)?(?:believed|said|reported|rumou?red|alleged|understood|thought)\\s+that\\b',
  '\\b(?:is|are|was|were)\\s+widely\\s+(?:believed|reported|expected|seen|thought)\\b',
  `\\baccording to (?:\\p{Ll}+\\s+)?(?:reports|sources|${PEOPLE})\\b`,
  '\\b(?:(?:media|press|some|recent)\\s+)?reports\\s+(?:say|said|suggest|suggested|indicate)\\b',
  '\\b(?:sources?|person|people|officials?|aides?)\\s+(?:familiar|close|briefed|with knowledge)\\b',
  "\\b(?:did not|didn[’']t|asked not to|declined to)\\s+(?:want\\s+)?(?:to\\s+)?be\\s+(?:named|identified)\\b",
  '\\bon (?:the )?condition of anonymity\\b',
  '\\brumou?rs?\\s+(?:suggests?|has|have)\\b|\\brumou?red to\\b',
  '\\breportedly\\b',
];
const PATTERN = new RegExp(VAGUE.join('|'), 'giu');

/** Where a sentence gives people in general as its source; English only. */
export function vagueIn(sentence: string, lang: string): [start: number, end: number][] {
  if (!isEnglish(lang)) return [];
  return [...sentence.matchAll(PATTERN)].map(({ index, 0: phrase, groups }) => {
    const end = index + phrase.length;
    return [groups?.['who'] === undefined ? index : end - groups['who'].length, end];
  });
}
