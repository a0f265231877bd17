import { withoutCode } from '../../prose/masks.js';
import type { Rule } from '../rule.js';

/** An address that stands in a text by itself: not in `< >`, not the words or the target of a link. */
const BARE = /(?<!\]: )(?<![<([\w/"'=\\])https?:\/\/(?:\([^\s()<>]*\)|[^\s()<>[\]"“”„«»‘’])+/gi;

export const bareAddress = {
  name: 'bare-address',
  level: 'warning',
  description:
    'An address in a text is no link by itself: it is printed as characters, and readers cannot click it on a page. Told at its first place in each text.',
  bad: 'text: "Leave the list: https://example.org/leave"',
  good: 'text: "[Leave the list](https://example.org/leave), or <https://example.org/leave>"',
  *checkTexts({ texts }) {
    for (const { text, type, path } of texts) {
      if (type !== 'prose' || !/https?:\/\//i.test(text)) continue;
      const [match] = withoutCode(text).matchAll(BARE);
      if (!match) continue;
      const address = match[0].replace(/[.,;:!?]+$/, '');
      yield {
        path,
        within: [match.index, match.index + address.length],
        message: 'this address is no link: readers see its characters',
        hint: `write <${address}>, or [words](${address})`,
      };
    }
  },
} as const satisfies Rule;
