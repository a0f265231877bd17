import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn as spawnPty } from '@lydell/node-pty';
import { describe, expect, it } from 'vitest';
import { loadStory } from '../src/checks/load.js';
import { type Ask, BACK } from '../src/cli/wizard/ask.js';
import { interview } from '../src/cli/wizard/interview.js';
import { readPasted } from '../src/cli/wizard/paste.js';
import { sectionKinds } from '../src/cli/wizard/questions.js';
import { Session } from '../src/cli/wizard/session.js';
import { nutgraf, ROOT, temporaryFolder } from './support.js';

const GOOD =
  '# desk copy\nheadline:  "Bridge closes" # short\nsections:\n- kind: summary\n  text: It closes on Monday.\n';

/** The real command in a terminal of its own. */
function terminal(args: string[], cwd: string, env: Record<string, string> = {}) {
  const pty = spawnPty(process.execPath, [join(ROOT, 'bin', 'nutgraf.js'), ...args], {
    cwd,
    cols: 100,
    rows: 40,
    env: { ...(process.env as Record<string, string>), NO_COLOR: '1', ...env },
  });
  let screen = '';
  let code: number | undefined;
  pty.onData((data) => (screen += data));
  pty.onExit(({ exitCode, signal }) => (code = exitCode || (signal ? 128 + signal : 0)));
  const until = async (done: () => boolean, what: string) => {
    for (let i = 0; i < 400; i++) {
      if (done()) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`never saw ${what} in:\n${screen.slice(-2000)}`);
  };
  return {
    pty,
    all: () => screen,
    /** Waits for words, then types keys. */
    async when(words: string, keys: string) {
      await until(() => screen.includes(words), words);
      await new Promise((resolve) => setTimeout(resolve, 60));
      screen = '';
      pty.write(keys);
    },
    async sees(words: string) {
      await until(() => screen.includes(words), words);
    },
    async exit() {
      await until(() => code !== undefined, 'the end');
      return code;
    },
  };
}

const DOWN = '\x1b[B';

