import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadStory } from '../src/checks/load.js';
import { importStory } from '../src/importing/import.js';
import { briefsOf } from './support.js';

/** Characters that are looked at: by patterns, by the YAML parser, and by walks through its documents. */
let work = 0;

vi.mock('yaml', async (original) => {
  const yaml = await original<typeof import('yaml')>();
  return {
    ...yaml,
    parseAllDocuments: ((text: string, ...rest: []) => {
      work += text.length;
      return yaml.parseAllDocuments(text, ...rest);
    }) as typeof yaml.parseAllDocuments,
    visit: ((document: { range?: number[] }, visitor: never) => {
      work += document.range?.[1] ?? 0;
      yaml.visit(document as never, visitor);
    }) as unknown as typeof yaml.visit,
  };
});

const { exec } = RegExp.prototype;

beforeEach(() => {
  RegExp.prototype.exec = function (this: RegExp, text: string) {
    const start = this.global || this.sticky ? this.lastIndex : 0;
    const match = exec.call(this, text);
    work += (match ? match.index + match[0].length : this.sticky ? start + 1 : String(text).length) - start;
    return match;
  };
});

afterEach(() => {
  RegExp.prototype.exec = exec;
});

async function workOf(run: () => unknown): Promise<number> {
  work = 0;
  await run();
  return work;
}

/** Four times as much of something takes about four times the work, not sixteen. */
async function isLinear(run: (n: number) => unknown, n: number): Promise<void> {
  await run(10); // what is made once is made before
  const [less, more] = [await workOf(() => run(n)), await workOf(() => run(4 * n))];
  expect(less).toBeGreaterThan(0);
  expect(more / less).toBeLessThan(6);
}

const story = (text: string) => JSON.stringify({ headline: 'A', sections: [{ kind: 'text', text }] });

const HEAD = 'headline: A\nsections:\n';

describe('the work for what is wrong does not grow faster than the file', () => {
  it.each<[string, (n: number) => string]>([
    ['quotes that are never closed', (n) => 'x: "\n'.repeat(n)],
    ['quotes in lists', (n) => HEAD + '  - k: "a\n'.repeat(n)],
    ['entries of the wrong type', (n) => `${HEAD}${'- x\n'.repeat(n)}`],
    ['words behind quotes', (n) => HEAD + '"a" b\n'.repeat(n)],
    ['lines out of a block', (n) => `${HEAD}  - kind: text\n    text: |\n      a\n${'   out of line\n'.repeat(n)}`],
    ['stray apostrophes', (n) => `${HEAD}${"  - kind: 'te'xt'\n".repeat(n)}`],
    ['colons in texts', (n) => `${HEAD}${'  - kind: text: a\n'.repeat(n)}`],
    ['unknown fields', (n) => HEAD + Array.from({ length: n }, (_, i) => `f${i}: x\n`).join('')],
    ['comments that cut', (n) => `${HEAD}${'  - kind: text # a\n    text: Gang #4\n'.repeat(n)}`],
    ['citations of nothing', (n) => story('A [@nobody]. '.repeat(n))],
    ['marks that are left over', (n) => story('A **b and [c](d e). '.repeat(n))],
    [
      'waivers of nothing',
      (n) => `${'# nutgraf allow late-correction: why\n'.repeat(n)}${HEAD}  - kind: text\n    text: a\n`,
    ],
  ])('%s', async (_, text) => {
    await isLinear((n) => loadStory(text(n), 'a.story.yaml'), 250);
  });

  it.each<[string, string]>([
    ['emphasis', 'The *minister* said so. '],
    ['links', '[a](https://e.example/x) and '],
    ['line breaks', 'a\\\n'],
    ['stars', '***a '],
    ['stars and dashes', '*- '],
    ['code', '`a` '],
    ['entries', '- a\n'],
    ['numbers', '1. a\n'],
    ['quotations', '> a\n\n'],
  ])('nor the work for %s, in Markdown and text', async (_, piece) => {
    const text = (n: number) => story(`Words ${piece.repeat(n)}end`);
    await isLinear((n) => briefsOf(text(n), { formats: ['md', 'txt'] }), 250);
  });

  it.each<[string, (n: number) => string]>([
    [
      'sources that are cited',
      (n) =>
        `${HEAD}  - kind: text\n    text: |\n${many(n, (i) => `      Claim ${i} [@s${i}].\n\n`)}` +
        `sources:\n${many(n, (i) => `  - id: s${i}\n    outlet: Paper ${i}\n    url: https://e.example/${i}\n`)}`,
    ],
    ['sections', (n) => `${HEAD}${many(n, (i) => `  - kind: text\n    heading: Part ${i}\n    text: Words ${i}.\n`)}`],
    [
      'a timeline',
      (n) =>
        `${HEAD}  - kind: timeline\n    items:\n${many(n, (i) => `      - date: ${1000 + (i % 999)}\n        text: It ${i}.\n`)}`,
    ],
    [
      'a long line',
      (n) => `${HEAD}  - kind: text\n    text: "${'The council agreed, said Maya Okafor. '.repeat(n)}"\n`,
    ],
    [
      'paragraphs',
      (n) => `${HEAD}  - kind: text\n    text: |\n${'      The council agreed, said Maya.\n\n'.repeat(n)}`,
    ],
  ])('nor the work for %s, in HTML, Markdown and text', async (_, text) => {
    expect(loadStory(text(20), 'a.story.yaml').story).toBeDefined();
    await isLinear((n) => briefsOf(text(n), { formats: ['html', 'md', 'txt'] }), 200);
  });

  it.each([...'*_`[]<&"(~!@-\\:#>|“‘漢ع\u00a0\u200d', '[@', '[a](', '{{', '&amp; ', 'http://', '1,000 ', '- '])(
    'nor the work for %j many times over',
    async (mark) => {
      await isLinear((n) => briefsOf(story(`a ${mark.repeat(n)}`), { formats: ['html', 'md', 'txt'] }), 250);
    },
  );

  it.each<[string, string, (n: number) => string]>([
    [
      'footnotes',
      'x.md',
      (n) => many(n, (i) => `Claim.[^${i}]\n\n`) + many(n, (i) => `[^${i}]: Outlet: T https://e.example/${i}\n`),
    ],
    ['links by name', 'x.md', (n) => many(n, (i) => `[a][${i}] `) + many(n, (i) => `\n[${i}]: https://e.example/${i}`)],
    [
      'paragraphs',
      'x.html',
      (n) => `<h1>T</h1>${'<p>One <b>two</b> <a href="https://e.example/">x</a></p>'.repeat(n)}`,
    ],
    ['tags that never end', 'x.html', (n) => `<h1>T</h1>${'<a href="x '.repeat(n)}`],
    ['lines', 'x.txt', (n) => `Title\n\n${'One line of it.\n\n'.repeat(n)}`],
  ])('nor the work of importing %s', async (_, name, text) => {
    await isLinear((n) => importStory(text(n), name), 100);
  });
});

const many = (n: number, make: (i: number) => string) => Array.from({ length: n }, (_, i) => make(i)).join('');
