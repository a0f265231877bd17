import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { briefsIn, hashOf, holds } from './manifest.js';
import { statOf } from './stamp.js';
import { readState, stateOf } from './state.js';
import { makeFolder, writeWhole } from './write.js';

/** Files that nutgraf has not made stand where it would write; nothing was written. */
export class ForeignFileError extends Error {}

const MOST_NAMED = 5;

/** The refusal to overwrite files of others; `what` is the plural of what would stand there. */
export function foreignFiles(paths: readonly string[], what: string): ForeignFileError {
  const named = paths.slice(0, MOST_NAMED).map((path) => `"${path}"`);
  const more = paths.length > MOST_NAMED ? ` and ${paths.length - MOST_NAMED} more` : '';
  const [are, them] = paths.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return new ForeignFileError(
    `${named.join(', ')}${more} ${are} there, and nutgraf did not make ${them}; no ${what} are written: ` +
      `name another folder with -o, or overwrite ${them} with --force`,
  );
}

/** Whether a file or link is there that has not the bytes of a hash; what is neither cannot be overwritten at all. */
export function isForeign(path: string, hash: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return (stat?.isFile() || stat?.isSymbolicLink()) === true && !holds(path, hash);
}

/** In the state folder, the names of editions and feeds that were made, a line each. */
const OTHERS = 'others';

function othersIn(folder: string): string[] {
  return readState(folder, OTHERS)?.toString('utf8').split('\n') ?? [];
}

/** A file to be written into a folder, by a name that the user has not typed. */
export interface Output {
  name: string;
  text: string;
}

/**
 * Writes editions and feeds into a folder and remembers their names. Refuses, before anything is written, where one would
 * replace a story's brief or, unless `force` is set, a file that nutgraf has not made: neither remembered nor the same
 * bytes. Gives the paths; throws ForeignFileError and WriteError.
 */
export function writeOutputs(folder: string, outputs: readonly Output[], what: string, force = false): string[] {
  const known = new Set(othersIn(folder));
  const briefs = briefsIn(folder);
  const taken = outputs.find(({ name }) => briefs.has(name));
  if (taken)
    throw new ForeignFileError(
      `"${join(folder, taken.name)}" is a story’s brief; give the edition a slug: of its own, or another folder`,
    );
  const isOthers = ({ name, text }: Output) =>
    !known.has(name) && isForeign(join(folder, name), hashOf(Buffer.from(text)));
  const foreign = statOf(folder)?.isDirectory() ? outputs.filter(isOthers) : [];
  if (foreign.length > 0 && !force)
    throw foreignFiles(
      foreign.map(({ name }) => join(folder, name)),
      what,
    );
  makeFolder(folder);
  const state = stateOf(folder);
  const paths = outputs.map(({ name, text }) => {
    writeWhole(join(folder, name), text, { scratch: state });
    known.add(name);
    return join(folder, name);
  });
  writeWhole(join(state, OTHERS), [...known].filter(Boolean).sort().join('\n'), { scratch: state });
  return paths;
}
