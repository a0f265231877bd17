import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { reason } from './read.js';

/** The disk, or the place to write to, did not let a brief be written. */
export class WriteError extends Error {
  /** The system's code, such as ENOSPC. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

const TEMPORARY = /^\.nutgraf-[0-9a-f-]{7,40}\.tmp$/;

/** Makes a folder with its parents; throws WriteError. */
export function makeFolder(folder: string): void {
  inFolder(folder, () => makeFrom(folder));
}

/** Makes a folder with its parents, and removes what a command that was killed has left in it. */
export function prepareFolder(folder: string): void {
  inFolder(folder, () => {
    makeFrom(folder);
    for (const name of readdirSync(folder)) if (TEMPORARY.test(name)) removeStale(join(folder, name));
  });
}

function inFolder(folder: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw new WriteError(
      `cannot write to the folder "${folder}": ${reason(error)}`,
      (error as NodeJS.ErrnoException).code,
    );
  }
}

/** Removes the temporary files in a folder that is ours alone. */
export function sweep(folder: string): void {
  for (const name of readdirSync(folder)) if (TEMPORARY.test(name)) rmSync(join(folder, name), { force: true });
}

/** Removes a folder that has nothing in it. */
export function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // There is something in it, or it is gone.
  }
}

/** A folder with its parents, from the top down: Node's own way never ends where the system refuses a folder's child. */
function makeFrom(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFrom(parent);
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

/** A name that is hardly taken; a file of that name is never opened where there is one. */
const uniqueName = () => `${process.pid.toString(16)}-${Math.random().toString(16).slice(2)}`;

export interface Writing {
  scratch?: string;
  durable?: boolean;
}

/**
 * Writes a file whole or not at all: readers see the old text or the new one. A file that has the text already is left
 * alone. A link in its place is replaced, not followed. `scratch` is a folder for the temporary file; the text is
 * forced to the disk but for what is not `durable`. Gives whether anything was written; throws WriteError.
 */
export function writeWhole(path: string, text: string | Buffer, { scratch, durable = true }: Writing = {}): boolean {
  const temporary = join(scratch ?? dirname(path), `.nutgraf-${uniqueName()}.tmp`);
  try {
    const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
    const old = lstatSync(path, { throwIfNoEntry: false });
    if (old && !old.isFile() && !old.isSymbolicLink()) {
      throw new WriteError(`cannot write "${path}": it is there, and is no file`);
    }
    if (old?.isFile() && old.size === bytes.length && readFileSync(path).equals(bytes)) return false;
    const descriptor = openSync(temporary, 'wx', old?.isFile() ? old.mode : 0o666);
    try {
      writeFileSync(descriptor, bytes);
      if (durable) fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
    return true;
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error instanceof WriteError
      ? error
      : new WriteError(`cannot write "${path}": ${reason(error)}`, (error as NodeJS.ErrnoException).code);
  }
}
