import { lstatSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics.js';
import { collision, quickSlug, Slugs } from './collisions.js';
import { STDIN } from './input.js';
import { type Entry, hashOf, type Manifest, type Stamp } from './manifest.js';
import { type Common, holds, stampOf, statOf, type Task } from './one.js';
import { readStory } from './read.js';

/** A file's times are this much older than a build's beginning, or else its contents are looked at, in milliseconds. */
const RACY = 50;

/** What is to be done for one story; no formats where nothing is. */
export interface Planned extends Task {
  /** Whether nothing has changed but times and places, so that what is remembered of it is to be brought up to date. */
  moved?: boolean;
}

export interface Plan {
  stories: Planned[];
  /** Names that would be written twice; nothing is built then. */
  collisions: Diagnostic[];
  slugs: Slugs;
}

/** The name by which a story is remembered: its path as seen from the folder of the briefs. */
export const storyKey = (folder: string, file: string): string =>
  relative(resolve(folder), resolve(file)).replaceAll('\\', '/');

/** Which briefs are to be made: those of stories, templates and options that are not as they were. */
export function plan(
  files: readonly string[],
  formats: readonly string[],
  common: Common,
  manifest: Manifest,
  read: (file: string) => Uint8Array | Diagnostic = readStory,
): Plan {
  const slugs = new Slugs();
  const alone = files.length + manifest.size < 2;
  const seen = new Set<string>();
  const slugIn = (file: string) => {
    const bytes = alone ? undefined : read(file);
    return bytes instanceof Uint8Array ? quickSlug(bytes, file, common.levels) : undefined;
  };
  const stories = files.map((file): Planned => {
    const key = storyKey(common.folder, file);
    const entry = file === STDIN ? undefined : manifest.get(key);
    seen.add(key);
    const state = entry && stateOf(file, entry, common, manifest.at);
    const slug = state ? entry.slug : slugIn(file);
    if (slug !== undefined) slugs.add(slug, file);
    if (!state) return { file, formats };
    const missing = formats.filter((format) => !state.right.includes(format));
    return { file, formats: missing, ...(state.moved ? { moved: true } : {}) };
  });
  // Briefs of stories that are not built this time are not to be overwritten either.
  for (const key of manifest.files()) {
    if (seen.has(key)) continue;
    const file = join(common.folder, key);
    const slug = statOf(file) && manifest.get(key)?.slug;
    if (slug) slugs.add(slug, file, false);
  }
  const collisions = slugs.collisions().flatMap((one) => {
    const bytes = read(one.file);
    return bytes instanceof Uint8Array ? [collision(bytes, one)] : [];
  });
  return { stories, collisions, slugs };
}

/** An entry with the stamps that its files have now; undefined where the story is another. */
export function refreshed(file: string, entry: Entry, common: Common): Entry | undefined {
  return stateOf(file, entry, common, 0) && entry;
}

/**
 * Whether a story is as it is remembered, and which of its briefs are; undefined where the story itself is another.
 * Brings the entry's stamps up to date where only they have changed.
 */
function stateOf(
  file: string,
  entry: Entry,
  common: Common,
  at: number,
): { right: string[]; moved: boolean } | undefined {
  const stat = statOf(file);
  if (!stat?.isFile()) return undefined;
  const stamp = stampOf(stat);
  let moved = !isSame(stamp, entry.stamp);
  if (moved || Math.max(stamp[1], stamp[2]) > at - RACY) {
    const bytes = readStory(file);
    if (!(bytes instanceof Uint8Array) || hashOf(bytes) !== entry.hash) return undefined;
    entry.stamp = stamp;
  }
  const right: string[] = [];
  for (const made of entry.briefs) {
    if (made.key !== common.keys[made.format]) continue;
    const stampNow = statOfBrief(join(common.folder, made.name));
    if (!stampNow) continue;
    if (!isSame(stampNow, made.stamp)) {
      if (stampNow[0] !== made.stamp[0] || !holds(join(common.folder, made.name), made.hash)) continue;
      made.stamp = stampNow;
      moved = true;
    }
    right.push(made.format);
  }
  return { right, moved };
}

function statOfBrief(path: string): Stamp | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isFile() ? stampOf(stat) : undefined;
}

const isSame = (one: Stamp, other: Stamp) => one.every((value, i) => value === other[i]);
