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

  /** `told` is false for a file that is not to be told of itself: whoever has its slug is. */
  add(slug: string, file: string, told = true): void {
    const first = this.#first.get(slug);
    if (first === undefined) this.#first.set(slug, file);
    else this.#collisions.push(told ? { slug, file, first } : { slug, file: first, first: file });
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
