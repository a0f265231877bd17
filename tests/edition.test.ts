import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { caniemail } from 'caniemail';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { loadEdition } from '../src/edition/load.js';
import { formatNames } from '../src/formats/list.js';
import { briefsIn, nutgraf, ROOT, temporaryFolder } from './support.js';

const EXAMPLE = join(ROOT, 'stories', 'ellery-morning.edition.yaml');

const story = (headline: string, more = '') =>
  `headline: ${headline}\ndek: Dek of ${headline}.\n${more}sections:\n  - kind: summary\n    text: "Summary of ${headline}. [@a]"\n  - kind: analysis\n    text: "Analysis of ${headline}. [@b]"\nsources:\n  - { id: a, outlet: Shared, title: S, url: "https://shared.example/1", published: 2025-10-06 }\n  - { id: b, outlet: "Own ${headline}", title: O, url: "https://own.example/${headline}", published: 2025-10-06 }\n`;

function desk(edition: string, more: Readonly<Record<string, string>> = {}): string {
  const cwd = temporaryFolder();
  const files = { 'one.story.yaml': story('One'), 'two.story.yaml': story('Two'), 'x.edition.yaml': edition, ...more };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(cwd, name, '..'), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return cwd;
}

const EDITION =
  'title: Morning\ndate: 2025-10-07\nsections:\n  - kind: stories\n    stories: [one, { story: two, depth: brief }]\n';

