import { setImmediate } from 'node:timers/promises';
import { type Diagnostic, fault } from '../diagnostics.js';
import type { BuildOptions } from './build.js';
import { STDIN } from './input.js';
import type { Outcome, Shared, Task } from './one.js';
import { threadsFor } from './threads.js';
import type { Work } from './worker.js';

/** Does tasks, and gives their outcomes in the order of the tasks; undefined for each that was not begun before the signal. */
export type Runner = (
  tasks: readonly Task[],
  options: BuildOptions,
  signal: AbortSignal,
) => AsyncIterable<Outcome | undefined>;

/** With fewer stories than this, each brief is forced to the disk, and none is worth a thread that nobody asked for. */
const FEW = 150;

export interface Threads {
  /** The worker's file. */
  script: string;
  userTemplates: ReadonlyMap<string, string>;
  /** How many threads somebody asked for; by the number of stories if nobody did. */
  workers: number | undefined;
  /** A story that takes longer is given up, in milliseconds. */
  patience: number;
}

/**
 * Who does how many tasks: this thread a few, workers many. Templates of a newsroom's own may loop for ever, which only a
 * worker can be stopped from.
 */
export function runnerFor({ script, userTemplates, workers, patience }: Threads): (tasks: number) => Runner {
  return (count) => {
    const threads = workers ?? threadsFor('build', count);
    if (count === 0 || (userTemplates.size === 0 && (count < FEW || threads < 2))) return inline;
    return async function* (tasks, options, signal) {
      const { folder, keys, brief, dry = false, stdin } = options;
      if (stdin) return yield* inline(tasks, options, signal);
      const common: Shared = { folder, keys, brief, dry, durable: tasks.length < FEW };
      const { inWorkers } = await import('./pool.js');
      return yield* inWorkers<Task, Outcome>(tasks, {
        script,
        data: { kind: 'build', common, userTemplates } satisfies Work,
        workers: threads,
        patience,
        failed: ({ file }, why) => ({ diagnostics: [noAnswer(file, why)], briefs: [] }),
        signal,
      });
    };
  };
}

/** The finding for a story that no thread gave an answer for. */
export const noAnswer = (file: string, why: string): Diagnostic =>
  fault(file, 'no-answer', why, 'look at this story alone; if a template of yours loops, fix it');

/** Does tasks in this thread, one after another. */
export async function* inline(
  tasks: readonly Task[],
  options: BuildOptions,
  signal: AbortSignal,
): AsyncGenerator<Outcome | undefined, undefined> {
  if (tasks.length === 0) return undefined;
  const { buildOne } = await import('./one.js');
  const common = { ...options, templates: await options.templates(), durable: tasks.length < FEW };
  let last = performance.now();
  for (const task of tasks) {
    yield signal.aborted ? undefined : buildOne(task, common, task.file === STDIN ? options.stdin : undefined);
    if (performance.now() - last > 20) {
      await setImmediate(); // lets a signal in
      last = performance.now();
    }
  }
  return undefined;
}
