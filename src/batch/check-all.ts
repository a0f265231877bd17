import type { House } from '../house.js';
import { type Checked, checkOne } from './check.js';
import { STDIN } from './input.js';
import type { Task } from './one.js';
import { threadsFor } from './threads.js';
import type { Work } from './worker.js';

const USUAL_PATIENCE = 60_000;

/**
 * What is wrong with each of many stories, in the order of the files; `script` is the worker's file. A story that takes longer than
 * `patience`, in milliseconds, is given up; without it a few stories are looked at in this thread, however long that takes.
 */
export async function* checkAll(
  files: readonly string[],
  house: House,
  stdin: Uint8Array,
  script: string,
  patience?: number,
): AsyncGenerator<Checked> {
  const workers = threadsFor('check', files.length);
  if ((workers < 2 && patience === undefined) || files.includes(STDIN)) {
    for (const file of files) yield checkOne(file, house, file === STDIN ? stdin : undefined);
    return;
  }
  const { inWorkers } = await import('./pool.js'); // one story needs no threads
  const { noAnswer } = await import('./runner.js');
  const results = inWorkers<Task, Checked>(
    files.map((file) => ({ file, formats: [] })),
    {
      script,
      data: { kind: 'check', house } satisfies Work,
      workers,
      patience: patience ?? USUAL_PATIENCE,
      failed: ({ file }, why) => ({ diagnostics: [noAnswer(file, why)], waived: [] }),
    },
  );
  for await (const result of results) if (result) yield result;
}
