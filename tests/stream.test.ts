import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nutgraf, ROOT } from './support.js';

const story = (headline: string, more = '') =>
  `headline: ${headline}\n${more}sections:\n  - kind: summary\n    text: It closes on Monday.\n`;

describe('a stream of stories', () => {
  const lines = (out: string) =>
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('of YAML documents gives a line of JSON for each, with places in the stream', () => {
    const input = `${story('One')}---\n${story('Two', 'slug: two\n')}--- # next\nheadline: [\n...\n---\n${story('Held', 'status: held\n')}`;
    const { code, out } = nutgraf(['build', '--stream', '--to', 'txt,md'], { input });
    expect(code).toBe(1);
    const results = lines(out);
    expect(results).toMatchObject([
      { index: 1, line: 1, status: 'built', slug: 'story-1', diagnostics: [] },
      { index: 2, line: 5, status: 'built', slug: 'two' },
      { index: 3, status: 'failed', diagnostics: [{ rule: 'unclosed-bracket', line: 11, column: 11 }] },
      { index: 4, status: 'held back', refused: 'the story is held', briefs: {} },
    ]);
    expect(results[1]?.['briefs']).toMatchObject({ md: expect.stringContaining('# Two'), txt: expect.any(String) });
  });

  it('of lines of JSON reads what programs write, and names a bad line', () => {
    const record = { headline: 'A 😀', dek: null, sections: [{ kind: 'summary', text: 'One.\n\nTwo / three.\n' }] };
    const escaped = JSON.stringify(record).replace('😀', '\\ud83d\\ude00').replace('/', '\\/');
    const { code, out } = nutgraf(['build', '--stream', '--to', 'txt'], { input: `${escaped}\n\nnonsense\n` });
    expect(code).toBe(1);
    expect(lines(out)).toMatchObject([
      { status: 'built', briefs: { txt: expect.stringContaining('A 😀') } },
      { status: 'failed', diagnostics: [{ line: 3 }] },
    ]);
    expect(out).toContain('Two / three.');
  });

  it('refuses bytes that are not text, and a story that is too long, and goes on', () => {
    const long = `headline: L\nsections: [{kind: text, text: "${'x'.repeat(5_100_000)}"}]\n`;
    const input = Buffer.concat([
      Buffer.from(`headline: caf\xe9\n---\n`, 'latin1'),
      Buffer.from(`${long}---\n${story('Good')}`),
    ]);
    expect(lines(nutgraf(['build', '--stream', '--to', 'txt'], { input }).out)).toMatchObject([
      { diagnostics: [{ rule: 'bad-encoding', line: 1, column: 14 }] },
      { diagnostics: [{ rule: 'file-too-large' }] },
      { index: 3, status: 'built' },
    ]);
  });

  it('gives each result as soon as its line is whole', async () => {
    const child = spawn(process.execPath, [join(ROOT, 'bin/nutgraf.js'), 'build', '--stream', '--to', 'txt']);
    const [line] = JSON.stringify({ headline: 'A', sections: [{ kind: 'summary', text: 'x' }] }).split('\n');
    for (const index of [1, 2]) {
      child.stdin.write(`${line}\n`);
      const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
      expect(String(chunk)).toContain(`"index":${index}`);
    }
    child.stdin.end();
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  it('takes comments and directives before, between and after documents for no story', () => {
    const input = `%YAML 1.2\n# first\n---\n${story('One')}---\n# nothing\n---\n${story('Two')}...\n# end\n`;
    expect(lines(nutgraf(['build', '--stream', '--to', 'txt'], { input }).out)).toMatchObject([
      { index: 1, status: 'built', slug: 'story-1' },
      { index: 2, status: 'built' },
    ]);
  });

  it.each([
    ['a full disk', '> /dev/full', 4, 'cannot write to standard output'],
    ['a folder for standard input', '< .', 2, 'standard input is a folder'],
  ])('says so at %s', (_, redirection, code, message) => {
    const script = redirection.startsWith('>')
      ? `echo '{"headline":"A","sections":[{"kind":"summary","text":"x"}]}' | { ${process.execPath} bin/nutgraf.js build --stream --to txt ${redirection}; echo "code $?" >&2; } 2>&1`
      : `{ ${process.execPath} bin/nutgraf.js build --stream --to txt ${redirection}; echo "code $?" >&2; } 2>&1`;
    const out = execFileSync('bash', ['-c', script], { cwd: ROOT, encoding: 'utf8' });
    expect(out).toContain(message);
    expect(out).toContain(`code ${code}\n`);
  });

  it('ends quietly where nobody reads any more', () => {
    const run = execFileSync(
      'bash',
      [
        '-c',
        `yes '${JSON.stringify({ headline: 'A', sections: [{ kind: 'summary', text: 'x' }] })}' | ${process.execPath} ${join(ROOT, 'bin/nutgraf.js')} build --stream --to txt | head -1; echo "${'$'}{PIPESTATUS[1]}"`,
      ],
      { encoding: 'utf8', timeout: 20_000 },
    );
    expect(run).toMatch(/"index":1.*\n0\n$/);
  });

  it.each([
    [['build', '--stream', 'stories'], 'standard input alone'],
    [['build', '--stream', '--prune'], 'leave --prune out'],
    [['build', '--shard', '5/4'], '--shard needs i/n'],
    [['build', 'nowhere', '--watch'], 'there is no file or folder "nowhere"'],
    [['build', '--watch', '--to', 'htm'], 'did you mean "html"?'],
  ])('says what does not go together: %j', (args, message) => {
    expect(nutgraf(args)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });
});
