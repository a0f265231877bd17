import { parentPort, workerData } from 'node:worker_threads';
import { type Assembled, type AssembleOptions, assemble } from '../assemble.js';
import type { BriefOptions } from '../brief-options.js';
import type { House } from '../house.js';
import { TemplateError } from '../render/template-error.js';
import { createTemplates } from '../render/templates.js';
import { type Checked, checkOne } from './check.js';
import { buildOne, type Common, type Outcome, type Shared, type Task } from './one.js';
import { type Answer, type Parcel, SHARED } from './pool.js';

/** What a worker is for: briefs in a folder, a brief as text, or findings alone. */
export type Work =
  | { kind: 'build'; common: Shared; userTemplates: ReadonlyMap<string, string> }
  | { kind: 'render'; brief: BriefOptions; userTemplates: ReadonlyMap<string, string> }
  | { kind: 'check'; house: House };

/** A story to render as text. */
export interface Rendering {
  file: string;
  bytes: Uint8Array;
}
export type Rendered = Assembled | { failed: { template: string; message: string; line: number } };

async function work(): Promise<void> {
  const { shared, data } = workerData as { shared: Int32Array; data: Work };
  const { port, doOne } = await ready(data);
  port.on('message', ({ parcel, jobs }: Parcel<Task & Rendering>) => {
    const results = jobs.map((job, i): Outcome | Checked | Rendered | undefined => {
      if (Atomics.load(shared, SHARED.stop) === 1) return undefined;
      Atomics.store(shared, SHARED.job, i + 1);
      Atomics.add(shared, SHARED.beat, 1);
      return doOne(job);
    });
    Atomics.store(shared, SHARED.job, 0);
    port.postMessage({ parcel, results } satisfies Answer<Outcome | Checked | Rendered>);
  });
}

async function ready(data: Work) {
  if (!parentPort) throw new Error('this is a worker of nutgraf build');
  if (data.kind === 'check') return { port: parentPort, doOne: ({ file }: Task) => checkOne(file, data.house) };
  if (data.kind === 'render') {
    const templates = await createTemplates(data.brief.formats, data.userTemplates);
    return { port: parentPort, doOne: (job: Rendering) => renderOne(job, { ...data.brief, templates }) };
  }
  const common: Common = {
    ...data.common,
    templates: await createTemplates(data.common.brief.formats, data.userTemplates),
  };
  return { port: parentPort, doOne: (task: Task) => buildOne(task, common) };
}

function renderOne({ file, bytes }: Rendering, options: AssembleOptions): Rendered {
  try {
    return assemble(bytes, file, options);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const { template, message, line } = error;
    return { failed: { template, message, line } };
  }
}

void work();
