import type { Rule } from '../rule.js';

/** Reported by `check`, which alone knows all the files. */
export const outletMismatch = {
  name: 'outlet-mismatch',
  level: 'warning',
  description:
    'A source’s outlet has no word in common with what the other sources of the run are called whose addresses are at the same site: one of the labels, or the address, is probably wrong. Sites where everyone publishes (YouTube, X, Substack, archives) are passed over.',
  bad: '# a.story.yaml and b.story.yaml\n- { id: x, outlet: The Ledger, url: "https://ledger.example/1" }\n- { id: y, outlet: The Chronicle, url: "https://ledger.example/2" }',
  good: '- { id: x, outlet: The Ledger, url: "https://ledger.example/1" }\n- { id: y, outlet: Ledger Online, url: "https://ledger.example/2" }',
} as const satisfies Rule;

/** Whether two labels may be of one outlet: they share a word, or one is the other's initials. */
export function mayBeOne(a: string, b: string): boolean {
  const [x, y] = [a, b].map(wordsOf) as [string[], string[]];
  if (x.length === 0 || y.length === 0 || x.some((word) => y.includes(word))) return true;
  const [short, long] = [x.join(''), y.join('')];
  const areInitials = (word: string, words: string[]) =>
    words.length > 1 && word.startsWith(words.map((part) => part.charAt(0)).join(''));
  return areInitials(short, y) || areInitials(long, x) || short.includes(long) || long.includes(short);
}

function wordsOf(label: string): string[] {
  const all =
    label
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return all.filter((word) => !/^(?:the|of|and|a|le|la|les|el|los|der|die|das)$/.test(word));
}
