import { describe, expect, it } from 'vitest';
import { importStory } from '../src/importing/import.js';
import { briefsOf, soundStories } from './support.js';

const house = { levels: { 'missing-headline': 'warning' } } as const;

const from = (text: string, name = 'x.txt', options = {}) => importStory(text, name, options);

const messagesOf = (notes: readonly { message: string; text?: string }[]) =>
  notes.map(({ message, text }) => `${message}: ${text ?? ''}`).join('\n');

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
