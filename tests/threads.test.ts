import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inWorkers } from '../src/batch/pool.js';
import { briefsIn, nutgraf, started, temporaryFolder } from './support.js';

const story = (headline: string, more = '') =>
  `headline: ${headline}\n${more}sections:\n  - kind: summary\n    text: It closes on Monday.\n`;

function folderOf(files: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Files that were written long ago, so that their times can be trusted. */
function settled(folder: string): string {
  for (const name of readdirSync(folder))
    if (name.endsWith('.yaml')) utimesSync(join(folder, name), new Date(2020, 1), new Date(2020, 1));
  return folder;
}

describe('threads', () => {
  it('give the same briefs in the same order, however many there are', () => {
    const cwd = settled(
      folderOf(
        Object.fromEntries(
          Array.from({ length: 200 }, (_, i) => [
            `s${String(i).padStart(3, '0')}.story.yaml`,
            i % 7 === 0 ? 'headline: [' : story(`Story ${i}`),
          ]),
        ),
      ),
    );
    const runs = ['1', '2', '3'].map((jobs) => {
      const run = nutgraf(['build', '.', '--json', '-j', jobs, '-o', `briefs-${jobs}`], { cwd });
      const briefs = briefsIn(join(cwd, `briefs-${jobs}`)).sort();
      const texts = briefs.map((name) => readFileSync(join(cwd, `briefs-${jobs}`, name), 'utf8'));
      return { code: run.code, out: run.out.replaceAll(`briefs-${jobs}`, 'briefs'), briefs, texts };
    });
    expect(runs[0]?.code).toBe(1);
    expect(runs[0]?.briefs).toHaveLength((200 - 29) * 3);
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).toEqual(runs[0]);
  });

  it('mark drafts as one thread does', () => {
    const files = Array.from({ length: 160 }, (_, i) => [`s${i}.story.yaml`, story(`S${i}`, 'status: draft\n')]);
    const cwd = folderOf(Object.fromEntries(files));
    expect(nutgraf(['build', '.', '--draft', '-j', '2', '--to', 'txt,html'], { cwd }).code).toBe(0);
    const briefs = briefsIn(join(cwd, 'drafts'));
    expect(briefs).toHaveLength(320);
    const isMarked = (name: string) => readFileSync(join(cwd, 'drafts', name), 'utf8').includes('DRAFT');
    expect(briefs.filter((name) => !isMarked(name))).toEqual([]);
  });

  it('give up a template that never ends, and build the other stories', () => {
    const cwd = folderOf({
      'a.story.yaml': story('A'),
      'b.story.yaml': story('B', 'extra: { more: yes-please }\n'),
      'c.story.yaml': story('C'),
      'ours/txt/brief.hbs': '{{#if extra}}{{> l1}}{{/if}}{{headline}}',
      ...Object.fromEntries(
        Array.from({ length: 12 }, (_, i) => [`ours/txt/l${i + 1}.hbs`, `{{> l${i + 2}}}`.repeat(9)]),
      ),
      'ours/txt/l13.hbs': 'x',
    });
    const run = nutgraf(['build', '.', '--to', 'txt', '--templates', 'ours', '--timeout', '1'], { cwd });
    expect(run.code).toBe(1);
    expect(run.err).toContain('b.story.yaml:1:1: error no-answer: it took longer than 1 seconds');
    expect(briefsIn(join(cwd, 'briefs')).sort()).toEqual(['a.txt', 'c.txt']);
    const render = nutgraf(['render', 'b.story.yaml', '--templates', 'ours', '--timeout', '1'], { cwd });
    expect(render).toMatchObject({ code: 1, out: '', err: expect.stringContaining('no-answer') });
    expect(nutgraf(['check', '.', '--timeout', '20'], { cwd })).toMatchObject({ code: 0 });
  });

  it('give up an edition whose template never ends', () => {
    const deep = Array.from({ length: 14 }, () => '{{#each @root.sections}}{{#each stories}}').join('');
    const cwd = folderOf({
      ...Object.fromEntries(Array.from('abcdefgh', (name) => [`${name}.story.yaml`, story(name)])),
      'm.edition.yaml': `title: T\ndate: 2025-10-06\nsections: [{ kind: stories, stories: [${[...'abcdefgh']}] }]\n`,
      'ours/html/pages/edition.hbs': `${deep}x${'{{/each}}{{/each}}'.repeat(14)}`,
    });
    const args = ['edition', 'm.edition.yaml', '--to', 'html', '--templates', 'ours', '--timeout', '1'];
    expect(started(args, { cwd })).toMatchObject({ out: '', err: expect.stringContaining('no edition after 1 s') });
  });

  /** What comes of jobs that are given to a worker written for this test. */
  async function answers(body: string, jobs: string[], stop?: AbortController): Promise<(string | undefined)[]> {
    const script = join(temporaryFolder(), 'worker.cjs');
    writeFileSync(
      script,
      `const { parentPort, workerData: { shared } } = require('node:worker_threads');
       const begin = (i) => { Atomics.store(shared, 0, i + 1); Atomics.add(shared, 1, 1); };
       parentPort.on('message', ({ parcel, jobs }) => {
         const results = jobs.map((job, i) => { if (shared[2]) return undefined; begin(i); ${body}; return 'done ' + job; });
         Atomics.store(shared, 0, 0);
         parentPort.postMessage({ parcel, results });
       });`,
    );
    const failed = (job: string, why: string) => `${job}: ${why}`;
    const all: (string | undefined)[] = [];
    const signal = stop?.signal;
    for await (const result of inWorkers(jobs, {
      script,
      data: {},
      workers: 2,
      patience: stop ? 60_000 : 400,
      failed,
      signal,
    })) {
      all.push(result);
      stop?.abort(); // as soon as anything is done
    }
    return all;
  }

  const jobs = Array.from({ length: 100 }, (_, i) => `j${i}`);
  const but = (result: string) => jobs.map((job) => (job === 'j40' ? result : `done ${job}`));

  it.each([
    ['dies', "if (job === 'j40') throw new Error('boom')", 'j40: its worker failed: boom'],
    ['ends', "if (job === 'j40') process.exit(0)", 'j40: its worker ended without an answer'],
    ['never answers', "if (job === 'j40') for (;;);", 'j40: it took longer than 0.4 seconds'],
  ])('report the job whose worker %s, and do the others', async (_, body, result) => {
    expect(await answers(body, jobs)).toEqual(but(result));
  });

  it('fail all jobs where there is no worker to be had, and end', async () => {
    const failed = (job: string, why: string) => `${job}: ${why}`;
    const script = join(temporaryFolder(), 'absent.cjs');
    const all: (string | undefined)[] = [];
    for await (const result of inWorkers(['a', 'b'], { script, data: {}, workers: 2, patience: 400, failed }))
      all.push(result);
    expect(all).toEqual([
      expect.stringMatching(/^a: its worker failed: /),
      expect.stringMatching(/^b: its worker failed: /),
    ]);
  });

  it('fail all jobs where each worker dies, and end', async () => {
    const all = await answers("throw new Error('always')", jobs.slice(0, 5));
    expect(all).toEqual(jobs.slice(0, 5).map((job) => `${job}: its worker failed: always`));
  });

  it('end with the job at hand on a signal', async () => {
    const all = await answers(
      'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30)',
      jobs,
      new AbortController(),
    );
    expect(all).toHaveLength(100);
    const done = all.filter((result) => result !== undefined);
    expect(done.length).toBeGreaterThan(0);
    expect(done.length).toBeLessThan(90);
  });
});
