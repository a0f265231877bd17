import { describe, expect, it } from 'vitest';
import { importStory } from '../src/importing/import.js';
import { ImportError } from '../src/importing/manuscript.js';

const from = (text: string, name = 'x.txt', options = {}) => importStory(text, name, options);

const messagesOf = (notes: readonly { message: string; text?: string }[]) =>
  notes.map(({ message, text }) => `${message}: ${text ?? ''}`).join('\n');

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
