import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hashOf } from '../src/batch/manifest.js';
import { inWorkers } from '../src/batch/pool.js';
import { briefsIn, nutgraf, ROOT, started, temporaryFolder } from './support.js';

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

const three = () =>
  settled(folderOf({ 'a.story.yaml': story('A'), 'b.story.yaml': story('B'), 'c.story.yaml': story('C') }));

interface Line {
  file: string;
  status: string;
  briefs: string[];
}

/** What a build did with each story. */
function built(cwd: string, ...args: string[]): Record<string, string> {
  const { out, err } = nutgraf(['build', '.', '--json', ...args], { cwd });
  const lines = out
    .split('\n')
    .filter((line) => line.includes('"file"') && !line.startsWith('{"summary"'))
    .map((line) => JSON.parse(line) as Line);
  expect(lines.length, err).toBeGreaterThan(0);
  return Object.fromEntries(lines.map(({ file, status }) => [file.slice(0, 1), status]));
}

const contents = (cwd: string) =>
  Object.fromEntries(
    briefsIn(join(cwd, 'briefs')).map((name) => [name, readFileSync(join(cwd, 'briefs', name), 'utf8')]),
  );

const times = (cwd: string) =>
  briefsIn(join(cwd, 'briefs')).map((name) => [name, statSync(join(cwd, 'briefs', name)).ctimeMs]);

