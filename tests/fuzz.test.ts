import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadStory } from '../src/checks/load.js';
import { rules } from '../src/checks/rules/index.js';
import { type Diagnostic, OWN_FAULT } from '../src/diagnostics.js';
import { loadEdition } from '../src/edition/load.js';
import { importStory } from '../src/importing/import.js';
import { ImportError } from '../src/importing/manuscript.js';
import { TemplateError } from '../src/render/template-error.js';
import { createTemplates } from '../src/render/templates.js';
import { textsOf } from '../src/schema/walk.js';
import { houseOf, readConfig } from '../src/settings/config.js';
import { storyShape } from '../src/story/schema.js';
import { briefsOf, ROOT } from './support.js';

/**
 * Files of ours with a few changes each, of which none may make nutgraf fail, hang, lose a word or report something nowhere.
 * `npm run fuzz -- 10` looks for ten minutes, from another start each time; what it finds is made as small as can be.
 */
const MINUTES = process.env['FUZZ_MINUTES'] === undefined ? undefined : Number(process.env['FUZZ_MINUTES']);
/** So many files of each sort without a time: about a minute. */
const USUAL_RUNS = 6000;
const SEED = Number(process.env['FUZZ_SEED'] ?? 20261127);
const TARGETS = 5;
const LONGEST = 10_000;

const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8');
const filesIn = (folder: string, pattern: RegExp) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => pattern.test(file))
    .sort()
    .map((file) => read(folder, file))
    .filter((text) => text.length < 20_000);

const stories = [...filesIn('tests/cases', /story\.yaml$/), ...filesIn('stories', /\.story\.yaml$/)];

/** What breaks things: marks of YAML, Markdown, HTML, JSON and Handlebars, and characters that are hard to hold. */
const PIECES = [
  ...[
    '"',
    "'",
    ': ',
    ':',
    '- ',
    '-',
    '#',
    ' #',
    '|',
    '>',
    '|-',
    '[',
    ']',
    '{',
    '}',
    ',',
    '&a ',
    '*a',
    '!',
    '%',
    '@',
    '`',
    '?',
    '<<: ',
    '\t',
    '  ',
    '\n',
    '\n\n',
    '\r',
    '\r\n',
    '---\n',
    '...\n',
    '"<<"',
    '__proto__',
    'null',
    '~',
    '[]',
    '{}',
  ],
  ...[
    '**',
    '*',
    '_',
    '`',
    '```',
    '[@',
    '[@a]',
    '](',
    '[x](https://e.example/)',
    '\\',
    '> ',
    '1. ',
    '+ ',
    '| ',
    '~~',
    '<b>',
    '</b>',
    '<',
    '&amp;',
    '&#0;',
    '&#x1F;',
    '<!--',
    '-->',
    '<script>',
    '<p class="',
    '</table>',
  ],
  ...['{{', '}}', '{{#each sections}}', '{{/each}}', '{{headline', '{{> ', '{{#if', '{{else}}', '{{@root.', '{{!--'],
  ...[
    '\u0000',
    '\u001b[31m',
    '\u200b',
    '\u202e',
    '\u2066',
    '\ufeff',
    '\ufffd',
    '\u00a0',
    '\u2028',
    '🙂',
    '\u0301',
    '「',
    'م',
    'İ',
    '999999999999',
    '2025-10-06',
    'https://e.example/',
    'EMBARGOED',
    'draft: true\n',
  ],
];

const change = fc.record({
  what: fc.constantFrom('insert', 'delete', 'repeat', 'move', 'cut'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  to: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 40 }),
  times: fc.integer({ min: 2, max: 30 }),
  piece: fc.constantFrom(...PIECES),
});

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(text: string, { what, at, to, length, times, piece }: Change): string {
  const [start, target] = [Math.floor(at * text.length), Math.floor(to * text.length)];
  const part = text.slice(start, start + length);
  const without = text.slice(0, start) + text.slice(start + length);
  if (what === 'insert') return text.slice(0, start) + piece + text.slice(start);
  if (what === 'delete') return without;
  if (what === 'repeat') return text.slice(0, start) + part.repeat(times) + text.slice(start + length);
  if (what === 'move') return without.slice(0, target) + part + without.slice(target);
  return text.slice(0, start); // cut
}

/** A text of a list with a few changes. */
const mutantOf = (texts: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([text, changes]) => changes.reduce(changed, text))
    .filter((text) => text.length < 100_000);

async function fuzz(texts: readonly string[], look: (text: string) => void | Promise<void>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(mutantOf(texts), async (text) => {
      const start = performance.now();
      await look(text);
      if (MINUTES !== undefined) expect(performance.now() - start, 'it takes very long').toBeLessThan(LONGEST);
    }),
    {
      seed: SEED,
      ...(MINUTES === undefined
        ? { numRuns: USUAL_RUNS }
        : {
            numRuns: Number.MAX_SAFE_INTEGER,
            interruptAfterTimeLimit: (MINUTES * 60_000) / TARGETS,
            markInterruptAsFailure: false,
          }),
    },
  );
}

