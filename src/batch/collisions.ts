import type { Report } from '../checks/checker.js';
import { loadStory } from '../checks/load.js';
import type { Diagnostic } from '../diagnostics.js';
import type { House } from '../house.js';
import { slugOf } from '../story/story.js';
import { decode } from '../yaml/decode.js';
import { copyOf, type Slugs } from './slugs.js';

const PLAIN_SLUG = /^slug:[ \t]+(["']?)([a-z0-9-]+)\1[ \t]*(?:#.*)?$/gm;

/**
 * The slug that a story will have, without reading the whole of it where its slug is written plainly. Undefined for a
 * story whose errors leave it without one.
 */
export function quickSlug(bytes: Uint8Array, file: string, house: House = {}): string | undefined {
  const decoded = decode(bytes);
  if (!decoded.ok) return undefined;
  const mentions = decoded.text.match(/\bslug["']?\s*:/g)?.length ?? 0;
  if (mentions === 0) return slugOf(file);
  const [plain, second] = [...decoded.text.matchAll(PLAIN_SLUG)];
  if (plain?.[2] !== undefined && !second && mentions === 1) return copyOf(plain[2]);
  return loadStory(decoded.text, file, house).story?.slug;
}

/** The findings for all files whose slugs others have, both of each two, by file. */
export function collisionsIn(
  slugs: Slugs,
  read: (file: string) => Uint8Array | Diagnostic,
): ReadonlyMap<string, Diagnostic> {
  const collisions = new Map<string, Diagnostic>();
  for (const { slug, file, first } of slugs.collisions())
    for (const [a, other] of [
      [file, first],
      [first, file],
    ] as const) {
      const bytes = read(a);
      if (!(bytes instanceof Uint8Array) || collisions.has(a)) continue;
      const finding = collisionOf(loadStory(bytes, a).report, slug, other);
      if (finding) collisions.set(a, finding);
    }
  return collisions;
}

/** The finding for a file whose slug another has, at the place of its slug. */
export const collisionOf = (report: Report, slug: string, other: string): Diagnostic | undefined =>
  report('slug-collision', {
    path: ['slug'],
    message: `the slug "${slug}" is that of ${other} too; one brief would overwrite the other`,
    hint: 'give one of the two a slug: of its own, or build them into different folders',
  });
