import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadStory } from '../src/checks/load.js';
import { diffStories } from '../src/desk/diff.js';
import { houseOf, readConfig } from '../src/settings/config.js';
import { briefsOf, nutgraf, temporaryFolder } from './support.js';

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

const house = (yaml: string) => {
  const { config, diagnostics } = readConfig(Buffer.from(yaml), 'nutgraf.config.yaml');
  expect(diagnostics).toEqual([]);
  return houseOf(config ?? {});
};

const rulesIn = (text: string, settings = '') =>
  loadStory(text, 'story.yaml', settings === '' ? {} : house(settings)).diagnostics.map(
    ({ rule, severity, line }) => `${line} ${severity} ${rule}`,
  );

describe('check --format sarif', () => {
  it('holds each finding with its place, a fingerprint that stays when lines move, its fix, and what is waived', () => {
    const broken = 'headline: Gang #4 jailed\nsections:\n  - kind: text\n    text: T\n';
    const of = (text: string) =>
      JSON.parse(nutgraf(['check', '-', '--format', 'sarif'], { input: text }).out).runs[0].results;
    const [first] = of(broken);
    expect(first).toMatchObject({
      ruleId: 'comment-cuts-text',
      level: 'error',
      locations: [{ physicalLocation: { region: { startLine: 1, startColumn: 16, endLine: 1, endColumn: 25 } } }],
      fixes: [{ artifactChanges: [{ replacements: [{ insertedContent: { text: '"Gang #4 jailed"' } }] }] }],
    });
    const [moved] = of(`# A comment\n\n${broken}`);
    expect(moved.locations[0].physicalLocation.region.startLine).toBe(3);
    expect(moved.partialFingerprints).toEqual(first.partialFingerprints);
    const twice = of(`${broken.replace('#4', 'four')}sources:\n  - { id: a }\n  - { id: a }\n`);
    const prints = twice.map((result: typeof first) => JSON.stringify(result.partialFingerprints));
    expect(new Set(prints).size).toBe(twice.length);
    const waived = of(STORY.replace('kind: interview }', 'kind: interview } # nutgraf: allow missing-outlet — known'));
    expect(waived).toMatchObject([{ suppressions: [{ kind: 'inSource', justification: 'known' }] }]);
  });
});

it('check tells of a source that is not called what its site is called elsewhere', () => {
  const story = (outlet: string, url: string, comment = '') =>
    `headline: H\nsections: [{ kind: text, text: "T [@a]" }]\nsources:\n  - id: a${comment}\n    outlet: ${outlet}\n    title: T\n    url: ${url}\n    published: 2025-10-06\n`;
  const cwd = desk({
    'a.story.yaml': story('The Ledger', 'https://www.ledger.co.uk/1'),
    'b.story.yaml': story('Ledger Online', 'https://m.ledger.co.uk/2'),
    'c.story.yaml': story('The Chronicle', 'https://ledger.co.uk/3'),
    'd.story.yaml': story('AP', 'https://apnews.test/1'),
    'e.story.yaml': story('Associated Press', 'https://apnews.test/2'),
    'f.story.yaml': story('Jane', 'https://www.youtube.com/1'),
    'g.story.yaml': story('John', 'https://youtube.com/2'),
  });
  const run = nutgraf(['check', '.'], { cwd });
  expect(run.out).toMatch(
    /^c\.story\.yaml:5:13: warning outlet-mismatch: “The Chronicle” is at ledger\.co\.uk, which another source calls “The Ledger”/,
  );
  expect(run.out).toContain('7 stories checked: 1 warning');
  const waived = story('The Chronicle', 'https://ledger.co.uk/3').replace(
    '  - id',
    '  # nutgraf: allow outlet-mismatch — bought in May\n  - id',
  );
  writeFileSync(join(cwd, 'c.story.yaml'), waived);
  expect(nutgraf(['check', '.'], { cwd }).out).toContain('7 stories checked: no problems, 1 waived');
});

