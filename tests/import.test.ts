import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadStory } from '../src/checks/load.js';
import { importStory } from '../src/importing/import.js';
import { briefsOf, nutgraf, ROOT, SHARED, temporaryFolder } from './support.js';

const house = { levels: { 'missing-headline': 'warning' } } as const;

const plainOf = async (text: string) =>
  (await briefsOf(text, { formats: ['txt'], template: 'plain', house })).text['txt'];

describe('nutgraf import', () => {
  it('writes a story, says what it did, and overwrites nothing', () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.txt'), "What's happened\nIt closes.\n");
    const run = nutgraf(['import', 'a.txt', '-o', 'a.story.yaml'], { cwd });
    expect(run).toMatchObject({ code: 0, out: '' });
    expect(run.err).toContain('byte for byte');
    expect(nutgraf(['render', 'a.story.yaml', '--template', 'plain', '--allow', 'missing-headline'], { cwd }).out).toBe(
      "What's happened\nIt closes.",
    );
    const again = nutgraf(['import', 'a.txt', '-o', 'a.story.yaml'], { cwd });
    expect(again.code).toBe(2);
    expect(again.err).toContain('--force');
    expect(nutgraf(['import', 'a.txt', '-o', 'a.story.yaml', '--force', '-q'], { cwd })).toEqual({
      code: 0,
      out: '',
      err: '',
    });
  });

  it('takes a desk’s own headings from its settings, and says what is wrong with those', () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'in'));
    writeFileSync(join(cwd, 'in/a.md'), '## The upshot\n\nMuch.\n');
    const config = join(cwd, 'nutgraf.config.yaml');
    writeFileSync(config, 'import:\n  headings:\n    analysis: [The upshot]\n');
    expect(nutgraf(['import', 'in/a.md', '-q'], { cwd }).out).toContain('kind: analysis');
    writeFileSync(config, 'import:\n  headings:\n    anlysis: [The upshot]\n');
    const run = nutgraf(['import', 'in/a.md'], { cwd });
    expect(run.code).toBe(1);
    expect(run.err).toContain('nutgraf.config.yaml:3:5: error unknown-field');
    expect(run.err).toContain('did you mean "analysis"');
    expect(nutgraf(['import', 'in/a.md', '-q', '--config', 'in/none.yaml'], { cwd }).code).not.toBe(0);
  });

  it('imports many into a folder, and pipes one through', () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'in'));
    for (const name of ['a.md', 'b.md']) writeFileSync(join(cwd, 'in', name), `# ${name}\n\nText.\n`);
    expect(nutgraf(['import', 'in/a.md', 'in/b.md', '-o', 'out/', '-q'], { cwd }).code).toBe(0);
    expect(readdirSync(join(cwd, 'out'))).toEqual(['a.story.yaml', 'b.story.yaml']);
    expect(nutgraf(['import', '-', '--from', 'markdown'], { input: '# H\n\nText.\n' }).out).toContain('headline: H\n');
    expect(nutgraf(['import', 'in/a.md', 'in/b.md'], { cwd }).code).toBe(2);
  });
});

const newsletters = join(SHARED, 'data', 'newsletters');

describe.skipIf(!existsSync(newsletters))('real newsletters (skipped where they are absent)', () => {
  const files = existsSync(newsletters)
    ? readdirSync(newsletters, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
    : [];
  it.each(files)('%s comes in without a lost word, and passes check', (name) => {
    const bytes = readFileSync(join(newsletters, name));
    const { text, notes } = importStory(bytes, name);
    expect(notes.filter(({ message }) => message === 'not found in the story')).toEqual([]);
    // Many of them say "this week" in a file whose date is only in its name; the addresses of some links stand in other files.
    const names = loadStory(text, name).diagnostics.map(({ rule }) => rule);
    expect(
      names.filter(
        (rule) =>
          !['relative-date', 'insecure-link', 'invisible-character', 'missing-labels', 'printed-markup'].includes(rule),
      ),
    ).toEqual([]);
  });
});

const seed = join(SHARED, 'cases', 'north-korea.txt');

describe.skipIf(!existsSync(seed))('the seed (skipped where it is absent)', () => {
  it('comes back byte for byte, and is the example but for its headline', async () => {
    const bytes = readFileSync(seed);
    const { text, story } = importStory(bytes, 'north-korea.txt');
    expect(await plainOf(text)).toBe(bytes.toString('utf8'));
    // What a sub-editor would mark in it: "last week" without a date, "signaling" beside "denuclearisation".
    expect(loadStory(text, 'x').diagnostics.map(({ rule }) => rule)).toEqual([
      'missing-headline',
      'incomplete-source',
      'incomplete-source',
      'relative-date',
      'mixed-spelling',
    ]);
    const example = loadStory(readFileSync(join(ROOT, 'stories', 'north-korea.story.yaml')), 'x').story;
    expect(story.sections.map(({ kind }) => kind)).toEqual(example?.sections.map(({ kind }) => kind));
  });
});
