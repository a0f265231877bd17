import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { loadStory } from '../src/checks/load.js';
import { baseOf, formatNames } from '../src/formats/list.js';
import { inlines } from '../src/prose/tree.js';
import { mapTexts, textsOf } from '../src/schema/walk.js';
import { storyShape } from '../src/story/schema.js';
import { briefsOf, soundStories } from './support.js';

/** Fields that are no words of a brief: what they decide is tested elsewhere. */
const SILENT = new Set([
  'ednote',
  'newsletter',
  'extra',
  'status',
  'embargo',
  'lang',
  'kind',
  'slug',
  'id',
  'genre',
  'nature',
  'made_with',
]);

const squash = (text: string) => text.normalize('NFC').replace(/\s+/gu, ' ').trim();
/** Wrapping may break a line of a script that has no spaces. */
const unwrapped = (text: string) => squash(text).replace(/\s/gu, '');

/** The text that a browser shows, and the addresses that it links. */
function htmlWords(html: string): string {
  const words: string[] = [];
  const visit = (node: {
    nodeName: string;
    value?: string;
    attrs?: { name: string; value: string }[];
    childNodes?: unknown[];
  }) => {
    if (node.nodeName === '#text') words.push(node.value ?? '');
    for (const { name, value } of node.attrs ?? [])
      if (['href', 'src', 'alt', 'title', 'class'].includes(name)) words.push(` ${value} `);
    if (node.nodeName === 'head') return;
    for (const child of node.childNodes ?? []) visit(child as never);
  };
  visit(parse(html) as never);
  return words.join('');
}

/** Markdown with its escapes, emphasis and footnote marks undone. */
const markdownWords = (text: string) =>
  text
    .replace(/^ *> ?/gm, '')
    .replace(/\[\^[^\]]+\]/g, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\\\n/g, ' ');

describe.each(soundStories())('$name', ({ bytes, file }) => {
  const house = { levels: { 'missing-headline': 'warning' } } as const;
  const { story, prose } = loadStory(bytes, file, house);
  if (!story) throw new Error(`${file} has errors`);

  it.each(formatNames(({ templates }) => templates))(
    'every word, source, address and correction is in %s',
    async (format) => {
      const { text } = await briefsOf(bytes, { house, formats: [format] });
      const brief = text[format] ?? '';
      const words = unwrapped(
        baseOf(format) === 'html'
          ? htmlWords(brief)
          : format === 'md'
            ? markdownWords(brief)
            : brief.replace(/^ *> ?/gm, ''),
      );
      for (const entry of textsOf(story, storyShape)) {
        if (entry.path.some((step) => SILENT.has(String(step)))) continue;
        for (const piece of pieces(entry.text, entry.type, format))
          expect(words, entry.path.join('.')).toContain(unwrapped(piece));
      }
      for (const { id, outlet, title } of story.sources) {
        expect(words, id).toContain(unwrapped(outlet ?? title ?? id));
      }
    },
  );

  it('the note to editors is in no brief', async () => {
    if (!story.ednote) return;
    const { text } = await briefsOf(bytes, { house, formats: formatNames() });
    for (const brief of Object.values(text)) expect(squash(brief)).not.toContain(squash(story.ednote).slice(0, 20));
  });

  function pieces(text: string, type: string, format: string): string[] {
    if (type === 'url') return [baseOf(format) === 'html' ? new URL(text).href : text];
    if (type === 'date' || type === 'when') return [/\d{4}/.exec(text)?.[0] ?? text];
    if (type === 'ref') return [];
    if (type !== 'prose') return [text];
    return [...inlines(prose(text).blocks)].flatMap((node) =>
      node.type === 'text' || node.type === 'code'
        ? [node.text]
        : node.type === 'link'
          ? [node.url.replace('mailto:', '')]
          : [],
    );
  }
});

it('the walk itself visits every text', () => {
  const seen: string[] = [];
  mapTexts(
    {
      headline: 'a',
      sections: [{ kind: 'group', heading: 'b', sections: [{ kind: 'key-points', items: ['c'] }] }],
      extra: { x: ['d'] },
    },
    (text) => seen.push(text),
    storyShape,
  );
  expect(seen).toEqual(['a', 'group', 'b', 'key-points', 'c', 'd']);
});

it.each(formatNames(({ templates }) => templates))(
  'a source without an outlet is named by its title where an entry names it, in %s',
  async (format) => {
    const { text } = await briefsOf(
      `headline: H\nsections:\n  - kind: coverage\n    items: [{ source: a, says: It rains. }]\n` +
        `  - kind: quotes\n    items: [{ quote: It pours., speaker: Kim, source: a }]\n` +
        `  - kind: figures\n    items: [{ figure: "7", text: storms, source: a }]\n` +
        `sources: [{ id: a, title: A paper, url: https://a.example/1 }]\n`,
      { formats: [format] },
    );
    const brief = text[format] ?? '';
    const head = brief.slice(0, brief.lastIndexOf('A paper'));
    expect(head.split('A paper').length, brief).toBeGreaterThan(1);
  },
);
