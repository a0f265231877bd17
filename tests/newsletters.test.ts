import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { briefsIn, nutgraf, temporaryFolder } from './support.js';

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

describe('what the first newsletter ran into', () => {
  const held = { 'two.story.yaml': story('Two', 'status: held\n') };

  it('drafts make no feeds, and say which story they are drafts of', () => {
    const cwd = desk(`${EDITION}base: https://example.org/\n`, held);
    expect(nutgraf(['edition', 'x.edition.yaml', '--to', 'rss', '--draft'], { cwd })).toMatchObject({
      code: 2,
      out: '',
    });
    const { out } = nutgraf(['edition', 'x.edition.yaml', '--draft'], { cwd });
    expect(out).toMatch(/\*\*\* DRAFT, held – not for publication \*\*\*\n\nTwo\n---/);
  });

  it('a template of one’s own cannot leave out the mark or corrections', () => {
    const corrected = `${story('Two')}corrections: [{ date: 2025-10-07, text: It was Monday. }]\n`;
    const cwd = desk(EDITION, { 'two.story.yaml': corrected, 'ours/txt/pages/edition.hbs': 'ONLY {{title}}\n' });
    const run = nutgraf(['edition', 'x.edition.yaml', '--templates', 'ours'], { cwd });
    expect(run).toMatchObject({ code: 1, out: '' });
    expect(run.err).toContain('txt/pages/edition.hbs:1: it does not print the correction of');
  });

  it('a story in full has its dates and dateline, a sponsor its label, a mail the date of the edition', async () => {
    const cwd = desk(`${EDITION}  - { kind: sponsor, heading: Our partner, text: Buy. }\n`, {
      'one.story.yaml': story('One', 'dateline: LONDON\npublished: 2025-10-06\nseries: Rates\n'),
    });
    const { out } = nutgraf(['edition', 'x.edition.yaml'], { cwd });
    for (const words of ['LONDON · Published October 6, 2025', 'Series: Rates', 'Sponsored: Our partner'])
      expect(out).toContain(words);
    const eml = nutgraf(['edition', 'x.edition.yaml', '--to', 'eml'], { cwd });
    expect((await PostalMime.parse(eml.out)).date).toBe('2025-10-07T00:00:00.000Z');
    expect(eml.err).toContain('mails have no sender yet');
    expect(eml.out).not.toContain('href=3D"two.html"');
  });

  it('sources at one address that are called differently are both listed', () => {
    const other = story('Two').replace('outlet: Shared', 'outlet: Other name');
    const { out } = nutgraf(['edition', 'x.edition.yaml'], { cwd: desk(EDITION, { 'two.story.yaml': other }) });
    expect(out).toContain('Shared: S');
    expect(out).toContain('Other name: S');
  });

  it('whom a source copies is told by its own story, and no two anchors are the same', () => {
    const group = 'sections:\n  - { kind: group, heading: G, sections: [{ kind: text, id: here, text: T }] }\n';
    const cwd = desk(EDITION.replace('brief', 'full').concat('base: https://example.org/\n'), {
      'one.story.yaml': `headline: One\n${group}sources: [{ id: w, outlet: Wire One }, { id: c, outlet: Copy One, via: w }]\n`,
      'two.story.yaml': `headline: Two\n${group}sources: [{ id: w, outlet: Wire Two }, { id: c, outlet: Copy Two, via: w }]\n`,
    });
    const page = nutgraf(['edition', 'x.edition.yaml', '--to', 'html'], { cwd }).out;
    expect(page.match(/id="s-here"/g)).toBeNull();
    expect(page).toMatch(/Copy Two<\/bdi><\/cite> \(via <bdi>Wire Two<\/bdi>\)/);
  });

  it('its own texts cite nothing, and stories of one slug are in no feed', () => {
    const cwd = desk(`${EDITION}intro: See [@a].\n`, { 'b/one.story.yaml': story('Three') });
    expect(nutgraf(['check', 'x.edition.yaml'], { cwd }).out).toMatch(/x\.edition\.yaml:6:12: error unknown-source/);
    const feed = nutgraf(['feed', '.', '--base', 'https://example.org/'], { cwd });
    expect(feed.code).toBe(1);
    expect(feed.out).toContain('<title>Two</title>');
    expect(feed.out).not.toMatch(/<title>(?:One|Three)<\/title>/);
    expect(nutgraf(['edition', 'one.story.yaml'], { cwd }).err).toContain('ends in .edition.yaml');
    expect(nutgraf(['build', 'x.edition.yaml'], { cwd }).err).toContain('nutgraf edition makes it');
  });
});

