import { readdirSync, statSync } from 'node:fs';
import { normalize, resolve } from 'node:path';
import { isEdition } from '../edition/name.js';
import { fnv1a } from '../fnv.js';
import { InputError, STDIN } from './input.js';
import { nameOf, onDisk } from './name.js';
import { reason } from './read.js';

const isStory = (file: string): boolean => /\.story\.ya?ml$/.test(file);

/** What `check` looks at in a folder. */
export const isStoryOrEdition = (file: string): boolean => isStory(file) || isEdition(file);

/**
 * The story files that a list of paths stands for, sorted and each once: a file is itself whatever its name, a folder
 * gives its `*.story.yaml` and `*.story.yml` at any depth, or what `isWanted` says; `-` is standard input. Throws InputError
 * for a path that is not there, and where the only path is a folder without stories, which `mayBeEmpty` lets pass.
 */
export function discover(paths: readonly string[], mayBeEmpty = false, isWanted = isStory): string[] {
  const files: string[] = [];
  for (const path of paths) {
    if (path === STDIN || !isFolder(path)) {
      files.push(path === STDIN ? path : normalize(path));
      continue;
    }
    const before = files.length;
    for (const file of filesBelow(normalize(path))) if (isWanted(file)) files.push(file);
    if (files.length === before && paths.length === 1 && !mayBeEmpty) {
      throw new InputError(`there is no story in "${path}": a story’s name ends in .story.yaml`);
    }
  }
  const all = paths.length > 1 ? eachOnce(files) : files;
  return all.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** One file under two names, one of them from the root, is one. */
function eachOnce(files: readonly string[]): string[] {
  const all = new Map<string, string>();
  for (const file of files) {
    const whole = file === STDIN ? file : resolve(file);
    if (!all.has(whole)) all.set(whole, file);
  }
  return [...all.values()];
}

/** The i-th of n parts of some files, from 1. Which part a file is in depends on its path alone, so others do not move it. */
export function filesOfShard(files: readonly string[], i: number, n: number): string[] {
  return files.filter((file) => spread(file) % n === i - 1);
}

/** A number from a text, spread evenly (32-bit FNV-1a, with its bits mixed as in MurmurHash 3). */
function spread(text: string): number {
  let hash = fnv1a(Buffer.from(text));
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function isFolder(path: string): boolean {
  let stat: ReturnType<typeof statSync>;
  try {
    stat = statSync(onDisk(path), { throwIfNoEntry: false });
  } catch (error) {
    throw new InputError(`"${path}" cannot be read: ${reason(error)}`);
  }
  if (!stat) throw new InputError(`there is no file or folder "${path}"`);
  return stat.isDirectory();
}

/**
 * All files below a folder, pipes and dead links included, so that they are reported. Links to folders are not
 * followed, since they may lead in a circle; hidden files and `node_modules` are passed over.
 */
export function* filesBelow(folder: string): Generator<string> {
  let entries: ReturnType<typeof read>;
  try {
    entries = read(folder);
  } catch (error) {
    throw new InputError(`the folder "${folder}" cannot be read: ${reason(error)}`);
  }
  for (const entry of entries) {
    const path = folder === '.' ? entry.name : `${folder.replace(/\/+$/, '')}/${entry.name}`;
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

interface Entry {
  name: string;
  isDirectory: () => boolean;
}

function read(folder: string): Entry[] {
  const entries = readdirSync(onDisk(folder), { withFileTypes: true });
  if (!entries.some(({ name }) => name.includes('\uFFFD'))) return entries;
  const all = readdirSync(onDisk(folder), { withFileTypes: true, encoding: 'buffer' });
  return all.map((entry) => ({ name: nameOf(entry.name), isDirectory: () => entry.isDirectory() }));
}
