import type { Rule } from '../rule.js';

/** What advertisers and mailers add to addresses to follow readers; no page needs it (as Firefox and Brave strip it). */
const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|twclid|yclid|igshid|mc_[ce]id|mkt_tok|oly_(?:anon|enc)_id|vero_id|_hs(?:enc|mi)|ref_src|cmpid|cmp|ocid|smid|at_(?:medium|campaign|custom\d)|ns_(?:mchannel|source|campaign)|ito)$/i;

export const trackingParameter = {
  name: 'tracking-parameter',
  level: 'warning',
  description:
    'The address of a source follows its readers by what was added to it, and may be another than that of the next reader. The page is the same without it.',
  bad: 'sources:\n  - { id: ap, outlet: AP, url: "https://apnews.example/1?utm_source=mail" }',
  good: 'sources:\n  - { id: ap, outlet: AP, url: "https://apnews.example/1" }',
  *check({ story }) {
    for (const [i, { url }] of story.sources.entries()) {
      const clean = url === undefined ? undefined : withoutTracking(url);
      if (clean === undefined) continue;
      yield {
        path: ['sources', i, 'url'],
        message: `${clean.names.join(', ')} in this address ${clean.names.length === 1 ? 'follows' : 'follow'} readers`,
        hint: clean.url,
        fix: clean.url,
      };
    }
  },
} as const satisfies Rule;

/** An address without what follows readers, all else byte for byte; undefined where there is nothing of it. */
export function withoutTracking(url: string): { url: string; names: string[] } | undefined {
  const [, page = '', query = '', fragment = ''] = /^([^?#]*)\?([^#]*)(#.*)?$/s.exec(url) ?? [];
  const isTracking = (pair: string) => TRACKING.test(pair.split('=')[0] ?? '');
  const pairs = query.split('&');
  const names = pairs.filter(isTracking).map((pair) => pair.split('=')[0] ?? '');
  if (names.length === 0) return undefined;
  const kept = pairs.filter((pair) => !isTracking(pair)).join('&');
  return { url: page + (kept === '' ? '' : `?${kept}`) + fragment, names };
}
