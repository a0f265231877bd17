import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadStory } from '../src/checks/load.js';
import { diffStories } from '../src/desk/diff.js';
import { nutgraf, ROOT, temporaryFolder } from './support.js';

/** A folder of stories with settings, or without. */
function desk(files: Readonly<Record<string, string>>): string {
  const cwd = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(cwd, name, '..'), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return cwd;
}

describe('nutgraf diff', () => {
  const story = (sections: string, more = '') => `headline: H\n${more}sections:\n${sections}`;
  const of = (a: string, b: string) => {
    const [before, after] = [a, b].map((text) => loadStory(text, 'x.story.yaml').story);
    if (!before || !after) throw new Error('a story has errors');
    return diffStories(before, after);
  };
  const text = (prose: string) => story(`  - kind: summary\n    text: ${JSON.stringify(prose)}\n`);

  it('sees no change in spaces alone', () => {
    const headed = (heading: string) => story(`  - { kind: text, heading: "${heading}", text: Words. }\n`);
    expect(of(headed('A  b'), headed('A b'))).toMatchObject({ fields: [], sections: [] });
  });

  it('sees no change where the same words are escaped otherwise', () => {
    const diff = of(text('It said f**k. 24\\. Dezember ist es.'), text('It said f\\*\\*k. 24. Dezember ist es.'));
    expect(diff).toMatchObject({ sections: [], suggestions: [] });
  });

  it('says what changed, by section and sentence, and suggests the correction of a figure, a name or a quotation', () => {
    const diff = of(
      text('It closed. 8 men, led by Mr Lee, left. “We go,” he said.'),
      text('It closed. 7 men, led by Mr Lee, left. “We stay,” he said. And it rained.'),
    );
    expect(diff.sections).toEqual([
      {
        kind: 'summary',
        heading: 'What’s happened',
        status: 'changed',
        changes: [
          { was: '8 men, led by Mr Lee, left.', now: '7 men, led by Mr Lee, left.' },
          { was: '“We go,” he said.', now: '“We stay,” he said.' },
          { now: 'And it rained.' },
        ],
      },
    ]);
    expect(diff.suggestions.map(({ reason, was, now }) => [reason, was, now])).toEqual([
      ['figure', '8', '7'],
      ['quotation', 'go', 'stay'],
    ]);
    expect(of(text('It was led by Mr Lee.'), text('It was led by Mr Kim.')).suggestions).toMatchObject([
      { reason: 'name', was: 'Lee', now: 'Kim' },
    ]);
    expect(of(text('It is big.'), text('It is large.')).suggestions).toEqual([]);
  });

  it('knows sections that moved, came and went, and what became of sources', () => {
    const a = story(
      '  - { kind: summary, text: S. }\n  - { kind: analysis, text: A. }\n  - { kind: text, heading: Gone, text: G. }\n',
      'sources: [{ id: ap, outlet: AP }, { id: old, outlet: Old }]\n',
    );
    const b = story(
      '  - { kind: analysis, text: A. }\n  - { kind: summary, text: S. }\n  - { kind: next, text: N. }\n',
      'dek: D\nsources: [{ id: ap, outlet: AP News }, { id: new, outlet: New }]\n',
    );
    expect(of(a, b)).toEqual({
      fields: [{ field: 'dek', now: 'D' }],
      sections: [
        { kind: 'next', heading: 'What’s next', status: 'added', changes: [{ now: 'N.' }] },
        { kind: 'text', heading: 'Gone', status: 'removed', changes: [{ was: 'G.' }] },
      ],
      sources: {
        added: ['new'],
        removed: ['old'],
        changed: [{ id: 'ap', field: 'outlet', was: 'AP', now: 'AP News' }],
      },
      suggestions: [],
    });
  });

  it('in the terminal gives the command that adds the correction, and is content once it is there', () => {
    const cwd = desk({
      'a.story.yaml': text("It cost £8,000 at O'Neill's."),
      'b.story.yaml': text("It cost £9,000 at O'Neill's."),
    });
    const { out, code } = nutgraf(['diff', 'a.story.yaml', 'b.story.yaml'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain("    - It cost £8,000 at O'Neill's.\n    + It cost £9,000 at O'Neill's.\n");
    const [command = ''] = /nutgraf correct .*/.exec(out) ?? [];
    const script = command.replace(/^nutgraf/, `${process.execPath} ${join(ROOT, 'bin/nutgraf.js')}`);
    expect(spawnSync('sh', ['-c', script], { cwd }).status).toBe(0);
    expect(loadStory(readFileSync(join(cwd, 'b.story.yaml')), 'b').story?.corrections).toMatchObject([
      { was: '£8,000', now: '£9,000', section: 'What’s happened' },
    ]);
    expect(nutgraf(['diff', 'a.story.yaml', 'b.story.yaml'], { cwd }).out).not.toContain('nutgraf correct');
    expect(nutgraf(['diff', 'a.story.yaml', 'a.story.yaml'], { cwd }).out).toBe('the two say the same\n');
    expect(JSON.parse(nutgraf(['diff', 'a.story.yaml', 'b.story.yaml', '--json'], { cwd }).out).sections).toHaveLength(
      1,
    );
  });
});