describe('a build after a build', () => {
  it('looks into a story again that was changed within a tick of the clock, whose size and time stay the same', () => {
    const cwd = folderOf({ 'a.story.yaml': story('A') });
    built(cwd);
    const manifest = join(cwd, 'briefs', '.nutgraf', 'manifest');
    writeFileSync(join(cwd, 'a.story.yaml'), story('B'));
    // A coarse clock gives the changed file the very stamp that is remembered.
    const { size, mtimeMs, ctimeMs, ino } = statSync(join(cwd, 'a.story.yaml'));
    const stamp = JSON.stringify([size, mtimeMs, ctimeMs, ino]);
    const [head = '', line = ''] = readFileSync(manifest, 'utf8').split('\n');
    const body = `${head}\n${line.replace(/\[[^[\]]*\]/, stamp)}\n`;
    writeFileSync(manifest, `${body}${hashOf(Buffer.from(body))}\n`);
    expect(built(cwd)).toEqual({ a: 'built' });
    expect(contents(cwd)['a.txt']).toContain('B');
  });

  it('with nothing changed renders nothing and writes nothing', () => {
    const cwd = three();
    expect(built(cwd)).toEqual({ a: 'built', b: 'built', c: 'built' });
    const before = times(cwd);
    expect(built(cwd)).toEqual({ a: 'unchanged', b: 'unchanged', c: 'unchanged' });
    expect(times(cwd)).toEqual(before);
    expect(nutgraf(['build', '.'], { cwd }).err).toBe('3 stories unchanged in briefs\n');
  });

  it('with one story changed makes its briefs alone, though its size and times are the same', () => {
    const cwd = three();
    built(cwd);
    writeFileSync(join(cwd, 'b.story.yaml'), story('X'));
    settled(cwd);
    expect(built(cwd)).toEqual({ a: 'unchanged', b: 'built', c: 'unchanged' });
    expect(contents(cwd)['b.html']).toContain('X');
  });

  it('sees a brief that is gone or was changed, and a change of options, templates and formats', () => {
    const cwd = three();
    built(cwd);
    const clean = contents(cwd);
    rmSync(join(cwd, 'briefs/a.md'));
    writeFileSync(join(cwd, 'briefs/b.txt'), 'someone else');
    expect(built(cwd)).toEqual({ a: 'built', b: 'built', c: 'unchanged' });
    expect(contents(cwd)).toEqual(clean);
    const untouched = times(cwd).filter(([name]) => !String(name).endsWith('.txt'));
    expect(built(cwd, '--width', '40')).toEqual({ a: 'built', b: 'built', c: 'built' });
    expect(times(cwd).filter(([name]) => !String(name).endsWith('.txt'))).toEqual(untouched);
    expect(built(cwd, '--width', '40', '--to', 'txt')).toEqual({ a: 'unchanged', b: 'unchanged', c: 'unchanged' });
    mkdirSync(join(cwd, 'ours/txt'), { recursive: true });
    writeFileSync(join(cwd, 'ours/txt/brief.hbs'), '{{headline}}!');
    expect(built(cwd, '--templates', 'ours')).toEqual({ a: 'built', b: 'built', c: 'built' });
    expect(contents(cwd)['a.txt']).toBe('A!\n');
    expect(built(cwd, '--templates', 'ours', '--to', 'html')).toMatchObject({ a: 'unchanged' });
  });

  it('repeats warnings, and looks again at stories with errors', () => {
    const cwd = settled(
      folderOf({
        'a.story.yaml': story('A', 'sources: [{id: ap, outlet: AP}]\n'),
        'b.story.yaml': story('B').replace('kind: summary', 'kind: sumary'),
      }),
    );
    const first = nutgraf(['build', '.'], { cwd });
    const second = nutgraf(['build', '.'], { cwd });
    for (const { err } of [first, second])
      for (const rule of ['unused-source', 'unknown-kind']) expect(err).toContain(rule);
    expect(second.code).toBe(1);
    expect(second.err).toMatch(/1 story unchanged in briefs; 1 story with errors not built\n$/);
  });

  it('keeps the last good brief of a story that has errors now', () => {
    const cwd = three();
    built(cwd);
    const before = contents(cwd);
    writeFileSync(join(cwd, 'a.story.yaml'), 'headline: [');
    expect(built(cwd)).toEqual({ a: 'failed', b: 'unchanged', c: 'unchanged' });
    expect(contents(cwd)).toEqual(before);
  });

  it('looks at contents where a checkout or a copy has changed all times', () => {
    const cwd = three();
    built(cwd);
    const copy = temporaryFolder();
    cpSync(cwd, copy, { recursive: true });
    expect(built(copy)).toEqual({ a: 'unchanged', b: 'unchanged', c: 'unchanged' });
    expect(built(copy)).toEqual({ a: 'unchanged', b: 'unchanged', c: 'unchanged' });
  });

  it.each([
    ['damaged', (text: string) => text.replace('"a"', '"z"'), 'is damaged'],
    ['cut short', (text: string) => text.slice(0, -40), 'is damaged'],
    ['empty', () => '', 'is damaged'],
    ['of something else', () => '{"version": 3}\n', 'is damaged'],
  ])('builds again, and says so, where what it remembers is %s', (_, change, message) => {
    const cwd = three();
    built(cwd);
    const clean = contents(cwd);
    const manifest = join(cwd, 'briefs/.nutgraf/manifest');
    writeFileSync(manifest, change(readFileSync(manifest, 'utf8')));
    writeFileSync(join(cwd, 'briefs/a.txt'), 'stale');
    // A file that differs from what a build makes may be somebody else's.
    const refused = nutgraf(['build', '.'], { cwd });
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('"briefs/a.txt" is there') });
    expect(refused.err).toContain(message);
    expect(contents(cwd)['a.txt']).toBe('stale');
    expect(nutgraf(['build', '.', '--force'], { cwd }).code).toBe(0);
    expect(contents(cwd)).toEqual(clean);
    expect(nutgraf(['build', '.'], { cwd }).err).toBe('3 stories unchanged in briefs\n');
  });

  it('says what it would do, and does nothing', () => {
    const cwd = three();
    const run = nutgraf(['build', '.', '-n'], { cwd });
    expect(run.err).toMatch(/a\.story\.yaml would be built\n[\s\S]*would build 3 stories into briefs\n$/);
    expect(existsSync(join(cwd, 'briefs'))).toBe(false);
    built(cwd);
    writeFileSync(join(cwd, 'a.story.yaml'), story('New'));
    rmSync(join(cwd, 'b.story.yaml'));
    const before = contents(cwd);
    expect(nutgraf(['build', '.', '--dry-run', '--prune'], { cwd }).err).toContain(
      'would build 1 story into briefs; 1 story unchanged; 3 briefs would be removed',
    );
    expect(contents(cwd)).toEqual(before);
  });

  it('removes what is left of stories that are gone or renamed, where that is asked for, and nothing else', () => {
    const cwd = three();
    built(cwd);
    writeFileSync(join(cwd, 'briefs/mine.txt'), 'mine');
    rmSync(join(cwd, 'a.story.yaml'));
    writeFileSync(join(cwd, 'b.story.yaml'), `slug: bee\n${story('B')}`);
    renameSync(join(cwd, 'c.story.yaml'), join(cwd, 'd.story.yaml'));
    writeFileSync(join(cwd, 'd.story.yaml'), `slug: c\n${story('C')}`);
    writeFileSync(join(cwd, 'briefs/a.md'), 'changed by hand');
    expect(nutgraf(['build', '.', '-n', '--prune'], { cwd }).err).toContain('5 briefs would be removed');
    expect(nutgraf(['build', '.'], { cwd }).err).toContain('; --prune removes them');
    expect(briefsIn(join(cwd, 'briefs'))).toHaveLength(13);
    const run = nutgraf(['build', '.', '--prune'], { cwd });
    expect(run.err).toContain('briefs/a.md was changed by someone else');
    expect(run.err).toContain('5 briefs removed');
    expect(briefsIn(join(cwd, 'briefs')).sort()).toEqual(
      ['a.md', 'bee.html', 'bee.md', 'bee.txt', 'c.html', 'c.md', 'c.txt', 'mine.txt'].sort(),
    );
    expect(nutgraf(['build', '.', '--prune'], { cwd }).err).toBe('2 stories unchanged in briefs\n');
  });

  it('leaves nothing where nothing was built', () => {
    const cwd = folderOf({ 'a.story.yaml': 'headline: [' });
    mkdirSync(join(cwd, 'briefs'));
    expect(nutgraf(['build', '.'], { cwd }).code).toBe(1);
    expect(readdirSync(join(cwd, 'briefs'))).toEqual([]);
  });

  it('removes the briefs of the last story too', () => {
    const cwd = settled(folderOf({ 's/a.story.yaml': story('A') }));
    nutgraf(['build', 's'], { cwd });
    rmSync(join(cwd, 's/a.story.yaml'));
    expect(nutgraf(['build', 's'], { cwd }).code).toBe(2);
    expect(nutgraf(['build', 's', '--prune'], { cwd })).toMatchObject({
      code: 0,
      err: expect.stringContaining('3 briefs removed'),
    });
    expect(readdirSync(join(cwd, 'briefs'))).toEqual([]);
  });

  it('takes one file under two names for one', () => {
    const cwd = three();
    expect(nutgraf(['build', '.', cwd, '-q'], { cwd })).toMatchObject({ code: 0, err: '' });
  });

  it('overwrites nothing beside a story that it has not made, and its own briefs there', () => {
    const cwd = folderOf({ 'a.story.yaml': story('A'), 'a.md': 'My notes\n' });
    const run = nutgraf(['build', '.', '-o', '.'], { cwd });
    expect(run.code).toBe(2);
    expect(run.err).toContain('"a.md" is there, and nutgraf did not make it');
    expect(readdirSync(cwd)).toEqual(['a.md', 'a.story.yaml']);
    expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toBe('My notes\n');
    rmSync(join(cwd, 'a.md'));
    expect(nutgraf(['build', '.', '-o', '.'], { cwd }).code).toBe(0);
    writeFileSync(join(cwd, 'a.story.yaml'), story('Again'));
    expect(nutgraf(['build', '.', '-o', '.'], { cwd }).code).toBe(0);
    expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toContain('# Again');
  });

  it('tells of a brief that may be that of a story which is held back', () => {
    const cwd = three();
    built(cwd);
    rmSync(join(cwd, 'briefs/.nutgraf'), { recursive: true });
    writeFileSync(join(cwd, 'a.story.yaml'), story('A', 'status: killed\n'));
    expect(nutgraf(['build', '.', '--prune'], { cwd }).err).toContain(
      'briefs/a.html is there, and the story of its name is held back',
    );
  });

  it('tells of the briefs that a story had before it was held, and removes them', () => {
    const cwd = three();
    built(cwd);
    writeFileSync(join(cwd, 'a.story.yaml'), story('A', 'status: killed\n'));
    expect(nutgraf(['build', '.'], { cwd }).err).toContain('3 briefs of stories that are gone, renamed or held back');
    expect(nutgraf(['build', '.', '--prune'], { cwd }).err).toContain('3 briefs removed');
    expect(existsSync(join(cwd, 'briefs/a.html'))).toBe(false);
  });

  it('keeps briefs of formats that are not asked for, and makes them again when they are', () => {
    const cwd = three();
    built(cwd);
    writeFileSync(join(cwd, 'a.story.yaml'), story('Fresh'));
    const run = nutgraf(['build', '.', '--to', 'txt', '--prune'], { cwd });
    expect(run.err).toContain('built 1 story into briefs; 2 stories unchanged\n');
    expect(contents(cwd)['a.html']).not.toContain('Fresh');
    expect(built(cwd)).toEqual({ a: 'built', b: 'unchanged', c: 'unchanged' });
    expect(contents(cwd)['a.html']).toContain('Fresh');
  });

  it('forgets nothing that it made of a story that was held back', () => {
    const cwd = three();
    nutgraf(['build', '.', '--to', 'json'], { cwd });
    expect(briefsIn(join(cwd, 'briefs'))).toContain('a.json');
    writeFileSync(join(cwd, 'a.story.yaml'), story('A', 'status: killed\n'));
    nutgraf(['build', '.', '--to', 'txt,json'], { cwd });
    rmSync(join(cwd, 'a.story.yaml'));
    expect(nutgraf(['build', '.', '--to', 'txt,json', '--prune'], { cwd }).err).toContain('1 brief removed');
    expect(briefsIn(join(cwd, 'briefs'))).not.toContain('a.json');
  });

  it('says where it overwrites the briefs of a story that is not asked for', () => {
    const cwd = three();
    built(cwd);
    mkdirSync(join(cwd, 'more'));
    writeFileSync(join(cwd, 'more/a.story.yaml'), story('Other'));
    const run = nutgraf(['build', 'more'], { cwd });
    expect(run.code).toBe(0);
    expect(run.err).toContain('briefs of 1 other story had the same names and are overwritten: a.story.yaml');
    expect(contents(cwd)['a.html']).toContain('Other');
    rmSync(join(cwd, 'more'), { recursive: true });
    expect(built(cwd)).toEqual({ a: 'built', b: 'unchanged', c: 'unchanged' });
    expect(contents(cwd)['a.html']).not.toContain('Other');
  });
});

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

