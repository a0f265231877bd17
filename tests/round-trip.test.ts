import { describe, expect, it } from 'vitest';
import { loadStory } from '../src/checks/load.js';
import { importStory } from '../src/importing/import.js';
import { languages } from '../src/languages/index.js';
import { makeProbe } from '../src/render/probe.js';
import { briefsOf, soundStories } from './support.js';

const house = { levels: { 'missing-headline': 'warning', 'incomplete-source': 'off' } } as const;
const LANGUAGES = [...Object.keys(languages), 'en-GB'];

/** A brief, and that of the story which comes of importing it. */
async function there(story: string | Buffer, format: string) {
  const first = (await briefsOf(story, { formats: [format], house })).text[format] ?? '';
  const { text, notes } = importStory(first, `story.${format}`);
  const again = await briefsOf(text, { formats: [format], house });
  // Data for search engines lists addresses in the story's own order and form; a headline on two lines is one line.
  const seen = (brief = '') =>
    brief.replace(/<script type="application\/ld\+json">.*?<\/script>/s, '').replace(/[^\S\n]+|(?<=Bridge)\n/g, ' ');
  return { first: seen(first), again: seen(again.text[format]), notes, text };
}

const stories = soundStories().filter(({ name }) => !/missing-headline/.test(name));

/** What cannot come back, as docs/importing.md lists it, by the cases that show it. */
const LOSSES: Readonly<Record<string, readonly string[]>> = {
  html: [],
  md: [
    'every-field', // pictures stand below the text of their section, other languages are words
    'printed-markup', // addresses that are no links in a story are links in Markdown
    'text-is-text', // the same, and a kicker that is a figure
    'rule-images', // a picture without words
  ],
  txt: ['every-field', 'printed-markup', 'text-is-text', 'rule-images', 'markdown-prose', 'rule-insecure-link'],
};

describe.each(Object.keys(LOSSES))('a brief of ours in %s', (format) => {
  const isLost = (name: string) => LOSSES[format]?.some((loss) => name.includes(`/${loss}/`));

  it.each(stories.filter(({ name }) => !isLost(name)).map(({ name, bytes }) => [name, bytes] as const))(
    'comes back as the story of %s',
    async (_, bytes) => {
      const { first, again, notes } = await there(bytes, format);
      expect(again).toBe(first);
      expect(notes.filter(({ message }) => message.includes('nowhere'))).toEqual([]);
    },
  );

  it.each(LANGUAGES)('comes back in %s', async (lang) => {
    const { first, again, text } = await there(JSON.stringify({ ...STORY, lang }), format);
    expect(again).toBe(first);
    const { story } = loadStory(text, 'x.story.yaml', house);
    expect(story?.sections.map(({ kind }) => kind)).toEqual(STORY.sections.map(({ kind }) => kind));
    expect(story).toMatchObject({ published: expect.stringMatching(/^2025-10-06/), lang });
  });
});

describe('a page of ours', () => {
  it.each(LANGUAGES)('comes back with something in every field, in %s', async (lang) => {
    const probe = JSON.parse(makeProbe().text) as Record<string, unknown>;
    const { first, again } = await there(
      JSON.stringify({ ...probe, lang, status: 'ready', embargo: undefined }),
      'html',
    );
    expect(again).toBe(first);
  });
});

/** A story with all that comes back in each format. */
const STORY = {
  headline: 'Harbour 2025',
  dek: 'The night ferry stays until the spring of the coming year.',
  byline: 'Jane Smith',
  dateline: 'PORT ELLERY',
  published: '2025-10-06T09:30:00+01:00',
  updated: '2025-10-07',
  tags: ['ferries', 'council'],
  sources: [
    {
      id: 'ellery-ledger',
      outlet: 'The Ellery Ledger',
      title: 'Vote',
      url: 'https://ledger.example/1',
      published: '2025-10-03',
      accessed: '2025-10-05',
    },
    { id: 'northern-wire', outlet: 'Northern Wire', title: 'Ferry', url: 'https://wire.example/2', paywall: true },
  ],
  sections: [
    { kind: 'key-points', items: ['It stays. [@ellery-ledger]', 'It costs. [@northern-wire]'] },
    {
      kind: 'summary',
      text: 'Councillors voted 7–6 on Thursday. [@ellery-ledger]\n\nThey meet again. [@ellery-ledger; @northern-wire]\n',
    },
    {
      kind: 'coverage',
      text: 'Both papers lead on it.\n',
      matrix: true,
      items: [
        { source: 'ellery-ledger', position: 'critical', says: 'It buys time.\n', quote: 'Everyone knew somebody.\n' },
        { source: 'northern-wire', position: 'relieved', says: 'A bridge is better.\n' },
      ],
    },
    {
      kind: 'timeline',
      items: [
        { date: '2019', text: 'It opens.' },
        { date: '2023-11', text: 'It closes.' },
        { date: '2025-06-12', text: 'It opens again.' },
      ],
    },
    {
      kind: 'figures',
      items: [
        { figure: '41', text: 'passengers', source: 'northern-wire' },
        { figure: '£184,000', text: 'for six months' },
      ],
    },
    {
      kind: 'quotes',
      items: [
        { quote: 'We run ferries, not promises.\n', speaker: 'Ann Lee', role: 'captain', source: 'ellery-ledger' },
        { quote: 'We stay.\n', speaker: 'Bob Roe' },
      ],
    },
    { kind: 'next', items: [{ date: '2025-10-20', text: 'They sign.' }] },
    { kind: 'analysis', text: 'It is the last boat.\n' },
  ],
  corrections: [
    { date: '2025-10-07', text: 'It is for six months. [@ellery-ledger]', was: 'a year', now: 'six months' },
  ],
  disclosure: 'We own a boat.\n',
  backstory: 'We asked them.\n',
  made_with: 'people',
};

describe('a page that is hardly ours', () => {
  it('of others with the same class names is read as theirs', () => {
    const page = `<article class="brief"><h1>My title</h1><section class="section wide"><p>A paragraph.</p></section></article>`;
    const { story } = importStory(page, 'x.html');
    expect(story).toMatchObject({ headline: 'My title', sections: [{ kind: 'text', text: 'A paragraph.\n' }] });
  });

  it('makes up nothing where attributes are missing or nonsense', () => {
    const page = `<article class="brief" lang="constructor"><header><h1>T</h1><p class="byline"><span class="author"><a>Jo</a></span></p></header>
<section class="section text"><figure><img></figure><p>A paragraph.</p></section><section class="section key-points"><ul><li></li><li>One</li></ul></section></article>`;
    const { text } = importStory(page, 'x.html');
    expect(text).not.toMatch(/undefined|null|constructor/);
  });

  it('and what its head says may have any shape', () => {
    const page = `<script type="application/ld+json">{"@type":{"toString":1}}</script><h1>T</h1><p>A paragraph.</p>`;
    expect(importStory(page, 'x.html').story).toMatchObject({ headline: 'T' });
  });
});
