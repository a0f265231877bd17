import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixText } from '../src/checks/fix.js';
import { loadStory } from '../src/checks/load.js';
import { nutgraf, RUNS, temporaryFolder } from './support.js';

/** A folder of stories with settings, or without. */
function desk(files: Readonly<Record<string, string>>): string {
  const cwd = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(cwd, name, '..'), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return cwd;
}

describe('check --fix', () => {
  const fixed = (text: string) => fixText(text, (read) => loadStory(read, 'a', {}).diagnostics).text;

  const BROKEN =
    'title: Gang #4 jailed\r\ndek: &Partners announce # for now\r\nkicker: !Breaking news\r\nsections:\r\n  - kind: text\r\n    text: "It fell." # [@ap]\r\n';

  it('fixes what loses no word, leaves all else byte for byte, and shows it first with --dry-run', () => {
    const cwd = desk({ 'a.story.yaml': BROKEN });
    const dry = nutgraf(['check', '--fix', '--dry-run', '.'], { cwd });
    expect(dry.out).toContain('-title: Gang #4 jailed\n');
    expect(dry.out).toContain('+headline: "Gang #4 jailed"\n');
    expect(readFileSync(join(cwd, 'a.story.yaml'), 'utf8')).toBe(BROKEN);
    const run = nutgraf(['check', '--fix', '.'], { cwd });
    expect(run.err).toContain('a.story.yaml: 3 fixes made');
    // What stands behind "# " may be for colleagues, so quotes are not put around it.
    expect(run.out).toContain('a.story.yaml:2:6: error unused-anchor');
    expect(readFileSync(join(cwd, 'a.story.yaml'), 'utf8')).toBe(
      BROKEN.replace('title: Gang #4 jailed', 'headline: "Gang #4 jailed"').replace(
        '!Breaking news',
        '"!Breaking news"',
      ),
    );
    expect(nutgraf(['check', '--fix', '.'], { cwd }).err).toBe('');
  });

  it('takes tracking out of addresses, however they are written', () => {
    const story = (url: string) =>
      `headline: H\nsections: [{ kind: text, text: "T [@a]" }]\nsources:\n  - id: a\n    outlet: O\n    url: ${url} # ours\n`;
    for (const quote of ['', '"', "'"]) {
      const text = story(`${quote}https://a.example/1?utm_source=x&id=3&fbclid=9#top${quote}`);
      expect(fixed(text)).toBe(story(`${quote}https://a.example/1?id=3#top${quote}`));
    }
    const escaped = story('"https://a.example/1?utm_source=\\x61"');
    expect(fixed(escaped)).toBe(escaped);
  });

  it('gives a field its name only where the story has none of that name', () => {
    const text = 'headline: H\ntitle: T\nsections: [{ kind: text, text: T }]\n';
    expect(fixed(text)).toBe(text);
  });

  it('makes no fix that leaves its finding, and makes the others', () => {
    const rename = (name: string, better: string) => (text: string) => {
      const at = text.split('\n').findIndex((line) => line.includes(name)) + 1;
      const place = { line: at, column: 1, endLine: at, endColumn: name.length + 1 };
      const finding = {
        file: 'a',
        ...place,
        severity: 'error',
        rule: 'r',
        message: name,
        hint: '',
        source: '',
      } as const;
      return at === 0 ? [] : [{ ...finding, fix: { ...place, text: better } }];
    };
    const [stays, goes] = [rename('dark', 'darker'), rename('light', 'bright')];
    const findingsIn = (text: string) => [...stays(text), ...goes(text)];
    const { text, fixed: made } = fixText('dark\nlight\n', findingsIn);
    expect(text).toBe('dark\nbright\n');
    expect(made.map(({ message }) => message)).toEqual(['light']);
  });

  it('never loses a letter of what was typed', () => {
    const bits = fc.constantFrom(
      'Gang #4',
      '&Partners',
      '!Breaking news',
      '*stars',
      'a: b',
      '"x" said',
      '[x] y',
      '@you',
      '%',
      'plain',
      "it's",
      '# note',
      '{a}',
      '- b',
      '? c',
      '| d',
      '> e',
      '`f`',
      '~',
      '日本',
      '😀 #x',
    );
    const line = fc.array(bits, { minLength: 1, maxLength: 4 }).map((all) => all.join(' '));
    const letters = (text: string) => text.replace(/["'\\\s]/g, '');
    fc.assert(
      fc.property(line, line, (headline, dek) => {
        const text = `headline: ${headline}\ndek: ${dek}\nsections:\n  - kind: text\n    text: ${dek}\n`;
        expect(letters(fixed(text))).toBe(letters(text));
      }),
      RUNS,
    );
  });
});
