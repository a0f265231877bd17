import type { Diagnostic } from '../diagnostics.js';
import { decode } from '../story/decode.js';
import { type Levels, loadStory } from '../story/load.js';
import { slugOf } from '../story/story.js';

const PLAIN_SLUG = /^slug:[ \t]+(["']?)([a-z0-9-]+)\1[ \t]*(?:#.*)?$/gm;

/**
 * The slug that a story will have, without reading the whole of it where its slug is written plainly. Undefined for a
 * story whose errors leave it without one.
 */
export function quickSlug(bytes: Uint8Array, file: string, levels: Levels = {}): string | undefined {
  const decoded = decode(bytes);
  if (!decoded.ok) return undefined;
  const mentions = decoded.text.match(/\bslug["']?\s*:/g)?.length ?? 0;
  if (mentions === 0) return slugOf(file);
  const [plain, second] = [...decoded.text.matchAll(PLAIN_SLUG)];
  if (plain && !second && mentions === 1) return plain[2];
  return loadStory(decoded.text, file, levels).story?.slug;
}

/** A later file whose slug an earlier one has. */
export interface Collision {
  slug: string;
  file: string;
  first: string;
}

/** Gathers slugs, and tells which files would write the same briefs. */
export class Slugs {
  readonly #files = new Map<string, string[]>();

  add(slug: string, file: string): void {
    const files = this.#files.get(slug) ?? [];
    this.#files.set(slug, files);
    files.push(file);
  }

  /** For each later file of a collision the files before it. */
  collisions(): Collision[] {
    return [...this.#files].flatMap(([slug, [first = '', ...later]]) => later.map((file) => ({ slug, file, first })));
  }
}

/** The finding for a file whose slug another has; the place is that of its slug. */
export function collision(bytes: Uint8Array, { slug, file, first }: Collision): Diagnostic {
  const place = loadStory(bytes, file).place(['slug']);
  return {
    ...place,
    severity: 'error',
    rule: 'slug-collision',
    message: `the slug "${slug}" is that of ${first} too; one brief would overwrite the other`,
    hint: 'give one of the two stories a slug: of its own, or build them into different folders',
  };
}
