import { createHash, randomBytes } from 'node:crypto';
import { linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { onDisk } from './name.js';
import { readRegular, reason } from './read.js';
import { stateOf } from './state.js';
import { isRunning, isWithoutLinks, removeEmpty, temporaryName } from './write.js';
import { WriteError } from './write-error.js';

/** Another nutgraf builds into the folder, or changes the file. */
export class LockedError extends Error {}

/**
 * Takes a folder for one build: two at once would mix their briefs. What a build that was killed has left is taken over.
 * Gives what frees the folder; throws LockedError, and WriteError.
 */
export function lock(folder: string): () => void {
  const path = join(stateOf(folder), 'lock');
  const taken = acquire(path, folder);
  if (typeof taken === 'function') return taken;
  throw locked(folder, path, taken);
}

/**
 * Takes a file for one change, so that two programs do not change it at once, each over what the other wrote; waits for
 * a moment where another has it. Gives what frees the file; throws LockedError, and WriteError.
 */
export function holdFile(file: string): () => void {
  const folder = dirname(file);
  const state = stateOf(folder);
  const name = createHash('sha256').update(basename(file)).digest('hex').slice(0, 16);
  const path = join(state, `${name}.lock`);
  for (let waited = 0; ; waited += PAUSE) {
    const taken = acquire(path, folder);
    if (typeof taken === 'function')
      return () => {
        taken();
        removeDead(state);
        removeEmpty(state);
      };
    if (waited >= PATIENCE)
      throw new LockedError(`another nutgraf changes "${file}"; try again, or, if there is none, delete ${path}`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
  }
}

/** How long a file is waited for, and how long between two tries, in milliseconds. */
const PATIENCE = 10_000;
const PAUSE = 5;

/** Removes the locks of files whose programs were killed. */
function removeDead(state: string): void {
  try {
    for (const name of readdirSync(onDisk(state))) {
      const path = join(state, name);
      const holder = /^[0-9a-f]{16}\.lock$/.test(name) ? contentOf(path) : undefined;
      if (holder !== undefined && !isAlive(holder)) takeAway(path, holder);
    }
  } catch {
    // Somebody else has taken the folder away.
  }
}

/** Takes a lock; gives what frees it, or who has it. Throws WriteError. */
function acquire(path: string, folder: string): (() => void) | string {
  const identity = [process.pid, startOf(process.pid), hostname(), randomBytes(8).toString('hex')].join(' ');
  for (let tries = 0; ; tries++) {
    if (take(folder, path, identity)) {
      held.add(identity);
      return () => {
        held.delete(identity);
        if (contentOf(path) === identity) rmSync(onDisk(path), { force: true });
      };
    }
    const other = contentOf(path);
    // It was freed meanwhile; or it is somebody's whose file may not be read, which no try changes.
    if (other === undefined && tries <= MOST_TRIES) continue;
    if (other === undefined || tries > MOST_TRIES || isAlive(other)) return other ?? '';
    takeAway(path, other);
  }
}

/** How often a lock is tried for: builds that end take theirs away, so a few times are enough. */
const MOST_TRIES = 20;

/** The locks that this process holds. */
const held = new Set<string>();

/** Puts a lock in its place whole, so that nobody reads half of it; false where there is one. Throws WriteError. */
function take(folder: string, path: string, identity: string): boolean {
  const whole = join(dirname(path), temporaryName());
  const failed = (error: unknown) =>
    new WriteError(`cannot write to the folder "${folder}": ${reason(error)}`, (error as NodeJS.ErrnoException).code);
  try {
    writeFileSync(onDisk(whole), identity, { flag: 'wx' });
    putLock(whole, path, identity);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code !== 'ENOENT') throw failed(error);
  } finally {
    rmSync(onDisk(whole), { force: true });
  }
  // The state folder is not there yet, or whoever had the lock has taken it away, empty.
  try {
    mkdirSync(onDisk(dirname(path)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw failed(error);
  }
  return false;
}

/** Disks that know no second names get the lock itself. */
function putLock(whole: string, path: string, identity: string): void {
  try {
    linkSync(onDisk(whole), onDisk(path));
  } catch (error) {
    if (!isWithoutLinks(error)) throw error;
    writeFileSync(onDisk(path), identity, { flag: 'wx' });
  }
}

/**
 * Takes a dead program's lock away, and no other: who does so has a second lock meanwhile, so that the first is still the one that
 * was read.
 */
function takeAway(path: string, dead: string): void {
  const guard = `${path}-free`;
  const since = lstatSync(onDisk(guard), { throwIfNoEntry: false })?.mtimeMs;
  if (since !== undefined && Date.now() - since > PATIENCE) rmSync(onDisk(guard), { force: true });
  try {
    writeFileSync(onDisk(guard), '', { flag: 'wx' });
  } catch {
    return; // Somebody is faster; the next try shows it.
  }
  if (contentOf(path) === dead) rmSync(onDisk(path), { force: true });
  rmSync(onDisk(guard), { force: true });
}

/** What a lock says; undefined where it is gone, or cannot be read. Throws WriteError for what is no file. */
function contentOf(path: string): string | undefined {
  const stat = lstatSync(onDisk(path), { throwIfNoEntry: false });
  if (stat && !stat.isFile()) throw new WriteError(`"${path}" is no file of nutgraf’s: move it away`);
  try {
    return readRegular(path, { follow: false }).toString('utf8');
  } catch {
    return undefined;
  }
}

function isAlive(holder: string): boolean {
  const [pid = '', start = '', host = ''] = holder.split(' ');
  if (!/^\d+$/.test(pid)) return false; // nobody’s
  if (host !== hostname()) return true; // nobody here can know
  if (Number(pid) === process.pid) return held.has(holder);
  if (!isRunning(Number(pid))) return false;
  const now = startOf(Number(pid));
  return start === '-' || now === '-' || start === now;
}

/** When a process was started, in the system's clock ticks, so that a number used again is not taken for the old one. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-';
  } catch {
    return '-'; // systems without /proc
  }
}

function locked(folder: string, path: string, holder: string): LockedError {
  const [pid = '', , host = ''] = holder.split(' ');
  const where = host === hostname() || host === '' ? '' : ` on ${host}`;
  const which = pid === '' ? '' : ` (process ${pid}${where})`;
  return new LockedError(
    `another build${which} writes into "${folder}"; wait for it, build into another folder, or, if it is gone, delete ${path}`,
  );
}
