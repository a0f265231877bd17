import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isScalar, parseDocument, type Scalar, stringify, visit } from 'yaml';
import { loadStory } from '../src/checks/load.js';
import { dayText } from '../src/languages/calendar.js';
import { isoDate, parseDate } from '../src/languages/dates.js';
import { languages } from '../src/languages/index.js';
import { isSlug, slugify } from '../src/schema/fields.js';
import { storySchema } from '../src/story/schema.js';
import { slugOf } from '../src/story/story.js';
import { decode } from '../src/yaml/decode.js';
import { valueOffsets } from '../src/yaml/scalar-map.js';
import { briefsOf, RUNS, soundStories, storyOf } from './support.js';

describe('places in scalars', () => {
  const style = fc.constantFrom(
    'PLAIN',
    'QUOTE_SINGLE',
    'QUOTE_DOUBLE',
    'BLOCK_LITERAL',
    'BLOCK_FOLDED',
  ) as fc.Arbitrary<Scalar.Type>;
  const piece = fc.constantFrom(
    'word',
    "it's",
    '"q"',
    ' ',
    '  ',
    '\n',
    '\n\n',
    '\t',
    '日本',
    '👩‍👩‍👧',
    '\\',
    'é',
    ': ',
    ' #',
    '- ',
    '[@a]',
  );

  it('are those of the same characters in the file, in every style', () => {
    let mapped = 0;
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 20 }),
        style,
        fc.constantFrom(20, 60, 0),
        (pieces, type, lineWidth) => {
          const text = stringify({ a: { b: [pieces.join('')] } }, { defaultStringType: type, lineWidth });
          const document = parseDocument(text, { schema: 'failsafe' });
          visit(document, {
            Scalar(key, node) {
              if (key === 'key' || !isScalar(node)) return;
              const value = String(node.value);
              const offsets = valueOffsets(text, node);
              expect(offsets, JSON.stringify(text)).toBeDefined();
              for (let i = 0; i < value.length; i++) {
                const char = value[i] ?? '';
                const at = text[offsets?.[i] ?? -1] ?? '';
                if (!/\s/.test(char) && at !== '\\') expect(at, JSON.stringify({ text, value, i })).toBe(char);
                mapped++;
              }
            },
          });
        },
      ),
      RUNS,
    );
    expect(mapped).toBeGreaterThan(10_000);
  });
});

