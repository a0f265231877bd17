import { lstatSync, type Stats, statSync } from 'node:fs';
import type { Stamp } from './manifest.js';
import { onDisk } from './name.js';

export const stampOf = ({ size, mtimeMs, ctimeMs, ino }: Stats): Stamp => [size, mtimeMs, ctimeMs, ino];

export const isSame = (a: Stamp, b: Stamp): boolean => a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3];

/** What the system knows of a file, through links; undefined where it says nothing. */
export function statOf(file: string): Stats | undefined {
  try {
    return statSync(onDisk(file), { throwIfNoEntry: false });
  } catch {
    return undefined; // whoever reads the file says why
  }
}

/** Whether a file is not there; one that cannot be looked at may be. */
export function isGone(file: string): boolean {
  try {
    return lstatSync(onDisk(file), { throwIfNoEntry: false }) === undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR';
  }
}
