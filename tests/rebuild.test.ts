import {
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
import { describe, expect, it } from 'vitest';
import { hashOf } from '../src/batch/manifest.js';
import { briefsIn, nutgraf, temporaryFolder } from './support.js';

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
    const [head = '', line = '', columns = ''] = readFileSync(manifest, 'utf8').split('\n');
    const body = `${head}\n${line}\n${columns.replace(/(?<="stamps":)\[[^[\]]*\]/, stamp)}\n`;
    expect(body).toContain(stamp);
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

  it('reads the briefs themselves where that is asked for, and makes those again that were changed in their place', () => {
    const cwd = three();
    built(cwd);
    const clean = contents(cwd);
    const brief = join(cwd, 'briefs/b.txt');
    const { mtime, size } = statSync(brief);
    writeFileSync(brief, 'x'.repeat(size));
    utimesSync(brief, mtime, mtime);
    expect(built(cwd)).toEqual({ a: 'unchanged', b: 'unchanged', c: 'unchanged' });
    expect(built(cwd, '-n', '--verify')).toEqual({ a: 'unchanged', b: 'planned', c: 'unchanged' });
    expect(built(cwd, '--verify')).toEqual({ a: 'unchanged', b: 'built', c: 'unchanged' });
    expect(contents(cwd)).toEqual(clean);
    expect(built(cwd, '--verify')).toEqual({ a: 'unchanged', b: 'unchanged', c: 'unchanged' });
  });

  it('asks about the briefs where one was made, replaced or removed in their folder', () => {
    const cwd = three();
    built(cwd);
    const clean = contents(cwd);
    writeFileSync(join(cwd, 'new'), 'replaced');
    renameSync(join(cwd, 'new'), join(cwd, 'briefs/b.txt'));
    expect(built(cwd)).toEqual({ a: 'unchanged', b: 'built', c: 'unchanged' });
    rmSync(join(cwd, 'briefs/c.md'));
    expect(built(cwd)).toEqual({ a: 'unchanged', b: 'unchanged', c: 'built' });
    writeFileSync(join(cwd, 'briefs/d.txt'), 'mine');
    expect(built(cwd)).toEqual({ a: 'unchanged', b: 'unchanged', c: 'unchanged' });
    rmSync(join(cwd, 'briefs/d.txt'));
    expect(contents(cwd)).toEqual(clean);
  });

  it('reads a story of the last moment once more, and not each time', () => {
    const cwd = folderOf({ 'a.story.yaml': story('A') });
    const manifest = join(cwd, 'briefs/.nutgraf/manifest');
    built(cwd);
    const first = readFileSync(manifest, 'utf8');
    built(cwd);
    expect(readFileSync(manifest, 'utf8')).not.toBe(first);
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
