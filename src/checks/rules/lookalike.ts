import type { Finding, Rule } from '../rule.js';

/** Scripts whose letters look like those of Latin. */
const LIKE_LATIN: readonly { name: string; letters: RegExp }[] = [
  { name: 'Cyrillic', letters: /\p{sc=Cyrillic}/u },
  { name: 'Greek', letters: /\p{sc=Greek}/u },
  { name: 'Armenian', letters: /\p{sc=Armenian}/u },
  { name: 'Cherokee', letters: /\p{sc=Cherokee}/u },
  { name: 'full-width', letters: /[\uFF21-\uFF3A\uFF41-\uFF5A]/u },
];

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u2800]/u;

export const lookalike = {
  name: 'lookalike',
  level: 'warning',
  description:
    'An id or the site of an address mixes Latin letters with letters of another script that look like them, or has a character that nobody sees: it is not what it looks like. Such addresses lead readers to strangers.',
  bad: 'url: https://аpple.example/ # the first letter is Cyrillic',
  good: 'url: https://apple.example/',
  *checkTexts({ texts }) {
    for (const { text, type, path } of texts) {
      if (/^[\x20-\x7E]*$/.test(text)) continue; // most of them
      if (type === 'url') {
        const [, lead = '', host = ''] = /^(https?:\/\/)([^/?#]*)/i.exec(text) ?? [];
        yield* inWord(host, path, lead.length, 'the name of this site');
        const at = text.search(INVISIBLE);
        if (at >= 0 && !INVISIBLE.test(host)) yield unseen(path, at, 'this address');
      } else if (type === 'ref' || path.at(-1) === 'id') yield* inWord(text, path, 0, 'this id');
    }
  },
} as const satisfies Rule;

function* inWord(word: string, path: Finding['path'], from: number, what: string): Generator<Finding> {
  const at = word.search(INVISIBLE);
  if (at >= 0) yield unseen(path, from + at, what);
  for (const label of word.split('.')) {
    const other = /[A-Za-z]/.test(label) ? LIKE_LATIN.find(({ letters }) => letters.test(label)) : undefined;
    if (!other) continue;
    const start = from + word.indexOf(label);
    const first = start + label.search(other.letters);
    yield {
      path,
      within: [first, first + 1],
      message: `${what} mixes Latin letters with ${other.name} ones that look like them`,
      hint: 'type it again, or copy it from where it is sure',
    };
    return;
  }
}

const unseen = (path: Finding['path'], at: number, what: string): Finding => ({
  path,
  within: [at, at + 1],
  message: `${what} has a character that nobody sees`,
  hint: 'delete the characters around it and type them again',
});
