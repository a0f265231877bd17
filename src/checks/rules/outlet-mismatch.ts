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

/** Sites that carry what others publish. */
const PLATFORMS =
  /(?:^|\.)(?:youtube\.com|youtu\.be|twitter\.com|x\.com|facebook\.com|instagram\.com|tiktok\.com|threads\.net|bsky\.app|linkedin\.com|reddit\.com|medium\.com|substack\.com|wordpress\.com|blogspot\.com|tumblr\.com|github\.com|github\.io|archive\.(?:org|today|ph|is)|google\.com|apple\.com|apple\.news|msn\.com|yahoo\.com|t\.me|telegram\.org|bit\.ly|t\.co|doi\.org|documentcloud\.org|scribd\.com|amazonaws\.com|prnewswire\.com|businesswire\.com|globenewswire\.com|spotify\.com|vimeo\.com|wikimedia\.org|wikipedia\.org|example\.(?:com|org|net))$/;

/** The site of an address, as `bbc.co.uk` or `cnn.com`; undefined for a site where everyone publishes. */
export function siteOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const hostname = new URL(url).hostname.replace(/\.$/, '');
  if (PLATFORMS.test(hostname) || /^[\d.]+$|:/.test(hostname)) return undefined;
  const labels = hostname.split('.');
  // gov.uk, co.jp and their like are no one's site.
  const size =
    /^(?:co|com|org|net|gov|ac|edu|or|ne|go|gob|gouv)$/.test(labels.at(-2) ?? '') && (labels.at(-1)?.length ?? 0) === 2
      ? 3
      : 2;
  const site = labels.slice(-size).join('.');
  return site === 'go.com' ? labels.slice(-3).join('.') : site; // abcnews.go.com, espn.go.com
}

/** Whether two labels may be of one outlet: they share a word, or one is the other's initials. */
export function mayBeOne(a: string, b: string): boolean {
  const [x, y] = [a, b].map(wordsOf) as [string[], string[]];
  if (x.length === 0 || y.length === 0 || x.some((word) => y.includes(word))) return true;
  const [short, long] = [x.join(''), y.join('')];
  const areInitials = (word: string, words: string[]) =>
    words.length > 1 && word.startsWith(words.map((one) => one.charAt(0)).join(''));
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
