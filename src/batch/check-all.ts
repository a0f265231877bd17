import { availableParallelism } from 'node:os';
import type { House } from '../house/house.js';
import { type Checked, checkOne } from './check.js';
import { STDIN } from './input.js';
import type { Task } from './one.js';
import type { Work } from './worker.js';

/** Above this many stories several threads are faster than one. */
const WORTH_THREADS = 300;

/** A story that takes longer is given up, in milliseconds. */
const PATIENCE = 60_000;

/** What is wrong with each of many stories, in the order of the files; `script` is the worker's file. */
export async function* checkAll(
  files: readonly string[],
  house: House,
  stdin: Uint8Array,
  script: string,
): AsyncGenerator<Checked> {
  if (files.length < WORTH_THREADS || availableParallelism() < 2 || files.includes(STDIN)) {
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
      workers: availableParallelism(),
      patience: PATIENCE,
      failed: ({ file }, why) => ({ diagnostics: [noAnswer(file, why)], waived: [] }),
    },
  );
  for await (const result of results) if (result) yield result;
}
