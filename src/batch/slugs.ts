/** A later file whose slug an earlier one has. */
export interface Collision {
  slug: string;
  file: string;
  first: string;
}

/** A slug of its own: a piece of a story's text would keep all of the text in memory. */
export const copyOf = (slug: string): string => Buffer.from(slug).toString();

/** Gathers slugs, and tells which files would write the same briefs. */
export class Slugs {
  readonly #first = new Map<string, string>();
  readonly #collisions: Collision[] = [];

  add(slug: string, file: string): void {
    const first = this.#first.get(slug);
    if (first === undefined) this.#first.set(slug, file);
    else this.#collisions.push({ slug, file, first });
  }

  /** The file that has a slug. */
  get(slug: string): string | undefined {
    return this.#first.get(slug);
  }

  /** The later files of each collision. */
  collisions(): readonly Collision[] {
    return this.#collisions;
  }
}
