import type { Mark } from '../formats/format.js';

/** Numbers sources by their first mention in one brief, and counts the mentions. */
export class Numbering {
  readonly #labels = new Map<string, string>();
  readonly #mentions = new Map<string, Mark[]>();

  constructor(ids: readonly string[]) {
    const taken = new Set<string>();
    const known = new Set(ids.map(folded));
    for (const id of ids) {
      let label = id;
      // A made label must be no other source's own.
      for (let i = 2; taken.has(folded(label)) || (label !== id && known.has(folded(label))); i++) label = `${id}-${i}`;
      this.#labels.set(id, label);
      taken.add(folded(label));
    }
  }

  /** Marks one more mention; undefined where no source has the id. */
  mark = (id: string): Mark | undefined => {
    const label = this.#labels.get(id);
    if (label === undefined) return undefined;
    const marks = this.#mentions.get(id) ?? [];
    this.#mentions.set(id, marks);
    const number = marks[0]?.number ?? this.#mentions.size;
    const mark = { id, label, number, mention: marks.length + 1 };
    marks.push(mark);
    return mark;
  };

  /** How footnotes name a source. */
  label(id: string): string {
    return this.#labels.get(id) ?? id;
  }

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

/** Footnotes' names as GitHub compares them: it folds them twice, so that ß is ss and ı is i. */
const folded = (id: string) => id.toLowerCase().toUpperCase();
