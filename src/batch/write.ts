import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { reason } from './read.js';

/** The disk, or the place to write to, did not let a brief be written. */
export class WriteError extends Error {}

const TEMPORARY = /^\.nutgraf-[0-9a-f]{16}\.tmp$/;

/** Makes a folder with its parents, and removes what a build that was killed has left in it. */
export function prepareFolder(folder: string): void {
  try {
    makeFolder(folder);
    for (const name of readdirSync(folder)) if (TEMPORARY.test(name)) removeStale(join(folder, name));
  } catch (error) {
    throw new WriteError(`cannot write to the folder "${folder}": ${reason(error)}`);
  }
}

/** A folder with its parents, from the top down: Node's own way never ends where the system refuses a folder's child. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !statSync(folder).isDirectory()) throw error;
  }
}

/** Whether two paths lead to one file. */
export function isSameFile(one: string, other: string): boolean {
  try {
    const [a, b] = [statSync(one), statSync(other)];
    return a.ino === b.ino && a.dev === b.dev;
  } catch {
    return false; // one of them is not there
  }
}

/** Another build's own temporary file is a moment old; only older ones were left behind. */
function removeStale(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat && Date.now() - stat.mtimeMs > 60_000) rmSync(path, { force: true });
}

/**
 * Writes a file whole or not at all: readers see the old text or the new one. A file that has the text already is left
 * alone. A link in its place is replaced, not followed. Gives whether anything was written; throws WriteError.
 */
export function writeWhole(path: string, text: string): boolean {
  const temporary = join(dirname(path), `.nutgraf-${randomBytes(8).toString('hex')}.tmp`);
  try {
    const bytes = Buffer.from(text, 'utf8');
    const old = lstatSync(path, { throwIfNoEntry: false });
    if (old && !old.isFile() && !old.isSymbolicLink()) {
      throw new WriteError(`cannot write "${path}": it is there, and is no file`);
    }
    if (old?.isFile() && old.size === bytes.length && readFileSync(path).equals(bytes)) return false;
    writeFileSync(temporary, bytes, { flag: 'wx', ...(old?.isFile() ? { mode: old.mode } : {}) });
    renameSync(temporary, path);
    return true;
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error instanceof WriteError ? error : new WriteError(`cannot write "${path}": ${reason(error)}`);
  }
}
