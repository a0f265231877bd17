import { lazyPattern } from '../../prose/pattern.js';
import type { Rule } from '../rule.js';

/** Scripts that part words, or join letters, with characters that nobody sees. */
const JOINING = lazyPattern(
  () =>
    /[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Nkoo}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}\p{Extended_Pictographic}\p{EMod}]/u,
);

/** ZERO WIDTH SPACE, NON-JOINER and JOINER, WORD JOINER, fillers of Hangul, and the like. */
const UNSEEN = /[\u115F\u1160\u180E\u200B-\u200D\u2060-\u2064\u3164\uFFA0]/g;

/** More marks above and below a letter than any language has. */
const HEAPED = /\p{M}{9,}/u;

export const invisibleCharacter = {
  name: 'invisible-character',
  level: 'warning',
  description:
    'A text has a character that nobody sees, between letters that need none, or a letter under a heap of marks: words are not found by it, and lines break in odd places. Pages and chats leave such characters in what is copied from them.',
  bad: 'headline: "Council\\u200B keeps the night ferry"',
  good: 'headline: "Council keeps the night ferry"',
  *checkTexts({ texts }) {
    for (const { text, type, path } of texts) {
      if ((type !== 'prose' && type !== 'line') || /^[\n\x20-\x7E\u00A0-\u024F\u2010-\u2027]*$/.test(text)) continue;
      const at = [...text.matchAll(UNSEEN)].find(({ index }) => !isNeeded(text, index))?.index;
      const heap = HEAPED.exec(text);
      if (at !== undefined)
        yield {
          path,
          within: [at, at + 1],
          message: `a character that nobody sees stands here: U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}`,
          hint: 'delete the characters around it and type them again',
        };
      if (heap)
        yield {
          path,
          within: [heap.index, heap.index + heap[0].length],
          message: `${heap[0].length} marks are heaped on one letter`,
          hint: 'delete them',
        };
    }
  },
} as const satisfies Rule;

/** Whether a script beside it needs the character: Persian, Hindi, Thai, an emoji. */
const isNeeded = (text: string, at: number): boolean =>
  JOINING().test(text.slice(Math.max(0, at - 2), at)) || JOINING().test(text.slice(at + 1, at + 3));