describe('nutgraf new, in a terminal', () => {
  it('writes a story from nothing: going back, a wrong answer, a pasted text, a citation', async () => {
    const cwd = temporaryFolder();
    const text = Array.from(
      { length: 20 },
      (_, i) => `Paragraph ${i}: ${'the council voted “seven to six” – late. '.repeat(25).trim()}`,
    ).join('\n\n');
    const t = terminal(['new', 'a.story.yaml'], cwd);
    await t.when('Headline', 'Gang #3\r');
    await t.when('Slug', '<\r');
    await t.when('Headline', 'Gang #4 jailed\r');
    await t.when('Slug', '\r');
    await t.when('Dek', '\r');
    await t.when('Byline', 'Jane Smith\r');
    await t.when('Published', 'yesterday\r');
    await t.when('is not a date', '2025-10-06\r');
    await t.when('Language', '\r');
    await t.when('Add a source?', '\r');
    await t.when('Outlet', 'Town Council\r');
    await t.when('Title', '\r');
    await t.when('Link', '\r');
    await t.when('Published', '\r');
    await t.when('Id', '\r');
    await t.when('Add another?', '\r');
    await t.when('Add a section', '\r');
    await t.when('Type or paste', '\r');
    await t.when('End with Ctrl-D', `\x1b[200~${text.replaceAll('\n', '\r')}\x1b[201~`);
    await t.when('Paragraph 19', '\x04');
    await t.when('Which sources', ' \r');
    await t.when('Add another?', '\r');
    await t.when('The story is sound', '\r');
    expect(await t.exit()).toBe(0);
    const file = readFileSync(join(cwd, 'a.story.yaml'), 'utf8');
    const { story, diagnostics } = loadStory(file, 'a.story.yaml');
    expect(diagnostics.map(({ rule }) => rule)).toEqual(['incomplete-source']);
    expect(story).toMatchObject({
      headline: 'Gang #4 jailed',
      slug: 'gang-4-jailed',
      byline: [{ name: 'Jane Smith' }],
    });
    expect(story?.sections[0]).toMatchObject({ kind: 'summary', text: `${text} [@town-council]\n` });
    expect(file).toMatch(/^# yaml-language-server: \$schema=.*\nheadline: "Gang #4 jailed"\n/);
    expect(readdirSync(cwd)).toEqual(['a.story.yaml']);
  });

  it('takes several pasted lines into one answer of one line', async () => {
    const cwd = temporaryFolder();
    const t = terminal(['new', 'a.story.yaml'], cwd);
    await t.when('Headline', 'Bridge\rcloses\ron Monday\r');
    await t.when('Slug', '\x03');
    expect(await t.exit()).toBe(130);
    expect(readFileSync(join(cwd, 'a.story.yaml.draft'), 'utf8')).toContain('headline: Bridge closes on Monday\n');
  });

  const ends: [string, (t: ReturnType<typeof terminal>) => void, number | undefined][] = [
    ['Ctrl-C', (t) => t.pty.write('\x03'), 130],
    ['Ctrl-D', (t) => t.pty.write('\x04'), 130],
    ['SIGTERM', (t) => t.pty.kill('SIGTERM'), 143],
    ['SIGHUP', (t) => t.pty.kill('SIGHUP'), 129],
    ['a closed terminal', (t) => t.pty.kill(), undefined],
    ['SIGKILL', (t) => t.pty.kill('SIGKILL'), undefined],
  ];
  it.each(ends)('keeps a draft after %s, and goes on with it', async (_, end, expected) => {
    const cwd = temporaryFolder();
    const t = terminal(['new'], cwd);
    await t.when('Headline', 'Bridge closes\r');
    await t.sees('Slug');
    end(t);
    const code = await t.exit();
    if (expected !== undefined) {
      expect(code).toBe(expected);
      expect(t.all()).toContain('nutgraf-draft.yaml');
    }
    expect(readFileSync(join(cwd, 'nutgraf-draft.yaml'), 'utf8')).toContain('headline: Bridge closes\n');
    const again = terminal(['new', '--resume'], cwd);
    for (const question of ['Slug', 'Dek', 'Byline', 'Published', 'Language']) await again.when(question, '\r');
    await again.when('Add a source?', `${DOWN}\r`);
    await again.when('Add a section', 'Later');
    await again.when('❯ Later', '\r');
    // A story with open problems is saved by its last choice, reached by its first letters.
    await again.when('Headline: Bridge closes', 'Save it');
    await again.when('❯ Save it', '\r');
    expect(await again.exit()).toBe(0);
    expect(readFileSync(join(cwd, 'bridge-closes.story.yaml'), 'utf8')).toContain('headline: Bridge closes\n');
    expect(existsSync(join(cwd, 'nutgraf-draft.yaml'))).toBe(false);
  });

  it('keeps the text that was being typed', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.story.yaml'), GOOD);
    const t = terminal(['add', 'section', 'a.story.yaml', '--kind', 'next'], cwd);
    await t.when('Type or paste', '\r');
    await t.when('End with Ctrl-D', 'Half a sent');
    await t.when('Half a sent', '\x03');
    expect(await t.exit()).toBe(130);
    expect(readFileSync(join(cwd, 'a.story.yaml.draft'), 'utf8')).toContain('Half a sent');
    expect(readFileSync(join(cwd, 'a.story.yaml'), 'utf8')).toBe(GOOD);
  });

  it.each(['SIGTERM', 'SIGHUP'])('keeps a pasted text after %s, and goes on with the change', async (signal) => {
    const cwd = temporaryFolder();
    const file = join(cwd, 'a.story.yaml');
    writeFileSync(file, GOOD);
    const t = terminal(['add', 'section', 'a.story.yaml', '--kind', 'next'], cwd);
    await t.when('Type or paste', '\r');
    await t.when('End with Ctrl-D', '\x1b[200~One.\r\rTwo.\x1b[201~');
    await t.sees('Two.');
    t.pty.kill(signal);
    await t.exit();
    expect(readFileSync(`${file}.draft`, 'utf8')).toContain('    One.\n\n    Two.\n');
    const again = terminal(['new', '--resume'], cwd);
    await again.when('The story is sound', '\r');
    expect(await again.exit()).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(`${GOOD}- kind: next\n  text: |\n    One.\n\n    Two.\n`);
  });

  it('takes a text that is pasted at a menu for what it is, and keeps it', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.story.yaml'), GOOD);
    const t = terminal(['add', 'section', 'a.story.yaml', '--kind', 'summary'], cwd);
    await t.when('Type or paste', '\x1b[200~2 people\rdied.\x1b[201~');
    await t.when('this is a menu', '\r');
    await t.when('died.', ' Four.\x04');
    expect(await t.exit()).toBe(0);
    expect(readFileSync(join(cwd, 'a.story.yaml'), 'utf8')).toBe(
      `${GOOD}- kind: summary\n  text: |\n    2 people\n    died. Four.\n`,
    );
  });

  it('keeps what was pasted at a menu that is left, by Ctrl-D too', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.story.yaml'), GOOD);
    const t = terminal(['add', 'section', 'a.story.yaml', '--kind', 'summary'], cwd);
    await t.when('Type or paste', '\x1b[200~2 people\rdied.\x1b[201~');
    await t.when('this is a menu', '\x04');
    expect(await t.exit()).toBe(130);
    expect(readFileSync(join(cwd, 'a.story.yaml.draft'), 'utf8')).toContain('    2 people\n    died.\n');
  });

  it('keeps an old text that is being replaced', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.story.yaml'), GOOD);
    const t = terminal(['edit', 'a.story.yaml'], cwd);
    await t.when('The story is sound', 'Sections');
    await t.when('❯ Sections', '\r');
    await t.when('1. summary: It closes', `${DOWN}\r`);
    await t.when('❯ ← Back', `${DOWN}\r`);
    await t.when('Change it', '\r');
    await t.when('Type or paste', '\r');
    await t.when('End with Ctrl-D', 'New words');
    await t.when('New words', '\x03');
    expect(await t.exit()).toBe(130);
    const draft = readFileSync(join(cwd, 'a.story.yaml.draft'), 'utf8');
    for (const words of ['It closes on Monday.', 'New words']) expect(draft).toContain(words);
  });

  it('does not write over what someone else wrote meanwhile', async () => {
    const cwd = temporaryFolder();
    const file = join(cwd, 'a.story.yaml');
    writeFileSync(file, GOOD);
    const t = terminal(['edit', 'a.story.yaml'], cwd);
    await t.sees('The story is sound');
    writeFileSync(file, `${GOOD}# theirs\n`);
    await t.when('The story is sound', '\r');
    expect(await t.exit()).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe(`${GOOD}# theirs\n`);
  });

  it('refuses to go on with what is no draft', () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'essay.draft'), 'My essay\n');
    expect(() => Session.resume(join(cwd, 'essay.draft'))).toThrow('no draft');
  });

  it('takes long text from the editor', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.story.yaml'), GOOD);
    const t = terminal(['add', 'section', 'a.story.yaml', '--kind', 'next'], cwd, {
      VISUAL: 'sh -c \'printf "From the editor.\\n\\nTwice.\\n" > "$0"\'',
    });
    await t.when('Type or paste', `${DOWN}\r`);
    await t.when('Add an entry', `${DOWN}\r`);
    expect(await t.exit()).toBe(0);
    expect(readFileSync(join(cwd, 'a.story.yaml'), 'utf8')).toBe(
      `${GOOD}- kind: next\n  text: |\n    From the editor.\n\n    Twice.\n`,
    );
  });

  it('edits a field and leaves every other byte', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.story.yaml'), GOOD);
    const t = terminal(['edit', 'a.story.yaml'], cwd);
    await t.when('The story is sound', `${DOWN}${DOWN}\r`);
    await t.when('Change it', '\r');
    await t.when('Such as', 'Bridge opens\r');
    await t.when('Headline: Bridge opens', '\r');
    expect(await t.exit()).toBe(0);
    expect(readFileSync(join(cwd, 'a.story.yaml'), 'utf8')).toBe(GOOD.replace('"Bridge closes"', 'Bridge opens'));
  });

  it('leads from a problem to its field', async () => {
    const cwd = temporaryFolder();
    const bad = GOOD.replace('sections', 'sources:\n- {id: ap, outlet: AP, url: apnews}\nsections');
    writeFileSync(join(cwd, 'a.story.yaml'), bad);
    const t = terminal(['edit', 'a.story.yaml'], cwd);
    await t.when('❯ Fix sources, no. 1, url', '\r');
    await t.when('Change it', '\r');
    await t.when('Such as', 'https://apnews.com/1\r');
    await t.when('The story is sound', '\r');
    expect(await t.exit()).toBe(0);
    expect(readFileSync(join(cwd, 'a.story.yaml'), 'utf8')).toBe(
      bad.replace('url: apnews', 'url: https://apnews.com/1'),
    );
  });
});

