/** A word; in scripts that put no spaces between words, a character. */
const WORD =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}]|(?:(?![\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}])[\p{L}\p{M}\p{N}])+/gu;

/** The words of a text, or of all texts in a value. */
export function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.normalize('NFC').match(WORD) ?? [];
  if (Array.isArray(value)) return value.flatMap(wordsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(wordsOf);
}

/** The names of all fields in a value. */
export function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    Array.isArray(value) ? namesIn(one) : [name, ...namesIn(one)],
  );
}

/** The words of the first list that the second does not have, each as often as it is missing, in order. */
export function lost(from: readonly string[], into: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const word of into) counts.set(word, (counts.get(word) ?? 0) + 1);
  return from.filter((word) => {
    const left = counts.get(word) ?? 0;
    counts.set(word, left - 1);
    return left <= 0;
  });
}
