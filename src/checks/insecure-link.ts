import type { Rule } from './rule.js';

export const insecureLink: Rule = {
  name: 'insecure-link',
  level: 'warning',
  description:
    'An address starts with http:, so others can read and change what readers are shown on its way. Most sites have the same page at https:.',
  bad: 'url: http://council.example/minutes',
  good: 'url: https://council.example/minutes',
  *check({ texts }) {
    for (const { text, type, path } of texts) {
      if (type !== 'url' && type !== 'prose') continue;
      for (const { index, 0: found } of text.matchAll(/\bhttp:\/\/[^\s<>)\]"]+/gi))
        yield {
          path,
          within: [index, index + found.length],
          message: 'this address is not secure',
          hint: `see whether ${found.replace(/^http:/i, 'https:')} is the same page`,
        };
    }
  },
};
