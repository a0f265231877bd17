import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatNames } from '../src/formats/list.js';
import { nutgraf, temporaryFolder } from './support.js';

const story = (headline: string) =>
  `headline: ${headline}\npublished: 2025-10-06\nsections:\n  - kind: summary\n    text: It closes.\n`;

function folderOf(files: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const EDITION =
  'title: Morning\ndate: 2025-10-06\nbase: https://e.example/\nsections:\n  - kind: stories\n    stories: [a]\n';

/** Commands that write into a folder by names of their own, and one of the files of each. */
const INTO_FOLDERS = [
  ['build . -o out', 'a.html'],
  ['edition m.edition.yaml --to html,txt -o out', 'm.txt'],
  ['feed . --base https://e.example/ --to rss,atom -o out', 'feed.atom'],
] as const;

describe('a file that nutgraf has not made', () => {
  it.each(INTO_FOLDERS)('stays as it is in %s, and nothing is written, but with --force', (command, name) => {
    const cwd = folderOf({ 'a.story.yaml': story('A'), 'm.edition.yaml': EDITION, [`out/${name}`]: 'mine' });
    const run = nutgraf(command.split(' '), { cwd });
    expect(run).toMatchObject({ code: 2, err: expect.stringContaining(`"out/${name}" is there`) });
    expect(readdirSync(join(cwd, 'out'))).toEqual([name]);
    expect(readFileSync(join(cwd, 'out', name), 'utf8')).toBe('mine');
    expect(nutgraf([...command.split(' '), '--force'], { cwd }).code).toBe(0);
    expect(readFileSync(join(cwd, 'out', name), 'utf8')).not.toBe('mine');
    // Now it is ours, whatever the story says tomorrow.
    writeFileSync(join(cwd, 'a.story.yaml'), story('B'));
    expect(nutgraf(command.split(' '), { cwd }).code).toBe(0);
  });

  it.each(INTO_FOLDERS)('is ours in %s where it has the very bytes', (command, name) => {
    const cwd = folderOf({ 'a.story.yaml': story('A'), 'm.edition.yaml': EDITION });
    expect(nutgraf(command.split(' '), { cwd }).code).toBe(0);
    const bytes = readFileSync(join(cwd, 'out', name));
    const other = folderOf({ 'a.story.yaml': story('A'), 'm.edition.yaml': EDITION, [`out/${name}`]: '' });
    writeFileSync(join(other, 'out', name), bytes);
    expect(nutgraf(command.split(' '), { cwd: other }).code).toBe(0);
  });

  it('an edition and a brief of one name never replace each other', () => {
    const cwd = folderOf({ 'a.story.yaml': story('A'), 'm.story.yaml': story('M'), 'm.edition.yaml': EDITION });
    expect(nutgraf(['edition', 'm.edition.yaml', '--to', 'html', '-o', 'out'], { cwd }).code).toBe(0);
    expect(nutgraf(['build', 'm.story.yaml', '-o', 'out'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('"out/m.html" is there'),
    });
  });

  it('a story that an option would write over is not, whatever is forced', () => {
    const cwd = folderOf({ 'a.md': `slug: a\n${story('A')}`, 'b.story.yaml': story('B') });
    const run = nutgraf(['build', 'a.md', '-o', '.', '--force'], { cwd });
    expect(run.code).not.toBe(0);
    expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toContain('headline: A');
  });
});

describe('the name of an output that the user has typed', () => {
  const kept = {
    'b.story.yaml': story('B'),
    'm.edition.yaml': EDITION,
    'ours/txt/brief.hbs': 'x',
    'notes.txt': 'Notes',
  };
  const COMMANDS = [
    'render a.story.yaml',
    'corrections .',
    'edition m.edition.yaml',
    'feed . --base https://e.example/',
    'import notes.txt --force',
  ];

  const WRITTEN = ['m.edition.yaml', 'ours/txt/brief.hbs', 'nutgraf.config.yaml'];

  it.each(
    COMMANDS.flatMap((command) =>
      [...WRITTEN, command.startsWith('import') ? 'notes.txt' : 'b.story.yaml'].map((name) => [command, name]),
    ),
  )('%s -o %s never takes the place of what somebody wrote', (command, name) => {
    const cwd = folderOf({ ...kept, 'a.story.yaml': story('A'), 'nutgraf.config.yaml': 'publication: { name: P }\n' });
    const before = readFileSync(join(cwd, name), 'utf8');
    const run = nutgraf([...command.split(' '), '-o', name], { cwd });
    expect(run.code).toBe(2);
    expect(readFileSync(join(cwd, name), 'utf8')).toBe(before);
  });

  it('has the ending of a format, or --to names one', () => {
    const cwd = folderOf({ 'a.story.yaml': story('A') });
    expect(nutgraf(['render', 'a.story.yaml', '-o', 'a.pdf'], { cwd })).toMatchObject({ code: 2 });
    expect(existsSync(join(cwd, 'a.pdf'))).toBe(false);
    expect(nutgraf(['render', 'a.story.yaml', '-o', 'a.htm'], { cwd }).code).toBe(0);
    expect(readFileSync(join(cwd, 'a.htm'), 'utf8')).toContain('<html');
  });

  it('says the format where --to does not, and may not contradict it', () => {
    const cwd = folderOf({ 'a.story.yaml': story('A') });
    for (const [name, start] of [
      ['x.html', '<html'],
      ['x.md', '# A'],
      ['x.json', '{'],
      ['x.txt', 'A\n='],
      ['x.eml', 'Subject: A'],
      ['x', 'A\n='],
    ] as const) {
      expect(nutgraf(['render', 'a.story.yaml', '-o', name], { cwd }).code).toBe(0);
      expect(readFileSync(join(cwd, name), 'utf8')).toContain(start);
    }
    const run = nutgraf(['render', 'a.story.yaml', '--to', 'md', '-o', 'y.html'], { cwd });
    expect(run).toMatchObject({ code: 2, err: expect.stringContaining('--to says md') });
    expect(existsSync(join(cwd, 'y.html'))).toBe(false);
    for (const to of formatNames().filter((format) => !['html', 'email'].includes(format)))
      expect(nutgraf(['render', 'a.story.yaml', '--to', to, '-o', 'y.html'], { cwd }).code, to).toBe(2);
    expect(nutgraf(['render', 'a.story.yaml', '--to', 'email', '-o', 'y.html'], { cwd }).code).toBe(0);
  });
});
