import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { onDisk } from './name.js';
import { readRegular, reason } from './read.js';
import { WriteError } from './write-error.js';

/** The folder, in that of the briefs, where nutgraf keeps what it remembers, and files that are not whole yet. */
const STATE_FOLDER = '.nutgraf';

/** The state folder of a folder, whether or not it is there. Throws WriteError where something else has its name. */
export function stateOf(folder: string): string {
  const state = join(folder, STATE_FOLDER);
  const stat = lstatSync(onDisk(state), { throwIfNoEntry: false });
  if (!stat || stat.isDirectory()) return state;
  const what = stat.isSymbolicLink() ? 'a link' : 'no folder';
  throw new WriteError(
    `"${state}" is ${what}; nutgraf keeps there what it remembers, and files that are not whole yet: move it away`,
  );
}

/**
 * The bytes of a file in the state folder; undefined where it is not there. Throws WriteError for what is no file: a link may
 * lead to somebody else's, and a pipe never ends.
 */
export function readState(folder: string, name: string): Buffer | undefined {
  const path = join(stateOf(folder), name);
  const stat = lstatSync(onDisk(path), { throwIfNoEntry: false });
  if (!stat) return undefined;
  if (!stat.isFile()) throw new WriteError(`"${path}" is no file of nutgraf’s: move it away`);
  try {
    return readRegular(path, { follow: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new WriteError(`"${path}" cannot be read: ${reason(error)}`);
  }
}
