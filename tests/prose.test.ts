import fc from 'fast-check';
import createMarkdown from 'markdown-it';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { escapeHtml } from '../src/formats/html.js';
import { escapeMarkdown, markdown } from '../src/formats/markdown.js';
import { parseProse } from '../src/prose/parse.js';
import { type Block, citations, type Inline } from '../src/prose/tree.js';
import { writeProse } from '../src/prose/write.js';
import { briefsOf, RUNS, soundStories, storyOf } from './support.js';

interface Node {
  type: string;
  value?: string;
  url?: string;
  title?: string | null;
  ordered?: boolean | null;
  identifier?: string;
  depth?: number;
  children?: Node[];
  position?: { start: { offset: number } };
}

/** A Markdown text as GitHub reads it, by a parser that is not ours. */
const read = (text: string) =>
  fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as unknown as Node;
const textOf = (node: Node): string =>
  node.value ?? (node.type === 'break' ? '\n' : (node.children ?? []).map(textOf).join(''));

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

/** GitHub's own linking of addresses in text is no link of ours. */
const linked = (node: Node, source: string) => /[[<]/.test(source[node.position?.start.offset ?? 0] ?? '');

function theirs(nodes: readonly Node[], source: string): unknown[] {
  return joined(
    nodes.flatMap((node): unknown[] => {
      switch (node.type) {
        case 'text':
          return [node.value ?? ''];
        case 'inlineCode':
        case 'code':
          return [{ code: node.value }];
        case 'break':
          return [{ break: true }];
        case 'footnoteReference':
          return [{ cite: node.identifier }];
        case 'link':
          return linked(node, source)
            ? [{ link: node.url, children: theirs(node.children ?? [], source) }]
            : theirs(node.children ?? [], source);
        case 'list':
          return [
            {
              list: node.ordered ?? false,
              children: (node.children ?? []).map((item) => theirs(item.children ?? [], source)),
            },
          ];
        case 'blockquote':
          return [{ quote: theirs(node.children ?? [], source) }];
        case 'html':
          return [{ html: node.value }];
        default:
          return [{ [node.type]: theirs(node.children ?? [], source) }];
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

const written = (blocks: Block[]) =>
  `${markdown.finish(markdown.prose(blocks, context), 'brief', { width: 0 })}\n\n[^a]: A\n\n[^b]: B\n`;
const withoutNotes = (tree: Node) => (tree.children ?? []).filter(({ type }) => type !== 'footnoteDefinition');

const plain = fc.string({
  unit: fc.constantFrom(...'ab 1.)-+*_`#>[]()!<>&;:|~\\"\'=$@^%{}\u00e9日、。'.split('')),
  minLength: 1,
  maxLength: 24,
});

describe('Markdown', () => {
  it('gives plain text back as it was typed', () => {
    fc.assert(
      fc.property(plain, (text) => {
        fc.pre(text.trim() !== '');
        expect(textOf(read(escapeMarkdown(text))).trim()).toBe(text.trim());
        expect(textOf(read(`## ${escapeMarkdown(text)}\n`)).trim()).toBe(text.trim());
        expect(textOf(read(`- ${escapeMarkdown(text)}\n`)).trim()).toBe(text.trim());
      }),
      RUNS,
    );
  });

  it('of prose parses back to the same structure', () => {
    const word = fc.constantFrom(
      'one',
      'two three',
      ' ',
      ' ',
      ' ',
      '*a **b** c*',
      '**a *b* c**',
      '***d***',
      'a*b',
      '_x_',
      '**s**',
      '*e*',
      '`c`',
      '[l](https://a.b/c_(d))',
      '[@a]',
      '[@a; @b]',
      '<https://x.y>',
      '1.',
      '- ',
      '#',
      '>',
      '\\*',
      '日本',
      '&amp;',
      '<b>',
      '[',
      ']',
      '!',
      '~~',
      '|',
      '\n',
      '\n\n',
      '  \n',
      '\n- ',
      '\n1. ',
      '\n> ',
      '\n    ',
      '\n```\n',
    );
    let compared = 0;
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 16 }), (words) => {
        const prose = parseProse(words.join(' '));
        const tree = ours(prose.blocks);
        // An empty list item or quote is nothing to print; CommonMark has no way to write some of them.
        fc.pre(!/\[\]/.test(JSON.stringify(tree)));
        compared++;
        const text = written(prose.blocks);
        expect(squash(theirs(withoutNotes(read(text)), text)), text).toBe(squash(tree));
      }),
      RUNS,
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it.each(soundStories())('of $name has all headings and footnotes, and no HTML', async ({ bytes }) => {
    const { text } = await briefsOf(bytes, { house: { levels: { 'missing-headline': 'warning' } } });
    const tree = read(text['md'] ?? '');
    const all: Node[] = [];
    const visit = (node: Node) => {
      all.push(node);
      for (const child of node.children ?? []) visit(child);
    };
    visit(tree);
    expect(all.filter(({ type }) => type === 'html')).toEqual([]);
    const cited = new Set(all.filter(({ type }) => type === 'footnoteReference').map(({ identifier }) => identifier));
    const defined = all.filter(({ type }) => type === 'footnoteDefinition').map(({ identifier }) => identifier);
    expect([...cited].sort()).toEqual(defined.sort());
  });
});

/** White space between blocks' lines may differ; nothing else may. */
const squash = (nodes: unknown[]) =>
  JSON.stringify(nodes)
    .replace(/(?:\\n| )+/g, ' ')
    .replace(/" /g, '"')
    .replace(/ "/g, '"');

describe('HTML', () => {
  it('shows plain text as it was typed', () => {
    fc.assert(
      fc.property(plain, (text) => {
        const page = parseFragment(`<p title="${escapeHtml(text)}">${escapeHtml(text)}</p>`);
        const [element] = page.childNodes as unknown as [
          { attrs: { value: string }[]; childNodes: { value: string }[] },
        ];
        expect(element.attrs[0]?.value).toBe(text);
        expect(element.childNodes[0]?.value ?? '').toBe(text);
      }),
    );
  });
});

describe('citations', () => {
  it('stand where the text has them, however it is written', () => {
    const piece = fc.constantFrom(
      'text',
      '**bold**',
      '`[@no]`',
      '\\[@no]',
      '[@no](https://a.b)',
      '[@a]',
      '[@b]',
      '\n',
      '\n\n',
      '\n- ',
      '\n> ',
      '\n1. ',
      '  ',
      '日本',
      '👩‍👩‍👧',
    );
    let count = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join('');
        for (const { id, start, end } of citations(parseProse(text).blocks))
          expect(text.slice(start, end), String(count++)).toBe(`[@${id}]`);
      }),
      RUNS,
    );
    expect(count).toBeGreaterThan(1000);
  });

  it('number their sources in reading order, the same in every format', async () => {
    const { text } = await briefsOf(storyOf('First [@b], then [@a], then [@b].'));
    expect(text['txt']).toContain('First [1], then [2], then [1].');
    expect(text['txt']).toMatch(/\[1\] Outlet B\n+\[2\] Outlet A\n/);
    expect(text['html']).toMatch(/id="cite-b-2" href="#source-b" role="doc-noteref">1</);
    expect(text['html']).toMatch(/<li id="source-b">.*?href="#cite-b-1".*?href="#cite-b-2"/s);
    expect(text['md']).toContain('First [^b], then [^a], then [^b].');
  });
});

it('a link keeps its target in every format', async () => {
  const { text } = await briefsOf(
    storyOf('See [the page](https://a.example/x?y=1&z=2 "Title") or <https://b.example/>.'),
  );
  expect(text['txt']).toContain('See the page (Title, https://a.example/x?y=1&z=2) or https://b.example/.');
  expect(text['html']).toContain('<a href="https://a.example/x?y=1&amp;z=2" title="Title">the page</a>');
  expect(text['md']).toContain('[the page](https://a.example/x?y=1&z=2 "Title") or <https://b.example/>.');
});

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

describe('marks that were hardly meant', () => {
  const findings = async (text: string) => {
    const story = JSON.stringify({
      headline: 'H',
      sources: [{ id: 'a', outlet: 'A' }],
      sections: [{ kind: 'key-points', items: [text] }],
    });
    const { diagnostics } = await briefsOf(story);
    return diagnostics.filter(({ rule }) => /markup/.test(rule)).map(({ message }) => message);
  };

  it.each([
    '- No',
    '* No, said Page.',
    '> 100 people were hurt',
    '>No',
    '24. Dezember: Die Fähre ruht.',
    '3. Oktober: A.\n\n24. Dezember: B.',
    '1. Mai: A.\n\n1. Juni: B.',
    '+ one\n+ two',
    '01. Monday\n02. Tuesday',
    'One **bold* two',
    '**Note:**text, then',
    '**“Quote.”**Next',
    '**NGO**s',
    'See [a b](https://e.example/a b).',
    'See [the minutes [@a]](https://e.example/m).',
    'See [a](https://e.example/(a.',
    'See [a] b](https://e.example/a).',
    'See [](https://e.example/a).',
    '* * *',
    'A.\n\n---\n\nB.',
    'Heading\n=======',
  ])('%j is reported', async (text) => expect(await findings(text)).not.toEqual([]));

  it.each([
    '- one\n- two',
    '1. one\n2. two',
    '1. one\n1. two',
    '10. ten\n9. nine\n8. eight',
    '> “We stay,” she said.\n>\n> “We go.”',
    '> We stay. – Ann Lee',
    '**Bold**, and *so* on.',
    'It said f**k and s**t, 3*3 and 6*6.',
    '+ 3 per cent',
    '>100 people',
    'See [a](https://e.example/(a)) and [b](<https://e.example/b c>).',
    '町は**「夜の船」**を残す。',
  ])('%j is not', async (text) => expect(await findings(text)).toEqual([]));

  it.each([
    ['+ 3 per cent on the year', '+ 3 per cent on the year'],
    ['>100 people were hurt.', '>100 people were hurt.'],
    ['The minister said "f**k the bridge" and "s**t happens"; m*n and w*men.', 'f**k the bridge'],
    ['01. Monday', '01. Monday'],
    ['1. Mai: A.\n\n1. Juni: B.', '1. Juni: B.'],
    ['10. ten\n9. nine\n8. eight', '8. eight'],
  ])('%j comes out as it was typed, also by other readers of Markdown', async (text, words) => {
    const { text: briefs } = await briefsOf(storyOf(text));
    expect(briefs['txt']).toContain(words);
    const number = /^(\d+)\. (.*)/.exec(words);
    const markdownIt = createMarkdown().render(briefs['md'] ?? '');
    const remark = JSON.stringify(read(briefs['md'] ?? ''));
    if (!number) {
      const page = (html: string) => parseFragment(html).childNodes.map(textIn).join('');
      expect(page(briefs['html'] ?? '')).toContain(words);
      expect(page(markdownIt)).toContain(words);
      expect(remark).toContain(JSON.stringify(words).slice(1, -1));
      return;
    }
    const [, count, rest = ''] = number;
    if (Number(count) === 1 && !markdownIt.includes('start=')) expect(markdownIt).toContain(rest);
    else expect(markdownIt).toMatch(new RegExp(`<ol start="${count}">\\s*<li>(?:<p>)?${rest}`));
    expect(remark).toContain(rest);
    expect(markdownIt).not.toContain('&lt;!--');
  });

  it.each([
    ['町は**「夜の船」**を残す。会議は**長い。**次は春。', ['「夜の船」', '長い。']],
    ['**“말”**은 **서울**은', ['“말”', '서울']],
  ])('%s: the right words are bold, in every reader', async (text, bold) => {
    const { text: briefs } = await briefsOf(storyOf(text));
    const strong = (html: string) => [...html.matchAll(/<strong>(.*?)<\/strong>/g)].map(([, words]) => words);
    expect(strong(briefs['html'] ?? '')).toEqual(bold);
    const bare = bold.map((words) => words.replace(/^[「“]|[」”。]$/g, ''));
    expect(strong(createMarkdown().render(briefs['md'] ?? ''))).toEqual(bare);
    expect(briefs['txt']).toContain(text.replaceAll('**', ''));
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

function textIn(node: unknown): string {
  const { value, childNodes = [] } = node as { value?: string; childNodes?: unknown[] };
  return value ?? childNodes.map(textIn).join('');
}

describe('markup that readers would see', () => {
  const findings = async (text: string) =>
    (await briefsOf(storyOf(`${text} [@a] [@b]`))).diagnostics.filter(({ rule }) => rule === 'printed-markup');

  it.each(['***x y', 'x *** y', '***a b* c', '**x', 'x **y'])(
    'stars that are left over are named: %s',
    async (text) => {
      expect(await findings(text)).toMatchObject([{ message: expect.stringContaining('stars') }]);
    },
  );

  it.each(['f**k and s**t', '***good*** and **b** and *i*', '3*3'])('others are not: %s', async (text) => {
    expect(await findings(text)).toEqual([]);
  });

  it.each(['Two [@m and three.', 'Two [@m\n\nthree [@a]', 'Two [@m; @n'])(
    'a citation that is not closed is named: %j',
    async (text) => {
      expect(await findings(text)).toMatchObject([{ message: expect.stringContaining('not closed') }]);
    },
  );

  it('each link that did not become one is named', async () => {
    const text = 'See [a b](https://e.example/a b) and [the minutes [@a]](https://e.example/m).';
    expect(await findings(text)).toMatchObject(
      [{ hint: /%20/ }, { hint: /citation behind/ }].map(({ hint }) => ({ hint: expect.stringMatching(hint) })),
    );
  });

  it.each(['[](https://e.example/none)', '[ ](https://e.example/none)', '[\u00a0](https://e.example/none)'])(
    'a link without words has its address, and is named: %j',
    async (text) => {
      expect(await findings(text)).toMatchObject([{ message: expect.stringContaining('no words') }]);
      expect((await briefsOf(storyOf(text))).text['html']).toContain('>https://e.example/none</a>');
    },
  );
});

describe('a mark that makes a list of nothing else', () => {
  it.each(['1. January sees the change.', '1) Mai', '*', '1.', '- '])(
    'is named, with the way out: %j',
    async (text) => {
      const story = (prose: string) => `headline: A\nsections: [{ kind: text, text: ${JSON.stringify(prose)} }]\n`;
      const findings = (await briefsOf(story(text))).diagnostics;
      expect(findings).toMatchObject([{ rule: 'unmeant-markup', severity: 'warning' }]);
      const escaped = JSON.parse(`"${/: (\S.*)$/.exec(findings[0]?.hint ?? '')?.[1]}"`) as string;
      const made = await briefsOf(story(escaped), { formats: ['txt'] });
      expect(made.diagnostics).toEqual([]);
      expect(made.text['txt']).toContain(text.trim());
    },
  );
});
