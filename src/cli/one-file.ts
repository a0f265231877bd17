import { InputError, STDIN } from '../batch/input.js';
import { readStory } from '../batch/read.js';
import { isGone } from '../batch/stamp.js';
import { codeOf } from './errors.js';
import { printFindings } from './tell.js';
import type { Terminal } from './terminal.js';

/** Throws InputError if a named file does not exist. */
export function mustBeThere(file: string): void {
  if (file !== STDIN && isGone(file)) throw new InputError(`there is no file "${file}"`);
}

/** The bytes of one file, or of standard input; the exit code where it cannot be read, which is told. */
export async function bytesOf(file: string, terminal: Terminal): Promise<Uint8Array | number> {
  const bytes = file === STDIN ? await terminal.stdin() : readStory(file);
  if (bytes instanceof Uint8Array) return bytes;
  await printFindings([bytes], terminal);
  return codeOf([bytes]);
}
