import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { briefsIn, briefsOf, nutgraf, temporaryFolder } from './support.js';

const STORY = `headline: Bridge closes
sources:
  - { id: minutes, title: Meeting minutes, kind: interview }
sections:
  - kind: analysis
    text: The council voted. [@minutes]
`;

/** A folder of stories with settings, or without. */
function desk(files: Readonly<Record<string, string>>): string {
  const cwd = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(cwd, name, '..'), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return cwd;
}

describe('drafts', () => {
  const held = STORY.replace('sections:', 'embargo: 2025-10-06T06:00:00+09:00\nlang: en-GB\nsections:');
  const EARLY = ['--now', '2025-10-05T20:59:59Z'];
  const LATE = ['--now', '2025-10-05T21:00:00Z'];

  it('are marked in every format, before the hour of an embargo with it', () => {
    const cwd = desk({ 'x.story.yaml': held });
    for (const to of ['html', 'md', 'txt']) {
      expect(nutgraf(['render', 'x.story.yaml', '--to', to, ...EARLY], { cwd })).toMatchObject({ code: 3, out: '' });
      const { out, code } = nutgraf(['render', 'x.story.yaml', '--to', to, '--draft', ...EARLY], { cwd });
      expect(code).toBe(0);
      expect(out.replace(/\s+/g, ' ')).toContain(
        'EMBARGOED until 6 October 2025, 06:00 UTC+09:00 – not for publication',
      );
      expect(nutgraf(['render', 'x.story.yaml', '--to', to, '--draft', ...LATE], { cwd }).out).toContain('DRAFT – not');
      const plain = nutgraf(['render', 'x.story.yaml', '--to', to, ...LATE], { cwd });
      expect(plain).toMatchObject({ code: 0 });
      expect(plain.out).not.toContain('not for publication');
    }
    const { out } = nutgraf(['render', 'x.story.yaml', '--to', 'json', '--draft', ...EARLY], { cwd });
    expect(JSON.parse(out).mark).toContain('EMBARGOED');
    expect(nutgraf(['render', 'x.story.yaml', '--now', '2025-10-05'], { cwd }).code).toBe(2);
  });

  it('of held and killed stories are made for the desk, in a folder of their own', () => {
    const cwd = desk({
      'a.story.yaml': STORY,
      'b.story.yaml': STORY.replace('headline', 'status: held\nheadline'),
      'c.story.yaml': held,
    });
    expect(nutgraf(['build', '.', '--to', 'txt', ...EARLY], { cwd }).err).toContain('2 held back');
    expect(briefsIn(join(cwd, 'briefs'))).toEqual(['a.txt']);
    expect(nutgraf(['build', '.', '--to', 'txt', '--draft', ...EARLY], { cwd }).code).toBe(0);
    expect(briefsIn(join(cwd, 'drafts'))).toEqual(['a.txt', 'b.txt', 'c.txt']);
    const text = (name: string) => readFileSync(join(cwd, 'drafts', name), 'utf8');
    expect([text('a.txt'), text('b.txt'), text('c.txt')].map((brief) => brief.split('\n')[0])).toEqual([
      '*** DRAFT – not for publication ***',
      '*** DRAFT, held – not for publication ***',
      '*** EMBARGOED until 6 October 2025, 06:00 UTC+09:00 – not for',
    ]);
    nutgraf(['build', '.', '--to', 'txt', '--draft', ...LATE], { cwd });
    expect(text('c.txt')).toMatch(/^\*\*\* DRAFT – not/);
  });

  it('a story that is a draft is made for the desk alone', async () => {
    const draft = STORY.replace('headline', 'status: draft\nheadline');
    expect(await briefsOf(draft)).toMatchObject({ briefs: [], refused: 'the story is a draft' });
    const { text } = await briefsOf(draft, { draft: true });
    for (const brief of Object.values(text)) expect(brief).toContain('DRAFT – not for publication');
  });

  it('a template that would not print the mark makes no draft', () => {
    const cwd = desk({ 'x.story.yaml': STORY, 'ours/txt/brief.hbs': '{{headline}}\n' });
    expect(nutgraf(['render', 'x.story.yaml', '--templates', 'ours'], { cwd }).code).toBe(0);
    const run = nutgraf(['render', 'x.story.yaml', '--templates', 'ours', '--draft'], { cwd });
    expect(run).toMatchObject({ code: 1, out: '' });
    expect(run.err).toContain('{{mark}}');
  });
});
