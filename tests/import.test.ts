import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadStory } from '../src/checks/load.js';
import { importStory } from '../src/importing/import.js';
import { ImportError } from '../src/importing/manuscript.js';
import { lost, wordsOf } from '../src/importing/proof.js';
import { briefsOf, nutgraf, ROOT, RUNS, SHARED, soundStories, temporaryFolder } from './support.js';

const house = { levels: { 'missing-headline': 'warning' } } as const;
const plainOf = async (text: string) =>
  (await briefsOf(text, { formats: ['txt'], template: 'plain', house })).text['txt'];
const from = (text: string, name = 'x.txt', options = {}) => importStory(text, name, options);
const messagesOf = (notes: readonly { message: string; text?: string }[]) =>
  notes.map(({ message, text }) => `${message}: ${text ?? ''}`).join('\n');

/** Every word that an input has and neither its story, with the house’s headings, nor the report. */
function missing(input: string, { text, notes }: ReturnType<typeof from>): string[] {
  const { story } = loadStory(text, 'x', house);
  return lost(wordsOf(input), [...wordsOf(story), ...wordsOf(messagesOf(notes))]);
}

describe('importing plain text', () => {
  const BARE = `What's happened
It closes on Monday.
Two lanes stay open.
Why it matters
Traffic doubles at *noon*, and 5 * 3 is 15.
Go deeper
Common questions
-
Who pays?
The county.
-
Who drives?
Everyone, see https://example.org/who.
The long view
-
1986. A great year.
It opened.`;

  it('knows headings of many houses, and gives the same text back', async () => {
    const { story, text } = from(BARE);
    expect(story.sections.map(({ kind }) => kind)).toEqual(['summary', 'analysis', 'group']);
    expect(await plainOf(text)).toBe(BARE);
    expect(loadStory(text, 'x').diagnostics.map(({ rule }) => rule)).toEqual(['missing-headline']);
  });

  it('takes a line above the first heading for the headline, and lines about the text for fields', () => {
    const { story } = from(`Bridge closes\nBy Jane Smith\nPublished 6 October 2025\n${BARE}`);
    expect(story).toMatchObject({ headline: 'Bridge closes', byline: 'Jane Smith', published: '2025-10-06' });
  });

  it('takes no sentence for a source, and no date or weekday for an author', () => {
    const { story } = from('Sources\n\nReuters said so.\n');
    expect(story).toMatchObject({ sections: [{ heading: 'Sources', text: 'Reuters said so.\n' }] });
    for (const line of ['By Friday', 'By Jane Roe, May 3 2025', 'By the numbers everyone agrees'])
      expect(from(`# T\n\n${line}\n\nText\n`, 'x.md').story.byline).toBeUndefined();
  });

  it('takes a short line above sentences for the headline where there is no heading', () => {
    const { story } = from(
      'Bridge to close\n\nBy Jane Smith\n\nThe bridge at Ellery will close on Monday.\n\nWhy it matters: It is old.\n',
    );
    expect(story).toMatchObject({
      headline: 'Bridge to close',
      byline: 'Jane Smith',
      sections: [{ kind: 'text' }, { kind: 'analysis', heading: 'Why it matters', text: 'It is old.\n' }],
    });
    for (const text of ['It rains.\n\nThe bridge at Ellery will close.\n', 'One\n\nTwo\n\nThree\n'])
      expect(from(text).story.headline).toBeUndefined();
  });

  it('joins wrapped lines, and no others', () => {
    const { story } = from(
      'A line that was broken by a mail program at the\nseventieth column goes on.\n\n12 High Street\nPort Ellery\n',
    );
    expect((story.sections[0] as { text: string }).text).toBe(
      'A line that was broken by a mail program at the seventieth column goes on.\n\n12 High Street\\\nPort Ellery\n',
    );
  });

  it('reads header lines, capitals between empty lines and underlined headings', () => {
    const { story, notes } = from(
      'Title: Bridge closes\nDate: 2025-10-06\nDesk: Roads\n\nWHAT WE KNOW SO FAR\n\nIt closes.\n\nThe rest\n--------\n\nMore.\n',
    );
    expect(story).toMatchObject({ headline: 'Bridge closes', published: '2025-10-06', extra: { Desk: 'Roads' } });
    expect(story.sections.map(({ heading }) => heading)).toEqual(['WHAT WE KNOW SO FAR', 'The rest']);
    expect(messagesOf(notes)).toContain('Desk is under extra');
  });

  it('loses no word of any text, and reads its own story back', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '',
        '-',
        'Sources',
        'Go deeper',
        'What’s next',
        'Common questions',
        'TIMELINE',
        'Title: x',
        '> quoted',
        '====',
        '---',
        '- item',
        '1. one',
        '  - inner',
        '2019: it began',
        'By the numbers',
        '```',
        '# no heading',
      ),
      fc.stringMatching(/^[ -~“é漢*_[\]`\\]{1,60}$/),
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 14 }), (lines) => {
        const input = lines.join('\n');
        let imported: ReturnType<typeof from>;
        try {
          imported = from(input, 'x.txt', { from: 'text' });
        } catch (error) {
          expect(error).toBeInstanceOf(ImportError);
          return;
        }
        // A list of sources gets new numbers.
        expect(missing(input, imported).filter((word) => !/^\d+$/.test(word))).toEqual([]);
        expect(imported.notes.filter(({ message }) => message === 'not found in the story')).toEqual([]);
        const { diagnostics } = loadStory(imported.text, 'x');
        expect(diagnostics.filter(({ severity, rule }) => severity === 'error' && rule !== 'missing-headline')).toEqual(
          [],
        );
      }),
      RUNS,
    );
  });
});

describe('importing Markdown', () => {
  it('makes sections of headings, groups of headings with headings below them, fields of front matter', () => {
    const { story, notes } = from(
      `---
title: Bridge closes
date: 6 Oct 2025
layout: post # ours
---
Lead, with a [link](https://example.org).

## Why it matters

Much.

## More

### One

- [ ] a *task*

### Two

| a | b |
| - | - |
| c | d |

## The end
`,
      'x.md',
    );
    expect(story).toMatchObject({ headline: 'Bridge closes', published: '2025-10-06', extra: { layout: 'post' } });
    expect(story.sections).toEqual([
      { kind: 'text', text: 'Lead, with a [link](https://example.org).\n' },
      { kind: 'analysis', heading: 'Why it matters', text: 'Much.\n' },
      {
        kind: 'group',
        heading: 'More',
        sections: [
          { kind: 'text', heading: 'One', text: '- [ ] a *task*\n' },
          { kind: 'text', heading: 'Two', text: '- a | b\n- c | d\n' },
        ],
      },
      { kind: 'text', text: '**The end**\n' },
    ]);
    expect(messagesOf(notes)).toContain('a comment in the front matter: # ours');
  });

  it('reads TOML, with figures and dates as typed, and keeps what is none of it', () => {
    const toml = `title = "Bridge" # a working title
tags = ["a", 'b']
draft = true
date = 2025-10-06T09:30:00+09:00
version = 1.10
text = '''
# no comment, version = 2.50
'''
[params.2024]
costs = [1_000, +2.0]
[[params.people]]
name = "Ada"
`;
    const { story, notes } = from(`+++\n${toml}+++\nText\n`, 'x.md');
    expect(story).toMatchObject({
      headline: 'Bridge',
      tags: ['a', 'b'],
      status: 'draft',
      published: '2025-10-06T09:30:00+09:00',
      extra: {
        version: '1.10',
        text: '# no comment, version = 2.50\n',
        params: { 2024: { costs: ['1_000', '+2.0'] }, people: [{ name: 'Ada' }] },
      },
    });
    expect(notes.filter(({ kind }) => kind === 'dropped')).toMatchObject([{ line: 2, text: '# a working title' }]);
    expect(from('+++\ntitle = "A"\nx = [\ny = 1\n+++\nText\n', 'x.md').story).toMatchObject({
      headline: 'A',
      extra: { 'front-matter': 'x = [\ny = 1\n' },
    });
  });

  it('refuses what nests too deep, in a sentence', () => {
    for (const name of ['x.md', 'x.txt']) expect(() => from(`${'>'.repeat(9000)} x`, name)).toThrow(ImportError);
  });

  it('knows a desk’s own headings', () => {
    const notes = (heading: string, headings = {}) =>
      from(`# A\n\nText.[^1]\n\n## ${heading}\n\n[^1]: A remark without any link.\n`, 'x.md', { headings }).story;
    expect(notes('Where we got it', { sources: ['Where we got it'] }).sources).toEqual(notes('Sources').sources);
    const { story } = from('## The upshot\n\nText\n', 'x.md', { headings: { analysis: ['The upshot'] } });
    expect(story.sections[0]).toEqual({ kind: 'analysis', heading: 'The upshot', text: 'Text\n' });
  });

  it('keeps both values of a field that front matter gives twice', () => {
    expect(from('---\na: one\na: two\n---\nText\n', 'x.md').story.extra).toEqual({ a: 'one', 'a-2': 'two' });
  });

  it('keeps text as it was typed where the story’s prose reads it the same', () => {
    const typed = 'Soft\nwraps stay, `code` too.\n\n- one\n  more\n- two\n\n> quoted\n\n```js\nx()\n```\n';
    expect((from(typed, 'x.md').story.sections[0] as { text: string }).text).toBe(typed);
  });

  it.each([
    ['a picture', '![A bridge](https://example.org/b.jpg)', '[A bridge](https://example.org/b.jpg)'],
    ['a relative link', 'See [this](/there).', 'See this.'],
    ['a link by name', 'See [this][x].\n\n[x]: https://example.org', 'See [this](https://example.org).'],
    ['inline HTML', 'It is <b>bold</b> and<br>broken &mdash; so', 'It is **bold** and\\\nbroken — so'],
    ['a block of HTML', '<div>\n<p>Kept <script>x()</script></p>\n</div>', 'Kept'],
    ['what looks like a citation', 'Ask [@jane] now', 'Ask \\[@jane] now'],
    ['a template', '{% include x.md %} and {{ y }}', '{% include x.md %} and {{ y }}'],
    ['struck words', 'It was ~~wrong~~ right', 'It was ~~wrong~~ right'],
  ])('%s', (_, input, text) => {
    const imported = from(input, 'x.md');
    expect((imported.story.sections[0] as { text: string }).text).toBe(`${text}\n`);
  });

  it('makes whole what is relative where it knows the page', () => {
    const { story } = from('See [this](/there).', 'x.md', { base: 'https://example.org/a/b' });
    expect(story.sections[0]).toMatchObject({ text: 'See [this](https://example.org/there).\n' });
  });

  it('makes sources of links where it is asked to, and names outlets by label and host', () => {
    const { story } = from(
      'It is [true](https://www.apnews.com/1) ([CNN](https://cnn.com/a) / [NPR](https://npr.org/b)).',
      'x.md',
      { linksToSources: true },
    );
    expect(story.sections[0]).toMatchObject({ text: 'It is true [@apnews-com] [@cnn; @npr].\n' });
    expect(story.sources).toEqual([
      { id: 'apnews-com', outlet: 'apnews.com', url: 'https://www.apnews.com/1' },
      { id: 'cnn', outlet: 'CNN', url: 'https://cnn.com/a' },
      { id: 'npr', outlet: 'NPR', url: 'https://npr.org/b' },
    ]);
  });

  it('reads kinds with fields of their own', () => {
    const { story } = from(
      '## By the numbers\n\n- **41**: passengers\n\n## Timeline\n\n- 2019: It began.\n- **May 2020** – It ended.\n\n## FAQ\n\n### Why?\n\nBecause.\n\n## Quotable\n\n> We run ferries.\n>\n> — Ann Lee, captain\n\n## Read more\n\n- [The report](https://example.org/r): long\n',
      'x.md',
    );
    expect(story.sections).toMatchObject([
      { kind: 'figures', items: [{ figure: '41', text: 'passengers' }] },
      {
        kind: 'timeline',
        items: [
          { date: '2019', text: 'It began.' },
          { date: '2020-05', text: 'It ended.' },
        ],
      },
      { kind: 'questions', heading: 'FAQ', items: [{ question: 'Why?', answer: 'Because.\n' }] },
      { kind: 'quotes', items: [{ quote: 'We run ferries.\n', speaker: 'Ann Lee', role: 'captain' }] },
      { kind: 'links', items: [{ title: 'The report', url: 'https://example.org/r', note: 'long' }] },
    ]);
  });

  it('reads headings in bold in their paragraph’s line, numbers before headings, answers below a question in bold', () => {
    const { story } = from(
      '# One big thing\n\nThey voted.\n\n**Why it matters:** The *last* boat.\n\n**By the numbers:**\n\n- **41** a night\n\n**Not known:** stays.\n\n## 1. Common questions\n\n**Who pays?**\nThe county.\n',
      'x.md',
    );
    expect(story.sections).toMatchObject([
      { kind: 'text', text: 'They voted.\n' },
      { kind: 'analysis', heading: 'Why it matters', text: 'The *last* boat.\n' },
      { kind: 'text', heading: 'By the numbers', text: '- **41** a night\n\n**Not known:** stays.\n' },
      {
        kind: 'questions',
        heading: '1. Common questions',
        items: [{ question: 'Who pays?', answer: 'The county.\n' }],
      },
    ]);
  });

  it('cites the sources of a numbered list, and takes a remark in a footnote for no source', () => {
    const { story } = from(
      '# T\n\nIt stays [1]. It pays [2, 3] and [9]. Are we?[^1]\n\n## Sources\n\n1. Reuters: Stays https://r.example/1\n2. Town Council, "Minutes", https://c.example/2\n3. AP\n\n[^1]: Eleven, counting the strike.\n',
      'x.md',
    );
    expect(story.sections).toEqual([
      {
        kind: 'text',
        text: 'It stays [@reuters]. It pays [@town-council; @ap] and [9]. Are we?[note 1]\n\n- [note 1] Eleven, counting the strike.\n',
      },
    ]);
    expect(story.sources).toMatchObject([
      { id: 'reuters' },
      { outlet: 'Town Council', title: 'Minutes' },
      { id: 'ap' },
    ]);
  });

  it('keeps a known kind above headings of its own, and holds nothing in an empty one', () => {
    const { story } = from(
      '## Timeline\n\n## Why it matters\n\nMuch.\n\n### Between the lines\n\nMore.\n\n## FAQ\n\n### Who\n\nWe.\n',
      'x.md',
    );
    expect(story.sections).toMatchObject([
      { kind: 'text', text: '**Timeline**\n' },
      { kind: 'analysis', heading: 'Why it matters' },
      { kind: 'analysis', heading: 'Between the lines' },
      { kind: 'questions', items: [{ question: 'Who' }] },
    ]);
  });

  it('says where a heading stands over another shape', () => {
    const { story, notes } = from('## Timeline\n\n- 2019: It opens.\n- Some day: it closes.\n', 'x.md');
    expect(story.sections[0]).toMatchObject({ kind: 'text', heading: 'Timeline' });
    expect(messagesOf(notes)).toContain('do not look like timeline');
  });

  it('takes the lines around its own briefs into their fields', () => {
    const { story } = from(
      'Transport\n\n# Ferry stays\n\n**A vote saves it.**\n\nBy Jane Smith (desk)\n\nPORT ELLERY · Published 6 October 2025\n\n## What’s happened\n\nIt stays.\n\n## Disclosure\n\nWe sail.\n\nTags: ferries, sea\n',
      'x.md',
    );
    expect(story).toMatchObject({
      kicker: 'Transport',
      headline: 'Ferry stays',
      dek: 'A vote saves it.',
      dateline: 'PORT ELLERY',
      published: '2025-10-06',
      tags: ['ferries', 'sea'],
      disclosure: 'We sail.\n',
      sections: [{ kind: 'summary', text: 'It stays.\n' }],
    });
  });
});

describe('importing a page', () => {
  const PAGE = `<!doctype html><html lang="fr"><head><title>x</title>
<meta property="og:title" content="Le pont ferme"><meta name="author" content="Ana Roux">
<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-10-06T09:30:00+02:00"}</script></head>
<body><nav>Accueil</nav><article><h1>Le pont ferme</h1><p>Il ferme <a href="/lundi">lundi</a>.</p>
<p style="display:none">secret</p><h2>Contexte</h2><ul><li>Un</li></ul></article><footer>Mentions</footer></body></html>`;

  it('takes the article and what the page says of it; the rest is named', () => {
    const { story, notes } = from(PAGE, 'x.html', { base: 'https://example.org/pont' });
    expect(story).toMatchObject({
      headline: 'Le pont ferme',
      byline: 'Ana Roux',
      published: '2025-10-06T09:30:00+02:00',
      lang: 'fr',
    });
    expect(story.sections).toEqual([
      { kind: 'text', text: 'Il ferme [lundi](https://example.org/lundi).\n' },
      { kind: 'background', heading: 'Contexte', text: '- Un\n' },
    ]);
    for (const words of ['Accueil', 'secret', 'Mentions']) expect(messagesOf(notes)).toContain(words);
  });

  it.each([
    [
      'blocks in bold, as Google Docs pastes them',
      '<b id="docs-internal-guid-1"><p>One</p><h2>Background</h2><p>Two</p></b>',
      ['One\n', 'Two\n'],
    ],
    [
      'paragraphs in cells, as Word writes them',
      '<table><tr><td><p>One</p><p>Two</p></td><td>3</td></tr></table>',
      ['- One / Two | 3\n'],
    ],
    [
      'a table that lays out a mail',
      '<table><tr><td><h2>Background</h2><ul><li>One</li></ul></td></tr></table>',
      ['- One\n'],
    ],
    ['direction marks written as entities', '<p>a &#x202e;b</p>', ['a b\n']],
  ])('keeps the words of %s', (_, input, texts) => {
    expect(from(input, 'x.html').story.sections.map((section) => (section as { text: string }).text)).toEqual(texts);
  });

  it('keeps a picture’s words beside it, who said a quotation, and a numbered list of dates', () => {
    const { story, notes } = from(
      '<p>The <abbr title="Port Council">PC</abbr>.</p><figure><img src="https://x.example/a.jpg" alt="A boat"><figcaption>At night</figcaption></figure><h2>In their words</h2><figure><blockquote><p>We run.</p></blockquote><figcaption>Ruth, head</figcaption></figure><h2>Timeline</h2><ol><li><p>2019</p><p>Opens.</p></li></ol>',
      'x.html',
    );
    expect(story.sections).toMatchObject([
      { text: 'The PC.\n', image: { src: 'https://x.example/a.jpg', alt: 'A boat', caption: 'At night' } },
      { kind: 'quotes', items: [{ quote: 'We run.\n', speaker: 'Ruth', role: 'head' }] },
      { kind: 'timeline', items: [{ date: '2019', text: 'Opens.' }] },
    ]);
    expect(messagesOf(notes)).toContain('Port Council');
  });

  it('keeps blocks apart that have no Markdown, and takes no field from data about another page', () => {
    const { story } = from(
      '<html><head><script type="application/ld+json">[{"@type":"NewsArticle","headline":"Own headline"},{"@type":"NewsArticle","headline":"Elsewhere","author":{"name":"Other"}}]</script></head><body><h1>Own headline</h1><p>Call us<address>12 St</address></p><fieldset><legend>Leg</legend>In</fieldset>Out<table><caption>Capt</caption><tr><th>h</table></body></html>',
      'x.html',
    );
    expect(story).toMatchObject({
      headline: 'Own headline',
      sections: [{ text: 'Call us\n\n12 St\n\nLeg\n\nIn\n\nOut\n\nCapt\n\n- h\n' }],
    });
    expect(story.byline).toBeUndefined();
  });

  it('believes a page that says what it is encoded in, and refuses one that does not', () => {
    const bytes = Buffer.from('<meta charset="iso-8859-1"><p>Café</p>', 'latin1');
    expect(importStory(bytes, 'x.html').story.sections[0]).toMatchObject({ text: 'Café\n' });
    expect(() => importStory(Buffer.from('<p>Café</p>', 'latin1'), 'x.html')).toThrow(/0xE9 is not UTF-8/);
  });
});

describe('importing documents of other programs', () => {
  it('reads ArchieML: keys, a body, a freeform list; what ArchieML ignores is named', () => {
    const { story, notes } = from(
      'headline: Bridge\nby: Jane\nmood: calm\nstray words\n\n[+body]\nLead.\nhed: Why it matters\nMuch.\n[]\n',
      'x.aml',
    );
    expect(story).toMatchObject({ headline: 'Bridge', byline: 'Jane', extra: { mood: 'calm' } });
    expect(story.sections).toEqual([
      { kind: 'text', text: 'Lead.\n' },
      { kind: 'analysis', heading: 'Why it matters', text: 'Much.\n' },
    ]);
    expect(messagesOf(notes)).toContain('stray words');
  });

  it('keeps a group of a freeform list in one piece, and takes no field of the story from it', () => {
    const { story } = from(
      'headline: H\n[+body]\nOne.\n{.pullquote}\ntext: We run.\nby: Ruth\n{}\n{.image}\nsrc: a.jpg\nby: Kim\n{}\nTwo.\n[]\n',
      'x.aml',
    );
    expect(story.byline).toBeUndefined();
    expect(story.sections).toEqual([
      {
        kind: 'text',
        text: 'One.\n\n> We run.\n>\n> — Ruth\n\n**image**\\\nsrc: a.jpg\\\nby: Kim\n\nTwo.\n',
      },
    ]);
  });

  it('reads our own JSON back', async () => {
    for (const { name, bytes } of soundStories()) {
      const { text } = await briefsOf(bytes, { formats: ['json'], house });
      const imported = importStory(text['json'] ?? '', 'x.json');
      const again = await briefsOf(imported.text, { formats: ['json'], house });
      expect(JSON.parse(again.text['json'] ?? ''), name).toEqual(JSON.parse(text['json'] ?? ''));
    }
  });

  it('reads ninjs 3, and keeps what a story has no field for', () => {
    const item = {
      uri: 'urn:x:1',
      standard: { name: 'ninjs', version: '3.0' },
      language: 'en',
      headlines: [{ role: 'main', value: 'Bridge closes' }],
      by: 'Jane Smith',
      bodies: [{ contentType: 'text/html', value: '<p>It closes.</p><h2>Background</h2><p>Old.</p>' }],
      urgency: 3,
    };
    const { story } = importStory(JSON.stringify(item), 'x.json');
    expect(story).toMatchObject({
      headline: 'Bridge closes',
      byline: 'Jane Smith',
      extra: { ninjs: { uri: 'urn:x:1', urgency: '3' } },
    });
    expect(story.sections.map(({ kind }) => kind)).toEqual(['text', 'background']);
  });

  it.each([
    ['x.json', '{"a":', 'not JSON'],
    ['x.json', '{"a":1}', 'no story'],
    ['x.json', '{"headline":"H","slug":"../x","sections":[{"kind":"text","text":"x"}]}', 'slug'],
    ['x.json', '{"headline":"H","sections":[{"kind":"nope","text":"x"}]}', 'unknown kind "nope"'],
    ['x.txt', '  \n', 'no text'],
    ['x.txt', '{\\rtf1 x}', 'RTF'],
  ])('refuses %s %j', (name, input, words) => {
    expect(() => importStory(Buffer.from(input), name)).toThrow(words);
  });
});

describe('nutgraf import', () => {
  it('writes a story, says what it did, and overwrites nothing', () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.txt'), "What's happened\nIt closes.\n");
    const run = nutgraf(['import', 'a.txt', '-o', 'a.story.yaml'], { cwd });
    expect(run).toMatchObject({ code: 0, out: '' });
    expect(run.err).toContain('byte for byte');
    expect(nutgraf(['render', 'a.story.yaml', '--template', 'plain', '--allow', 'missing-headline'], { cwd }).out).toBe(
      "What's happened\nIt closes.",
    );
    const again = nutgraf(['import', 'a.txt', '-o', 'a.story.yaml'], { cwd });
    expect(again.code).toBe(2);
    expect(again.err).toContain('--force');
    expect(nutgraf(['import', 'a.txt', '-o', 'a.story.yaml', '--force', '-q'], { cwd })).toEqual({
      code: 0,
      out: '',
      err: '',
    });
  });

  it('takes a desk’s own headings from its settings, and says what is wrong with those', () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'in'));
    writeFileSync(join(cwd, 'in/a.md'), '## The upshot\n\nMuch.\n');
    const config = join(cwd, 'nutgraf.config.yaml');
    writeFileSync(config, 'import:\n  headings:\n    analysis: [The upshot]\n');
    expect(nutgraf(['import', 'in/a.md', '-q'], { cwd }).out).toContain('kind: analysis');
    writeFileSync(config, 'import:\n  headings:\n    anlysis: [The upshot]\n');
    const run = nutgraf(['import', 'in/a.md'], { cwd });
    expect(run.code).toBe(1);
    expect(run.err).toContain('nutgraf.config.yaml:3:5: error unknown-field');
    expect(run.err).toContain('did you mean "analysis"');
    expect(nutgraf(['import', 'in/a.md', '-q', '--config', 'in/none.yaml'], { cwd }).code).not.toBe(0);
  });

  it('imports many into a folder, and pipes one through', () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'in'));
    for (const name of ['a.md', 'b.md']) writeFileSync(join(cwd, 'in', name), `# ${name}\n\nText.\n`);
    expect(nutgraf(['import', 'in/a.md', 'in/b.md', '-o', 'out/', '-q'], { cwd }).code).toBe(0);
    expect(readdirSync(join(cwd, 'out'))).toEqual(['a.story.yaml', 'b.story.yaml']);
    expect(nutgraf(['import', '-', '--from', 'markdown'], { input: '# H\n\nText.\n' }).out).toContain('headline: H\n');
    expect(nutgraf(['import', 'in/a.md', 'in/b.md'], { cwd }).code).toBe(2);
  });
});

