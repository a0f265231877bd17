import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadStory } from '../src/checks/load.js';
import { languages } from '../src/languages/index.js';
import { englishLabel, labelNames } from '../src/languages/words.js';
import { houseOf, readConfig } from '../src/settings/config.js';
import { briefsIn, briefsOf, nutgraf, ROOT, temporaryFolder } from './support.js';

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
