/** A later file whose slug an earlier one has. */
export interface Collision {
  slug: string;
  file: string;
  first: string;
}

/** Gathers slugs, and tells which files would write the same briefs. */
export class Slugs {
  readonly #first = new Map<string, string>();
  readonly #collisions: Collision[] = [];

  add(slug: string, file: string): void {
    const first = this.#first.get(slug);
    // A copy: a piece of a story's text would keep all of it in memory.
    if (first === undefined) this.#first.set(Buffer.from(slug).toString(), file);
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
