import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { onDisk } from './name.js';
import { readRegular, reason } from './read.js';
import { statOf } from './stamp.js';
import { stateOf } from './state.js';
import { WriteError } from './write-error.js';

export { WriteError } from './write-error.js';

/** The name of a file that is not whole yet, with the machine and the process that write it. */
const TEMPORARY = /^\.nutgraf-([0-9a-f]{8})-([0-9a-f]{1,8})-[0-9a-f]{1,20}\.tmp$/;

/** Makes a folder with its parents; throws WriteError. */
export function makeFolder(folder: string): void {
  inFolder(folder, () => makeFrom(folder));
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

/** Removes the files of a state folder that were never finished: the process of this machine that wrote them is gone. */
export function sweep(state: string): void {
  for (const name of readdirSync(onDisk(state))) {
    const [, where, pid = ''] = TEMPORARY.exec(name) ?? [];
    if (where === host() && !isRunning(Number.parseInt(pid, 16))) removeFile(join(state, name));
  }
}

/** Removes a file; what is none stays. */
function removeFile(path: string): void {
  if (lstatSync(onDisk(path), { throwIfNoEntry: false })?.isFile()) rmSync(onDisk(path), { force: true });
}

let machine: string | undefined;

/** This machine, told from others that share its disk: eight hexadecimal digits of its name. */
function host(): string {
  machine ??= hostDigits(hostname());
  return machine;
}

function hostDigits(name: string): string {
  let hash = 0;
  for (const byte of Buffer.from(name)) hash = (Math.imul(hash, 31) + byte) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

/** Whether a process of this machine is still there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Removes a folder that has nothing in it. */
export function removeEmpty(folder: string): void {
  try {
    rmdirSync(onDisk(folder));
  } catch {
    // There is something in it, or it is gone.
  }
}

/**
 * Makes a folder and its parents, from the top down: Node's `recursive` never returns where the system refuses a
 * subfolder.
 */
function makeFrom(folder: string): void {
  if (statSync(onDisk(folder), { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFrom(parent);
  try {
    mkdirSync(onDisk(folder));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !statSync(onDisk(folder)).isDirectory()) throw error;
  }
}

/** Whether two paths lead to one file. */
export function isSameFile(path: string, other: string): boolean {
  try {
    const [a, b] = [statSync(onDisk(path)), statSync(onDisk(other))];
    return a.ino === b.ino && a.dev === b.dev;
  } catch {
    return false; // one of them is not there
  }
}

/** A name that is hardly taken; a file of that name is never opened where there is one. */
export const temporaryName = (): string => {
  const digits = () => Math.random().toString(16).slice(2, 10).padEnd(8, '0');
  return `.nutgraf-${host()}-${process.pid.toString(16)}-${digits()}${digits()}.tmp`;
};

export interface Writing {
  /** Whether the text is forced to the disk; true by default. */
  durable?: boolean;
  /** Whether nothing may stand in the file's place. */
  fresh?: boolean;
  /** Called when all is ready, right before the file takes its place; what it throws leaves the old one there. */
  last?: () => void;
  /** The folder for the file as long as it is not whole; the state folder beside it by default. */
  scratch?: string | undefined;
}

/** Something stands where a new file was to be made. */
export class TakenError extends WriteError {}

/**
 * Writes a file whole or not at all: readers see the old text or the new one; but for a new file on a disk that knows no second
 * names, which is copied. A file that has the text already is left
 * alone. A link in its place is replaced, not followed. Gives whether anything was written; throws WriteError.
 */
export function writeWhole(path: string, text: string | Buffer, { scratch, ...how }: Writing = {}): boolean {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
  const state = scratch ?? stateOf(dirname(path));
  try {
    return writeVia(state, path, bytes, how);
  } finally {
    if (scratch === undefined) tidy(state);
  }
}

/** Takes a state folder away, with what was left in it, where nothing is remembered there. */
function tidy(state: string): void {
  try {
    sweep(state);
    rmdirSync(onDisk(state));
  } catch {
    // Something is in it, or it is gone.
  }
}

function writeVia(state: string, path: string, bytes: Buffer, { durable = true, fresh, last }: Writing): boolean {
  for (let tries = 1; ; tries++) {
    try {
      const old = lstatSync(onDisk(path), { throwIfNoEntry: false });
      if (old && fresh) throw new TakenError(`"${path}" is there already`);
      if (old && !old.isFile() && !old.isSymbolicLink())
        throw new WriteError(`cannot write "${path}": it is there, and is no file`);
      if (old?.isFile() && old.size === bytes.length && readRegular(path).equals(bytes)) return false;
      put(path, bytes, state, { durable, fresh, last, mode: old?.isFile() ? old.mode : 0o666 });
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // It is not there yet, or another process has just taken it away, empty.
      if (code === 'ENOENT' && tries <= MOST_TRIES && statOf(dirname(path)) && makeState(state, path)) continue;
      if (code === 'EEXIST' && fresh) throw new TakenError(`"${path}" is there already`);
      if (error instanceof WriteError || code === undefined) throw error;
      throw new WriteError(`cannot write "${path}": ${reason(error)}`, code);
    }
  }
}

/** Makes the state folder for a file; true, so that the file can be tried again. */
function makeState(state: string, path: string): true {
  try {
    mkdirSync(onDisk(state));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST' && code !== 'ENOENT') throw new WriteError(`cannot write "${path}": ${reason(error)}`, code);
  }
  return true;
}

/** How often a file is tried to be written where other processes make and remove the state folder. */
const MOST_TRIES = 50;

/** Writes bytes to a new file in the state folder, and moves it to its place. */
function put(
  path: string,
  bytes: Buffer,
  state: string,
  {
    durable,
    fresh,
    last,
    mode,
  }: { [Name in 'durable' | 'fresh' | 'last']: Writing[Name] | undefined } & { mode: number },
): void {
  const temporary = join(state, temporaryName());
  let isMoved = false;
  try {
    const descriptor = openSync(onDisk(temporary), 'wx', mode);
    try {
      writeFileSync(descriptor, bytes);
      if (durable) fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    last?.();
    if (fresh) linkOrCopy(temporary, path);
    else {
      renameSync(onDisk(temporary), onDisk(path));
      isMoved = true;
    }
  } finally {
    if (!isMoved) rmSync(onDisk(temporary), { force: true });
  }
}

/** Whether a disk has refused a second name because it knows none: FAT, some disks of a network. */
export const isWithoutLinks = (error: unknown): boolean =>
  /^(?:EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS|EMLINK)$/.test((error as NodeJS.ErrnoException).code ?? '');

/** Gives a file a second name, where there is nothing yet; a copy, where the disk knows no second names. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(onDisk(from), onDisk(to));
  } catch (error) {
    if (!isWithoutLinks(error)) throw error;
    copyFileSync(onDisk(from), onDisk(to), constants.COPYFILE_EXCL);
  }
}
