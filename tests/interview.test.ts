import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn as spawnPty } from '@lydell/node-pty';
import { describe, expect, it } from 'vitest';
import { loadStory } from '../src/checks/load.js';
import { interview } from '../src/cli/interview/flow.js';
import { askSource } from '../src/cli/interview/forms.js';
import { outline } from '../src/cli/interview/outline.js';
import { sectionKinds } from '../src/cli/interview/questions.js';
import { writeSection } from '../src/cli/interview/sections.js';
import { Session } from '../src/cli/interview/session.js';
import { asked } from './interview-driver.js';
import { nutgraf, ROOT, temporaryFolder } from './support.js';

const GOOD =
  '# desk copy\nheadline:  "Bridge closes" # short\nsections:\n- kind: summary\n  text: It closes on Monday.\n';

const DOWN = '\x1b[B';
/** Takes out a line, whatever is in it. */
const UNDO_LINE = '\x0b';
const [ENTER, ESC, CTRL_C, CTRL_D, CTRL_O, CTRL_R, CTRL_X, CTRL_Z] = [
  '\r',
  '\x1b',
  '\x03',
  '\x04',
  '\x0f',
  '\x12',
  '\x18',
  '\x1a',
];

/** The real command in a terminal of its own. */
function terminal(args: string[], cwd: string, env: Record<string, string> = {}, cols = 100) {
  const pty = spawnPty(process.execPath, [join(ROOT, 'bin', 'nutgraf.js'), ...args], {
    cwd,
    cols,
    rows: 40,
    env: {
      ...(process.env as Record<string, string>),
      NO_COLOR: '1',
      LANG: 'C.UTF-8',
      LC_ALL: 'C.UTF-8',
      TERM: 'xterm',
      ...env,
    },
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
    type: (keys: string) => pty.write(keys),
    async sees(words: string) {
      await until(() => screen.includes(words), words);
    },
    async exit() {
      await until(() => code !== undefined, 'the end');
      return code;
    },
  };
}

describe('nutgraf new, in a terminal', () => {
  it('writes a whole story that was typed ahead, in few prompts and few keys', async () => {
    const cwd = temporaryFolder();
    let keys = 0;
    let typed = '';
    const say = (...parts: string[]) => {
      for (const part of parts) {
        const isKey = part.length <= 3 && /^[\x00-\x1f]/.test(part);
        if (isKey) keys++;
        typed += part;
      }
    };
    say(
      'Harbour council keeps the night ferry',
      ENTER,
      'A 7–6 vote saves the 23:40 sailing',
      ENTER,
      'Maya Okafor',
      CTRL_D,
    );
    say(
      'Port Ellery Council',
      ENTER,
      'Minutes of the committee',
      ENTER,
      'https://council.example/minutes',
      ENTER,
      '3 oct',
      ENTER,
    );
    say(
      'The Ellery Ledger',
      ENTER,
      'Night ferry survives',
      ENTER,
      'https://ledger.example/vote',
      ENTER,
      '3 oct',
      ENTER,
    );
    say('Coast Chronicle', ENTER, 'One vote', ENTER, 'https://coast.example/vote', ENTER, '4 oct', ENTER);
    say('Strait Lines', ENTER, 'Losses', ENTER, 'https://strait.example/report', ENTER, '2025-09', CTRL_D);
    say(ENTER, 'The council voted 7–6 [@port', ENTER, '.', CTRL_D);
    say(
      'key',
      ENTER,
      'The ferry stays [@port',
      ENTER,
      '.',
      ENTER,
      'The money ends in April [@strait',
      ENTER,
      '.',
      CTRL_D,
    );
    say('press', ENTER, ENTER, 'It welcomes the vote.', ENTER, ENTER, ENTER);
    say(
      DOWN,
      ENTER,
      'Islanders are relieved.',
      ENTER,
      ENTER,
      ENTER,
      DOWN,
      DOWN,
      ENTER,
      'It counts the losses.',
      CTRL_D,
    );
    say('backg', ENTER, 'The boat has run on a grant since 2019 [@coast', ENTER, '.', CTRL_D);
    say(
      'time',
      ENTER,
      '2019',
      ENTER,
      'The grant is renewed.',
      ENTER,
      'March 2024',
      ENTER,
      'The grant ends.',
      ENTER,
      '2 Oct 2025',
      ENTER,
      'The council votes.',
      CTRL_D,
    );
    say('quest', ENTER, 'Why now?', ENTER, 'The grant is spent.', ENTER, 'Who pays?', ENTER, 'The town.', CTRL_D);
    say('quotes', ENTER, 'Thirteen people decided', ENTER, 'Ann Lee', CTRL_D);
    say('what’s', ENTER, 'May 2026', ENTER, 'The study is due.', CTRL_D, CTRL_D);
    const t = terminal(['new', 'a.story.yaml'], cwd);
    await t.sees('Headline');
    t.type(typed);
    await t.sees('Save');
    expect(t.all().match(/◆/g)?.length).toBeLessThanOrEqual(55);
    t.type(ENTER);
    await t.sees('And now?');
    t.type(ENTER);
    expect(keys + 2).toBeLessThanOrEqual(90);
    expect(await t.exit()).toBe(0);
    expect(readdirSync(join(cwd, 'briefs')).filter((name) => name.startsWith('a.'))).toHaveLength(3);
    const text = readFileSync(join(cwd, 'a.story.yaml'), 'utf8');
    const { story, diagnostics } = loadStory(text, 'a.story.yaml');
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(story?.sources.map(({ outlet }) => outlet)).toEqual([
      'Port Ellery Council',
      'The Ellery Ledger',
      'Coast Chronicle',
      'Strait Lines',
    ]);
    expect(story?.sections.map(({ kind }) => kind)).toEqual([
      'summary',
      'key-points',
      'coverage',
      'background',
      'timeline',
      'questions',
      'quotes',
      'next',
    ]);
    expect(text).toContain('The council voted 7–6 [@port-ellery-council].');
    expect(existsSync(join(cwd, 'a.story.yaml.draft'))).toBe(false);
  });

  it('gives back 20 000 pasted characters as they are', async () => {
    const cwd = temporaryFolder();
    const file = join(cwd, 'a.story.yaml');
    writeFileSync(file, GOOD);
    const text = Array.from(
      { length: 40 },
      (_, i) => `Paragraph ${i}: ${'the council voted “seven to six” – 漢字 👩‍👩‍👧 late. '.repeat(11).trim()}`,
    ).join('\n\n');
    expect(text.length).toBeGreaterThan(20_000);
    const t = terminal(['add', 'section', 'a.story.yaml', '--kind', 'summary'], cwd);
    await t.sees('A paragraph or two');
    t.type(`\x1b[200~${text.replaceAll('\n', '\r')}\x1b[201~${CTRL_D}`);
    expect(await t.exit()).toBe(0);
    const { story } = loadStory(readFileSync(file, 'utf8'), 'a.story.yaml');
    expect((story?.sections[1] as { text?: string })?.text?.trimEnd()).toBe(text);
  });

  const ends: [string, (t: ReturnType<typeof terminal>) => void, number | undefined][] = [
    ['Ctrl-C', (t) => t.type(CTRL_C), 130],
    ['SIGTERM', (t) => t.pty.kill('SIGTERM'), 143],
    ['SIGHUP', (t) => t.pty.kill('SIGHUP'), 129],
    ['a closed terminal', (t) => t.pty.kill(), undefined],
    ['SIGKILL', (t) => t.pty.kill('SIGKILL'), undefined],
  ];
  it.each(ends)('keeps half a word after %s, and goes on with it', async (_, end, expected) => {
    const cwd = temporaryFolder();
    const t = terminal(['new'], cwd);
    await t.sees('Headline');
    t.type(`Bridge closes${ENTER}Half a sent`);
    await t.sees('Half a sent');
    await new Promise((resolve) => setTimeout(resolve, 500)); // nothing but a pause can keep what SIGKILL ends
    end(t);
    const code = await t.exit();
    if (expected !== undefined) {
      expect(code).toBe(expected);
      expect(t.all()).toContain('nutgraf new --resume nutgraf-draft.yaml');
    }
    const draft = readFileSync(join(cwd, 'nutgraf-draft.yaml'), 'utf8');
    expect(draft).toContain('headline: Bridge closes\n');
    expect(draft).toContain('dek: Half a sent\n');
    const again = terminal(['new', '--resume'], cwd);
    await again.sees('Half a sent');
    again.type(`${DOWN}ence${CTRL_D}${ENTER}${CTRL_D}`);
    await again.sees('Save as it is');
    again.type(ENTER);
    expect(await again.exit()).toBe(0);
    expect(readFileSync(join(cwd, 'bridge-closes.story.yaml'), 'utf8')).toContain('dek: Half a sentence\n');
    expect(existsSync(join(cwd, 'nutgraf-draft.yaml'))).toBe(false);
  });

  it('keeps words that are typed on and on, without a pause', async () => {
    const cwd = temporaryFolder();
    const t = terminal(['new'], cwd);
    await t.sees('Headline');
    for (let i = 0; i < 20; i++) {
      t.type('word ');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    t.pty.kill('SIGKILL');
    await t.exit();
    expect(readFileSync(join(cwd, 'nutgraf-draft.yaml'), 'utf8')).toMatch(/headline: (?:word ){8}/);
  });

  it('refuses to open what it cannot change, and says where', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.story.yaml'), 'headline: Hi\nsections: abc\n');
    const t = terminal(['edit', 'a.story.yaml'], cwd);
    await t.sees('fix this in an editor first');
    expect(await t.exit()).toBe(1);
    expect(t.all()).toContain('a.story.yaml:2:');
  });

  it('goes on in the very part where it was stopped', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.story.yaml'), GOOD);
    const t = terminal(['add', 'section', 'a.story.yaml', '--kind', 'timeline'], cwd);
    await t.sees('When');
    t.type(`2019${ENTER}It opens.${ENTER}2024${ENTER}It cl`);
    await t.sees('It cl');
    t.type(CTRL_C);
    expect(await t.exit()).toBe(130);
    const again = terminal(['new', '--resume', 'a.story.yaml.draft'], cwd);
    await again.sees('event 2');
    again.type(`${DOWN}oses.${CTRL_D}`);
    await again.sees('ready to save');
    again.type(`save${ENTER}`);
    expect(await again.exit()).toBe(0);
    expect(readFileSync(join(cwd, 'a.story.yaml'), 'utf8')).toBe(
      `${GOOD}- kind: timeline\n  items:\n    - date: 2019\n      text: It opens.\n    - date: 2024\n      text: It closes.\n`,
    );
  });

  it('offers an unfinished story, by a menu that loses nothing that is typed ahead', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'nutgraf-draft.yaml'), '# nutgraf draft\nheadline: Left behind\n');
    const t = terminal(['new'], cwd);
    await t.sees('Continue “Left behind”');
    t.type(`${ENTER}${DOWN}And more${CTRL_C}`);
    expect(await t.exit()).toBe(130);
    const draft = readFileSync(join(cwd, 'nutgraf-draft.yaml'), 'utf8');
    expect(draft).toContain('headline: Left behind\n');
    expect(draft).toContain('dek: And more\n');
  });

  it('keeps the text that was being typed, and leaves the story alone', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.story.yaml'), GOOD);
    const t = terminal(['add', 'section', 'a.story.yaml', '--kind', 'summary'], cwd);
    await t.sees('A paragraph or two');
    t.type('Half a sent');
    await t.sees('sent');
    t.type(CTRL_C);
    expect(await t.exit()).toBe(130);
    expect(readFileSync(join(cwd, 'a.story.yaml.draft'), 'utf8')).toContain('Half a sent');
    expect(readFileSync(join(cwd, 'a.story.yaml'), 'utf8')).toBe(GOOD);
  });

  it('does not write over what someone else wrote meanwhile', async () => {
    const cwd = temporaryFolder();
    const file = join(cwd, 'a.story.yaml');
    writeFileSync(file, GOOD);
    const t = terminal(['edit', 'a.story.yaml'], cwd);
    await t.sees('ready to save');
    writeFileSync(file, `${GOOD}# theirs\n`);
    t.type(`${DOWN.repeat(8)}${ENTER}`);
    expect(await t.exit()).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe(`${GOOD}# theirs\n`);
  });

  it('takes a text from the editor, and gives the terminal back', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.story.yaml'), GOOD);
    const t = terminal(['add', 'section', 'a.story.yaml', '--kind', 'summary'], cwd, {
      VISUAL: 'sh -c \'printf "From the editor.\\n\\nTwice." > "$0"\'',
    });
    await t.sees('A paragraph or two');
    t.type(CTRL_O);
    await t.sees('Twice.');
    t.type(` And here.${CTRL_D}`);
    expect(await t.exit()).toBe(0);
    expect(readFileSync(join(cwd, 'a.story.yaml'), 'utf8')).toBe(
      `${GOOD}- kind: summary\n  text: |\n    From the editor.\n\n    Twice. And here.\n`,
    );
  });

  it('edits a field and leaves every other byte', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.story.yaml'), GOOD);
    const t = terminal(['edit', 'a.story.yaml'], cwd);
    await t.sees('ready to save');
    t.type(`${ENTER}\x15Bridge opens${CTRL_D}`);
    await t.sees('Bridge opens');
    t.type(`save${ENTER}`);
    expect(await t.exit()).toBe(0);
    const text = readFileSync(join(cwd, 'a.story.yaml'), 'utf8');
    expect(text).toBe(GOOD.replace('"Bridge closes"', 'Bridge opens'));
  });

  it('adds a source, and a correction that says when the story was updated', async () => {
    const cwd = temporaryFolder();
    const file = join(cwd, 'a.story.yaml');
    writeFileSync(file, GOOD);
    const source = terminal(['add', 'source', 'a.story.yaml'], cwd);
    await source.sees('Outlet');
    source.type(`Town Council${CTRL_D}`);
    expect(await source.exit()).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('- id: town-council\n    outlet: Town Council\n');
    const t = terminal(['correct', 'a.story.yaml'], cwd);
    await t.sees('It said');
    t.type(`Summary${ENTER}Monday${ENTER}Tuesday${ENTER}It closes on Tuesday.${CTRL_D}`);
    await t.sees('“Monday” is still in the story, in 1 place');
    t.type(ENTER);
    expect(await t.exit()).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('  text: It closes on Tuesday.\n');
    expect(readFileSync(file, 'utf8')).toMatch(/updated: \d{4}-\d\d-\d\d\n[\s\S]*was: Monday\n +now: Tuesday\n/);
  });

  it('refuses to go on with what is no draft', () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'essay.draft'), 'My essay\n');
    expect(() => Session.resume(join(cwd, 'essay.draft'))).toThrow('no draft');
  });

  it('asks line by line where the terminal cannot move its cursor', async () => {
    const cwd = temporaryFolder();
    const t = terminal(['new', 'a.story.yaml'], cwd, { TERM: 'dumb' });
    await t.sees('Headline. Say it in one line.');
    t.type('Bridge closes\r\r\r3 oct 2025\r\r');
    await t.sees('Date is Friday, 3 October 2025.');
    await t.sees('What. What sort of source it is.');
    t.type('/done\rsummary\r');
    await t.sees('End with a line that holds one full stop');
    t.type('It closes [@councl].\r.\r');
    await t.sees('no source “councl”');
    t.type('/done\r');
    await t.sees('undo, preview, save or leave');
    t.type('save\r');
    expect(await t.exit()).toBe(0);
    const text = readFileSync(join(cwd, 'a.story.yaml'), 'utf8');
    expect(text).toContain('published: 2025-10-03\n');
    expect(text).toContain('It closes [@councl].');
    expect(t.all()).not.toContain('\x1b[');
  });
});

