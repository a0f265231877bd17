import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { STATE_FOLDER } from './manifest.js';
import { reason } from './read.js';
import { makeFolder, WriteError } from './write.js';

/** Another build writes into the folder. */
export class LockedError extends Error {}

/**
 * Takes a folder for one build: two at once would mix their briefs. What a build that was killed has left is taken over.
 * Gives what frees the folder; throws LockedError, and WriteError.
 */
export function lock(folder: string): () => void {
  const path = join(folder, STATE_FOLDER, 'lock');
  const own = [process.pid, startOf(process.pid), hostname(), randomBytes(8).toString('hex')].join(' ');
  for (let tries = 0; ; tries++) {
    if (take(folder, path, own)) {
      held.add(own);
      return () => {
        held.delete(own);
        if (contentOf(path) === own) rmSync(path, { force: true });
      };
    }
    const other = contentOf(path);
    // It was freed meanwhile; or it is somebody's whose file may not be read, which no try changes.
    if (other === undefined && tries <= MOST_TRIES) continue;
    if (other === undefined || tries > MOST_TRIES || isAlive(other)) throw locked(folder, path, other ?? '');
    takeAway(path, other);
  }
}

/** How often a lock is tried for: builds that end take theirs away, so a few times are enough. */
const MOST_TRIES = 5;

/** The locks that this process holds. */
const held = new Set<string>();

/** Puts a lock in its place whole, so that nobody reads half of it; false where there is one. */
function take(folder: string, path: string, own: string): boolean {
  const whole = `${path}-${randomBytes(8).toString('hex')}`;
  try {
    writeFileSync(whole, own, { flag: 'wx' });
    linkSync(whole, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === 'ENOENT') {
      makeFolder(dirname(path)); // the build before this one has taken it away, empty
      return false;
    }
    throw new WriteError(`cannot write to the folder "${folder}": ${reason(error)}`, code);
  } finally {
    rmSync(whole, { force: true });
  }
}

/** Takes a dead build's lock away, and no other: between reading and moving it, a third build may have come. */
function takeAway(path: string, dead: string): void {
  const aside = `${path}-${randomBytes(8).toString('hex')}`;
  try {
    renameSync(path, aside);
    if (contentOf(aside) !== dead) linkSync(aside, path);
  } catch {
    // Somebody was faster; the next try tells.
  }
  rmSync(aside, { force: true });
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function isAlive(holder: string): boolean {
  const [pid = '', start = '', host = ''] = holder.split(' ');
  if (!/^\d+$/.test(pid)) return false; // nobody’s
  if (host !== hostname()) return true; // nobody here can know
  if (Number(pid) === process.pid) return held.has(holder);
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
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