describe('an edition', () => {
  it('says the same in every format: stories, notes, sources once and numbered through', () => {
    const cwd = desk(
      `${EDITION}  - kind: note\n    heading: More\n    text: See [this](https://note.example/a?b=1&c=2).\nintro: Hello.\noutro: Bye.\nfooter: Leave.\n`,
    );
    const run = nutgraf(['edition', 'x.edition.yaml', '--to', 'html,md,txt,email,eml', '-o', 'out'], { cwd });
    expect(run).toMatchObject({ code: 0, out: '' });
    expect(briefsIn(join(cwd, 'out')).sort()).toEqual(['x.email.html', 'x.eml', 'x.html', 'x.md', 'x.txt']);
    for (const name of ['x.html', 'x.email.html', 'x.md', 'x.txt']) {
      const text = readFileSync(join(cwd, 'out', name), 'utf8').replaceAll('&amp;', '&');
      for (const words of [
        'Morning',
        'Hello.',
        'Bye.',
        'Leave.',
        'More',
        'Summary of One',
        'Analysis of One',
        'Dek of Two',
        'Summary of Two',
        'https://note.example/a?b=1&c=2',
        'https://own.example/One',
        'Own One',
      ])
        expect(text, `${name}: ${words}`).toContain(words);
      expect(text).not.toContain('Analysis of Two');
      expect(text).not.toContain('Own Two');
      expect(text.split('https://shared.example/1').length - 1, name).toBe(1);
    }
    const txt = readFileSync(join(cwd, 'out', 'x.txt'), 'utf8');
    expect(txt).toContain('Summary of One. [1]');
    expect(txt).toContain('Analysis of One. [2]');
    expect(txt).toContain('Summary of Two. [1]');
  });

  it('links to the briefs where it says where they are, and needs its stories to be whole links in a mail', () => {
    const cwd = desk(`${EDITION}base: https://example.org/briefs\n`);
    const { out } = nutgraf(['edition', 'x.edition.yaml', '--to', 'email'], { cwd });
    expect(out).toContain('href="https://example.org/briefs/two.html"');
    expect(out.match(/class="preheader"/g)).toBeNull();
  });

  it('the mail is read by another parser, and uses nothing that mail programs do not know', async () => {
    const { out, err } = nutgraf(['edition', EXAMPLE, '--to', 'eml']);
    expect(err).toMatch(/the mail has [\d.]+ KB: harbour-ferry [\d.]+ KB, reservoir/);
    const mail = await PostalMime.parse(out);
    expect(mail.subject).toBe('The Ellery Morning');
    expect(mail.text).toContain('[5] Water Authority');
    const { issues } = caniemail({ clients: ['gmail.*', 'outlook.*', 'apple-mail.*'], html: mail.html ?? '' });
    const titles = new Set([...issues.errors.values()].flat().map(({ title }) => title));
    expect([...titles].sort()).toEqual(
      [
        '<body> element',
        '<style> element',
        '@media',
        'display:none',
        'overflow',
        'role attribute',
        'word-break',
      ].sort(),
    );
  });

  it('says what is wrong with it and its stories, with the place', () => {
    const cwd = desk(
      'title: M\ndate: 2025-10-07\nsections:\n  - kind: storis\n  - kind: stories\n    stories: [on, one, one]\n',
    );
    const run = nutgraf(['edition', 'x.edition.yaml'], { cwd });
    expect(run).toMatchObject({ code: 1, out: '' });
    expect(run.err).toMatch(
      /x\.edition\.yaml:4:11: error unknown-kind: unknown kind "storis"[\s\S]*did you mean "stories"\?/,
    );
    const names = desk('title: M\ndate: 2025-10-07\nsections:\n  - kind: stories\n    stories: [on, one, one]\n', {
      'two.story.yaml': 'headline: Gang #4\n',
    });
    const { err } = nutgraf(['edition', 'x.edition.yaml'], { cwd: names });
    expect(err).toMatch(
      /x\.edition\.yaml:5:15: error unknown-story: there is no story "on"[\s\S]*did you mean "one"\?/,
    );
    expect(err).toMatch(/x\.edition\.yaml:5:24: error repeated-story/);
    expect(nutgraf(['check', 'x.edition.yaml'], { cwd: names }).code).toBe(1);
    expect(nutgraf(['check', EXAMPLE]).out).toContain('no problems');
  });

  it('holds back what one of its stories holds back, and marks a draft', () => {
    const cwd = desk(EDITION, { 'two.story.yaml': story('Two', 'embargo: 2025-10-06T06:00:00Z\n') });
    const early = ['--now', '2025-10-06T05:00:00Z'];
    expect(nutgraf(['edition', 'x.edition.yaml', ...early], { cwd })).toMatchObject({ code: 3, out: '' });
    expect(nutgraf(['edition', 'x.edition.yaml', '--draft', ...early], { cwd }).out).toMatch(/^\*\*\* EMBARGOED until/);
  });

  it('prints the corrections of its stories, at every depth', () => {
    const corrected = `${story('Two')}corrections: [{ date: 2025-10-07, text: It was Monday., was: Sunday, now: Monday }]\n`;
    for (const depth of ['full', 'brief', 'headline']) {
      const cwd = desk(EDITION.replace('brief', depth), { 'two.story.yaml': corrected });
      for (const to of formatNames(({ templates }) => templates))
        expect(nutgraf(['edition', 'x.edition.yaml', '--to', to, '-q'], { cwd }).out, `${to} ${depth}`).toContain(
          'It was Monday.',
        );
    }
  });

  it('of a thousand stories is refused for its size, and says so', () => {
    const names = Array.from({ length: 1000 }, (_, i) => `s${i}`);
    const cwd = desk(
      `title: All\ndate: 2025-10-07\nsections:\n  - kind: stories\n    stories: [${names.join(', ')}]\n`,
      Object.fromEntries(names.map((name) => [`${name}.story.yaml`, story(name)])),
    );
    const run = nutgraf(['edition', 'x.edition.yaml', '--to', 'eml'], { cwd });
    expect(run).toMatchObject({ code: 1, out: '' });
    expect(run.err).toMatch(/x\.edition\.yaml:1:8: error email-size: the mail’s HTML has \d+ KB/);
    expect(nutgraf(['edition', 'x.edition.yaml', '--to', 'txt'], { cwd }).code).toBe(0);
  });
});

describe('an edition is checked as a story is', () => {
  it('its own texts by the rules, with waivers; what YAML breaks does not hide the rest', () => {
    const cwd = desk(
      'title: M\ndate: 2025-10-07\nsections:\n  - kind: note\n    text: |\n      A colour and a color.\n  # nutgraf: allow insecure-link — their site is old\n  - kind: note\n    text: See [it](http://old.example/).\n',
    );
    const run = nutgraf(['check', 'x.edition.yaml'], { cwd });
    expect(run.out).toMatch(/^x\.edition\.yaml:6:\d+: warning mixed-spelling/);
    expect(run.out).toContain('x.edition.yaml:9:20: waived insecure-link');
    expect(run.out).toMatch(/1 edition checked: 1 warning, 1 waived\n$/);
    const { out } = nutgraf(['check', 'x.edition.yaml'], {
      cwd: desk('title: M: N\ndate: 2025-10-07\nintros: x\nsections: []\n'),
    });
    for (const message of ['1:8: error unquoted-colon', '3:1: error unknown-field', '4:11: error empty-list'])
      expect(out).toContain(message);
    expect(out).not.toMatch(/\bstory\b/);
  });

  it('with the folder that it is in, each finding once', () => {
    const cwd = desk(EDITION.replace('[one,', '[nothing, one,'), {
      'one.story.yaml': story('One').replace('dek', 'dekk'),
    });
    const { out } = nutgraf(['check', '.'], { cwd });
    expect(out.match(/^one\.story\.yaml:2:1: error/gm)).toHaveLength(1);
    expect(out).toContain('error unknown-story: there is no story "nothing"');
    expect(out).toContain('2 stories and 1 edition checked: 2 errors\n');
  });

  it('a file that is none says what an edition starts with', () => {
    const { out } = nutgraf(['check', 'x.edition.yaml'], { cwd: desk('Good morning.\n') });
    expect(out).toContain('not an edition');
    expect(out).toContain('hint: an edition starts with title:, date:, sections:');
  });

  it('its size can be accepted in the file', () => {
    const cwd = desk(`# nutgraf: allow email-size — sent to three people\n${EDITION}`, {
      'one.story.yaml': story('One').replace('Summary of One.', 'Long words. '.repeat(12_000)),
    });
    expect(nutgraf(['edition', 'x.edition.yaml', '--to', 'eml', '--quiet'], { cwd })).toMatchObject({ code: 0 });
  });
});