describe('the interview', () => {
  const begin =
    'headline: Bridge closes\nsources:\n  - id: council\n    outlet: Town Council\n  - id: ledger\n    outlet: The Ledger\nsections:\n  - kind: summary\n    text: It closes [@council].\n  - kind: analysis\n    text: It is old [@councl].\n';

  it.each(sectionKinds.filter(({ kind }) => kind !== 'group'))(
    'asks for a section of kind $kind by its schema, and writes it soundly',
    async ({ kind }) => {
      const typed: Record<string, string> = {
        coverage: `${ENTER}It says so.${CTRL_D}`,
        timeline: `2019${ENTER}It opens.${CTRL_D}`,
        next: `May 2026${ENTER}It opens again.${CTRL_D}`,
        updates: `3 oct 9.30am${ENTER}News.${CTRL_D}`,
        links: `A page${ENTER}ledger.example/1${CTRL_D}`,
        text: `My heading${ENTER}Words.${CTRL_D}`,
        'key-points': `One${ENTER}Two${CTRL_D}`,
      };
      const { session } = await asked(
        temporaryFolder(),
        typed[kind] ?? `Words of it${ENTER}More words${CTRL_D}`,
        async (it) => {
          await writeSection(it, ['sections', 2], kind);
          return true;
        },
        begin.replace('[@councl]', '[@council]'),
      );
      const { story, diagnostics } = loadStory(session.text, 'a.story.yaml');
      expect(
        diagnostics.filter(({ severity }) => severity === 'error'),
        session.text,
      ).toEqual([]);
      expect(story?.sections[2]?.kind).toBe(kind);
    },
  );

  it('shows the story as its parts, with what is wrong where it is wrong, and fixes it with a key', async () => {
    const cwd = temporaryFolder();
    const shown = await asked(cwd, '', (it) => outline(it, 'story'), begin);
    expect(shown.lines.join('\n')).toMatch(/Bridge closes.*1 to fix/);
    expect(shown.lines.join('\n')).toMatch(/2 Analysis .*✗ no source “councl”/);
    const { session } = await asked(cwd, `ana${CTRL_R}`, (it) => outline(it, 'story'), begin);
    expect(session.text).toBe(begin.replace('@councl]', '@council]'));
  });

  it('shows the first words of each part', async () => {
    const points = begin.replace(
      'kind: analysis\n    text: It is old [@councl].',
      'kind: key-points\n    items: [One point]',
    );
    const { lines } = await asked(temporaryFolder(), '', (it) => outline(it, 'story'), points);
    expect(lines.join('\n')).toMatch(/1 Summary +It closes/);
    expect(lines.join('\n')).toMatch(/2 Key points +One point/);
  });

  it('moves, deletes and takes back', async () => {
    const cwd = temporaryFolder();
    const outlinedBy = async (keys: string) => (await asked(cwd, keys, (it) => outline(it, 'story'), begin)).session;
    const kindsOf = ({ story }: Session) => (story['sections'] as { kind: string }[]).map(({ kind }) => kind);
    expect(kindsOf(await outlinedBy(`${DOWN}${DOWN} ${DOWN}${ENTER}`))).toEqual(['analysis', 'summary']);
    expect(kindsOf(await outlinedBy(`${DOWN}${DOWN} ${DOWN}${ENTER}${CTRL_Z}`))).toEqual(['summary', 'analysis']);
    expect(kindsOf(await outlinedBy(`sum${CTRL_X}`))).toEqual(['analysis']);
    expect((await outlinedBy(`sum${CTRL_X}${CTRL_Z}`)).text).toBe(begin);
    // Letters are never commands.
    expect((await outlinedBy('xxdq')).text).toBe(begin);
  });

  it('renames a source in its citations', async () => {
    const { session } = await asked(
      temporaryFolder(),
      `sour${ENTER}${DOWN}${ENTER}${DOWN.repeat(9)}\x15town${CTRL_D}`,
      (it) => outline(it, 'story'),
      begin,
    );
    expect(session.get(['sources', 0, 'id'])).toBe('town');
    expect(session.text).toContain('It closes [@town].');
  });

  it('adds the source that is cited first, and goes on with the text', async () => {
    const { session } = await asked(
      temporaryFolder(),
      `It costs [@coast${ENTER}Coast Chronicle${CTRL_D} a lot.${CTRL_D}`,
      async (it) => {
        await writeSection(it, ['sections', 2], 'background');
        return true;
      },
      begin,
    );
    expect(session.get(['sources', 2])).toEqual({ id: 'coast', outlet: 'Coast Chronicle' });
    expect(session.get(['sections', 2, 'text'])).toBe('It costs [@coast] a lot.\n');
  });

  it('goes back a step with Esc, and forward again, with all that was typed', async () => {
    const keys = `Bridge closes${CTRL_D}Town Council${ESC}`;
    const { lines } = await asked(temporaryFolder(), keys, interview);
    expect(lines.join('\n')).toContain('◆ Story › Start');
    expect(lines.join('\n')).toContain('Bridge closes');
    const { session } = await asked(temporaryFolder(), `${keys}${DOWN}A line below`, interview);
    expect(session.story).toMatchObject({
      headline: 'Bridge closes',
      dek: 'A line below',
      sources: [{ outlet: 'Town Council' }],
    });
  });

  it('adds the source of an entry that is not listed yet', async () => {
    const { session } = await asked(
      temporaryFolder(),
      `Radio Brackley${ENTER}${CTRL_D}It is glad.${CTRL_D}`,
      async (it) => {
        await writeSection(it, ['sections', 2], 'coverage');
        return true;
      },
      begin,
    );
    expect(session.get(['sources', 2])).toEqual({ id: 'radio-brackley', outlet: 'Radio Brackley' });
    expect(session.get(['sections', 2])).toEqual({
      kind: 'coverage',
      items: [{ source: 'radio-brackley', says: 'It is glad.' }],
    });
  });

  it('renames a source once, when its form is left, and never into one that is there', async () => {
    const two = begin.replace('[@councl]', '[@ledger] and [@council]');
    const rename = async (id: string) =>
      (
        await asked(
          temporaryFolder(),
          `sour${ENTER}${DOWN}${ENTER}${DOWN.repeat(9)}\x15${id}${CTRL_D}`,
          (it) => outline(it, 'story'),
          two,
        )
      ).session;
    expect((await rename('ledger2')).text).toContain('[@ledger] and [@ledger2]');
    expect((await rename('ledger')).text).toContain('[@ledger] and [@council]');
  });

  it('takes a source out again that was typed and taken back', async () => {
    const { session } = await asked(
      temporaryFolder(),
      `Bloomberg\x15${CTRL_D}`,
      async (it) => {
        await askSource(it, 2);
        return true;
      },
      begin,
    );
    expect(session.get(['sources'])).toHaveLength(2);
  });

  it('keeps the role of an author whose name stays', async () => {
    const authors = begin.replace('sources:', 'byline:\n  - name: Ann Lee\n    role: photographer\n  - Bob\nsources:');
    const { session } = await asked(
      temporaryFolder(),
      `${ENTER}${DOWN}${DOWN}, Carl${CTRL_D}`,
      (it) => outline(it, 'story'),
      authors,
    );
    expect(session.get(['byline'])).toEqual([{ name: 'Ann Lee', role: 'photographer' }, 'Bob', 'Carl']);
  });

  it('keeps words that cannot be put into the file, and says so', async () => {
    const cwd = temporaryFolder();
    const anchored = begin.replace('headline: Bridge closes', 'headline: &a Bridge closes\ndek: *a');
    const { session, lines } = await asked(cwd, `${ENTER} tonight${CTRL_D}`, (it) => outline(it, 'story'), anchored);
    expect(session.text).toContain('&a Bridge closes\n');
    expect(readFileSync(join(cwd, 'a.draft'), 'utf8')).toContain('Bridge closes tonight');
    expect(lines.join('\n')).toMatch(/to fix/);
  });

  it.each(['sections:', 'lang: en_GB', 'corrections:', 'sources:\n  - a'])(
    'opens a story with an odd %j',
    async (odd) => {
      const { lines } = await asked(temporaryFolder(), DOWN, (it) => outline(it, 'story'), `headline: Hi\n${odd}\n`);
      expect(lines[0]).toContain('◆ Hi');
    },
  );

  it('puts back what is carried with Esc, and nothing before it', async () => {
    const kindsOf = ({ story }: Session) => (story['sections'] as { kind: string }[]).map(({ kind }) => kind);
    const carry = async (keys: string) =>
      (await asked(temporaryFolder(), keys, (it) => outline(it, 'story'), begin)).session;
    expect(kindsOf(await carry(`${DOWN}${DOWN} ${DOWN}${ESC}`))).toEqual(['summary', 'analysis']);
    expect(kindsOf(await carry(`${DOWN}${DOWN}${CTRL_X} ${ESC}`))).toEqual(['analysis']);
  });

  it('keeps a text where it is that is empty for a moment, and takes it out when it is left so', async () => {
    const run = async (it: Parameters<typeof outline>[0]) => {
      await writeSection(it, ['sections', 0], 'summary');
      return true;
    };
    const { session } = await asked(temporaryFolder(), [`\x15${UNDO_LINE}`, 'New words', CTRL_D], run, begin);
    expect(session.get(['sections', 0, 'text'])).toBe('New words\n');
    expect(session.get(['sections', 1, 'kind'])).toBe('analysis');
    const left = await asked(temporaryFolder(), [`\x15${UNDO_LINE}`, CTRL_D], run, begin);
    expect(left.session.get(['sections', 0, 'kind'])).toBe('analysis');
  });

  it('cites by whole names', async () => {
    const near = begin.replace('[@councl]', '[@ledgr] and [@ledgrs] and [@ledger]');
    const { session } = await asked(temporaryFolder(), `ana${CTRL_R}`, (it) => outline(it, 'story'), near);
    expect(session.text).toContain('[@ledger] and [@ledger] and [@ledger]');
  });

  it('goes on with the file of a draft whatever its name', async () => {
    const cwd = temporaryFolder();
    const draft = join(cwd, 'x.draft');
    const session = new Session('headline: A\n', draft, 'council at night (draft) "1".story.yaml', 'ab12ab12ab12ab12');
    session.place = ['sections', 2];
    session.set(['headline'], 'B');
    const again = Session.resume(draft);
    expect([again.target, again.place, again.changesFile]).toEqual([
      'council at night (draft) "1".story.yaml',
      ['sections', 2],
      true,
    ]);
  });

  it('keeps what Esc leaves, and goes on from an empty story', async () => {
    const { session, saved, heads } = await asked(temporaryFolder(), `Bridge${ESC}`, interview);
    expect(session.get(['headline'])).toBe('Bridge');
    expect(saved).toBe(false);
    expect(heads).toBeGreaterThan(0);
  });
});

describe('where nobody can be asked', () => {
  it('takes dates, addresses and languages as people type them, and says what it made of them', () => {
    const cwd = temporaryFolder();
    const run = nutgraf(
      ['new', 'a.story.yaml', '--no-input', '--headline', 'A', '--date', '3 oct 2025', '--lang', 'British English']
        .concat(['--set', 'sections.0.kind=summary', '--set', 'sections.0.text=It closes.', '--set', 'sources.0.id=a'])
        .concat(['--set', 'sources.0.outlet=A', '--set', 'sources.0.url=www.a.example/1?utm_source=x']),
      { cwd },
    );
    expect(run.code).toBe(0);
    expect(run.err).toContain('published: 3 oct 2025 is 2025-10-03, Friday, 3 October 2025\n');
    expect(run.err).toContain('lang: British English is en-GB, British English\n');
    expect(run.err).toContain('added https://, took out the tracking (utm_source)\n');
    const text = readFileSync(join(cwd, 'a.story.yaml'), 'utf8');
    for (const line of ['published: 2025-10-03\n', 'lang: en-GB\n', 'url: https://www.a.example/1\n'])
      expect(text).toContain(line);
  });

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
