import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { type Diagnostic, fault } from '../diagnostics.js';
import { MAX_BYTES } from '../yaml/decode.js';
import { onDisk } from './name.js';

/**
 * Reads a regular file of at most the size of a story; a FIFO or a device is refused, not waited for. With a `scratch`, what
 * fits is read into it, and is good until the next file is.
 */
export function readStory(file: string, scratch?: Buffer): Uint8Array | Diagnostic {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(onDisk(file), constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return fault(file, 'not-a-file', 'this is not a regular file', 'name a story file');
    if (stat.size > MAX_BYTES) {
      return fault(
        file,
        'file-too-large',
        `the file is ${stat.size} bytes; a story may have ${MAX_BYTES}`,
        'split the story, or check that this is the right file',
      );
    }
    return (scratch && readInto(descriptor, stat.size, scratch)) ?? readFileSync(descriptor);
  } catch (error) {
    return fault(
      file,
      'unreadable',
      `the file cannot be read: ${reason(error)}`,
      'check that it is there and that you may read it',
    );
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** The bytes of a regular file; a FIFO or a device is refused, not waited for. Throws what the system says. */
export function readRegular(path: string, { follow = true } = {}): Buffer {
  const descriptor = openSync(
    onDisk(path),
    constants.O_RDONLY | constants.O_NONBLOCK | (follow ? 0 : constants.O_NOFOLLOW),
  );
  try {
    if (!fstatSync(descriptor).isFile()) throw Object.assign(new Error(), { code: 'ENXIO' });
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Reads a file of a known size; undefined where it does not fit, or is growing. */
function readInto(descriptor: number, size: number, scratch: Buffer): Uint8Array | undefined {
  if (size >= scratch.length) return undefined;
  let at = 0;
  for (let read = -1; read !== 0 && at < scratch.length; at += read)
    read = readSync(descriptor, scratch, at, scratch.length - at, at);
  return at === size ? scratch.subarray(0, at) : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EACCES: 'permission denied',
  EPERM: 'it may not be changed',
  EISDIR: 'it is a folder',
  EEXIST: 'there is something of that name that is no folder',
  ENOTDIR: 'a part of its path is not a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EMFILE: 'too many files are open',
  ELOOP: 'its links lead in a circle',
  ENXIO: 'it is not a regular file',
  EFBIG: 'it is too large for the disk',
  EIO: 'the disk failed',
  ENAMETOOLONG: 'its name is too long',
};

/** What the system said, in words. */
export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code && REASONS[code]) ?? message ?? String(error);
}
