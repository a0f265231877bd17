import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixText } from '../src/checks/fix.js';
import { loadStory } from '../src/checks/load.js';
import { attribution } from '../src/desk/attribution.js';
import { diffStories } from '../src/desk/diff.js';
import { languages } from '../src/languages/index.js';
import { englishLabel, labelNames } from '../src/languages/words.js';
import { houseOf, readConfig } from '../src/settings/config.js';
import { briefsIn, briefsOf, nutgraf, ROOT, RUNS, temporaryFolder } from './support.js';

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

describe('a house’s settings', () => {
  it('are found above the stories, and say what a rule’s finding is', () => {
    const cwd = desk({ 'nutgraf.config.yaml': 'rules:\n  missing-outlet: error\n', 'a/b/x.story.yaml': STORY });
    expect(nutgraf(['check', 'a'], { cwd })).toMatchObject({ code: 1 });
    expect(nutgraf(['check', 'a', '--allow', 'missing-outlet'], { cwd })).toMatchObject({ code: 0 });
    expect(nutgraf(['render', 'a/b/x.story.yaml'], { cwd })).toMatchObject({ code: 1 });
    writeFileSync(join(cwd, 'nutgraf.config.yaml'), 'rules: { missing-outlet: off }\n');
    expect(nutgraf(['check', 'a', '--allow', 'missing-outlet'], { cwd }).out).toContain('no problems');
  });

  it('are read as strictly as a story', () => {
    const cwd = desk({ 'nutgraf.config.yaml': 'rules:\n  missing-outlt: off\n', 'x.story.yaml': STORY });
    for (const args of [['check'], ['build'], ['render', 'x.story.yaml'], ['config']]) {
      const run = nutgraf(args[0] === 'check' || args[0] === 'build' ? [...args, '.'] : args, { cwd });
      expect(run.code).toBe(1);
      expect(run.err).toContain('nutgraf.config.yaml:2:3: error unknown-field');
      expect(run.err).toContain('did you mean "missing-outlet"?');
    }
    expect(readConfig(Buffer.from('rules: { duplicate-id: off }'), 'x').config).toBeUndefined();
    expect(readConfig(Buffer.from('sections: { words: { summary: many } }'), 'x').config).toBeUndefined();
  });

  it('must be the same for all stories of a run', () => {
    const cwd = desk({ 'a/nutgraf.config.yaml': 'output: x\n', 'a/x.story.yaml': STORY, 'b/y.story.yaml': STORY });
    const run = nutgraf(['check', 'a', 'b'], { cwd });
    expect(run.code).toBe(2);
    expect(run.err).toContain('different settings');
    expect(nutgraf(['check', 'a', 'b', '--config', 'a/nutgraf.config.yaml'], { cwd }).code).toBe(0);
  });

  it('say where briefs go, which ones, and by which templates, from their own folder', () => {
    const cwd = desk({
      'site/nutgraf.config.yaml': 'output: out\nformats: [txt]\ntemplates: ours\n',
      'site/ours/txt/brief.hbs': 'OURS {{headline}}\n',
      'site/stories/x.story.yaml': STORY,
    });
    expect(nutgraf(['build', 'site/stories'], { cwd }).code).toBe(0);
    expect(briefsIn(join(cwd, 'site/out'))).toEqual(['x.txt']);
    expect(readFileSync(join(cwd, 'site/out/x.txt'), 'utf8')).toBe('OURS Bridge closes\n');
    expect(nutgraf(['build', 'site/stories', '--to', 'md', '-o', 'md'], { cwd }).code).toBe(0);
    expect(briefsIn(join(cwd, 'md'))).toEqual(['x.md']);
  });

  it('when they change, briefs are made again', () => {
    const cwd = desk({ 'nutgraf.config.yaml': 'publication: { name: One }\n', 'x.story.yaml': STORY });
    nutgraf(['build', '.', '--to', 'txt'], { cwd });
    expect(nutgraf(['build', '.', '--to', 'txt'], { cwd }).err).toContain('1 story unchanged');
    writeFileSync(join(cwd, 'nutgraf.config.yaml'), 'publication: { name: Two }\n');
    nutgraf(['build', '.', '--to', 'txt'], { cwd });
    expect(readFileSync(join(cwd, 'briefs/x.txt'), 'utf8')).toContain('\nTwo\n');
  });

  it('name the publication in every format, and give headings and the language', async () => {
    const settings = house(
      'publication: { name: The <Example>, url: "https://example.org/", contact: a@example.org, lang: cy }\nheadings: { cy: { analysis: Y dadansoddiad } }',
    );
    const { text, diagnostics } = await briefsOf(STORY, { house: settings });
    expect(diagnostics.map(({ rule }) => rule)).toEqual(['missing-labels', 'missing-outlet']);
    expect(text['html']).toContain(
      '<a href="https://example.org/">The &lt;Example&gt;</a> · <a href="mailto:a@example.org">a@example.org</a>',
    );
    expect(text['html']).toContain('<html lang="cy"');
    expect(text['md']).toContain('[The \\<Example>](https://example.org/) · [a@example.org](mailto:a@example.org)');
    expect(text['txt']).toContain('The <Example> · https://example.org/ · a@example.org');
    for (const brief of Object.values(text)) expect(brief).toContain('Y dadansoddiad');
  });

  it('say which sections a story has, in which order and how long', () => {
    const settings =
      'sections:\n  order: [summary, analysis]\n  required: [summary, next]\n  words: { analysis: 3, group: 2 }';
    const story = `headline: H\nsections:\n  - kind: analysis\n    text: One two three [four](https://example.org/five). [@minutes]\n  - kind: links\n    items: [{ title: T, url: "https://example.org/" }]\n  - kind: summary\n    text: S.\nsources: [{ id: minutes, outlet: O, kind: interview }]\n`;
    expect(rulesIn(story, settings)).toEqual([
      '3 warning missing-section',
      '3 warning word-budget',
      '7 warning section-order',
    ]);
    expect(rulesIn(story)).toEqual([]);
  });

  it('are shown with their origins', () => {
    const cwd = desk({ 'nutgraf.config.yaml': 'output: out\nrules:\n  missing-outlet: off\n', 'x.story.yaml': STORY });
    const { out, code } = nutgraf(['config', '--show-origin', '.'], { cwd });
    expect(code).toBe(0);
    expect(out).toMatch(/^\S*nutgraf\.config\.yaml:3\trules\.missing-outlet: off$/m);
    expect(out).toMatch(/^default\trules\.unused-source: warning$/m);
    expect(out.match(/missing-outlet/g)).toHaveLength(1);
  });

  it('docs/config.md lists the labels', async () => {
    const all = [...labelNames].map(([label, name]) => {
      const english = englishLabel(name);
      const words = typeof english === 'string' ? english.trim() : Object.keys(english).join(', ');
      return `\`${label}\` (${words})`;
    });
    expect(readFileSync(join(ROOT, 'docs/config.md'), 'utf8')).toContain(`${all.join(', ')}.`);
  });

  it('docs/config.md and the README list the languages', () => {
    const listed = (names: string[]) => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
    const names = Object.values(languages).map(({ name }) => name);
    expect(readFileSync(join(ROOT, 'docs/config.md'), 'utf8')).toContain(
      listed(names.filter((name) => name !== 'English')),
    );
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8').replace(/\s+/g, ' ');
    expect(readme).toContain(listed(names.sort()));
  });

  it('labels of one’s own are printed in a language that the house does not speak', () => {
    const cwd = temporaryFolder();
    const text =
      'headline: H\nlang: cy\nbyline: Ada\nsections:\n  - kind: text\n    text: T [@a]\nsources:\n  - { id: a, outlet: O, title: T, url: "https://a.example/", published: 2025-10-06 }\n';
    writeFileSync(join(cwd, 'a.story.yaml'), text);
    expect(nutgraf(['check', 'a.story.yaml'], { cwd }).out).toContain('warning missing-labels');
    writeFileSync(join(cwd, 'nutgraf.config.yaml'), 'labels:\n  cy:\n    sources: Ffynonellau <1>\n    by: Gan\n');
    expect(nutgraf(['check', 'a.story.yaml'], { cwd }).out).toContain('are printed: published, updated, series,');
    const txt = nutgraf(['render', 'a.story.yaml'], { cwd }).out;
    expect(txt).toContain('Ffynonellau <1>\n');
    expect(txt).toContain('Gan Ada\n');
    expect(nutgraf(['render', 'a.story.yaml', '--to', 'html'], { cwd }).out).toContain(
      '<h2>Ffynonellau &lt;1&gt;</h2>',
    );
    const all = [...labelNames].map(([label, name]) =>
      typeof englishLabel(name) === 'string' ? `${label}: x` : `${label}: {}`,
    );
    writeFileSync(join(cwd, 'nutgraf.config.yaml'), `labels:\n  cy: { ${all.join(', ')} }\n`);
    expect(nutgraf(['check', 'a.story.yaml'], { cwd }).out).toContain('no problems');
    writeFileSync(join(cwd, 'nutgraf.config.yaml'), 'labels:\n  cy:\n    source: x\n');
    expect(nutgraf(['check', 'a.story.yaml'], { cwd }).err).toContain('did you mean "sources"?');
  });

  it('labels of the very tag go before those of its language, and are in the log of corrections too', () => {
    const cwd = desk({
      'nutgraf.config.yaml':
        'publication: { lang: en-GB }\nlabels:\n  en: { made_with: { people: By us }, correction: Wrong }\n  en-GB: { made_with: { ai: By it }, corrections: What was wrong }\n',
      'x.story.yaml': `made_with: people\ncorrections: [{ date: 2025-10-06, text: It was not. }]\n${STORY}`,
    });
    expect(nutgraf(['render', 'x.story.yaml'], { cwd }).out).toContain('By us');
    expect(nutgraf(['corrections', '.'], { cwd }).out).toMatch(/What was wrong[\s\S]*Wrong, 6 October 2025/);
  });

  it('of another ending are not passed over', () => {
    const cwd = desk({ 'nutgraf.config.yml': 'output: out\n', 'x.story.yaml': STORY });
    expect(nutgraf(['check'], { cwd }).code).toBe(2);
    expect(nutgraf(['check', '.'], { cwd }).err).toContain('nutgraf.config.yml" is not read');
  });

  it('the example in docs/config.md is right, and each of its lines is read', () => {
    const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'docs/config.md'), 'utf8')) ?? [];
    const { config, diagnostics } = readConfig(Buffer.from(yaml), 'x');
    expect(diagnostics).toEqual([]);
    expect(config?.import?.headings?.['analysis']).toContain('Our view');
    expect(houseOf(config ?? {})).toMatchObject({ words: { summary: 120 }, levels: { 'unused-source': 'off' } });
  });
});

