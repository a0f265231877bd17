import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import nodeModule from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../src/cli/program.js';
import type { Terminal } from '../src/cli/terminal.js';
import { formatNames } from '../src/formats/list.js';
import { briefsIn, nutgraf, ROOT, started, storyOf, temporaryFolder } from './support.js';

const GOOD = 'headline: Bridge closes\nsections:\n  - kind: summary\n    text: It closes on Monday.\n';

const BAD = 'headlin: Bridge closes\nsections: []\n';

function folderOf(files: Record<string, string | Buffer>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

describe('nutgraf', () => {
  it('holds the licences of all that is bundled with it', () => {
    const text = readFileSync(join(ROOT, 'dist', 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    for (const name of Object.keys(dependencies)) expect(text, name).toMatch(new RegExp(`^${name} \\d`, 'm'));
    expect(text).toContain('Permission is hereby granted');
  });

  it('loads nothing for its help that makes briefs', () => {
    const hook = join(temporaryFolder(), 'hook.cjs');
    writeFileSync(hook, "process.on('exit', () => console.error(Object.keys(require.cache).join('\\n')));");
    const loaded = (...args: string[]) => {
      const { err } = started(args, { env: { NODE_OPTIONS: `--require ${hook}` } });
      return err.split('\n').filter((file) => /dist.brief-/.test(file)).length;
    };
    expect(loaded('--help')).toBe(0);
    expect(loaded('check', 'stories')).toBe(1);
  });

  it('says its version and its help on standard output', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(nutgraf(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
    expect(nutgraf(['-V']).out).toBe(`${version}\n`);
    const help = nutgraf(['--help']);
    expect(help.code).toBe(0);
    expect(help.out.indexOf('Examples:')).toBe(0);
    const { commands } = createProgram({ terminal: {} as Terminal, version, finish: () => {} });
    for (const command of commands) {
      expect(help.out).toContain(`  ${command.name()}`);
      if (command.commands.length > 0) continue;
      expect(nutgraf([command.name(), '--help']).out).toMatch(/^Examples:\n {2}nutgraf /);
    }
  });

  it.each([
    [['buld'], 'Did you mean build?'],
    [['build', '--too', 'html'], 'Did you mean --to?'],
    [['build', '--to', 'htm'], 'did you mean "html"?'],
    [['render', 'x.yaml', '--to', 'html,md'], 'use nutgraf build'],
    [['check', '--allow', 'unknown-sorce'], 'did you mean "unknown-source"?'],
    [['check', '--format', 'xml'], 'pretty, json, github, sarif, junit'],
    [['explain', 'comment-cut-text'], 'did you mean "comment-cuts-text"?'],
    [['check', '--max-warnings', 'few'], 'whole number'],
    [['check', 'no-such-file.yaml'], 'there is no file or folder "no-such-file.yaml"'],
    [['render'], "missing required argument 'story'"],
    [[], 'Usage: nutgraf'],
  ])('%j is a wrong command line: exit 2, a sentence, no stack', (args, words) => {
    const run = nutgraf(args);
    expect(run.code).toBe(2);
    expect(run.err).toContain(words);
    expect(run.err).not.toMatch(/\n\s+at /);
    expect(run.out).toBe('');
  });

  it('shows control characters of the command line, and does not send them', () => {
    const run = nutgraf(['check', 'a\u001b]0;x\u0007\nb']);
    expect(run.err).toContain('a\\x1B]0;x\\x07\\nb');
    expect(run.err).not.toContain('\u001b');
  });
});

describe('nutgraf render', () => {
  it('gives plain text where nothing says otherwise, and other formats', () => {
    expect(nutgraf(['render', '-'], { input: GOOD })).toEqual({
      code: 0,
      err: '',
      out: 'Bridge closes\n=============\n\nWhat’s happened\n---------------\n\nIt closes on Monday.\n',
    });
    expect(nutgraf(['render', '-', '--to', 'html'], { input: GOOD }).out).toMatch(
      /^<!DOCTYPE html>\n<html lang="en" dir="ltr">/,
    );
    expect(nutgraf(['render', '-', '--to', 'html', '--template', 'fragment'], { input: GOOD }).out).toMatch(
      /^<article [\s\S]*<\/article>\n$/,
    );
    expect(nutgraf(['render', '-', '--to', 'md', '--template', 'frontmatter'], { input: GOOD }).out).toMatch(
      /^---\ntitle: "Bridge closes"\n[\s\S]*?\n---\n\n## What’s happened\n/,
    );
    expect(JSON.parse(nutgraf(['render', '-', '--to', 'json'], { input: GOOD }).out)).toMatchObject({
      headline: 'Bridge closes',
      lang: 'en',
      byline: [],
      sections: [{ kind: 'summary', heading: 'What’s happened' }],
    });
  });

  it('wraps at the width that is asked for, or not at all', () => {
    const input = storyOf(`${'word '.repeat(60)}https://example.org/${'x'.repeat(90)} end`);
    const widths = (args: string[]) =>
      Math.max(
        ...nutgraf(['render', '-', ...args], { input })
          .out.split('\n')
          .filter((line) => !line.includes('https'))
          .map((line) => line.length),
      );
    expect(widths([])).toBeLessThanOrEqual(72);
    expect(widths(['--width', '40'])).toBeLessThanOrEqual(40);
    expect(nutgraf(['render', '-', '--width', '0'], { input }).out).toContain(`${'word '.repeat(60)}https`);
    expect(nutgraf(['render', '-', '--width', '40'], { input }).out).toContain(
      `https://example.org/${'x'.repeat(90)}\n`,
    );
  });

  it('writes a file, with its folder', () => {
    const cwd = folderOf({ 'a.yaml': GOOD });
    expect(nutgraf(['render', 'a.yaml', '--to', 'md', '-o', 'new/folder/a.md'], { cwd })).toEqual({
      code: 0,
      out: '',
      err: '',
    });
    expect(readFileSync(join(cwd, 'new/folder/a.md'), 'utf8')).toMatch(/^# Bridge closes/);
    expect(readdirSync(join(cwd, 'new/folder'))).toEqual(['a.md']);
  });

  it('refuses a story that would lose a word, and prints nothing of it', () => {
    const run = nutgraf(['render', '-'], { input: GOOD.replace('Bridge closes', 'Gang #4 jailed') });
    expect(run).toMatchObject({ code: 1, out: '' });
    expect(run.err).toContain('-:1:16: error comment-cuts-text');
  });

  it.each([['status: draft'], ['status: held'], ['status: killed'], ['embargo: 2999-01-01T00:00:00Z']])(
    'makes nothing of a story with %s, in any format',
    (line) => {
      const input = `${GOOD}${line}\n`;
      for (const to of ['txt', 'json'])
        expect(nutgraf(['render', '-', '--to', to], { input })).toMatchObject({
          code: 3,
          out: '',
          err: expect.stringMatching(/draft|held|killed|embargo/),
        });
      const cwd = folderOf({ 'a.story.yaml': input });
      const run = nutgraf(['build', '.', '--to', formatNames().join()], { cwd });
      expect(run).toMatchObject({ code: 3, err: expect.stringContaining('a.story.yaml: held back: the story is ') });
      expect(briefsIn(join(cwd, 'briefs'))).toEqual([]);
      expect(nutgraf(['feed', '.', '--base', 'https://e.example/'], { cwd })).toMatchObject({ code: 3, out: '' });
    },
  );

  it('makes a brief once the embargo has ended', () => {
    expect(nutgraf(['render', '-'], { input: `${GOOD}embargo: 2020-01-01T00:00:00+09:00\n` }).code).toBe(0);
  });

  it('gives the note to editors to nobody', () => {
    const input = `${GOOD}ednote: Call the lawyer first.\n`;
    for (const to of ['json', 'html', 'eml'])
      expect(nutgraf(['render', '-', '--to', to], { input }).out).not.toContain('lawyer');
  });

  it('ends quietly when its reader has read enough', async () => {
    const child = spawn(process.execPath, [join(ROOT, 'bin/nutgraf.js'), 'render', '-'], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    child.stdin.end(GOOD.replace('Monday', 'Monday '.repeat(100_000)));
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    const [code] = await once(child, 'close');
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('never writes a brief over its own story', () => {
    const cwd = folderOf({ 'notes.txt': `slug: notes\n${GOOD}`, 'a.story.yaml': GOOD });
    expect(nutgraf(['render', 'a.story.yaml', '-o', './a.story.yaml'], { cwd }).code).toBe(2);
    expect(nutgraf(['build', 'notes.txt', '--to', 'txt', '-o', '.'], { cwd }).code).toBe(4);
    expect(readFileSync(join(cwd, 'a.story.yaml'), 'utf8') + readFileSync(join(cwd, 'notes.txt'), 'utf8')).toBe(
      `${GOOD}slug: notes\n${GOOD}`,
    );
  });

  it('cannot write: exit 4 and the reason', () => {
    const cwd = folderOf({ 'a.yaml': GOOD, file: '' });
    const run = nutgraf(['render', 'a.yaml', '-o', 'file/a.txt'], { cwd });
    expect(run.code).toBe(4);
    expect(run.err).toMatch(/^nutgraf: cannot write to the folder "file": /);
  });
});

describe('the code cache', () => {
  it('is made of files that are read as ASCII', () => {
    const files = readdirSync(join(ROOT, 'dist')).filter((name) => name.endsWith('.cjs'));
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect(readFileSync(join(ROOT, 'dist', file), 'latin1'), file).not.toMatch(/[^\0-\x7F]/);
  });

  it('never runs what a file was before it was changed', () => {
    const copy = temporaryFolder();
    for (const name of ['package.json', 'bin', 'dist']) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
    const help = () => execFileSync(process.execPath, [join(copy, 'bin/nutgraf.js'), '--help'], { encoding: 'utf8' });
    // From version 22 on, Node keeps the caches itself.
    expect(existsSync(join(copy, 'dist/cli.cjs.cache'))).toBe(!('enableCompileCache' in nodeModule));
    expect(help()).toContain('Assembles sourced');
    const file = join(copy, 'dist/cli.cjs');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('Assembles sourced', 'assembles SOURCED'));
    expect(help()).toContain('assembles SOURCED');
    writeFileSync(`${file}.cache`, 'no cache');
    expect(help()).toContain('assembles SOURCED');
  });
});

describe('nutgraf build', () => {
  it('builds the good, tells of the bad, and exits with 1', () => {
    const cwd = folderOf({
      'stories/good.story.yaml': GOOD,
      'stories/bad.story.yaml': BAD,
      'stories/latin.story.yaml': Buffer.from('headline: caf\xe9', 'latin1'),
    });
    const run = nutgraf(['build'], { cwd });
    expect(run.code).toBe(1);
    expect(briefsIn(join(cwd, 'briefs')).sort()).toEqual(['good.html', 'good.md', 'good.txt']);
    expect(run.err).toContain('stories/good.story.yaml → briefs/good.html, briefs/good.md, briefs/good.txt');
    expect(run.err).toContain('stories/latin.story.yaml:1:14: error bad-encoding');
    expect(run.err.trimEnd().split('\n').at(-1)).toBe('built 1 story into briefs; 2 stories with errors not built');
    expect(run.out).toBe('');
  });

  it('--fail-fast stops at the first bad story and says how far it came', () => {
    const cwd = folderOf({ 'a.story.yaml': GOOD, 'b.story.yaml': BAD, 'c.story.yaml': GOOD });
    expect(nutgraf(['build', '.', '--fail-fast', '-q'], { cwd }).err).toMatch(
      /stopped: built 1 of 3 stories; 1 story with errors not built\n$/,
    );
    expect(existsSync(join(cwd, 'briefs/c.txt'))).toBe(false);
  });

  it.each([
    ['slug: same\n', 'slug: same\n'],
    ['slug: same\n', '"slug": same # the same\n'],
    ['slug: b\n', ''],
  ])('builds neither of two stories of one name, and the others (%j, %j)', (first, second) => {
    const cwd = folderOf({ 'a.story.yaml': first + GOOD, 'b.story.yaml': second + GOOD, 'c.story.yaml': GOOD });
    const run = nutgraf(['build', '.'], { cwd });
    expect(run.code).toBe(1);
    expect(run.err).toMatch(/a\.story\.yaml:1:\d+: error slug-collision: .* b\.story\.yaml /);
    expect(run.err).toMatch(/b\.story\.yaml:1:\d+: error slug-collision: .* a\.story\.yaml /);
    expect(run.err).toMatch(/built 1 story into briefs; 2 stories with errors not built\n$/);
    expect(briefsIn(join(cwd, 'briefs'))).toEqual(['c.html', 'c.md', 'c.txt']);
  });

  it('leaves a brief alone that is the same, and replaces a link instead of following it', () => {
    const cwd = folderOf({ 'a.story.yaml': GOOD, precious: 'precious', 'briefs/keep.txt': 'not ours' });
    symlinkSync('../precious', join(cwd, 'briefs/a.txt'));
    expect(nutgraf(['build', '.'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('"briefs/a.txt"') });
    expect(nutgraf(['build', '.', '--force'], { cwd }).code).toBe(0);
    expect(readFileSync(join(cwd, 'precious'), 'utf8')).toBe('precious');
    expect(readFileSync(join(cwd, 'briefs/a.txt'), 'utf8')).toContain('Bridge closes');
    expect(briefsIn(join(cwd, 'briefs')).sort()).toEqual(['a.html', 'a.md', 'a.txt', 'keep.txt']);
  });

  it('gives the same bytes in any zone, locale and order', () => {
    const build = (env: NodeJS.ProcessEnv) => {
      const out = temporaryFolder();
      nutgraf(['build', 'stories', '-o', out], { env });
      return briefsIn(out)
        .sort()
        .map((name) => readFileSync(join(out, name), 'utf8'));
    };
    const first = build({ TZ: 'Pacific/Kiritimati', LC_ALL: 'C' });
    expect(first).toHaveLength(18);
    expect(build({ TZ: 'America/Adak', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' })).toEqual(first);
  });

  it('a CRLF file gives the bytes of an LF file', () => {
    expect(nutgraf(['render', '-', '--to', 'html'], { input: GOOD.replaceAll('\n', '\r\n') })).toEqual(
      nutgraf(['render', '-', '--to', 'html'], { input: GOOD }),
    );
  });

  it('takes a file that is named twice once', () => {
    const cwd = folderOf({ 'a.story.yaml': GOOD });
    expect(nutgraf(['build', '.', './a.story.yaml', 'a.story.yaml'], { cwd })).toMatchObject({
      code: 0,
      err: expect.stringContaining('built 1 story'),
    });
  });

  it('never lets one story overwrite another, whatever is allowed', () => {
    const cited = GOOD.replace('Monday.', 'Monday. [@nobody]');
    const cwd = folderOf({ 'a.story.yaml': `slug: same\n${cited}`, 'b.story.yaml': `"slug": same\n${cited}` });
    const run = nutgraf(['build', '.', '--allow', 'unknown-source'], { cwd });
    expect(run).toMatchObject({ code: 1, err: expect.stringContaining('slug-collision') });
    expect(nutgraf(['build', '.', '--allow', 'slug-collision'], { cwd }).code).toBe(2);
  });

  it('a template that fails for one story does not stop the others', () => {
    const cwd = folderOf({
      'a.story.yaml': GOOD,
      'b.story.yaml': `${GOOD}extra: { mood: calm }\n`,
      'ours/txt/brief.hbs': '{{> partials/mood}}',
      'ours/txt/partials/mood.hbs': '\n{{extra.mood}}',
    });
    const run = nutgraf(['build', '.', '--to', 'txt', '--templates', 'ours'], { cwd });
    expect(run.err).toContain('a.story.yaml:1:1: error template-failed: txt/partials/mood.hbs:2: ');
    expect(readFileSync(join(cwd, 'briefs/b.txt'), 'utf8')).toBe('calm\n');
    expect(run.code).toBe(1);
  });

  it('keeps the permissions of a brief that it replaces', () => {
    const cwd = folderOf({ 'a.story.yaml': GOOD, 'briefs/a.txt': 'old' });
    chmodSync(join(cwd, 'briefs/a.txt'), 0o600);
    nutgraf(['build', '.', '--force'], { cwd });
    expect(statSync(join(cwd, 'briefs/a.txt')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(cwd, 'briefs/a.txt'), 'utf8')).toContain('Bridge closes');
  });

  it('lists what it holds back', () => {
    const cwd = folderOf({ 'a.story.yaml': GOOD, 'b.story.yaml': `${GOOD}status: held\n` });
    const run = nutgraf(['build', '.'], { cwd });
    expect(run.err).toContain('b.story.yaml: held back: the story is held');
    expect(run.err).toMatch(/built 1 story into briefs; 1 held back\n$/);
    expect(run.code).toBe(0);
  });

  it('does not wait for a pipe or a device that has a story’s name', () => {
    const cwd = folderOf({ 'a.story.yaml': GOOD });
    execFileSync('mkfifo', [join(cwd, 'pipe.story.yaml')]);
    symlinkSync('/dev/zero', join(cwd, 'device.story.yaml'));
    symlinkSync('nowhere', join(cwd, 'dead.story.yaml'));
    mkdirSync(join(cwd, 'folder.story.yaml'));
    symlinkSync('.', join(cwd, 'loop'));
    const run = nutgraf(['build', '.'], { cwd });
    expect(run.err).toContain('pipe.story.yaml:1:1: error not-a-file');
    expect(run.err).toContain('dead.story.yaml:1:1: error unreadable');
    expect(run.err).toContain('device.story.yaml:1:1: error not-a-file');
    expect(briefsIn(join(cwd, 'briefs'))).toHaveLength(3);
    expect(run.code).toBe(4);
  });

  it('on Ctrl-C ends with the current story, leaves no half file, and says k of n', async () => {
    const cwd = folderOf(Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`s${i}.story.yaml`, GOOD])));
    const child = spawn(process.execPath, [join(ROOT, 'bin/nutgraf.js'), 'build', '.'], { cwd });
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    while (!existsSync(join(cwd, 'briefs')) || briefsIn(join(cwd, 'briefs')).length < 10)
      await new Promise((done) => setTimeout(done, 5));
    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    expect(code).toBe(130);
    expect(err).toMatch(/stopped: built \d+ of 3000 stories\n$/);
    const built = Number(/built (\d+) of/.exec(err)?.[1]);
    expect(built).toBeLessThan(3000);
    const names = briefsIn(join(cwd, 'briefs'));
    expect(names).toHaveLength(built * 3);
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
