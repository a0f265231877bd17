import { ChangedError } from '../batch/change.js';
import { ForeignFileError } from '../batch/foreign.js';
import { InputError } from '../batch/input.js';
import { LockedError } from '../batch/lock.js';
import { WatchError } from '../batch/watch-error.js';
import { WriteError } from '../batch/write.js';
import { TemplateError } from '../render/template-error.js';
import { EXIT, UsageError } from './errors.js';

/** The failures that have a cause outside nutgraf: what to say, and the exit code. */
export function describe(error: unknown): { message: string; code: number } | undefined {
  if (error instanceof UsageError || error instanceof InputError || error instanceof ForeignFileError)
    return { message: error.message, code: EXIT.usage };
  if (error instanceof LockedError || error instanceof ChangedError)
    return { message: error.message, code: EXIT.refused };
  if (error instanceof WriteError || error instanceof WatchError) return { message: error.message, code: EXIT.disk };
  if (error instanceof TemplateError) {
    return { message: `${error.template}.hbs:${error.line}: ${error.message}`, code: EXIT.findings };
  }
  return undefined;
}