describe('waivers', () => {
  const waived = (text: string) => {
    const { waived: some, diagnostics } = loadStory(text, 'story.yaml');
    return [...some.map(({ rule, reason }) => `waived ${rule}: ${reason}`), ...diagnostics.map(({ rule }) => rule)];
  };
  const source = '  - { id: minutes, title: Meeting minutes, kind: interview }';

  it('accept a finding in the value below or on the line, with a reason', () => {
    for (const [from, to] of [
      [source, `  # nutgraf: allow missing-outlet — the clerk’s own\n${source}`],
      [source, `${source} # nutgraf: allow missing-outlet — the clerk’s own`],
      ['sources:', '# nutgraf: allow missing-outlet: the clerk’s own\n# another comment\n\nsources:'],
      ['sources:', 'sources: # nutgraf: allow missing-outlet, duplicate-url -- the clerk’s own'],
    ] as const) {
      const [first, ...rest] = waived(STORY.replace(from, to));
      expect(first).toBe('waived missing-outlet: the clerk’s own');
      expect(rest).toEqual(to.includes('duplicate-url') ? ['unused-waiver'] : []);
    }
  });

  it('do not reach further, and are told of where nothing needs them', () => {
    expect(waived(STORY.replace('sections:', '# nutgraf: allow missing-outlet — no\nsections:'))).toEqual([
      'missing-outlet',
      'unused-waiver',
    ]);
  });

  it('need a reason, and a rule that there is and that can be allowed', () => {
    for (const [comment, message] of [
      ['allow missing-outlet', 'has no reason'],
      ['allow missing-outlet — ', 'has no reason'],
      ['allow missing-outlt — so', 'there is no rule'],
      ['allow duplicate-id — so', 'cannot be allowed'],
      ['ignore all', 'does not understand'],
    ] as const) {
      const { diagnostics } = loadStory(STORY.replace('sources:', `# nutgraf: ${comment}\nsources:`), 'x');
      expect(diagnostics.map(({ rule }) => rule)).toEqual(['invalid-waiver', 'missing-outlet']);
      expect(diagnostics[0]?.message).toContain(message);
    }
  });

  it('are words where they stand in a text, and cut none', () => {
    const text = STORY.replace(
      'text: The council voted. [@minutes]',
      'text: |\n      # nutgraf: allow missing-outlet — no\n      [@minutes]',
    );
    expect(waived(text)).toEqual(['missing-outlet', 'invalid-waiver']); // readers would see it
  });

  it('are listed by check, in words and as JSON', () => {
    const input = STORY.replace(source, `${source} # nutgraf: allow missing-outlet — the clerk’s own`);
    const { out, code } = nutgraf(['check', '-', '--max-warnings', '0'], { input });
    expect(code).toBe(0);
    expect(out).toBe(
      '-:3:5: waived missing-outlet: the source "minutes" has no outlet (the clerk’s own)\n1 story checked: no problems, 1 waived\n',
    );
    const report = JSON.parse(nutgraf(['check', '-', '--format', 'json'], { input }).out);
    expect(report.waived).toMatchObject([{ rule: 'missing-outlet', line: 3, reason: 'the clerk’s own' }]);
  });
});

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

