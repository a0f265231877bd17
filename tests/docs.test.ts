import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandsPage } from './docs/commands.js';
import { editionFormat } from './docs/edition-format.js';
import { interviewFrames } from './docs/interview.js';
import { rulesPage } from './docs/rules.js';
import { storyFormat } from './docs/story-format.js';
import { briefsOf, nutgraf, ROOT } from './support.js';

const page = (name: string) => join(ROOT, 'docs', name);

describe('the reference is that of the code', () => {
  it('story-format.md', async () => expect(storyFormat()).toMatchFileSnapshot(page('story-format.md')));
  it('edition-format.md', async () => expect(editionFormat()).toMatchFileSnapshot(page('edition-format.md')));
  it('rules.md', async () => expect(rulesPage()).toMatchFileSnapshot(page('rules.md')));
  it('commands.md', async () => expect(commandsPage()).toMatchFileSnapshot(page('commands.md')));
});

describe('the README', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, kind, text]) => ({ kind, text: text ?? '' }));

  it('shows a story and the very brief that it makes', async () => {
    const story = blocks.find(({ kind }) => kind === 'yaml')?.text ?? '';
    const { text, diagnostics } = await briefsOf(story, { formats: ['txt'] });
    expect(diagnostics).toEqual([]);
    expect(blocks.find(({ kind }) => kind === 'text')?.text).toBe(text['txt']);
  });

  it('shows what check says of a mistake', () => {
    const at = blocks.findLastIndex(({ kind }) => kind === 'console');
    const story = blocks.slice(0, at).findLast(({ kind }) => kind === 'yaml')?.text ?? '';
    const run = nutgraf(['check', '-'], { input: story });
    const shown = blocks[at]?.text.replace(/^\$.*\n/, '').replaceAll('gang.story.yaml', '-');
    expect(shown).toBe(run.out);
  });

  it('shows the interview as it is', async () => {
    expect(blocks.find(({ kind }) => kind === 'terminal')?.text).toBe(await interviewFrames());
  });

  it('the guide to the desk shows the very report of sources', () => {
    const [, shown = ''] =
      /```console\n\$ nutgraf sources .*\n([\s\S]*?)```/.exec(readFileSync(page('desk.md'), 'utf8')) ?? [];
    expect(shown).toBe(nutgraf(['sources', 'stories/north-korea.story.yaml']).out);
  });

  it('links to nothing that is not there', () => {
    const docs = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
    for (const file of ['README.md', 'CONTRIBUTING.md', ...docs.map((name) => `docs/${name}`)]) {
      const text = readFileSync(join(ROOT, file), 'utf8').replace(/```[\s\S]*?```|`[^`\n]*`/g, '');
      for (const [, target = ''] of text.matchAll(/\]\((?!https?:|mailto:|#)([^)#]+)/g)) {
        expect(existsSync(join(ROOT, file, '..', target)), `${file}: ${target}`).toBe(true);
      }
    }
  });
});
