import fc from 'fast-check';
import createMarkdown from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { parseProse } from '../src/prose/parse.js';
import type { Block, Inline } from '../src/prose/tree.js';
import { writeProse } from '../src/prose/write.js';
import { briefsOf, RUNS, storyOf } from './support.js';

const context = { mark: (id: string) => (/^[ab]$/.test(id) ? { id, label: id, number: 1, mention: 1 } : undefined) };

/** Both trees in one notation. */
function ours(nodes: readonly (Block | Inline)[]): unknown[] {
  return joined(
    nodes.flatMap((node): unknown[] => {
      switch (node.type) {
        case 'text':
          return [node.text];
        case 'code':
          return [{ code: node.text }];
        case 'break':
          return [{ break: true }];
        case 'cite':
          return node.refs.map(({ id }) => (context.mark(id) ? { cite: id } : `[@${id}]`));
        case 'link':
          return [{ link: node.url, children: ours(node.children) }];
        case 'list':
          return [{ list: node.ordered, children: node.items.map((item) => ours(item.children)) }];
        default:
          return [{ [node.type]: ours(node.children) }];
      }
    }),
  );
}

function joined(nodes: unknown[]): unknown[] {
  const out: unknown[] = [];
  for (const node of nodes) {
    if (typeof node === 'string' && typeof out.at(-1) === 'string') out.push(String(out.pop()) + node);
    else if (node !== '') out.push(node);
  }
  return out;
}

describe('prose written from a tree', () => {
  const piece = fc.constantFrom(
    'a',
    'b c',
    '*',
    '**',
    '_',
    '`',
    '[',
    '](',
    '\\',
    '<',
    '<https://x.example>',
    '[@a]',
    '- ',
    '1. ',
    '> ',
    '#',
    '.',
    ' ',
    '![',
    '```',
    '~',
    '1986. ',
    '+ x',
  );
  const text: fc.Arbitrary<Inline> = fc
    .array(piece, { minLength: 1, maxLength: 5 })
    .map((pieces) => pieces.join('').trim().replace(/ +/g, ' '))
    .filter((joined) => joined !== '')
    .map((joined) => ({ type: 'text', text: joined }));
  const word: fc.Arbitrary<Inline> = fc.constantFrom<Inline>(
    { type: 'text', text: 'word' },
    { type: 'text', text: ' and ' },
  );
  const inline: fc.Arbitrary<Inline> = fc.oneof(
    text,
    word,
    word.map(
      (child): Inline => ({
        type: 'strong',
        children: [{ type: 'text', text: (child as { text: string }).text.trim() }],
      }),
    ),
    fc.constant<Inline>({
      type: 'link',
      url: 'https://x.example/a_(b)',
      title: '',
      children: [{ type: 'text', text: 'x' }],
    }),
    fc.constant<Inline>({ type: 'code', text: 'a`b' }),
    fc.constant<Inline>({ type: 'cite', refs: [{ id: 'a', start: 0, end: 0 }] }),
  );
  const paragraph: fc.Arbitrary<Block> = text.chain((first) =>
    fc.array(inline, { maxLength: 3 }).map((rest) => ({
      type: 'paragraph',
      children: [
        first,
        { type: 'text', text: ' w' } as Inline,
        ...rest.flatMap((node): Inline[] =>
          node.type === 'strong'
            ? [{ type: 'text', text: '(' }, node, { type: 'text', text: ')w' }]
            : [node, { type: 'text', text: 'w' }],
        ),
      ],
    })),
  );
  const list: fc.Arbitrary<Block> = fc.array(paragraph, { minLength: 1, maxLength: 3 }).chain((items) =>
    fc.boolean().map((ordered) => ({
      type: 'list',
      ordered,
      items: items.map((item, i) => ({ number: i + 1, children: [item] })),
    })),
  );
  const quote: fc.Arbitrary<Block> = fc
    .array(fc.oneof(paragraph, list), { minLength: 1, maxLength: 2 })
    .map((children) => ({ type: 'quote', children }));
  const tree = fc.array(
    fc.oneof(paragraph, list, quote, fc.constant<Block>({ type: 'code', info: '', text: 'x\n\ny' })),
    { minLength: 1, maxLength: 4 },
  );

  it('reads back as the same tree', () => {
    fc.assert(
      fc.property(tree, (blocks) => {
        expect(ours(parseProse(writeProse(blocks)).blocks)).toEqual(ours(blocks));
      }),
      RUNS,
    );
  });

  it('keeps the words of emphasis within a word, which nobody can write', () => {
    const nodes: Inline[] = [
      { type: 'text', text: 'un' },
      { type: 'strong', children: [{ type: 'text', text: 'believ' }] },
      { type: 'text', text: 'able, ' },
      { type: 'strong', children: [{ type: 'text', text: 'really' }] },
    ];
    expect(writeProse([{ type: 'paragraph', children: nodes }])).toBe('unbelievable, **really**');
  });

  it.each([
    '+ 3 per cent',
    '>100 people came',
    '>= €5',
    'f**k and s**t',
    '3*3 and 6*6',
    '01. Monday',
    '5 * 3 = 15',
    'snake_case and _ alone',
    'R&D at AT&T',
    'a [note] here',
    'It cost $5 (about £4)',
    '#MeToo',
    '1986. A great year',
  ])('leaves %s as it is typed', (typed) =>
    expect(writeProse([{ type: 'paragraph', children: [{ type: 'text', text: typed }] }])).toBe(typed),
  );
});