describe('nutgraf sources', () => {
  const of = (yaml: string) => {
    const loaded = loadStory(`headline: H\n${yaml}`, 'story.yaml');
    expect(loaded.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    if (!loaded.story) throw new Error('the story has errors');
    return attribution({ ...loaded, story: loaded.story });
  };
  const SOURCES =
    'sources:\n  - { id: ap, outlet: AP }\n  - { id: mail, outlet: The Mail, via: ap, url: "https://mail.example/1" }\n  - { id: sun, outlet: Sun, via: Agence France-Presse }\n  - { id: post, outlet: Post, via: sun }\n  - { id: idle, outlet: Idle }\n';
  const text = (prose: string, kind = 'text') =>
    of(`sections:\n  - kind: ${kind}\n    text: ${JSON.stringify(prose)}\n${SOURCES}`);
  const counts = ({ sections: [section] }: ReturnType<typeof text>) => [section?.sentences, section?.attributed];

  it('counts what the example says, and on whose word', () => {
    const run = nutgraf(['sources', 'stories/north-korea.story.yaml', '--json']);
    const [story] = JSON.parse(run.out).stories;
    const count = (kind: string) => {
      const { sentences, attributed } = story.sections.find((section: { kind: string }) => section.kind === kind);
      return [sentences, attributed];
    };
    expect(count('coverage')).toEqual([6, 4]);
    expect(count('summary')).toEqual([2, 0]);
    expect(story.vague.map(({ text: words }: { text: string }) => words)).toEqual(['some officials', 'some officials']);
  });

  it('a sentence is attributed by its citation, also after the full stop, by an outlet’s name or its address', () => {
    expect(counts(text('It fell. [@ap]'))).toEqual([1, 1]);
    expect(counts(text('It fell. [@ap] It rose. [@mail; @sun]'))).toEqual([2, 2]);
    expect(counts(text('It fell. It rose [@ap]. Mail says so. AP.'))).toEqual([4, 3]);
    expect(counts(text('See [here](https://mail.example/1). APEC met. See [it](https://ap.example/AP).'))).toEqual([
      3, 1,
    ]);
  });

  it('parts sentences as people do', () => {
    expect(counts(text('Mr. Kim of the U.S. Navy met Dr. A. B. Lee on Oct. 5 at 5 p.m. They left.'))[0]).toBe(2);
    expect(counts(text('“Why?” he asked. “Nobody knows.” It rose by 3.5 per cent.'))[0]).toBe(3);
    expect(counts(text('It closed. 8 men left. £9 was lost on Jan. 5, No. 7.'))[0]).toBe(3);
    expect(counts(text('- One\n- Two. Three!\n\nA line\ngoes on.'))[0]).toBe(4);
    expect(counts(text('He joined Example Inc. The firm grew.'))[0]).toBe(2);
  });

  it('of entries with a source, all sentences have it', () => {
    const { sections } = of(
      `sections:\n  - kind: coverage\n    items:\n      - { source: ap, says: One. Two., quote: Three. }\n${SOURCES}`,
    );
    expect(sections).toMatchObject([{ sentences: 3, attributed: 3, sources: ['ap'] }]);
  });

  it('counts outlets that copy each other once', () => {
    const attribution = text('One. [@ap; @mail; @sun; @post]');
    expect(attribution).toMatchObject({ outlets: 4, independent: 2, unused: ['idle'] });
    expect(attribution.sections[0]).toMatchObject({ sources: ['ap', 'mail', 'sun', 'post'], independent: 2 });
  });

  it('names what is vague, unlisted or miscounted, with its place', () => {
    const attribution = text(
      'Analysts say it fell. Some officials told AP so. The Ellery Ledger reported it, and Reuters. Both papers agree. [@ap]',
    );
    expect(attribution.vague).toEqual([{ line: 4, column: 12, text: 'Analysts say' }]);
    expect(attribution.unlisted.map(({ text: name }) => name)).toEqual(['Reuters', 'The Ellery Ledger']);
    expect(attribution.miscounted.map(({ text: words }) => words)).toEqual(['Both papers (the section has 1)']);
    expect(attribution.single).toEqual(['text']);
    expect(text('Both papers agree: AP and Mail.').miscounted).toEqual([]);
  });

  it('the press review is a table of positions, in the terminal and where the story asks for it', async () => {
    const run = nutgraf(['sources', 'stories/harbour-ferry.story.yaml']);
    expect(run.out).toContain('    critical  The Ellery Ledger\n    relieved  Coast Chronicle\n');
    const bytes = readFileSync(join(ROOT, 'stories/harbour-ferry.story.yaml'));
    const { text: briefs } = await briefsOf(bytes);
    expect(briefs['html']).toContain('<th scope="row">critical</th><td>The Ellery Ledger</td>');
    expect(briefs['md']).toContain('- **critical**: The Ellery Ledger');
    expect(briefs['txt']).toContain('- critical: The Ellery Ledger');
  });

  it('goes on after a story with errors, and says so', () => {
    const cwd = desk({ 'a.story.yaml': 'headline: Gang #4\n', 'b.story.yaml': STORY });
    const run = nutgraf(['sources', '.'], { cwd });
    expect(run.code).toBe(1);
    expect(run.err).toContain('a.story.yaml:1:16: error comment-cuts-text');
    expect(run.out).toContain('b.story.yaml: Bridge closes');
  });
});

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
    expect(nutgraf(['correct', 'x.story.yaml', '--text', 'X', '--date', 'today'], { cwd }).code).toBe(2);
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

describe('check --fix', () => {
  const fixed = (text: string) => fixText(text, (read) => loadStory(read, 'a', {}).diagnostics).text;

  const BROKEN =
    'title: Gang #4 jailed\r\ndek: &Partners announce # for now\r\nkicker: !Breaking news\r\nsections:\r\n  - kind: text\r\n    text: "It fell." # [@ap]\r\n';

  it('fixes what loses no word, leaves all else byte for byte, and shows it first with --dry-run', () => {
    const cwd = desk({ 'a.story.yaml': BROKEN });
    const dry = nutgraf(['check', '--fix', '--dry-run', '.'], { cwd });
    expect(dry.out).toContain('-title: Gang #4 jailed\n');
    expect(dry.out).toContain('+headline: "Gang #4 jailed"\n');
    expect(readFileSync(join(cwd, 'a.story.yaml'), 'utf8')).toBe(BROKEN);
    const run = nutgraf(['check', '--fix', '.'], { cwd });
    expect(run.err).toContain('a.story.yaml: 3 fixes made');
    // What stands behind "# " may be for colleagues, so quotes are not put around it.
    expect(run.out).toContain('a.story.yaml:2:6: error unused-anchor');
    expect(readFileSync(join(cwd, 'a.story.yaml'), 'utf8')).toBe(
      BROKEN.replace('title: Gang #4 jailed', 'headline: "Gang #4 jailed"').replace(
        '!Breaking news',
        '"!Breaking news"',
      ),
    );
    expect(nutgraf(['check', '--fix', '.'], { cwd }).err).toBe('');
  });

  it('takes tracking out of addresses, however they are written', () => {
    const story = (url: string) =>
      `headline: H\nsections: [{ kind: text, text: "T [@a]" }]\nsources:\n  - id: a\n    outlet: O\n    url: ${url} # ours\n`;
    for (const quote of ['', '"', "'"]) {
      const text = story(`${quote}https://a.example/1?utm_source=x&id=3&fbclid=9#top${quote}`);
      expect(fixed(text)).toBe(story(`${quote}https://a.example/1?id=3#top${quote}`));
    }
    const escaped = story('"https://a.example/1?utm_source=\\x61"');
    expect(fixed(escaped)).toBe(escaped);
  });

  it('gives a field its name only where the story has none of that name', () => {
    const text = 'headline: H\ntitle: T\nsections: [{ kind: text, text: T }]\n';
    expect(fixed(text)).toBe(text);
  });

  it('makes no fix that leaves its finding, and makes the others', () => {
    const rename = (name: string, better: string) => (text: string) => {
      const at = text.split('\n').findIndex((line) => line.includes(name)) + 1;
      const place = { line: at, column: 1, endLine: at, endColumn: name.length + 1 };
      const finding = {
        file: 'a',
        ...place,
        severity: 'error',
        rule: 'r',
        message: name,
        hint: '',
        source: '',
      } as const;
      return at === 0 ? [] : [{ ...finding, fix: { ...place, text: better } }];
    };
    const [stays, goes] = [rename('dark', 'darker'), rename('light', 'bright')];
    const findingsIn = (text: string) => [...stays(text), ...goes(text)];
    const { text, fixed: made } = fixText('dark\nlight\n', findingsIn);
    expect(text).toBe('dark\nbright\n');
    expect(made.map(({ message }) => message)).toEqual(['light']);
  });

  it('never loses a letter of what was typed', () => {
    const bits = fc.constantFrom(
      'Gang #4',
      '&Partners',
      '!Breaking news',
      '*stars',
      'a: b',
      '"x" said',
      '[x] y',
      '@you',
      '%',
      'plain',
      "it's",
      '# note',
      '{a}',
      '- b',
      '? c',
      '| d',
      '> e',
      '`f`',
      '~',
      '日本',
      '😀 #x',
    );
    const line = fc.array(bits, { minLength: 1, maxLength: 4 }).map((all) => all.join(' '));
    const letters = (text: string) => text.replace(/["'\\\s]/g, '');
    fc.assert(
      fc.property(line, line, (headline, dek) => {
        const text = `headline: ${headline}\ndek: ${dek}\nsections:\n  - kind: text\n    text: ${dek}\n`;
        expect(letters(fixed(text))).toBe(letters(text));
      }),
      RUNS,
    );
  });
});

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