describe('a build that meets a fault', () => {
  it('leaves no half file when it is killed, and the next run gives what a clean build gives', async () => {
    const cwd = folderOf(
      Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`s${i}.story.yaml`, story(`Story ${i}`)])),
    );
    nutgraf(['build', '.', '-o', 'clean'], { cwd });
    const child = spawn(process.execPath, [join(ROOT, 'bin/nutgraf.js'), 'build', '.'], { cwd });
    while (!existsSync(join(cwd, 'briefs')) || readdirSync(join(cwd, 'briefs')).length < 50)
      await new Promise((done) => setTimeout(done, 2));
    child.kill('SIGKILL');
    await once(child, 'close');
    const clean = (name: string) => readFileSync(join(cwd, 'clean', name), 'utf8');
    for (const [name, text] of Object.entries(contents(cwd))) expect(text).toBe(clean(name));
    expect(nutgraf(['build', '.'], { cwd }).code).toBe(0);
    expect(contents(cwd)).toEqual(Object.fromEntries(briefsIn(join(cwd, 'clean')).map((name) => [name, clean(name)])));
    expect(readdirSync(join(cwd, 'briefs/.nutgraf'))).toEqual(['manifest']);
  });

  it('refuses a folder that another build writes into, and takes over that of a dead one', () => {
    const cwd = three();
    built(cwd);
    const lock = join(cwd, 'briefs/.nutgraf/lock');
    const start = readFileSync(`/proc/${process.pid}/stat`, 'latin1').split(') ')[1]?.split(' ')[19];
    const host = execFileSync('hostname', { encoding: 'utf8' }).trim();
    writeFileSync(lock, `${process.pid} ${start} ${host} x`);
    const run = nutgraf(['build', '.'], { cwd });
    expect(run).toMatchObject({ code: 3, err: expect.stringContaining(`another build (process ${process.pid})`) });
    for (const dead of [`${process.pid} 1 ${host} x`, '', `999999999 5 ${host} x`]) {
      writeFileSync(lock, dead);
      expect(nutgraf(['build', '.'], { cwd }).code).toBe(0);
      expect(existsSync(lock)).toBe(false);
    }
    writeFileSync(lock, '1 1 elsewhere x');
    expect(nutgraf(['build', '.'], { cwd })).toMatchObject({ code: 3, err: expect.stringContaining('on elsewhere') });
  });

  it.skipIf(process.getuid?.() === 0)('names a brief that may not be written, and builds the others', () => {
    const cwd = three();
    mkdirSync(join(cwd, 'briefs'));
    chmodSync(join(cwd, 'briefs'), 0o555);
    expect(nutgraf(['build', '.'], { cwd }).code).toBe(4);
  });

  it('names a brief that cannot be written, and builds the others', () => {
    const cwd = three();
    mkdirSync(join(cwd, 'briefs/b.md'), { recursive: true });
    const run = nutgraf(['build', '.'], { cwd });
    expect(run.code).toBe(4);
    expect(run.err).toContain('b.story.yaml:1:1: error unwritable: cannot write "briefs/b.md"');
    expect(briefsIn(join(cwd, 'briefs'))).toEqual(
      expect.arrayContaining(['a.html', 'a.md', 'a.txt', 'c.html', 'c.md', 'c.txt']),
    );
  });

  it('names briefs that are too large for the disk, and leaves no half one', () => {
    const cwd = folderOf(Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`s${i}.story.yaml`, story('A')])));
    // Files may have 4 blocks of 512 bytes: a brief in HTML is larger.
    const run = execFileSync(
      'bash',
      ['-c', `ulimit -f 4; ${process.execPath} ${join(ROOT, 'bin/nutgraf.js')} build . ; echo "code $?"`],
      { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
    expect(run).toContain('code 4');
    for (const name of briefsIn(join(cwd, 'briefs'))) expect(name).not.toMatch(/tmp/);
  });
});

