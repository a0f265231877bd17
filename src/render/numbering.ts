import type { Mark } from '../formats/format.js';

/** Numbers sources by their first mention in one brief, and counts the mentions. */
export class Numbering {
  readonly #known: ReadonlySet<string>;
  readonly #mentions = new Map<string, Mark[]>();

  constructor(ids: readonly string[]) {
    this.#known = new Set(ids);
  }

  /** Marks one more mention; undefined where no source has the id. */
  mark = (id: string): Mark | undefined => {
    if (!this.#known.has(id)) return undefined;
    const marks = this.#mentions.get(id) ?? [];
    this.#mentions.set(id, marks);
    const number = marks[0]?.number ?? this.#mentions.size;
    const mark = { id, number, mention: marks.length + 1 };
    marks.push(mark);
    return mark;
  };

  /** All mentions of a source so far. */
  mentions(id: string): Mark[] {
    return this.#mentions.get(id) ?? [];
  }

  /** The order in which the sources are listed: as first mentioned, then those never mentioned. */
  order<T extends { id: string }>(sources: readonly T[]): T[] {
    const rank = (source: T) => this.mentions(source.id)[0]?.number ?? Number.POSITIVE_INFINITY;
    return [...sources].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
  }
}