describe('where nobody can be asked', () => {
  it('lists what is missing and asks nothing: exit 2', () => {
    const cwd = temporaryFolder();
    for (const args of [['new'], ['new', 'a.yaml', '--no-input', '--headline', 'H']]) {
      const run = nutgraf(args, { cwd });
      expect(run.code).toBe(2);
      expect(run.err).toContain('has no "sections"');
      expect(run.out).toBe('');
    }
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('writes a story from flags and answers, prints it, and overwrites nothing', () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'answers.yaml'), 'dek: From a file\nsections:\n  - { kind: text, text: x }\n');
    const args = [
      '--headline',
      'Bridge: closed',
      '--from',
      'answers.yaml',
      '--set',
      'sections.0.text=It is.',
      'tags=[a, b]',
    ];
    expect(nutgraf(['new', ...args], { cwd }).code).toBe(0);
    const file = readFileSync(join(cwd, 'bridge-closed.story.yaml'), 'utf8');
    expect(file.replace(/^#.*\n/gm, '')).toBe(
      'headline: "Bridge: closed"\ndek: From a file\ntags: [a, b]\nsections:\n  - kind: text\n    text: It is.\n',
    );
    const printed = nutgraf(['new', '-o', '-', ...args], { cwd });
    expect(printed).toMatchObject({ code: 0, err: '' });
    expect(printed.out).toContain('headline: "Bridge: closed"');
    expect(nutgraf(['new', 'bridge-closed.story.yaml', ...args], { cwd }).code).toBe(2);
  });

  it('adds and edits by flags, and refuses what would break the story', () => {
    const cwd = temporaryFolder();
    const file = join(cwd, 'a.story.yaml');
    writeFileSync(file, GOOD);
    expect(nutgraf(['add', 'source', file, '--set', 'id=ap', 'outlet=AP']).code).toBe(0);
    expect(nutgraf(['add', 'section', file, '--kind', 'next', '--set', 'text=In May. [@ap]']).code).toBe(0);
    expect(nutgraf(['edit', file, '--set', 'dek=More: soon']).code).toBe(0);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('# desk copy\nheadline:  "Bridge closes" # short\ndek: "More: soon"\n');
    expect(nutgraf(['add', 'section', file, '--kind', 'next', '--set', 'text=In May. [@xx]']).code).toBe(2);
    expect(nutgraf(['edit', file]).code).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('takes a change for the better in a story with many errors', () => {
    const file = join(temporaryFolder(), 'a.story.yaml');
    const section = (i: number) => `  - { kind: text, text: "Words. [@n${i}]" }\n`;
    writeFileSync(file, `headline: A\nsections:\n${Array.from({ length: 60 }, (_, i) => section(i)).join('')}`);
    expect(nutgraf(['edit', file, '--set', 'sections.59.text=Other words.']).code).toBe(0);
  });

  it('makes no entry far behind the end of a list', () => {
    const file = join(temporaryFolder(), 'a.story.yaml');
    writeFileSync(file, GOOD);
    expect(nutgraf(['edit', file, '--set', 'sections.99999999.text=x'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/"sections" has \d+ entries; the next is sections\.\d+, not sections\.99999999/),
    });
    expect(readFileSync(file, 'utf8')).toBe(GOOD);
  });

  it('keeps fields of any name, or refuses them', () => {
    const file = join(temporaryFolder(), 'a.story.yaml');
    writeFileSync(file, GOOD);
    for (const name of ['__proto__', 'constructor', '<<'])
      expect(nutgraf(['edit', file, '--set', `extra.${name}.x=These words`]).code, name).toBe(0);
    expect(JSON.parse(nutgraf(['render', file, '--to', 'json']).out).extra).toEqual(
      JSON.parse('{"__proto__":{"x":"These words"},"constructor":{"x":"These words"},"<<":{"x":"These words"}}'),
    );
    expect(nutgraf(['edit', file, '--set', 'sections.0.<<=These words'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('unknown field "<<"'),
    });
  });
});

describe('the interview', () => {
  /** Answers every question with the example of its schema, and every choice with the first. */
  it('asks for each kind of section by its schema, and what it writes is sound', async () => {
    for (const { kind } of sectionKinds) {
      const session = new Session('', join(temporaryFolder(), 'draft'), 'a.story.yaml');
      let added = 0;
      const seen: string[] = [];
      const ask: Ask = {
        say: () => {},
        async line({ message, help, now, check }) {
          seen.push(message);
          const example = /Such as: (.*)$/.exec(help)?.[1];
          return (
            [now, example, 'https://example.org/x', '2025-10-06', 'Words'].find(
              (answer) => answer !== undefined && check(answer) === undefined,
            ) ?? BACK
          );
        },
        text: async () => 'Some text.',
        many: async () => [],
        async choose(message, choices) {
          const pick = (words: RegExp) => choices.find(({ name }) => words.test(name))?.value as never;
          if (/Add a section/.test(message))
            return (
              message.startsWith('Add') && added++ === 0
                ? choices.find(({ value }) => value === (kind as never))
                : choices.find(({ value }) => value === ('summary' as never))
            )?.value as never;
          if (/so far.*Add another/.test(message)) return pick(/^No/);
          if (/^Add/.test(message)) return pick(/^Yes/);
          if (/^The story/.test(message)) return pick(/^Save/);
          return choices[0]?.value as never;
        },
      };
      await interview({ ask, session, today: '2025-10-06', preview: async () => '' });
      expect(
        session.problems().filter(({ severity }) => severity === 'error'),
        `${kind}\n${session.text}`,
      ).toEqual([]);
      expect(seen).toContain('Headline');
    }
  });
});

describe('the reader of typed and pasted text', () => {
  const read = (...chunks: (string | Buffer)[]) => {
    const listeners = new Map<string, (chunk: Buffer) => void>();
    const input = {
      on: (event: string, listener: (chunk: Buffer) => void) => listeners.set(event, listener),
      off: () => {},
      resume: () => {},
      pause: () => {},
      setRawMode: () => {},
    };
    const text = readPasted(input as never, () => {});
    for (const chunk of chunks) listeners.get('data')?.(Buffer.from(chunk));
    return text;
  };

  it('keeps every character, however they arrive', async () => {
    const text = `Zoë said: “no” 👩‍👩‍👧\n\n${'漢字 '.repeat(7000)}\n.\nend`;
    const bytes = Buffer.from(`\x1b[200~${text.replaceAll('\n', '\r')}\x1b[201~`);
    const chunks = Array.from({ length: Math.ceil(bytes.length / 1021) }, (_, i) =>
      bytes.subarray(i * 1021, i * 1021 + 1021),
    );
    expect(await read(...chunks, '\x04')).toBe(text);
    expect(await read('a\x1b[D', 'bé\x7f\rc\r', '.\r\x04')).toBe('ab\nc\n.\n');
    expect(await read('\x1b[200~a\x1b]0;x\x07\x1b[31mb\x00\x1b[201~', '\x04')).toBe('ab');
    await expect(read('half', '\x03')).rejects.toMatchObject({ code: 130, partial: 'half' });
  });
});