describe('the loader', () => {
  it('never throws, and gives a story or an error', () => {
    const line = fc.constantFrom(
      'headline: x',
      'sections:',
      '  - kind: text',
      '    text: |',
      '      words [@a]',
      'sources:',
      '  - id: a',
      '    outlet: A',
      '- x',
      '  - {',
      '}',
      ']',
      '"',
      "'",
      '\t',
      '---',
      '...',
      '&a b',
      '*a',
      '? x',
      ': y',
      '!t',
      '%',
      '@',
      '`',
      '# c',
      '',
      '\u00a0',
      'é',
      '👩‍👩‍👧',
      'a: b: c',
      '<<: *a',
      '[',
      '>',
      '|',
      'tags: [a, b',
      '\u0000',
      '\ud800',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(line, fc.constantFrom('\n', '\n  ', ' ', '')), { maxLength: 25 }), (lines) => {
        const { story, diagnostics } = loadStory(lines.flat().join(''), 'x.yaml');
        expect(Boolean(story)).toBe(!diagnostics.some(({ severity }) => severity === 'error'));
        for (const { line: row, column, rule, message } of diagnostics) {
          expect(row).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
          expect(rule).toMatch(/^[a-z-]+$/);
          expect(message).not.toBe('');
        }
      }),
      RUNS,
    );
  });

  it('reads what the schema accepts: zod itself finds nothing wrong with a loaded story', () => {
    for (const { bytes, name } of soundStories()) {
      const { story } = loadStory(bytes, 'x.yaml', { levels: { 'missing-headline': 'warning' } });
      const filled = Object.fromEntries(
        Object.entries(story ?? {}).filter(([, value]) => !Array.isArray(value) || value.length > 0),
      );
      expect(storySchema.safeParse(filled).error, name).toBeUndefined();
    }
  });

  it('a name from Object’s prototype is no source', () => {
    for (const id of ['toString', 'constructor', 'hasOwnProperty']) {
      const { diagnostics } = loadStory(storyOf(`x [@${id}]`), 'x.yaml');
      expect(diagnostics.map(({ rule }) => rule)).toContain('unknown-source');
    }
  });

  it('an alias bomb is refused at once, wherever it is', () => {
    const bomb = [
      'l0: &l0 [x,x,x,x,x,x,x,x,x,x]',
      ...Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(',')}]`),
    ];
    const { diagnostics } = loadStory(
      `headline: x\nsections: [{ kind: text, text: x }]\nextra:\n${bomb.map((line) => `  ${line}\n`).join('')}`,
      'x.yaml',
    );
    expect(diagnostics.map(({ rule }) => rule)).toContain('too-many-aliases');
  });
});

describe('encodings', () => {
  const text = 'headline: Café 日本 👩‍👩‍👧\n';
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16LE', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16BE', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['Windows line ends', Buffer.from(text.replace('\n', '\r\n'))],
  ])('%s is read', (_, bytes) => expect(decode(bytes)).toEqual({ ok: true, text }));

  it('any bytes are read exactly or refused with a place', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const decoded = decode(bytes);
        if (decoded.ok) expect(decoded.text).not.toContain('\ufffd');
        else expect(decoded.line).toBeGreaterThan(0);
      }),
      RUNS,
    );
  });
});

describe('dates', () => {
  it.each([
    ['2025-10-06', '2025-10-06'],
    ['2026-08-20 17:58:57 -07:00', '2026-08-20T17:58:57-07:00'],
    ['2026-08-20 7:58 +0530', '2026-08-20T07:58+05:30'],
    ['2024-02-29T00:30', '2024-02-29T00:30'],
    ['2024-02-29T23:59:59.5Z', '2024-02-29T23:59:59Z'],
    ['2019-02', '2019-02'],
  ])('%s is read as %s', (typed, iso) => expect(isoDate(parseDate(typed) ?? { year: 0 })).toBe(iso));

  it.each([
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '12024-03-01',
    '01/02/2024',
    '2024-03-01T24:00',
    '2024-03-01T23:59:60Z',
    '2024-03-01T10:00+25:00',
    '2024-3-1',
  ])('%s is none', (typed) => {
    expect(parseDate(typed)).toBeUndefined();
  });

  it('are written as Unicode’s locale data has them', () => {
    for (const lang of [...Object.keys(languages), 'en-US', 'en-GB']) {
      const system = (options: Intl.DateTimeFormatOptions, day: number, month: number) =>
        new Intl.DateTimeFormat(lang, { year: 'numeric', month: 'long', timeZone: 'UTC', ...options }).format(
          new Date(Date.UTC(2025, month - 1, day)),
        );
      for (let month = 1; month <= 12; month++) {
        const day = system({ day: 'numeric' }, month, month);
        expect(dayText(lang, 2025, month, month)).toBe(lang === 'fr' ? day.replace(/^1 /, '1er ') : day);
        expect(dayText(lang, 2025, month)).toBe(system({}, 1, month));
      }
    }
  });
});

it.each(Object.entries(languages))('%s is written in the script that Unicode says', (tag, { script }) => {
  expect(script).toBe(new Intl.Locale(tag).maximize().script);
});

describe('slugs', () => {
  it('of any text are slugs or nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 150 }), (text) => {
        const slug = slugify(text);
        expect(slug === '' || isSlug(slug), slug).toBe(true);
      }),
      RUNS,
    );
  });

  it.each([
    ['stories/north-korea.story.yaml', 'north-korea'],
    ['Crème Brûlée’s End.yml', 'creme-brulees-end'],
    ['con.story.yaml', /^story-[0-9a-f]{8}$/],
    ['北朝鮮.story.yaml', /^story-[0-9a-f]{8}$/],
  ])('of the file %s: %s', (file, slug) => expect(slugOf(file)).toMatch(slug));
});

it('a footnote in a text is told of: readers would see its mark', () => {
  const { diagnostics } = loadStory('headline: H\nsections:\n  - kind: text\n    text: So.[^1]\n', 'x.story.yaml');
  expect(diagnostics.map(({ rule, line, column }) => [rule, line, column])).toEqual([['printed-markup', 4, 14]]);
});

describe('a hint that is followed gives a story that passes', () => {
  const head =
    'headline: H\nsources: [{ id: a, outlet: A, title: T, url: "https://a.example/1", published: 2025-01-01 }]\n';
  const text = 'sections:\n  - kind: text\n    heading: T\n    text: Words. [@a]\n';

  it.each([
    [
      `headline: H\nsources:\n  a:\n    outlet: A\n    title: T\n    url: https://a.example/1\n    published: 2025-01-01\n${text}`,
      'write - { id: a, outlet: A, title: T, url: https://a.example/1, published: 2025-01-01 }',
      `headline: H\nsources:\n  - { id: a, outlet: A, title: T, url: https://a.example/1, published: 2025-01-01 }\n${text}`,
    ],
    [
      `${head}${text}  - kind: timeline\n    items:\n      - 2019: It opened, then.\n`,
      'write - { date: 2019, text: "It opened, then." }',
      `${head}${text}  - kind: timeline\n    items:\n      - { date: 2019, text: "It opened, then." }\n`,
    ],
    [
      `${head}${text}  - kind: text\n    heading: T\n    text:\n      First.\n\n      Second: third.\n`,
      'put | after "text:"',
      `${head}${text}  - kind: text\n    heading: T\n    text: |\n      First.\n\n      Second: third.\n`,
    ],
    [
      `${head}${text}  - kind: text\n    heading: T\n    text: First.\n\n      Second: third.\n`,
      'write "text: |"',
      `${head}${text}  - kind: text\n    heading: T\n    text: |\n      First.\n\n      Second: third.\n`,
    ],
    [
      `${head}${text}  - summary:\n      text: One.\n`,
      'write "- kind: summary"',
      `${head}${text}  - kind: summary\n    text: One.\n`,
    ],
  ])('%j', async (bad, hint, good) => {
    const { diagnostics } = await briefsOf(bad);
    expect(diagnostics.map((diagnostic) => diagnostic.hint)).toEqual([expect.stringContaining(hint)]);
    expect((await briefsOf(good)).diagnostics).toEqual([]);
  });
});