describe('a stream of stories', () => {
  const lines = (out: string) =>
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('of YAML documents gives a line of JSON for each, with places in the stream', () => {
    const input = `${story('One')}---\n${story('Two', 'slug: two\n')}--- # next\nheadline: [\n...\n---\n${story('Held', 'status: held\n')}`;
    const { code, out } = nutgraf(['build', '--stream', '--to', 'txt,md'], { input });
    expect(code).toBe(1);
    const results = lines(out);
    expect(results).toMatchObject([
      { index: 1, line: 1, status: 'built', slug: 'story-1', diagnostics: [] },
      { index: 2, line: 5, status: 'built', slug: 'two' },
      { index: 3, status: 'failed', diagnostics: [{ rule: 'unclosed-bracket', line: 11, column: 11 }] },
      { index: 4, status: 'held back', refused: 'the story is held', briefs: {} },
    ]);
    expect(results[1]?.['briefs']).toMatchObject({ md: expect.stringContaining('# Two'), txt: expect.any(String) });
  });

  it('of lines of JSON reads what programs write, and names a bad line', () => {
    const record = { headline: 'A 😀', dek: null, sections: [{ kind: 'summary', text: 'One.\n\nTwo / three.\n' }] };
    const escaped = JSON.stringify(record).replace('😀', '\\ud83d\\ude00').replace('/', '\\/');
    const { code, out } = nutgraf(['build', '--stream', '--to', 'txt'], { input: `${escaped}\n\nnonsense\n` });
    expect(code).toBe(1);
    expect(lines(out)).toMatchObject([
      { status: 'built', briefs: { txt: expect.stringContaining('A 😀') } },
      { status: 'failed', diagnostics: [{ line: 3 }] },
    ]);
    expect(out).toContain('Two / three.');
  });

  it('refuses bytes that are not text, and a story that is too long, and goes on', () => {
    const long = `headline: L\nsections: [{kind: text, text: "${'x'.repeat(5_100_000)}"}]\n`;
    const input = Buffer.concat([
      Buffer.from(`headline: caf\xe9\n---\n`, 'latin1'),
      Buffer.from(`${long}---\n${story('Good')}`),
    ]);
    expect(lines(nutgraf(['build', '--stream', '--to', 'txt'], { input }).out)).toMatchObject([
      { diagnostics: [{ rule: 'bad-encoding', line: 1, column: 14 }] },
      { diagnostics: [{ rule: 'file-too-large' }] },
      { index: 3, status: 'built' },
    ]);
  });

  it('gives each result as soon as its line is whole', async () => {
    const child = spawn(process.execPath, [join(ROOT, 'bin/nutgraf.js'), 'build', '--stream', '--to', 'txt']);
    const [line] = JSON.stringify({ headline: 'A', sections: [{ kind: 'summary', text: 'x' }] }).split('\n');
    for (const index of [1, 2]) {
      child.stdin.write(`${line}\n`);
      const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
      expect(String(chunk)).toContain(`"index":${index}`);
    }
    child.stdin.end();
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  it('takes comments and directives before, between and after documents for no story', () => {
    const input = `%YAML 1.2\n# first\n---\n${story('One')}---\n# nothing\n---\n${story('Two')}...\n# end\n`;
    expect(lines(nutgraf(['build', '--stream', '--to', 'txt'], { input }).out)).toMatchObject([
      { index: 1, status: 'built', slug: 'story-1' },
      { index: 2, status: 'built' },
    ]);
  });

  it.each([
    ['a full disk', '> /dev/full', 4, 'cannot write to standard output'],
    ['a folder for standard input', '< .', 2, 'standard input is a folder'],
  ])('says so at %s', (_, redirection, code, message) => {
    const script = redirection.startsWith('>')
      ? `echo '{"headline":"A","sections":[{"kind":"summary","text":"x"}]}' | { ${process.execPath} bin/nutgraf.js build --stream --to txt ${redirection}; echo "code $?" >&2; } 2>&1`
      : `{ ${process.execPath} bin/nutgraf.js build --stream --to txt ${redirection}; echo "code $?" >&2; } 2>&1`;
    const out = execFileSync('bash', ['-c', script], { cwd: ROOT, encoding: 'utf8' });
    expect(out).toContain(message);
    expect(out).toContain(`code ${code}\n`);
  });

  it('ends quietly where nobody reads any more', () => {
    const run = execFileSync(
      'bash',
      [
        '-c',
        `yes '${JSON.stringify({ headline: 'A', sections: [{ kind: 'summary', text: 'x' }] })}' | ${process.execPath} ${join(ROOT, 'bin/nutgraf.js')} build --stream --to txt | head -1; echo "${'$'}{PIPESTATUS[1]}"`,
      ],
      { encoding: 'utf8', timeout: 20_000 },
    );
    expect(run).toMatch(/"index":1.*\n0\n$/);
  });

  it.each([
    [['build', '--stream', 'stories'], 'standard input alone'],
    [['build', '--stream', '--prune'], 'leave --prune out'],
    [['build', '--shard', '5/4'], '--shard needs i/n'],
    [['build', 'nowhere', '--watch'], 'there is no file or folder "nowhere"'],
    [['build', '--watch', '--to', 'htm'], 'did you mean "html"?'],
  ])('says what does not go together: %j', (args, message) => {
    expect(nutgraf(args)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });
});

describe('shards', () => {
  it('have each story once, and together give what one build gives', () => {
    const cwd = three();
    nutgraf(['build', '.', '-o', 'whole'], { cwd });
    for (const i of ['1', '2', '3']) nutgraf(['build', '.', '--shard', `${i}/3`, '-o', `part-${i}`], { cwd });
    const parts = ['1', '2', '3'].flatMap((i) => briefsIn(join(cwd, `part-${i}`)));
    expect(parts.sort()).toEqual(briefsIn(join(cwd, 'whole')).sort());
  });

  it('keep their stories where others come', () => {
    const files = Array.from({ length: 60 }, (_, i) => `s${i}.story.yaml`);
    const cwd = folderOf(Object.fromEntries(files.map((name) => [name, story('S')])));
    const before = nutgraf(['build', '.', '--shard', '1/2', '-n', '--json'], { cwd }).out;
    expect(before.split('\n').length).toBeGreaterThan(20);
    expect(before.split('\n').length).toBeLessThan(40);
    writeFileSync(join(cwd, 'aaa.story.yaml'), story('First'));
    const after = nutgraf(['build', '.', '--shard', '1/2', '-n', '--json'], { cwd }).out;
    for (const line of before.split('\n').filter((candidate) => candidate.includes('"file"')))
      expect(after).toContain(line);
  });
});

describe('nutgraf build --watch', () => {
  it('builds again after each change, survives a broken file, and ends on a signal', async () => {
    const cwd = three();
    const child = spawn(process.execPath, [join(ROOT, 'bin/nutgraf.js'), 'build', '.', '--watch', '--to', 'txt'], {
      cwd,
    });
    onTestFinished(() => void child.kill('SIGKILL')); // also where an expectation fails
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    const sees = async (words: string) => {
      for (let i = 0; i < 400 && !err.includes(words); i++) await new Promise((done) => setTimeout(done, 25));
      expect(err).toContain(words);
      await new Promise((done) => setTimeout(done, 150));
      err = '';
    };
    await sees('built 3 stories into briefs');
    writeFileSync(join(cwd, 'b.story.yaml'), story('Changed'));
    await sees('built 1 story into briefs; 2 stories unchanged');
    expect(contents(cwd)['b.txt']).toContain('Changed');
    // As many editors save: a new file in the old one's place.
    writeFileSync(join(cwd, 'b.tmp'), 'headline: [');
    renameSync(join(cwd, 'b.tmp'), join(cwd, 'b.story.yaml'));
    await sees('1 story with errors not built');
    expect(contents(cwd)['b.txt']).toContain('Changed');
    writeFileSync(join(cwd, 'd.story.yaml'), story('New'));
    await sees('d.story.yaml → briefs/d.txt');
    await new Promise((done) => setTimeout(done, 400));
    expect(err).toBe(''); // its own briefs are no change
    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    expect(code).toBe(130);
  });
});
