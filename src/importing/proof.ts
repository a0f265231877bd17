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
  return Object.entries(value).flatMap(([name, child]) =>
    Array.isArray(value) ? namesIn(child) : [name, ...namesIn(child)],
  );
}

/** All texts in a value, in order. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
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

const SMALL = '⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉';

const SMALL_LETTERS = /[\u2090-\u209C\u1D62-\u1D6A\u2C7C]+|[ⁱⁿ]+/g;

/** Letters or figures in a row; `10⁶` and `1st` are two each, `106` is one. */
const PIECE = /\p{N}+|[\p{L}\p{M}]+/gu;

/** Characters of scripts that put no spaces between words. */
const UNSPACED =
  /(?=[\p{L}\p{N}\p{M}])[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/gu;

/** A text without addresses, the marks of lists and those of emphasis, its small figures apart. */
function bareText(text: string): string {
  return text
    .replace(/\bhttps?:\/\/[!#-'*-;=?-Z\\^-z|~]*/gi, ' ')
    .replace(/^[ \t>]*(?:(?:[-*+•–·‣▪◦]|\(?\d{1,9}[.)])[ \t]+)+(?:\[[ xX]\][ \t])?/gm, ' ')
    .replace(/[*\\\uFE0E\uFE0F]|~~/g, '')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[₀₁₂₃₄₅₆₇₈₉]+/g, (run) => ` ${[...run].map((char) => SMALL.indexOf(char) % 10).join('')} `)
    .replace(SMALL_LETTERS, ' $& ')
    .replace(/[¼-¾⅐-⅞]/g, ' $& ')
    .normalize('NFKC');
}

/** What a text says in figures and letters, in order. */
const piecesOf = (text: string): string[] => bareText(text).replace(UNSPACED, ' ').match(PIECE) ?? [];

/** The characters of a text in scripts that put no spaces between words. */
const charactersOf = (text: string): string[] => bareText(text).match(UNSPACED) ?? [];

/**
 * The words of the input that are in neither the story nor the report, in order. Each is looked for right after the one
 * before it first, so that a lost word is not covered by the same word elsewhere.
 */
export function unaccounted(input: string, story: readonly string[], report: readonly string[]): string[] {
  const into = new Places();
  for (const text of story) into.add(piecesOf(text));
  const reported = into.size;
  into.startReport();
  for (const text of report) into.add(piecesOf(text));
  const from = piecesOf(input);
  const positions: (number | undefined)[] = [];
  for (let at = 0, last = -1; at < from.length; at++) {
    const place = into.take(from, at, last + 1);
    positions.push(place);
    if (place !== undefined) last = place;
  }
  const runs: string[][] = [];
  let before = -2;
  for (const [at, place] of positions.entries()) {
    // A lone word found elsewhere in the story, though its neighbours stand side by side now, is another of the same letters.
    const [left, right] = [positions[at - 1], positions[at + 1]];
    const isApart =
      left !== undefined && right === left + 1 && place !== undefined && place < reported && into.isAmong(place);
    if (place !== undefined && !isApart) continue;
    if (before === at - 1) runs.at(-1)?.push(from[at] as string);
    else runs.push([from[at] as string]);
    before = at;
  }
  const characters = lost(charactersOf(input), [...story, ...report].flatMap(charactersOf));
  return [...runs.map((run) => run.join(' ')), ...(characters.length > 0 ? [characters.join('')] : [])];
}

/** How many places are tried for a word that does not go on where the one before it was found. */
const MOST_TRIED = 12;
/** How far ahead a place is looked at. */
const AHEAD = 8;

/** Where words stand, each place to be taken once. */
class Places {
  readonly #words: string[] = [];
  readonly #taken = new Set<number>();
  #reported = Number.POSITIVE_INFINITY;
  readonly #places = new Map<string, { all: number[]; first: number }>();

  get size(): number {
    return this.#words.length;
  }

  /** Adds the words of a text; none of them goes on in another text. */
  add(words: readonly string[]): void {
    for (const word of words) {
      const known = this.#places.get(word);
      if (known) known.all.push(this.#words.length);
      else this.#places.set(word, { all: [this.#words.length], first: 0 });
      this.#words.push(word);
    }
    this.#words.push('');
  }

  /** Whether a word has others of its text on both sides. */
  isAmong(place: number): boolean {
    return (this.#words[place - 1] ?? '') !== '' && (this.#words[place + 1] ?? '') !== '';
  }

  /** Takes the place of a word: `expected` where it stands there, else where most of what follows it follows too. */
  take(from: readonly string[], at: number, expected: number): number | undefined {
    const word = from[at] as string;
    const place = this.#words[expected] === word && !this.#taken.has(expected) ? expected : this.#best(from, at, word);
    if (place !== undefined) this.#taken.add(place);
    return place;
  }

  /** All that is added from here on is the report's: a word that stands alone is looked for there first. */
  startReport(): void {
    this.#reported = this.#words.length;
  }

  #inReport({ all }: { all: readonly number[] }): number | undefined {
    for (let i = all.length - 1; i >= 0 && (all[i] as number) >= this.#reported; i--)
      if (!this.#taken.has(all[i] as number)) return all[i];
    return undefined;
  }

  #best(from: readonly string[], at: number, word: string): number | undefined {
    const known = this.#places.get(word);
    if (!known) return undefined;
    while (this.#taken.has(known.all[known.first] ?? -1)) known.first++;
    let best: number | undefined;
    let most = 0;
    let tried = 0;
    let skipped = 0;
    for (let i = known.first; i < known.all.length && tried < MOST_TRIED; i++) {
      const place = known.all[i] as number;
      if (this.#taken.has(place)) {
        skipped++;
        continue;
      }
      tried++;
      let run = 0;
      while (run < AHEAD && from[at + run] === this.#words[place + run] && !this.#taken.has(place + run)) run++;
      if (run > most) {
        most = run;
        best = place;
      }
    }
    if (skipped > 100) {
      known.all = known.all.filter((place) => !this.#taken.has(place));
      known.first = 0;
    }
    return most === 1 ? (this.#inReport(known) ?? best) : best;
  }
}
