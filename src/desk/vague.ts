/** People in general, who may be anyone. */
const PEOPLE =
  'officials|analysts|experts|observers|critics|sources|commentators|diplomats|economists|insiders|researchers|scientists|supporters|opponents|advocates|activists|lawmakers|politicians|residents|industry figures';
const SAY =
  '(?:say|said|saying|believe|believed|fear|warn|warned|warning|suggest|suggested|suggesting|argue|argued|arguing|note|noted|noting|think|expect|predict|predicted|claim|claimed|agree|told|see)';

/** How stories say who says so without saying who, in English (as the wire agencies' handbooks warn of). */
const VAGUE = [
  `(?:some|many|several|most|various|other|unnamed|anonymous|senior|top|multiple)\\s+(?:\\p{L}+\\s+)?(?:${PEOPLE})`,
  `(?:${PEOPLE})\\s+(?:have\\s+|are\\s+|also\\s+)?${SAY}`,
  `(?:it|they)\\s+(?:is|are|was|were)\\s+(?:widely\\s+)?(?:believed|said|reported|rumou?red|alleged|understood|thought)`,
  `(?:is|are|was|were)\\s+widely\\s+(?:believed|reported|expected|seen|thought)`,
  `according to (?:\\p{L}+\\s+)?(?:reports|${PEOPLE})`,
  '(?:(?:media|press|some|recent)\\s+)?reports\\s+(?:say|said|suggest|suggested|indicate)',
  'sources? (?:familiar|close|briefed|with knowledge)',
  'reportedly|allegedly',
];
const PATTERN = new RegExp(`(?<![\\p{L}\\p{N}])(?:${VAGUE.join('|')})(?![\\p{L}\\p{N}])`, 'giu');

/** Where a sentence gives people in general as its source; English only. */
export function vagueIn(sentence: string, lang: string): [start: number, end: number][] {
  if (!lang.startsWith('en')) return [];
  return [...sentence.matchAll(PATTERN)].map(({ index, 0: found }) => [index, index + found.length]);
}
