import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { briefsIn, nutgraf, ROOT, temporaryFolder } from './support.js';

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
