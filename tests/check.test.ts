import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nutgraf, temporaryFolder } from './support.js';

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

describe('nutgraf check', () => {
  it('tells all problems of all files, sorted, with a summary last', () => {
    const cwd = folderOf({ 'b.story.yaml': BAD, 'deep/a.story.yml': BAD, 'c.story.yaml': GOOD, 'notes.yaml': BAD });
    const run = nutgraf(['check', '.'], { cwd });
    expect(run.code).toBe(1);
    expect(run.err).toBe('');
    expect(run.out.match(/^\S+(?=: )/gm)).toEqual(
      [
        'b.story.yaml:1:1:',
        'b.story.yaml:1:1:',
        'b.story.yaml:2:11:',
        'deep/a.story.yml:1:1:',
        'deep/a.story.yml:1:1:',
        'deep/a.story.yml:2:11:',
      ].map((x) => x.slice(0, -1)),
    );
    expect(run.out.trimEnd().split('\n').at(-1)).toBe('3 stories checked: 6 errors');
  });

  it('gives JSON for programs', () => {
    const cwd = folderOf({ 'a.yaml': BAD });
    const run = nutgraf(['check', 'a.yaml', '--format', 'json'], { cwd });
    expect(JSON.parse(run.out)).toMatchObject({
      diagnostics: [
        { file: 'a.yaml', line: 1, column: 1, endLine: 1, severity: 'error', rule: 'missing-headline' },
        {
          file: 'a.yaml',
          line: 1,
          column: 1,
          endLine: 1,
          endColumn: 8,
          severity: 'error',
          rule: 'unknown-field',
          hint: 'did you mean "headline"?',
        },
        { rule: 'empty-list' },
      ],
      summary: { errors: 3, warnings: 0 },
    });
    expect(run.code).toBe(1);
  });

  it('reads standard input', () => {
    expect(nutgraf(['check', '-'], { input: GOOD })).toMatchObject({ code: 0, out: '1 story checked: no problems\n' });
    expect(nutgraf(['check', '-'], { input: BAD }).out).toMatch(/^-:1:1: error /);
  });

  it('--allow makes a rule a warning, and --max-warnings counts them', () => {
    const input = GOOD.replace(/^headline.*\n/, '');
    expect(nutgraf(['check', '-'], { input }).code).toBe(1);
    const allowed = nutgraf(['check', '-', '--allow', 'missing-headline'], { input });
    expect(allowed).toMatchObject({ code: 0, out: expect.stringContaining('warning missing-headline') });
    expect(nutgraf(['check', '-', '--allow', 'missing-headline', '--max-warnings', '0'], { input }).code).toBe(1);
  });

  it('names both files of a slug collision', () => {
    const cwd = folderOf({ 'a.story.yaml': `slug: same\n${GOOD}`, 'b.story.yaml': `${GOOD}slug: "same"\n` });
    const run = nutgraf(['check', '.'], { cwd });
    expect(run.out).toMatch(/^a\.story\.yaml:1:7: error slug-collision: the slug "same" is that of b\.story\.yaml too/);
    expect(run.out).toMatch(
      /^b\.story\.yaml:5:7: error slug-collision: the slug "same" is that of a\.story\.yaml too/m,
    );
    expect(run.code).toBe(1);
  });

  it('puts the caret under the place, be the line in emoji or Japanese', () => {
    const input = 'headline: "👩‍👩‍👧 日本語 \\q"\n';
    const [, line, caret] = nutgraf(['check', '-'], { input }).out.split('\n');
    expect(line).toBe('   1 | headline: "👩‍👩‍👧 日本語 \\q"');
    // One family of two columns, a space, three characters of two columns, a space.
    expect(caret).toBe(`     | ${' '.repeat('headline: "'.length + 2 + 1 + 6 + 1)}^^`);
  });

  it('has no colour in a pipe, and none with NO_COLOR', () => {
    expect(nutgraf(['check', '-'], { input: BAD, env: { FORCE_COLOR: '1' } }).out).not.toContain('\u001b');
  });

  it('prints fifty problems of one rule in a file and counts the rest', () => {
    const run = nutgraf(['check', '-'], { input: Array.from({ length: 300 }, (_, i) => `k${i}: 1`).join('\n') });
    expect(run.out.match(/ error unknown-field/g)).toHaveLength(50);
    expect(run.out.match(/ error /g)).toHaveLength(52);
    expect(run.out).toContain('-: and 250 more: unknown-field 250\n');
    expect(run.out).toContain('302 errors');
  });

  it('never hides an error behind warnings', () => {
    const sources = Array.from(
      { length: 70 },
      (_, i) => `  - { id: s${i}, outlet: O, url: "https://e.example/${i}" }\n`,
    );
    const cited = Array.from({ length: 70 }, (_, i) => `[@s${i}]`).join(' ');
    const story = `headline: H\nsources:\n${sources.join('')}sections:\n  - kind: text\n    text: One ${cited} [@nobody]\n`;
    const cwd = folderOf({ 'a.story.yaml': story });
    for (const args of [
      ['check', '.'],
      ['build', '.'],
      ['render', 'a.story.yaml'],
    ]) {
      const { out, err } = nutgraf(args, { cwd });
      expect(out + err).toMatch(/error unknown-source: .*nobody/);
      expect(out + err).toContain('a.story.yaml: and 21 more: incomplete-source 21\n');
    }
  });

  it('sums up the warnings of a large build by rule', () => {
    const source = 'sources: [{ id: a, outlet: A, url: "https://e.example/1" }]\n';
    const cwd = folderOf({
      ...Object.fromEntries(
        Array.from({ length: 60 }, (_, i) => [`s${i}.story.yaml`, source + GOOD.replace('Monday.', 'Monday. [@a]')]),
      ),
      'bad.story.yaml': BAD,
    });
    const { err } = nutgraf(['build', '.', '-n'], { cwd });
    expect(err).toContain('warnings, which nutgraf check shows: incomplete-source 60 in 60 files\n');
    expect(err).toContain('error unknown-field');
    expect(err).not.toContain('warning incomplete-source');
    expect(err).toContain('would build 60 stories into briefs; 1 story with errors would not be built');
    expect(nutgraf(['build', '.', '-n'], { cwd }).code).toBe(1);
    expect(existsSync(join(cwd, 'briefs'))).toBe(false);
  });
});
