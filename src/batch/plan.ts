import { lstatSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics.js';
import { extensionOf } from '../formats/list.js';
import { STDIN } from './input.js';
import {
  briefsOf,
  type Entry,
  type Glance,
  hashOf,
  holds,
  type Manifest,
  type Stamp,
  stampOfFolder,
} from './manifest.js';
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
  /** The name by which the story is remembered; empty for standard input. */
  key: string;
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
  /** How many stories are remembered that were not asked for. */
  others: number;
  slugs: Slugs;
}

/** Gives the name by which a story is remembered: its path as seen from the folder of the briefs. */
function keysFrom(folder: string): (file: string) => string {
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

/**
 * Which briefs are to be made: those of stories, templates and options that are not as they were. Each story is asked about;
 * its briefs are where their folder has changed since the last build, and read where `verify` is set.
 */
export async function plan(
  files: readonly string[],
  formats: readonly string[],
  common: Omit<Shared, 'durable'>,
  manifest: Manifest,
  verify: boolean,
  read: (file: string, scratch?: Buffer) => Uint8Array | Diagnostic,
): Promise<Plan> {
  const slugs = new Slugs();
  const alone = files.length + manifest.size < 2;
  const seen = new Set<string>();
  // What reads stories is only loaded where one has changed.
  let collisions: typeof import('./collisions.js') | undefined;
  const keyOf = keysFrom(common.folder);
  const memory: Memory = {
    manifest,
    areBriefsKnown: !verify && isSame(stampOfFolder(common.folder), manifest.folder),
    verify,
  };
  const stories: Planned[] = [];
  const scratch = Buffer.allocUnsafe(1 << 17);
  let names: Set<string> | undefined;
  const there = () => (names ??= new Set(namesIn(common.folder)));
  for (const file of files) {
    const key = file === STDIN ? '' : keyOf(file);
    const glance = manifest.glance(key);
    if (glance) seen.add(key);
    const state = glance && stateOf(file, key, glance, common, memory);
    let slug = state && glance.slug;
    if (!state && (!alone || there().size > 0)) {
      collisions ??= await import('./collisions.js');
      const bytes = read(file, scratch);
      slug = bytes instanceof Uint8Array ? collisions.quickSlug(bytes, file, common.brief.house) : undefined;
    }
    if (slug !== undefined) slugs.add(slug, file);
    const missing = state ? formats.filter((format) => !state.right.includes(format)) : formats;
    const unknown = missing.length === 0 ? [] : unknownBriefs(slug, missing, there(), manifest.get(key));
    stories.push({
      file,
      key,
      formats: missing,
      moved: state?.moved === true,
      silent: state !== undefined && glance?.state.isQuiet === true,
      ...(unknown.length > 0 ? { unknown } : {}),
    });
  }
  // What stories that are not built this time have made is theirs, as long as none of these has their name.
  for (const key of seen.size < manifest.size ? manifest.files() : []) {
    if (seen.has(key)) continue;
    const file = join(common.folder, key);
    const slug = isGone(file) ? undefined : manifest.glance(key)?.slug;
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
  return { stories, slugs, others: manifest.size - seen.size };
}

/** The names of what is in a folder; none where there is no such folder. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The names of a story's missing briefs under which there is something that no build is known to have made. */
function unknownBriefs(
  slug: string | undefined,
  missing: readonly string[],
  there: ReadonlySet<string>,
  entry: Entry | undefined,
): string[] {
  const remembered = entry ? briefsOf(entry) : [];
  return missing
    .map((format) => `${slug}.${extensionOf(format)}`)
    .filter((name) => there.has(name) && !remembered.includes(name));
}

/** What is remembered, and how far it is trusted. */
interface Memory {
  manifest: Manifest;
  /** Whether the folder of the briefs is as the last build left it: no file in it was made, replaced or removed since. */
  areBriefsKnown: boolean;
  /** Whether the contents of all briefs are read. */
  verify: boolean;
}

/** An entry with the stamps that its files have now; undefined where the story is another. */
export function refreshed(file: string, key: string, common: Omit<Shared, 'durable'>, manifest: Manifest) {
  const entry = manifest.get(key);
  const glance = manifest.glance(key);
  if (!entry || !glance) return undefined;
  return stateOf(file, key, glance, common, { manifest, areBriefsKnown: false, verify: false }, entry) && entry;
}

/**
 * Whether a story is as it is remembered, and which of its briefs are; undefined where the story itself is another.
 * Brings the entry's stamps up to date where only they have changed.
 */
function stateOf(
  file: string,
  key: string,
  glance: Glance,
  common: Omit<Shared, 'durable'>,
  { manifest, areBriefsKnown, verify }: Memory,
  entry?: Entry,
): { right: string[]; moved: boolean } | undefined {
  const stat = statOf(file);
  if (!stat?.isFile()) return undefined;
  const stamp = stampOf(stat);
  let moved = !isSame(stamp, glance.stamp);
  let known = entry;
  if (moved || !isSettled(stamp, manifest.at)) {
    known ??= manifest.get(key) as Entry;
    const bytes = readStory(file);
    if (!(bytes instanceof Uint8Array) || hashOf(bytes) !== known.hash) return undefined;
    known.stamp = stamp;
    moved = true; // what is remembered from now on can be trusted by its stamp
  }
  if (areBriefsKnown) {
    const { keys } = glance.state;
    return { right: Object.keys(keys).filter((format) => keys[format] === common.keys[format]), moved };
  }
  known ??= manifest.get(key) as Entry;
  const right: string[] = [];
  for (const made of known.briefs) {
    if (made.key !== common.keys[made.format]) continue;
    const path = join(common.folder, made.name);
    const stampNow = statOfBrief(path);
    if (!stampNow) continue;
    const isAsLeft = isSame(stampNow, made.stamp);
    if (!isAsLeft || verify) {
      if (stampNow[0] !== made.stamp[0] || !holds(path, made.hash)) continue;
      made.stamp = stampNow;
      moved ||= !isAsLeft;
    }
    right.push(made.format);
  }
  return { right, moved };
}

function statOfBrief(path: string): Stamp | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isFile() ? stampOf(stat) : undefined;
}
