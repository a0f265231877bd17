import type { Finding, Rule } from '../rule.js';

export const insecureLink = {
  name: 'insecure-link',
  level: 'warning',
  description:
    'An address starts with http:, so others can read and change what readers are shown on its way. Most sites have the same page at https:. Told once for each site.',
  bad: 'url: http://council.example/minutes',
  good: 'url: https://council.example/minutes',
  *checkTexts({ texts }) {
    const sites = new Map<string, { first: Finding; count: number }>();
    for (const { text, type, path } of texts) {
      if (type !== 'url' && type !== 'prose') continue;
      for (const { index, 0: url } of text.matchAll(/\bhttp:\/\/(?:\([^\s()<>]*\)|[^\s<>()\]"])+/gi)) {
        const site = url.toLowerCase().split('/')[2] ?? '';
        const known = sites.get(site);
        if (known) known.count++;
        else
          sites.set(site, {
            count: 1,
            first: {
              path,
              within: [index, index + url.length],
              message: 'this address is not secure',
              hint: `see whether ${url.replace(/^http:/i, 'https:')} is the same page`,
            },
          });
      }
    }
    for (const [site, { first, count }] of sites)
      yield count === 1
        ? first
        : {
            ...first,
            message: `${first.message}, nor ${count === 2 ? 'is another' : `are ${count - 1} others`} at ${site}`,
          };
  },
} as const satisfies Rule;