describe('files for mail services', () => {
  const NASTY = 'See {{ name }} and {% if x %} and {# y #} and \\*|FNAME|* here.';
  const made = (to: string) => {
    const cwd = desk(`${EDITION}intro: ${JSON.stringify(NASTY)}\nbase: https://example.org/b/\n`);
    const run = nutgraf(['edition', 'x.edition.yaml', '--to', to], { cwd });
    expect(run.code).toBe(0);
    return run.out;
  };

  it('buttondown: Markdown with front matter, in which nothing of ours is a template', () => {
    const text = made('buttondown');
    expect(text).toMatch(/^---\nsubject: "Morning"\n---\n\n# Morning\n/);
    expect(text.replace(/\{% templatetag open\w+ %\}/g, '')).not.toMatch(/\{[{%#]/);
    expect(text).toContain('{\\{ name }}');
  });

  it('listmonk: a campaign with the plain text beside the page', () => {
    const campaign = JSON.parse(made('listmonk'));
    expect(campaign).toMatchObject({ name: 'x', subject: 'Morning', type: 'regular', content_type: 'html' });
    for (const part of [campaign.body, campaign.altbody]) {
      expect(part.replaceAll('{{ "{{" }}', '')).not.toContain('{{');
      expect(part).toContain('{{ "{{" }} name }}');
    }
    expect(campaign.body).toMatch(/^<style[^>]*>\s*:root[\s\S]*prefers-color-scheme/);
    expect(campaign.body).not.toMatch(/<(?:html|head|body)\b/);
    expect(campaign.altbody).toContain('Summary of One');
  });

  it('ghost: the words of the page; mailchimp: a document with its tags and none of ours', () => {
    expect(made('ghost')).not.toMatch(/<(?:html|head|body|style|main)\b/);
    const page = made('mailchimp');
    expect(page).toContain('href="*|UNSUB|*"');
    expect(page).toContain('*|LIST:ADDRESS|*');
    expect(page).toContain('&#42;|FNAME|');
    expect(page.match(/\*\|FNAME/)).toBeNull();
  });

  it('feeds of its stories', () => {
    expect(made('rss')).toContain('<guid isPermaLink="false">tag:example.org,2024:one</guid>');
    expect(JSON.parse(made('json-feed')).items).toHaveLength(2);
  });
});

it('an edition file is written of stories, and is right', () => {
  const cwd = desk(EDITION);
  expect(
    nutgraf(['edition', '--from', 'one.story.yaml', 'two.story.yaml', '-o', 'new.edition.yaml'], { cwd }).code,
  ).toBe(0);
  expect(nutgraf(['check', 'new.edition.yaml'], { cwd }).out).toContain('no problems');
  expect(nutgraf(['edition', 'new.edition.yaml'], { cwd }).out).toContain('Summary of Two');
  expect(nutgraf(['edition', '--from', 'one.story.yaml', '-o', 'new.edition.yaml'], { cwd }).code).toBe(2);
  expect(nutgraf(['new', 'all.edition.yaml', '--edition'], { cwd }).code).toBe(0);
  expect(readFileSync(join(cwd, 'all.edition.yaml'), 'utf8')).toContain('      - one\n      - two\n');
});

it('the edition in docs/edition.md is right', () => {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'docs/edition.md'), 'utf8')) ?? [];
  expect(loadEdition(Buffer.from(yaml), 'x.edition.yaml').diagnostics).toEqual([]);
});