describe('what real newsletters ran into', () => {
  const made = (edition: string, more: Readonly<Record<string, string>> = {}) => {
    const cwd = desk(edition, more);
    const run = nutgraf(['edition', 'x.edition.yaml', '--to', 'html,md,txt,email', '-o', 'out'], { cwd });
    expect(run.code, run.err).toBe(0);
    const read = (name: string) => readFileSync(join(cwd, 'out', name), 'utf8');
    return { html: read('x.html'), md: read('x.md'), txt: read('x.txt'), email: read('x.email.html'), err: run.err };
  };
  const HEAD = 'title: Morning\ndate: 2025-10-07\n';

  it('a sponsor ends where the next part starts, also where that has no heading', () => {
    const { txt, md, html, email } = made(
      `${HEAD}outro: Bye.\nsections:\n  - kind: sponsor\n    heading: A bank\n    text: Loans.\n  - kind: stories\n    stories: [one]\n  - kind: note\n    text: Alone.\n`,
    );
    expect(txt).toContain('Sponsored: A bank\n=================\n\nLoans.\n\n* * *\n\nOne\n---\n');
    expect(txt).toContain('* * *\n\nAlone.\n\n* * *\n\nBye.\n');
    expect(md).toContain('Loans.\n\n---\n\n### One\n');
    expect(html).toMatch(
      /<section class="block sponsor">[\s\S]*?Loans\.<\/p>\s*<\/section>\s*<section class="block stories">/,
    );
    expect(email).toMatch(
      /<table class="block sponsor"[^>]*role="presentation"[\s\S]*?Loans\.[\s\S]*?<\/table>\s*<table class="block stories"/,
    );
  });

  it('byline, texts before stories, pictures in notes and stories’ own addresses are in every format', () => {
    const all = made(
      `${HEAD}byline: [Ada, { name: Ben, role: editor, url: "https://ben.example/" }]\nsections:\n  - kind: stories\n    text: Before them.\n    stories: [{ story: one, url: "https://one.example/a?b=1" }, { story: two, depth: headline, url: "https://two.example/" }]\n  - kind: note\n    heading: Note\n    text: Words.\n    image: { src: "https://pic.example/p.jpg", alt: A pier, credit: Cy }\ncontents: true\n`,
    );
    for (const [name, text] of Object.entries(all).filter(([name]) => name !== 'err'))
      for (const words of [
        'Ada',
        'Ben',
        'editor',
        'https://ben.example/',
        'Before them.',
        'https://one.example/a?b=1',
        'https://two.example/',
        'https://pic.example/p.jpg',
        'A pier',
        'Credit: ',
        'Cy',
      ])
        expect(text, `${name}: ${words}`).toContain(words);
    expect(all.html).toContain('<h3><a href="https://one.example/a?b=1">One</a></h3>');
    expect(all.html).toContain('<li><a href="#part-2">Note</a></li>');
    expect(all.txt).toContain('In this edition:\n\n- One\n- Two\n- Note\n');
    expect(all.err).not.toContain('no links');
  });

  it('says what it cannot do well: no link, no words, no date, nothing for a feed', () => {
    const bare = { 'two.story.yaml': 'headline: Two\nsections:\n  - kind: text\n    text: Long.\n' };
    const { err } = made(EDITION, bare);
    expect(err).toContain('warning empty-brief: "two" has neither dek nor key points nor summary');
    expect(err).toContain('say in base: where the briefs are');
    const check = nutgraf(['check', 'x.edition.yaml'], {
      cwd: desk('title: M\nsections:\n  - kind: note\n    text: T\n'),
    });
    expect(check.out).toContain('missing-field: the edition has no "date"');
    const feed = nutgraf(['edition', 'x.edition.yaml', '--to', 'rss'], {
      cwd: desk(`${HEAD}base: https://a.example/\nsections:\n  - kind: note\n    text: T\n`),
    });
    expect(feed).toMatchObject({ code: 2, out: '' });
    const held = desk(EDITION, { 'two.story.yaml': story('Two', 'status: held\n') });
    expect(nutgraf(['check', 'x.edition.yaml'], { cwd: held }).out).toContain(
      'warning held-story: two: the story is held',
    );
  });

  it('a feed gives an undated story the edition’s day and its own address', () => {
    const cwd = desk(
      `${HEAD}base: https://a.example/\nsections:\n  - kind: stories\n    stories: [{ story: one, url: "https://one.example/" }]\n`,
    );
    const { out } = nutgraf(['edition', 'x.edition.yaml', '--to', 'atom'], { cwd });
    expect(out).toContain('<updated>2025-10-07T00:00:00.000Z</updated>');
    expect(out).toContain('<link href="https://one.example/" rel="alternate"');
    expect(out).not.toContain('1970');
  });

  it('labels of one’s own in a language that we do not speak; the marks of the language', () => {
    const edition = (lang: string) =>
      `title: M\ndate: 2025-10-07\nlang: ${lang}\nnumber: "7"\ncontents: true\nsections:\n  - kind: sponsor\n    heading: ACME\n    text: T\n  - kind: stories\n    stories: [one]\n`;
    expect(made(edition('fr')).txt).toContain('Publicité\u00A0: ACME');
    expect(made(edition('ja')).txt).toMatch(/^第7号 · .*[\s\S]*広告：ACME/m);
    const config = {
      'nutgraf.config.yaml': 'labels:\n  zh: { sponsor: 广告, contents: 本期内容, sources: 来源, number: "第{}期" }\n',
    };
    const { txt, err } = made(edition('zh'), config);
    expect(txt).toMatch(/第7期 · [\s\S]*本期内容：[\s\S]*广告：ACME[\s\S]*来源/);
    expect(err).not.toContain('sources, ');
    expect(made(edition('zh')).err).toContain('x.edition.yaml:3:7: warning missing-labels');
  });

  it('the message id is at the sender’s own host', () => {
    const cwd = desk(EDITION, { 'nutgraf.config.yaml': 'publication: { name: P, contact: desk@paper.example }\n' });
    const { out, err } = nutgraf(['edition', 'x.edition.yaml', '--to', 'eml'], { cwd });
    expect(out).toMatch(/^Message-ID: <x\.[0-9a-f]+@paper\.example>\r$/m);
    expect(err).not.toContain('no sender');
  });
});