const newsletters = join(SHARED, 'data', 'newsletters');
describe.skipIf(!existsSync(newsletters))('real newsletters (skipped where they are absent)', () => {
  const files = existsSync(newsletters)
    ? readdirSync(newsletters, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
    : [];
  it.each(files)('%s comes in without a lost word, and passes check', (name) => {
    const bytes = readFileSync(join(newsletters, name));
    const { text, notes } = importStory(bytes, name);
    expect(notes.filter(({ message }) => message === 'not found in the story')).toEqual([]);
    // Many of them say "this week" in a file whose date is only in its name; the addresses of some links stand in other files.
    const names = loadStory(text, name).diagnostics.map(({ rule }) => rule);
    expect(
      names.filter(
        (rule) =>
          !['relative-date', 'insecure-link', 'invisible-character', 'missing-labels', 'printed-markup'].includes(rule),
      ),
    ).toEqual([]);
  });
});

describe('lines about the text', () => {
  it('a date below the byline is when it was published, and the line above both the headline', () => {
    const { story } = importStory(
      Buffer.from(
        'Barn owls return\n\nBy Zoë O’Neill\n22 November 2026\n\nA pair of barn owls has nested in the old gasworks.\n',
      ),
      'a.txt',
    );
    expect(story).toMatchObject({ headline: 'Barn owls return', byline: 'Zoë O’Neill', published: '2026-11-22' });
  });

  it('labels are known with the marks of their language', () => {
    const { story } = importStory(
      Buffer.from('# Titre\n\nSérie\u00A0: La série\n\nBonjour tout le monde.\n\nMots-clés\u00A0: un, deux\n'),
      'a.md',
    );
    expect(story).toMatchObject({ series: 'La série', tags: ['un', 'deux'] });
  });
});

const seed = join(SHARED, 'cases', 'north-korea.txt');
describe.skipIf(!existsSync(seed))('the seed (skipped where it is absent)', () => {
  it('comes back byte for byte, and is the example but for its headline', async () => {
    const bytes = readFileSync(seed);
    const { text, story } = importStory(bytes, 'north-korea.txt');
    expect(await plainOf(text)).toBe(bytes.toString('utf8'));
    // What a sub-editor would mark in it: "last week" without a date, "signaling" beside "denuclearisation".
    expect(loadStory(text, 'x').diagnostics.map(({ rule }) => rule)).toEqual([
      'missing-headline',
      'incomplete-source',
      'incomplete-source',
      'relative-date',
      'mixed-spelling',
    ]);
    const example = loadStory(readFileSync(join(ROOT, 'stories', 'north-korea.story.yaml')), 'x').story;
    expect(story.sections.map(({ kind }) => kind)).toEqual(example?.sections.map(({ kind }) => kind));
  });
});
