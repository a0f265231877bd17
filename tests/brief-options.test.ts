import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keysOf } from '../src/batch/key.js';
import { runnerFor } from '../src/batch/runner.js';
import { BRIEF_DEFAULTS, type BriefOptions, briefOptions } from '../src/brief-options.js';
import { formatNames, hasOption } from '../src/formats/list.js';
import { briefsOf, ROOT, temporaryFolder } from './support.js';

const brief = briefOptions({ formats: formatNames(), now: new Date(0) });
/** An option that somebody adds one day. */
const more = { ...brief, tomorrow: 'x' } as BriefOptions;

const keys = (options: BriefOptions) =>
  keysOf({ brief: options, program: join(ROOT, 'dist'), version: '1', userTemplates: new Map() });

it.each(Object.keys(BRIEF_DEFAULTS))('with another %s the briefs that it changes are out of date', (name) => {
  const changed = keys({ ...brief, [name]: 'another' });
  expect(Object.entries(keys(brief)).some(([format, key]) => changed[format] !== key)).toBe(true);
});

it('an option that is new makes all briefs out of date', () => {
  const changed = keys(more);
  for (const [format, key] of Object.entries(keys(brief))) expect(changed[format], format).not.toBe(key);
});

it('an option that is new reaches the threads', async () => {
  const script = join(temporaryFolder(), 'worker.cjs');
  writeFileSync(
    script,
    `const { parentPort, workerData } = require('node:worker_threads');
    parentPort.on('message', ({ parcel, jobs }) =>
      parentPort.postMessage({ parcel, results: jobs.map(() => ({ briefs: [], diagnostics: [], refused: workerData.data.common.brief.tomorrow })) }));`,
  );
  const runner = runnerFor({ script, userTemplates: new Map([['txt/brief', '']]), workers: 1, patience: 10_000 })(1);
  const options = { brief: more, folder: '', keys: {}, files: [], templates: () => Promise.reject() };
  for await (const outcome of runner([{ file: 'a', formats: [] }], options, new AbortController().signal))
    expect(outcome?.refused).toBe('x');
  expect.assertions(1);
});

const LONG = `headline: H\nsections: [{ kind: text, text: ${'some words '.repeat(30)} }]\n`;

it.each(formatNames(({ audience }) => audience !== 'programs'))(
  '%s is made again for another width, if it depends on it',
  async (name) => {
    const at = async (width: number) => (await briefsOf(LONG, { formats: [name], width })).text[name];
    expect((await at(40)) !== (await at(100))).toBe(hasOption(name, 'width'));
  },
);