describe('in Markdown', () => {
  const written = async (prose: string) => (await briefsOf(storyOf(prose), { formats: ['md'] })).text['md'] ?? '';
  it.each([
    ['a colon behind a citation makes no footnote', '[@a]: The summit.', '[^a]\\: The summit.'],
    [
      'an exclamation mark before a link makes no picture',
      'Wow\\![x](https://x.example)',
      'Wow\\![x](https://x.example)',
    ],
    ['an address does not swallow the citation behind it', 'See https://x.example/p[@b].', 'https\\://x.example/p[^b]'],
    ['a link’s title stays on its line', '[x](https://x.example "a\n# b")', '[x](https://x.example "a # b")'],
  ])('%s', async (_, prose, markdown) => expect(await written(prose)).toContain(markdown));

  it('each source has a footnote of its own, however GitHub folds its id', async () => {
    for (const ids of [
      ['a', 'A', 'A-2'],
      ['straße', 'strasse'],
      ['νεος', 'νεοσ'],
      ['ı', 'i'],
      ['ﬁ', 'fi'],
    ]) {
      const story = JSON.stringify({
        headline: 'H',
        sources: ids.map((id, i) => ({ id, outlet: `Outlet ${i}` })),
        sections: [{ kind: 'text', text: ids.map((id) => `[@${id}]`).join(' ') }],
      });
      const { text } = await briefsOf(story, { formats: ['md'] });
      const definitions = [...(text['md'] ?? '').matchAll(/^\[\^(.+?)\]:/gm)].map(([, label]) =>
        label?.toLowerCase().toUpperCase(),
      );
      expect(new Set(definitions).size).toBe(ids.length);
    }
  });
});

describe('Markdown for other programs', () => {
  const sections = (...texts: string[]) =>
    JSON.stringify({ headline: 'H', sections: texts.map((text) => ({ kind: 'text', text })) });
  const render = async (...texts: string[]) => (await briefsOf(sections(...texts))).text['md'] ?? '';

  it('keeps the lists of neighbouring sections apart', async () => {
    const html = createMarkdown().render(
      await render('1. Juni: eins.', '3. Mai: zwei.', '4. Mai: drei.', '- a', '- b'),
    );
    expect([...html.matchAll(/<(ol|ul)(?: start="(\d+)")?>/g)].map(([, tag, start]) => [tag, start])).toEqual([
      ['ol', undefined],
      ['ol', '3'],
      ['ol', '4'],
      ['ul', undefined],
      ['ul', undefined],
    ]);
  });

  it('has no tag of a template, in code and addresses neither', async () => {
    const md = await render('`{{ x }}` and [x](https://e.example/{{u}} "{{ t }}")\n\n```\n{% if %}\n\n```');
    expect(md).not.toMatch(/\{[{%#]/);
    expect(
      createMarkdown()
        .render(md)
        .replace(/<[^>]+>/g, ''),
    ).toContain('{{ x }} and x\n{% if %}');
  });

  it('has emphasis that opens and closes for every reader', async () => {
    const html = createMarkdown().render(await render('***「船」***です。 그는 **[말](https://e.example/)**를 봤다.'));
    expect(html).not.toContain('*');
    expect(html).toContain('<a href="https://e.example/"><strong>말</strong></a>를');
  });
});
