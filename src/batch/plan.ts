import { lstatSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics.js';
import { extensionOf } from '../formats/list.js';
import { STDIN } from './input.js';
import { briefsOf, type Entry, hashOf, holds, type Manifest, type Stamp } from './manifest.js';
import type { Shared, Task } from './one.js';
import { readStory } from './read.js';
import { Slugs } from './slugs.js';
import { isGone, isSame, stampOf, statOf } from './stamp.js';

/**
 * A file whose times are not older than a build's beginning by this much may have been changed after it was looked at, within
 * one tick of its disk's clock; its contents decide then. In milliseconds; the coarsest clocks tick every two seconds.
 */
const TICK = 2500;

/** Whether a stamp that was taken in a build that began at `at` can be trusted. */
export const isSettled = ([, modified, changed]: Stamp, at: number): boolean => Math.max(modified, changed) < at - TICK;

/** What is to be done for one story; no formats where nothing is. */
export interface Planned extends Task {
  /** Whether nothing has changed but times and places, so that what is remembered of it is to be brought up to date. */
  moved: boolean;
  /** Whether its entry has no warnings to repeat and no leftover briefs. */
  silent: boolean;
  /** Its slug is that of another story too: neither is built. */
  collision?: Diagnostic;
  /** Names of its briefs under which files exist that no build is known to have made. */
  unknown?: readonly string[];
}

export interface Plan {
  stories: Planned[];
  slugs: Slugs;
}

/** Gives the name by which a story is remembered: its path as seen from the folder of the briefs. */
export function keysFrom(folder: string): (file: string) => string {
  const from = resolve(folder);
  const folders = new Map<string, string>();
  const folderOf = (path: string) => {
    const known = folders.get(path) ?? relative(from, resolve(path)).replaceAll('\\', '/');
    folders.set(path, known);
    return known;
  };
  return (file) => {
    const above = folderOf(dirname(file));
    return above === '' ? basename(file) : `${above}/${basename(file)}`;
  };
}

/** Which briefs are to be made: those of stories, templates and options that are not as they were. */
export async function plan(
  files: readonly string[],
  formats: readonly string[],
  common: Omit<Shared, 'durable'>,
  manifest: Manifest,
  read: (file: string, scratch?: Buffer) => Uint8Array | Diagnostic = readStory,
): Promise<Plan> {
  const slugs = new Slugs();
  const alone = files.length + manifest.size < 2;
  const seen = new Set<string>();
  const isFirst = manifest.size === 0;
  // What reads stories is only loaded where one has changed.
  let collisions: typeof import('./collisions.js') | undefined;
  const keyOf = keysFrom(common.folder);
  const stories: Planned[] = [];
  const scratch = Buffer.allocUnsafe(1 << 17);
  const there = new Set(namesIn(common.folder));
  for (const file of files) {
    const key = isFirst || file === STDIN ? undefined : keyOf(file);
    const entry = key === undefined ? undefined : manifest.get(key);
    if (key !== undefined) seen.add(key);
    const state = entry && stateOf(file, entry, common, manifest.at);
    let slug = state && entry.slug;
    if (!state && (!alone || there.size > 0)) {
      collisions ??= await import('./collisions.js');
      const bytes = read(file, scratch);
      slug = bytes instanceof Uint8Array ? collisions.quickSlug(bytes, file, common.brief.house) : undefined;
    }
    if (slug !== undefined) slugs.add(slug, file);
    const missing = state ? formats.filter((format) => !state.right.includes(format)) : formats;
    const silent = state && entry.warnings.length === 0 && entry.left.length === 0;
    const remembered = entry === undefined ? [] : briefsOf(entry);
    const unknown = missing
      .map((format) => `${slug}.${extensionOf(format)}`)
      .filter((name) => there.has(name) && !remembered.includes(name));
    stories.push({
      file,
      formats: missing,
      moved: state?.moved === true,
      silent: silent === true,
      ...(unknown.length > 0 ? { unknown } : {}),
    });
  }
  // What stories that are not built this time have made is theirs, as long as none of these has their name.
  for (const key of manifest.files()) {
    if (seen.has(key)) continue;
    const file = join(common.folder, key);
    const slug = isGone(file) ? undefined : manifest.get(key)?.slug;
    if (slug && slugs.get(slug) === undefined) slugs.add(slug, file);
  }
  if (slugs.collisions().length > 0) {
    const { collisionsIn } = await import('./collisions.js');
    const collisions = collisionsIn(slugs, read);
    for (const story of stories) {
      const collision = collisions.get(story.file);
      if (collision) Object.assign(story, { collision, formats: [], unknown: [] });
    }
  }
  return { stories, slugs };
}

/** The names of what is in a folder; none where there is no such folder. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** An entry with the stamps that its files have now; undefined where the story is another. */
export function refreshed(file: string, entry: Entry, common: Omit<Shared, 'durable'>): Entry | undefined {
  return stateOf(file, entry, common, 0) && entry;
}

/**
 * Whether a story is as it is remembered, and which of its briefs are; undefined where the story itself is another.
 * Brings the entry's stamps up to date where only they have changed.
 */
function stateOf(
  file: string,
  entry: Entry,
  common: Omit<Shared, 'durable'>,
  at: number,
): { right: string[]; moved: boolean } | undefined {
  const stat = statOf(file);
  if (!stat?.isFile()) return undefined;
  const stamp = stampOf(stat);
  let moved = !isSame(stamp, entry.stamp);
  if (moved || !isSettled(stamp, at)) {
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