/** Every finding has a place in its file, and says something. */
function soundFindings(findings: readonly Diagnostic[], text: string): void {
  const lines = text.split(/\r\n|\n/).length;
  for (const diagnostic of findings) {
    expect(diagnostic.rule, diagnostic.message).not.toBe(OWN_FAULT);
    expect(diagnostic.message).not.toBe('');
    expect(diagnostic.line >= 1 && diagnostic.line <= lines && diagnostic.column >= 1, JSON.stringify(diagnostic)).toBe(
      true,
    );
    expect(
      diagnostic.endLine > diagnostic.line || diagnostic.endColumn >= diagnostic.column,
      JSON.stringify(diagnostic),
    ).toBe(true);
  }
}

const wordsOf = (text: string) => text.normalize('NFC').match(/[\p{L}\p{N}]{3,}/gu) ?? [];

/** Fields that no brief prints as they are. */
const SILENT = /^(?:ednote|newsletter|extra|status|lang|slug|genre|translations|embargo|id|nature|made_with)$/;

async function looksAtStory(text: string): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
  const { story, diagnostics } = loadStory(bytes, 'a.story.yaml');
  soundFindings(diagnostics, bytes.toString('utf8'));
  if (!story) return;
  const { text: briefs, refused } = await briefsOf(bytes, { formats: ['html', 'md', 'txt', 'json'], draft: true });
  expect(refused).toBeUndefined();
  for (const [format, brief] of Object.entries(briefs))
    expect(brief.includes('\ufffd') || /\p{Cs}/u.test(brief), format).toBe(false);
  // Lines break within words of scripts that put no spaces between them.
  const printed = (briefs['txt'] ?? '').normalize('NFC').replace(/\s/g, '');
  for (const { text: entry, type, path } of textsOf(story, storyShape))
    if ((type === 'line' || type === 'prose') && !path.some((step) => SILENT.test(String(step))))
      for (const word of wordsOf(entry.replace(/\[@[^\]]*\]|https?:\S+|mailto:\S+/g, ' ').replace(/[\\*_`]/g, ' ')))
        if (!printed.includes(word)) expect.fail(`"${word}" of ${path.join('.')} is lost`);
}

const edition = read('stories', 'ellery-morning.edition.yaml');
const settings = `publication: { name: The Example, url: "https://example.org/", lang: en-GB, contact: a@example.org }
headings: { en: { summary: The news } }
labels: { cy: { sources: Ffynonellau, made_with: { people: Pobl } } }
sections: { order: [summary, analysis], required: [summary], words: { summary: 120 } }
rules: { missing-outlet: error, unused-source: off, headline-length: { level: warning, most: 80 } }
templates: ours
output: out
formats: [html, txt]
import: { headings: { analysis: [The upshot] } }
`;

describe(`nutgraf, from seed ${SEED}`, () => {
  const patience = { timeout: (MINUTES ?? 1) * 60_000 * 2 + 120_000 };

  it('reads stories', patience, () => fuzz(stories, looksAtStory));

  it('reads editions', patience, () =>
    fuzz([edition], (text) => soundFindings(loadEdition(Buffer.from(text), 'a.edition.yaml').diagnostics, text)),
  );

  it('reads settings', patience, () =>
    fuzz([settings], (text) => {
      const { config, diagnostics } = readConfig(Buffer.from(text), 'nutgraf.config.yaml');
      soundFindings(diagnostics, text);
      if (config) loadStory(stories[0] ?? '', 'a.story.yaml', houseOf(config));
    }),
  );

  it('imports', patience, async () => {
    const isRule = new Set(rules.map(({ name }) => name));
    const names = ['x.html', 'x.md', 'x.txt', 'x.json', 'x.aml'];
    const inputs = [...filesIn('tests/cases', /brief\.(?:html|md|txt)$/).slice(0, 40), ...stories.slice(0, 8)];
    await fuzz([...inputs, '{"headline":"A","sections":[{"kind":"text","text":"b"}]}'], (text) => {
      const name = names[text.length % names.length] as string;
      try {
        const made = importStory(Buffer.from(text), name);
        expect(/\ufffd|\p{Cs}/u.test(made.text), 'U+FFFD').toBe(false);
        const errors = loadStory(made.text, 'a.story.yaml').diagnostics.filter(
          ({ severity, rule }) => severity === 'error' && !isRule.has(rule),
        );
        expect(errors, made.text).toEqual([]);
        // Plain text has no marks that could be taken for words: each word is in the story, or in the report.
        if (name !== 'x.txt') return;
        const kept = `${made.text}\n${made.notes.map((note) => `${note.message} ${note.text ?? ''}`).join('\n')}`;
        const bare = kept.normalize('NFC').replace(/\\x[\dA-F]{2}|[\s\\]/g, '');
        // Headings of the table are kinds of sections, and short lines are fields.
        const long = text.split('\n').filter((line) => line.length > 40);
        for (const word of wordsOf(long.join('\n').replace(/\p{Cc}|\p{Cf}/gu, ' ')))
          if (!/^\d+$/.test(word) && !bare.includes(word) && !/[\ufffd\u001b]/.test(text))
            expect.fail(`"${word}" is lost`);
      } catch (error) {
        if (!(error instanceof ImportError)) throw error;
      }
    });
  });

  it('compiles and runs templates', patience, async () => {
    const ours = filesIn('templates/html', /\.hbs$/);
    await fuzz(ours, async (text) => {
      try {
        const templates = await createTemplates(['html'], new Map([['html/brief', text]]));
        const { assemble } = await import('../src/assemble.js');
        assemble(stories.at(-1) ?? '', 'a.story.yaml', { formats: ['html'], templates, now: new Date(0), draft: true });
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
      }
    });
  });
});