describe('what the first users of the desk ran into', () => {
  it('drafts never go into a folder of briefs for readers, nor the other way round', () => {
    const cwd = desk({ 'x.story.yaml': STORY });
    nutgraf(['build', '.', '--to', 'txt', '-o', 'pub'], { cwd });
    const run = nutgraf(['build', '.', '--to', 'txt', '-o', 'pub', '--draft'], { cwd });
    expect(run).toMatchObject({ code: 4 });
    expect(run.err).toContain('"pub" holds briefs for readers');
    expect(readFileSync(join(cwd, 'pub/x.txt'), 'utf8')).not.toContain('DRAFT');
    nutgraf(['build', '.', '--to', 'txt', '--draft'], { cwd });
    expect(nutgraf(['build', '.', '--to', 'txt', '-o', 'drafts'], { cwd }).err).toContain('holds drafts');
    expect(nutgraf(['build', '.', '--to', 'txt', '--draft'], { cwd }).err).toContain('unchanged');
  });

  it('a build from another folder knows its briefs again', () => {
    const cwd = desk({ 'a/nutgraf.config.yaml': 'output: out\nformats: [txt]\n', 'a/x.story.yaml': STORY });
    nutgraf(['build', 'a'], { cwd });
    const { err } = nutgraf(['build', '.'], { cwd: join(cwd, 'a') });
    expect(err).toContain('1 story unchanged');
    expect(err).not.toContain('overwritten');
  });

  it('settings count in their own folder, also where there is no story', () => {
    const cwd = desk({
      'nutgraf.config.yaml': 'output: out\ntemplates: ours\n',
      'ours/txt/brief.hbs': '{{headline}}\n',
    });
    expect(nutgraf(['config', '--show-origin'], { cwd }).out).toMatch(/nutgraf\.config\.yaml:1\toutput: out/);
    expect(nutgraf(['templates', 'check'], { cwd }).code).toBe(1);
    expect(nutgraf(['templates', 'check', '--templates', 'ours'], { cwd }).out).toContain('txt/brief: error');
  });

  it('templates check tells of a section’s template that no kind has', () => {
    const cwd = desk({ 'ours/html/sections/timelin.hbs': 'x\n' });
    expect(nutgraf(['templates', 'check', '--templates', 'ours'], { cwd }).out).toContain(
      'html/sections/timelin: warning: there is no kind of section of this name; did you mean "timeline"?',
    );
  });

  it('a template that leaves corrections out makes no brief of a story that has some', () => {
    const corrected = `${STORY}corrections: [{ date: 2025-10-07, text: The vote was on Monday. }]\n`;
    const cwd = desk({ 'x.story.yaml': corrected, 'ours/txt/partials/correction.hbs': '{{label}}\n' });
    const run = nutgraf(['render', 'x.story.yaml', '--templates', 'ours'], { cwd });
    expect(run).toMatchObject({ code: 1, out: '' });
    expect(run.err).toContain('does not print the correction of October 7, 2025');
  });

  it('a correction later on the same day is an update later on that day', () => {
    const timed = STORY.replace('headline', 'updated: 2025-10-06T11:00:00+01:00\nheadline');
    const cwd = desk({ 'x.story.yaml': timed, 'bad.story.yaml': `${STORY}corrections: { a: b }\n` });
    const args = ['--text', 'It was Monday.', '--date', '2025-10-06T15:00:00+01:00'];
    expect(nutgraf(['correct', 'x.story.yaml', ...args], { cwd }).code).toBe(0);
    expect(readFileSync(join(cwd, 'x.story.yaml'), 'utf8')).toContain('updated: 2025-10-06T15:00:00+01:00');
    expect(nutgraf(['correct', 'bad.story.yaml', ...args], { cwd })).toMatchObject({ code: 1 });
  });

  it('with a report for programs on standard output, the changes of --dry-run are talk', () => {
    const cwd = desk({ 'a.story.yaml': 'headline: A → B #4 c\nsections: [{ kind: text, text: T }]\n' });
    const run = nutgraf(['check', '.', '--fix', '--dry-run', '--format', 'json'], { cwd });
    expect(JSON.parse(run.out).summary).toMatchObject({ errors: 0 });
    expect(run.err).toContain('+headline: "A → B #4 c"');
  });

  it('diff sees denials and what was taken out, and knows numbers in words', () => {
    const story = (prose: string) =>
      loadStory(`headline: H\nsections:\n  - kind: text\n    text: ${JSON.stringify(prose)}\n`, 'x').story;
    const suggested = (a: string, b: string) => {
      const [before, after] = [story(a), story(b)];
      if (!before || !after) throw new Error('a story has errors');
      return diffStories(before, after).suggestions.map(({ reason, was, now }) => [reason, was, now]);
    };
    expect(suggested('It opened in 1931.', 'It did not open in 1931.')).toEqual([['denial', 'opened', 'did not open']]);
    expect(suggested('It rained. The vote was 8 to 5.', 'It rained.')).toEqual([
      ['figure', 'The vote was 8 to 5.', undefined],
    ]);
    expect(suggested('It took 18 months.', 'It took eighteen months.')).toEqual([]);
    expect(suggested('It cost $3 in all, said Ruth Hall.', 'It cost $4 in all, said Ruth Hill.')).toEqual([
      ['figure', '$3', '$4'],
      ['name', 'Hall', 'Hill'],
    ]);
    expect(suggested('Rain fell.', 'Ten died.')).toEqual([]);
  });

  it('headings of one’s own count however the language is written', async () => {
    const { text } = await briefsOf(STORY.replace('headline', 'lang: en-GB\nheadline'), {
      house: house('headings: { en-gb: { analysis: Our view } }'),
    });
    expect(text['txt']).toContain('Our view');
  });

  it('a rule that is off needs no waiver, and its waiver no removal', () => {
    const text = STORY.replace('kind: interview }', 'kind: interview } # nutgraf: allow missing-outlet — known');
    expect(rulesIn(text, 'rules: { missing-outlet: off }')).toEqual([]);
  });
});
