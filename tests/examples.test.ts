import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadStory } from '../src/checks/load.js';
import { kinds } from '../src/sections/index.js';
import { briefsOf, nutgraf, ROOT, SHARED, soundStories } from './support.js';

const examples = soundStories().filter(({ name }) => name.startsWith('stories'));

describe('the example stories', () => {
  it('pass check; what the brief of another house does its own way is waived, with the reason', () => {
    const run = nutgraf(['check', 'stories']);
    expect(run).toMatchObject({ code: 0, err: '' });
    const lines = run.out.trimEnd().split('\n');
    expect(lines.pop()).toBe(`${examples.length} stories and 1 edition checked: no problems, 5 waived`);
    for (const line of lines) expect(line).toMatch(/^stories\/north-korea\.story\.yaml:\d+:\d+: waived /);
  });

  it('show every kind of section', () => {
    const shown = new Set<string>();
    for (const { bytes, file } of examples) {
      for (const section of loadStory(bytes, file).story?.sections ?? []) {
        shown.add(section.kind);
        if (section.kind === 'group') for (const child of section.sections) shown.add(child.kind);
      }
    }
    expect([...shown].sort()).toEqual(kinds.map(({ kind }) => kind as string).sort());
  });

  it.each(examples)('$name reads well', async ({ name, bytes }) => {
    const { text } = await briefsOf(bytes);
    await expect(text['txt']).toMatchFileSnapshot(join(ROOT, 'tests', 'examples', `${name.slice(8, -11)}.txt`));
    await expect(text['md']).toMatchFileSnapshot(join(ROOT, 'tests', 'examples', `${name.slice(8, -11)}.md`));
  });
});

describe('the seed', () => {
  const seed = join(SHARED, 'cases', 'north-korea.txt');
  const story = readFileSync(join(ROOT, 'stories', 'north-korea.story.yaml'), 'utf8');
  const bare = story.replace(/^headline:.*\n/m, '');

  it('comes out with its heading lines, dashes and no line break at the end', async () => {
    const { text } = await briefsOf(bare, {
      template: 'plain',
      formats: ['txt'],
      house: { levels: { 'missing-headline': 'warning' } },
    });
    expect(text['txt']).toMatch(/^What's happened\nNorth Korea’s vice-foreign minister,/);
    expect(text['txt']).toMatch(/\nGo deeper\nCommon question\n-\nWhat Does North Korea's Nuclear Arsenal Mean/);
    expect(text['txt']).toMatch(/\nMore on these topics\n-\nSouth Korea, officially .* with North Korea\.$/);
  });

  it.skipIf(!existsSync(seed))('gives back the bytes of the brief it was made from', () => {
    const run = nutgraf(['render', '-', '--to', 'txt', '--template', 'plain', '--allow', 'missing-headline'], {
      input: bare,
    });
    expect(run.out).toBe(readFileSync(seed, 'utf8'));
    expect(run.code).toBe(0);
  });
});
