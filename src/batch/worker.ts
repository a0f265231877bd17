import { parentPort, workerData } from 'node:worker_threads';
import { createTemplates } from '../render/templates.js';
import { type Checked, checkOne } from './check.js';
import { buildOne, type Common, type Outcome, type Shared, type Task } from './one.js';
import { type Answer, type Parcel, SHARED } from './pool.js';

/** What a worker is for: briefs, or findings alone. */
export type Work =
  | { kind: 'build'; common: Shared; formats: readonly string[]; own: ReadonlyMap<string, string> }
  | { kind: 'check'; levels: Shared['levels'] };

async function work(): Promise<void> {
  const { shared, data } = workerData as { shared: Int32Array; data: Work };
  const { port, doOne } = await ready(data);
  port.on('message', ({ parcel, jobs }: Parcel<Task>) => {
    const results = jobs.map((job, i): Outcome | Checked | undefined => {
      if (Atomics.load(shared, SHARED.stop) === 1) return undefined;
      Atomics.store(shared, SHARED.job, i + 1);
      Atomics.add(shared, SHARED.beat, 1);
      return doOne(job);
    });
    Atomics.store(shared, SHARED.job, 0);
    port.postMessage({ parcel, results } satisfies Answer<Outcome | Checked>);
  });
}

async function ready(data: Work) {
  if (!parentPort) throw new Error('this is a worker of nutgraf build');
  if (data.kind === 'check') return { port: parentPort, doOne: ({ file }: Task) => checkOne(file, data.levels ?? {}) };
  const common: Common = { ...data.common, templates: await createTemplates(data.formats, data.own) };
  return { port: parentPort, doOne: (task: Task) => buildOne(task, common) };
}

void work();
