import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { escapeHtml } from '../src/formats/html.js';
import { escapeMarkdown, markdown } from '../src/formats/markdown.js';
import { parseProse } from '../src/prose/parse.js';
import { type Block, citations, type Inline } from '../src/prose/tree.js';
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
