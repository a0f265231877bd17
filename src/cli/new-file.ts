import { createFile } from '../batch/change.js';
import { TakenError, writeWhole } from '../batch/write.js';
import { UsageError } from './errors.js';

/** Writes a story or an edition that is new; over one that is there only where `force` is set. Throws UsageError and WriteError. */
export function writeNew(file: string, text: string, force = false): void {
  try {
    if (force) writeWhole(file, text);
    else createFile(file, text);
  } catch (error) {
    throw error instanceof TakenError ? new UsageError(`${error.message}; overwrite it with --force`) : error;
  }
}
