import createMarkdown from 'markdown-it';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { briefsOf, storyOf } from './support.js';

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
