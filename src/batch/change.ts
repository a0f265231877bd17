import { realpathSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { holdFile } from './lock.js';
import { nameOf, onDisk } from './name.js';
import { readRegular, reason } from './read.js';
import { statOf } from './stamp.js';
import { WriteError, writeWhole } from './write.js';

/** A file is not what it was when it was read; nothing was written. */
export class ChangedError extends Error {}

/** How often a change is made again where somebody else has changed the file meanwhile. */
const MOST_TRIES = 20;
/** The longest time between two of them, in milliseconds. */
const PAUSE = 100;

/**
 * Reads and changes a file while no other nutgraf does; where another program changes it meanwhile, `change` is called again, to
 * read what stands there then. It writes with `replaceFile`. Throws what `change` throws, WriteError and LockedError.
 */
export const changeFile = <T>(file: string, change: () => T | Promise<T>): Promise<T> =>
  holding(file, async () => {
    for (let tries = 1; ; tries++) {
      try {
        return await change();
      } catch (error) {
        if (!(error instanceof ChangedError) || tries >= MOST_TRIES) throw error;
        await setTimeout(PAUSE * Math.random());
      }
    }
  });

/** Does something while no other nutgraf writes a file. Throws what `act` throws, WriteError and LockedError. */
export async function holding<T>(file: string, act: () => T | Promise<T>): Promise<T> {
  const free = statOf(file) ? holdFile(realOf(file)) : () => {};
  try {
    return await act();
  } finally {
    free();
  }
}

/**
 * Writes over a file only what was made of its text: `isStill` says whether the bytes that stand there now are those that were
 * read. A link is followed. Throws ChangedError and WriteError.
 */
export function replaceFile(file: string, text: string, isStill: (now: Uint8Array) => boolean): void {
  if (!statOf(file)) throw new ChangedError(`"${file}" is gone`);
  const real = realOf(file);
  const look = () => {
    if (!isStill(bytesOf(real))) throw new ChangedError(`"${file}" was changed by somebody else meanwhile`);
  };
  look();
  writeWhole(real, text, { last: look });
}

/** Makes a new file; one that is there is left alone. Throws TakenError and WriteError. */
export const createFile = (file: string, text: string): void => void writeWhole(file, text, { fresh: true });

const realOf = (file: string): string => nameOf(realpathSync.native(onDisk(file), 'buffer'));

function bytesOf(file: string): Uint8Array {
  try {
    return readRegular(file);
  } catch (error) {
    throw new WriteError(`cannot write "${file}": ${reason(error)}`);
  }
}