describe('what the second reading of editions found', () => {
  const HEAD = 'title: M\ndate: 2025-10-07\n';
  const STORIES = 'sections:\n  - kind: stories\n    stories: ';
  const edition = (cwd: string, ...more: string[]) => nutgraf(['edition', 'x.edition.yaml', ...more], { cwd });

  it('a draft is held back; whatever the level of held-story is, the desk can have it made', () => {
    const files = { 'two.story.yaml': story('Two', 'status: draft\n') };
    const refused = edition(desk(EDITION, files), '--to', 'eml');
    expect(refused).toMatchObject({ code: 3, out: '' });
    expect(refused.err).toContain('two.story.yaml: the story is a draft');
    for (const level of ['error', 'off', 'warning']) {
      const cwd = desk(EDITION, { ...files, 'nutgraf.config.yaml': `rules: { held-story: ${level} }\n` });
      expect(edition(cwd, '-q').code, level).toBe(3);
      expect(edition(cwd, '--draft', '-q').out, level).toContain('DRAFT – not for publication');
      expect(nutgraf(['check', 'x.edition.yaml'], { cwd }).code, level).toBe(level === 'error' ? 1 : 0);
    }
    const waiver = EDITION.replace(
      '    stories',
      '    # nutgraf: allow held-story — we wait for the lawyer\n    stories',
    );
    const waived = nutgraf(['check', 'x.edition.yaml'], { cwd: desk(waiver, files) });
    expect(waived.out).toContain('waived held-story: two: the story is a draft (we wait for the lawyer)');
  });

  it('a draft of notes alone is marked', () => {
    const cwd = desk(`${HEAD}sections:\n  - kind: note\n    text: T\n`);
    expect(edition(cwd, '--draft').out).toContain('DRAFT – not for publication');
    expect(edition(cwd).out).not.toContain('DRAFT');
  });

  it('the genre is printed at every depth, how a story was made where its words are', () => {
    const files = { 'two.story.yaml': story('Two', 'genre: opinion\nmade_with: ai\n') };
    for (const depth of ['full', 'brief', 'headline']) {
      const { out } = edition(desk(`${HEAD}${STORIES}[{ story: two, depth: ${depth} }]\n`, files));
      expect(out, depth).toContain('Opinion');
      expect(out.includes('Made with AI.'), depth).toBe(depth !== 'headline');
    }
  });

  it('one source is listed once, however its fields are ordered', () => {
    const editionOf = (source: string) =>
      `headline: H\nsections:\n  - kind: text\n    text: T [@a]\nsources:\n  - ${source}\n`;
    const cwd = desk(`${HEAD}${STORIES}[one, two]\n`, {
      'one.story.yaml': editionOf('{ id: a, outlet: O, title: T, url: "https://o.example/" }'),
      'two.story.yaml': editionOf('{ id: a, url: "https://o.example/", title: T, outlet: O }'),
    });
    expect(edition(cwd, '-q').out.match(/https:\/\/o\.example\//g)).toHaveLength(1);
  });

  it('characters by which nothing is meant stay in every format, and sizes are told', () => {
    const cwd = desk(`${HEAD}${STORIES}[one]\n`, { 'one.story.yaml': story('A\u{F0000}B') });
    expect(edition(cwd, '-q').out).toContain('A\u{F0000}B');
    const mail = edition(cwd, '--to', 'email');
    expect(mail.out).toContain('A\u{F0000}B');
    expect(mail.err).toMatch(/KB: one [\d.]+ KB, all else/);
    expect(mail.out).not.toMatch(/[\uFDD0\uFDD1]/);
  });

  it('a number without its place in the label is printed', () => {
    const cwd = desk(`${HEAD}number: 42\n${STORIES}[one]\n`, {
      'nutgraf.config.yaml': 'labels: { en: { number: Issue } }\n',
    });
    expect(edition(cwd, '-q').out).toContain('Issue 42 · October 7, 2025');
  });

  it('a story that does not say its language has that of the edition', () => {
    const cwd = desk(`${HEAD}lang: en-GB\n${STORIES}[one]\n`, {
      'one.story.yaml': story('One', 'published: 2025-10-05\n'),
    });
    expect(edition(cwd, '-q').out).toContain('Published 5 October 2025');
  });

  it('tells all in one run: its own shape, its texts and its stories, each story once', () => {
    const broken = { 'one.story.yaml': 'headline: One\nsections:\n  - kind: summary\n    txt: x\n' };
    const cwd = desk(`numbr: 4\n${HEAD}intro: See <br>\n${STORIES}[nope, one, one]\n`, broken);
    const { out } = nutgraf(['check', 'x.edition.yaml'], { cwd });
    for (const message of [
      'unknown-field: unknown field "numbr"',
      'printed-markup',
      'unknown-story: there is no story "nope"',
      'repeated-story',
    ])
      expect(out).toContain(message);
    expect(out.match(/unknown field "txt"/g)).toHaveLength(1);
  });

  it('two editions tell of one story once, and one in another folder is found', () => {
    const cwd = desk(`${HEAD}${STORIES}[one]\n`, {
      'y.edition.yaml': `${HEAD}${STORIES}[one]\n`,
      'week/z.edition.yaml': `${HEAD}${STORIES}[../one.story.yaml, nope]\n`,
      'one.story.yaml': story('One').replace('Summary of One.', '<br>'),
    });
    const both = nutgraf(['check', 'x.edition.yaml', 'y.edition.yaml'], { cwd }).out;
    expect(both.match(/printed-markup/g)).toHaveLength(1);
    expect(both).toContain('2 editions checked: 1 warning');
    const all = nutgraf(['check', '.'], { cwd }).out;
    expect(all).toContain('week/z.edition.yaml:5:34: error unknown-story');
    expect(all.match(/printed-markup/g)).toHaveLength(1);
  });

  it('an edition that would overwrite a story’s page is told of', () => {
    const cwd = desk(`${HEAD}slug: one\n${STORIES}[two]\n`);
    expect(nutgraf(['check', '.'], { cwd }).out).toMatch(
      /x\.edition\.yaml:3:7: error slug-collision: .* one\.story\.yaml/,
    );
  });

  it('is quiet where it is asked to be', () => {
    const cwd = desk(EDITION, { 'one.story.yaml': story('One').replace('Summary of One.', '<br>') });
    expect(edition(cwd, '--to', 'eml', '-q', '-o', 'out')).toMatchObject({ code: 0, out: '', err: '' });
  });

  it('from standard input has a name', () => {
    const cwd = desk(EDITION);
    expect(nutgraf(['edition', '-', '-o', 'out', '-q'], { cwd, input: `${HEAD}${STORIES}[one]\n` }).code).toBe(0);
    expect(briefsIn(join(cwd, 'out'))).toEqual(['edition.txt']);
  });

  it('a picture may be all that a sponsor says, and leads somewhere; pictures are looked at', () => {
    const cwd = desk(
      `${HEAD}sections:\n  - kind: sponsor\n    image: { src: "https://ad.example/a.png", link: "https://ad.example/go?a=1", alt: Buy, credit: Ad }\n`,
    );
    expect(edition(cwd, '--to', 'html').out).toMatch(
      /<a href="https:\/\/ad\.example\/go\?a=1"><img src="https:\/\/ad\.example\/a\.png"/,
    );
    expect(edition(cwd, '--to', 'md').out).toContain('[![Buy](https://ad.example/a.png)](https://ad.example/go?a=1)');
    expect(edition(cwd).out).toContain('https://ad.example/go?a=1');
    const none = desk(
      `${HEAD}sections:\n  - kind: sponsor\n    heading: X\n  - kind: note\n    text: T\n    image: { src: "https://a.example/a.png" }\n`,
    );
    const { out } = nutgraf(['check', 'x.edition.yaml'], { cwd: none });
    for (const message of [
      'missing-field: the sponsor has neither text nor image',
      'warning image-description',
      'warning image-credit',
    ])
      expect(out).toContain(message);
  });

  it('what a sender’s address is not is said; mailto: is none of it', () => {
    const config = (contact: string) => ({
      'nutgraf.config.yaml': `publication: { name: P, contact: "${contact}" }\n`,
    });
    expect(edition(desk(EDITION, config('mailto:me@p.example')), '--to', 'eml').out).toContain(
      'From: P <me@p.example>',
    );
    expect(edition(desk(EDITION, config('https://p.example/')), '--to', 'eml').err).toContain(
      '"https://p.example/" is no mail address',
    );
  });

  it('merge tags in its prose are words, and a base is a folder', () => {
    const cwd = desk(`${HEAD}intro: "Dear *|FNAME|*, and *so* on"\n${STORIES}[one]\n`);
    expect(edition(cwd, '-q').out).toContain('Dear *|FNAME|*, and so on');
    expect(edition(cwd, '--to', 'html', '-q').out).toContain('Dear *|FNAME|*, and <em>so</em> on');
    const { err } = edition(desk(`${HEAD}base: https://a.example/b?c=1\n${STORIES}[one]\n`));
    expect(err).toContain('hint: write https://a.example/b');
  });

  it('each story has its own weight, and the last no more than the others', () => {
    const cwd = desk(`${HEAD}${STORIES}[one, two]\n  - kind: note\n    text: ${'Long. '.repeat(300)}\n`);
    const sizes = /one ([\d.]+) KB, two ([\d.]+) KB, all else ([\d.]+) KB/
      .exec(edition(cwd, '--to', 'email').err)
      ?.slice(1);
    expect(sizes?.[0]).toBe(sizes?.[1]);
    expect(Number(sizes?.[2])).toBeGreaterThan(3);
  });

  it('overwrites neither a brief nor, with a draft, what is for readers', () => {
    const cwd = desk(`${HEAD}slug: one\n${STORIES}[two]\n`);
    expect(nutgraf(['build', '.', '--to', 'html', '-o', 'out'], { cwd }).code).toBe(0);
    const brief = readFileSync(join(cwd, 'out', 'one.html'), 'utf8');
    expect(edition(cwd, '--to', 'html', '-o', 'out')).toMatchObject({
      code: 2,
      err: expect.stringContaining('is a story’s brief'),
    });
    expect(readFileSync(join(cwd, 'out', 'one.html'), 'utf8')).toBe(brief);
    edition(cwd, '--to', 'txt,html', '-o', 'out');
    expect(briefsIn(join(cwd, 'out'))).not.toContain('one.txt'); // all or nothing
    expect(edition(cwd, '--to', 'html', '-o', 'other', '-q').code).toBe(0);
    expect(edition(cwd, '--to', 'html', '-o', 'other', '-q', '--draft').code).toBe(0);
    expect(briefsIn(join(cwd, 'other')).sort()).toEqual(['one.draft.html', 'one.html']);
  });

  it('two editions of one name in a folder are told of; in two folders they are not', () => {
    const cwd = desk(`${HEAD}${STORIES}[one]\n`, {
      'y.edition.yaml': `${HEAD}slug: x\n${STORIES}[one]\n`,
      'week/x.edition.yaml': `${HEAD}${STORIES}[../one.story.yaml]\n`,
    });
    const { out } = nutgraf(['check', '.'], { cwd });
    expect(out).toMatch(/y\.edition\.yaml:3:7: error slug-collision/);
    expect(out).toMatch(/checked: 1 error\n$/);
  });

  it('no format has links that lead nowhere', () => {
    const cwd = desk(EDITION);
    const run = edition(cwd, '--to', 'html,md,txt,buttondown,ghost', '-o', 'out');
    expect(run.err).toContain('have no links: say in base:');
    for (const name of briefsIn(join(cwd, 'out')))
      expect(readFileSync(join(cwd, 'out', name), 'utf8'), name).not.toContain('two.html');
  });

  it('labels that the words bring themselves are not doubled', () => {
    const cwd = desk(
      `${HEAD}lang: de\nnumber: Nr. 5\nbyline: Von Karl\nsections:\n  - kind: sponsor\n    heading: "Anzeige: Bäckerei"\n    text: Brot.\n`,
    );
    const { out } = edition(cwd);
    expect(out).toContain('\nNr. 5 · ');
    expect(out).toContain('\nAnzeige: Bäckerei\n');
    expect(nutgraf(['check', 'x.edition.yaml'], { cwd }).out).toContain('warning doubled-label');
  });

  it('--esp alone makes that file alone', () => {
    const cwd = desk(EDITION);
    expect(nutgraf(['edition', 'x.edition.yaml', '--esp', 'ghost', '-q'], { cwd }).out).toMatch(
      /^<header class="masthead">/,
    );
    expect(edition(cwd, '--esp', 'html').err).toContain('--esp');
  });

  it.each([
    ['– kind: note\n    text: T\n', 'odd-dash: "–" starts no entry of a list'],
    ['- kind: note\n    text: T\n    image: { src: “https://a.example/a.png” }\n', 'write "https://a.example/a.png"'],
    [
      '- kind: note\n    text: T\n    image: { src: "https://a.example/a.png" }\n    alt: A\n',
      'it belongs under image:',
    ],
    ['- kind: stories\n    stories: [“one”]\n', 'did you mean "one"?'],
    ['- kind: note\n    text: T\nstories: [one]\n', 'it is an entry of sections: - kind: stories'],
  ])('leads to the way out of %j', (entry, message) => {
    const cwd = desk(`${HEAD}sections:\n  ${entry}`);
    expect(nutgraf(['check', 'x.edition.yaml'], { cwd }).out).toContain(message);
  });

  it('an edition that has another name is known as one, and not changed as a story', () => {
    const cwd = desk('', { 'x.yaml': EDITION });
    const { out } = nutgraf(['check', '--fix', 'x.yaml'], { cwd });
    expect(out).toContain('not-a-story: this is an edition');
    expect(readFileSync(join(cwd, 'x.yaml'), 'utf8')).toBe(EDITION);
  });

  it('by the hour of --now check says what is held back', () => {
    const cwd = desk(EDITION, { 'two.story.yaml': story('Two', 'embargo: 2025-10-06T06:00:00Z\n') });
    const at = (now: string) => nutgraf(['check', 'x.edition.yaml', '--now', now], { cwd }).out;
    expect(at('2025-10-06T05:59:00Z')).toContain('held-story');
    expect(at('2025-10-06T06:00:00Z')).not.toContain('held-story');
  });
});
