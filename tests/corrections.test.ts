import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadStory } from '../src/checks/load.js';
import { nutgraf, ROOT, temporaryFolder } from './support.js';

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

describe('corrections', () => {
  const FERRY = join(ROOT, 'stories/harbour-ferry.story.yaml');

  it('correct adds one and says when the story was updated; all else stays byte for byte', () => {
    const before =
      '# ours\nheadline:   Bridge closes   # for a week\npublished: 2025-10-06\nsections:\n- {kind: summary, text: "It closes."}\n';
    const cwd = desk({ 'x.story.yaml': before });
    const run = nutgraf(
      [
        'correct',
        'x.story.yaml',
        '--text',
        '[sic] The vote was *7* to 6.',
        '--was',
        '8 = 5',
        '--now',
        '7 = 6',
        '--date',
        '2025-10-07',
      ],
      { cwd },
    );
    expect(run).toMatchObject({ code: 0, out: '' });
    const after = readFileSync(join(cwd, 'x.story.yaml'), 'utf8');
    expect(after.split('\n').filter((line) => !before.split('\n').includes(line))).toEqual([
      'updated: 2025-10-07',
      'corrections:',
      '  - date: 2025-10-07',
      '    text: |-',
      '      [sic] The vote was *7* to 6.',
      '    was: 8 = 5',
      '    now: 7 = 6',
    ]);
    expect(before.split('\n').filter((line) => !after.split('\n').includes(line))).toEqual([]);
    nutgraf(['correct', 'x.story.yaml', '--text', 'Another.', '--date', '2025-10-06', '--kind', 'clarification'], {
      cwd,
    });
    const { story } = loadStory(readFileSync(join(cwd, 'x.story.yaml')), 'x.story.yaml');
    expect(story?.corrections.map(({ kind }) => kind)).toEqual(['correction', 'clarification']);
    expect(story?.updated).toBe('2025-10-07');
    expect(nutgraf(['correct', 'x.story.yaml', '--text', 'X', '--date', 'some day'], { cwd }).code).toBe(2);
    expect(nutgraf(['correct', 'x.story.yaml', '--no-input'], { cwd }).code).toBe(2);
  });

  it('the log is numbered from the oldest, in every format, without what is not public', () => {
    const corrected = (name: string, date: string, more = '') =>
      `headline: ${name}\n${more}sections: [{ kind: text, text: T. }]\ncorrections: [{ date: ${date}, text: "Text of ${name} & more. [@a]", was: W, now: N }]\nsources: [{ id: a, outlet: Outlet A }]\n`;
    const cwd = desk({
      'new.story.yaml': corrected('New', '2025-10-07'),
      'old.story.yaml': corrected('Old', '2025-01-07'),
      'held.story.yaml': corrected('Held', '2025-02-07', 'status: held\n'),
      'plain.story.yaml': STORY,
    });
    const txt = nutgraf(['corrections', '.'], { cwd });
    expect(txt.code).toBe(0);
    expect(txt.err).toContain('held.story.yaml is left out: the story is held');
    expect(txt.out.match(/^\d\. .*$/gm)).toEqual(['2. New (new.txt)', '1. Old (old.txt)']);
    for (const to of ['html', 'md', 'txt']) {
      const { out } = nutgraf(['corrections', '.', '--to', to], { cwd });
      for (const words of ['New', 'Old', 'Text of Old', '(Outlet A)', 'Was: ', 'Now: ']) expect(out).toContain(words);
      expect(out).not.toContain('Held');
    }
    expect(nutgraf(['corrections', '.', '--to', 'eml'], { cwd }).code).toBe(2);
    const { corrections } = JSON.parse(nutgraf(['corrections', '.', '--to', 'json'], { cwd }).out);
    expect(corrections).toMatchObject([
      { number: 2, slug: 'new', was: 'W' },
      { number: 1, date: '2025-01-07' },
    ]);
    expect(nutgraf(['corrections', FERRY, '--to', 'html', '-o', 'log.html'], { cwd })).toMatchObject({
      code: 0,
      out: '',
    });
    expect(readFileSync(join(cwd, 'log.html'), 'utf8')).toContain('<del>£184,000 a year</del>');
  });

  it('our templates print every field; templates check finds those that would not', () => {
    expect(nutgraf(['templates', 'check']).out).toBe('7 templates checked: no errors\n');
    const cwd = desk({ 'ours/txt/partials/correction.hbs': '{{label}}\n', 'ours/md/teaser.hbs': '{{headline}}\n' });
    const { out, code } = nutgraf(['templates', 'check', '--templates', 'ours'], { cwd });
    expect(code).toBe(1);
    expect(out).toMatch(/^txt\/brief: error: it does not print corrections\.text, .*corrections\.now: /m);
    expect(out).toMatch(/^md\/teaser: error: it does not print \{\{mark\}\}/m);
    expect(out).toMatch(/^md\/teaser: warning: it does not print kicker, dek, .* and \d+ more/m);
    expect(out).toMatch(/^8 templates checked: 3 not to be used$/m);
  });
});
