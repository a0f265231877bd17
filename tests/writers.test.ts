import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ChangedError, replaceFile } from '../src/batch/change.js';
import { InputError } from '../src/batch/input.js';
import { temporaryName } from '../src/batch/write.js';
import { fingerprintOf, Session } from '../src/cli/interview/session.js';
import { nutgraf, ROOT, temporaryFolder } from './support.js';

/** How often each pair is run; FUZZ=50 and more look further. */
const ROUNDS = Math.min(50, Number(process.env['FUZZ'] ?? 2));

/** Runs the command as built without waiting for it; gives its exit code and what it said. */
function start(args: string[], cwd: string): Promise<{ code: number | null; err: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(ROOT, 'bin', 'nutgraf.js'), ...args], { cwd });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString('utf8');
    });
    child.on('close', (code) => done({ code, err }));
  });
}

const STORY = `# kept
headline: Ferry stays
sections:
  - kind: text
    text: See https://e.example/a?utm_source=x for more.
sources:
  - id: a
    outlet: The Ellery Ledger
    url: https://e.example/a?utm_source=x
`;

/** Every command that changes a story that is there, with what must be in it then. */
const writers: Record<string, (mark: string) => { args: string[]; made: string }> = {
  edit: (mark) => ({ args: ['edit', 's.story.yaml', '--set', `extra.${mark}=Set ${mark}`], made: `Set ${mark}` }),
  'add source': (mark) => ({
    args: ['add', 'source', 's.story.yaml', '--set', `id=${mark}`, `outlet=Outlet ${mark}`],
    made: `Outlet ${mark}`,
  }),
  'add section': (mark) => ({
    args: ['add', 'section', 's.story.yaml', '--kind', 'text', '--set', `text=Section ${mark}`],
    made: `Section ${mark}`,
  }),
  correct: (mark) => ({ args: ['correct', 's.story.yaml', '--text', `Corrected ${mark}`], made: `Corrected ${mark}` }),
  'check --fix': () => ({ args: ['check', '--fix', 's.story.yaml'], made: 'url: https://e.example/a\n' }),
};

const names = Object.keys(writers);
const pairs = names.flatMap((first, i) => names.slice(i).map((other) => [first, other] as const));

describe('two writers of one story', () => {
  it.each(pairs)('%s and %s: neither change is lost', async (first, other) => {
    for (let round = 0; round < ROUNDS; round++) {
      const cwd = temporaryFolder();
      const file = join(cwd, 's.story.yaml');
      writeFileSync(file, STORY);
      const jobs = [writers[first]?.('m1'), writers[other]?.('m2')].flatMap((job) => job ?? []);
      const ended = await Promise.all(jobs.map(({ args }) => start(args, cwd)));
      const text = readFileSync(file, 'utf8');
      expect(
        ended.map(({ code }) => code),
        JSON.stringify(ended),
      ).toEqual([0, 0]);
      for (const { made } of jobs) expect(text.split(made), made).toHaveLength(2);
      expect(text.startsWith('# kept\n')).toBe(true);
      expect(readdirSync(cwd)).toEqual(['s.story.yaml']);
    }
  });

  it('and many: none is lost', async () => {
    const cwd = temporaryFolder();
    const file = join(cwd, 's.story.yaml');
    writeFileSync(file, STORY);
    const jobs = names.flatMap((name) => [1, 2, 3].map((i) => writers[name]?.(`${name.replaceAll(/\W/g, '')}${i}`)));
    const ended = await Promise.all(jobs.map((job) => start(job?.args ?? [], cwd)));
    expect(ended.filter(({ code }) => code !== 0)).toEqual([]);
    const text = readFileSync(file, 'utf8');
    for (const job of jobs) expect(text).toContain(job?.made);
  });

  it('an interview does not write over what it has not read, and keeps its draft', () => {
    const file = join(temporaryFolder(), 's.story.yaml');
    writeFileSync(file, STORY);
    const session = new Session(STORY, `${file}.draft`, file, fingerprintOf(Buffer.from(STORY)));
    session.set(['dek'], 'New dek');
    expect(nutgraf(['edit', file, '--set', 'kicker=New kicker']).code).toBe(0);
    expect(() => session.save(file)).toThrow(ChangedError);
    expect(readFileSync(file, 'utf8')).toContain('New kicker');
    expect(readFileSync(session.draft, 'utf8')).toContain('New dek');
  });

  it.each([
    ['sections: 5', 'must be'],
    ['sources: { x: y }', 'must be'],
    ['sections: [{ kind: group, sections: x }]', 'must be'],
    ['headline: caf\xe9', 'UTF-8'],
    ['headline: "unclosed\ndek: precious words', 'closed'],
    ['- a\n- b', 'must be'],
  ])('a draft that says %j is left alone, and the reason is said', (text, why) => {
    const draft = join(temporaryFolder(), 'nutgraf-draft.yaml');
    const bytes = Buffer.from(`# nutgraf draft\n${text}\n`, 'latin1');
    writeFileSync(draft, bytes);
    expect(() => Session.resume(draft)).toThrow(InputError);
    expect(() => Session.resume(draft)).toThrow(why);
    expect(readFileSync(draft)).toEqual(bytes);
  });

  it.each(['', 'headline: A\n', 'headline: A\nsections:\n  - kind: text\n'])(
    'an unfinished draft goes on: %j',
    (text) => {
      const draft = join(temporaryFolder(), 'nutgraf-draft.yaml');
      writeFileSync(draft, `# nutgraf draft\n${text}`);
      expect(Session.resume(draft).text).toBe(text);
    },
  );

  it('a draft that is a pipe or a folder is refused', () => {
    const folder = temporaryFolder();
    spawnSync('mkfifo', [join(folder, 'a.draft')]);
    mkdirSync(join(folder, 'b.draft'));
    for (const name of ['a.draft', 'b.draft']) expect(() => Session.resume(join(folder, name))).toThrow(InputError);
  });

  it('a change that another program makes while ours is written is not lost', () => {
    const file = join(temporaryFolder(), 's.story.yaml');
    writeFileSync(file, STORY);
    let looked = 0;
    const isStill = (now: Uint8Array) => {
      looked++;
      const same = Buffer.from(now).equals(Buffer.from(STORY));
      // The other program writes once we have looked.
      if (looked === 1) writeFileSync(file, `${STORY}# theirs\n`);
      return same;
    };
    expect(() => replaceFile(file, 'ours\n', isStill)).toThrow(ChangedError);
    expect(readFileSync(file, 'utf8')).toContain('# theirs');
  });

  it('two interviews never have one draft', () => {
    const draft = join(temporaryFolder(), 'nutgraf-draft.yaml');
    const [first, other] = [new Session('', draft, undefined), new Session('', draft, undefined)];
    first.set(['headline'], 'One');
    other.set(['headline'], 'Other');
    expect(readFileSync(first.draft, 'utf8')).toContain('One');
    expect(readFileSync(other.draft, 'utf8')).toContain('Other');
  });
});

describe('two makers of one new story', () => {
  const makers = {
    new: ['new', 'n.story.yaml', '--headline', 'New one', '--set', 'sections=[{ kind: text, text: Body of new. }]'],
    import: ['import', 'x.md', '-o', 'n.story.yaml'],
    'new again': [
      'new',
      'n.story.yaml',
      '--headline',
      'Other',
      '--set',
      'sections=[{ kind: text, text: Body of other. }]',
    ],
  };
  const all = Object.entries(makers);

  it.each(all.flatMap(([name, args], i) => all.slice(i).map(([other, more]) => [name, other, args, more] as const)))(
    '%s and %s: one makes it, the other says that it is there',
    async (_name, _other, args, more) => {
      for (let round = 0; round < ROUNDS; round++) {
        const cwd = temporaryFolder();
        writeFileSync(join(cwd, 'x.md'), '# Imported\n\nBody of import.\n');
        const ended = await Promise.all([start(args, cwd), start(more, cwd)]);
        expect(ended.map(({ code }) => code).sort(), JSON.stringify(ended)).toEqual([0, 2]);
        expect(ended.find(({ code }) => code === 2)?.err).toContain('is there already');
        expect(nutgraf(['check', 'n.story.yaml'], { cwd }).code).toBe(0);
      }
    },
  );
});

describe('files with the names of nutgraf’s own', () => {
  const cwd = () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.story.yaml'), 'headline: A\nsections: [{ kind: text, text: B }]\n');
    return folder;
  };

  it('a state folder that is a link is refused, and nothing is written through it', () => {
    const folder = cwd();
    mkdirSync(join(folder, 'elsewhere'));
    mkdirSync(join(folder, 'o'));
    symlinkSync('../elsewhere', join(folder, 'o', '.nutgraf'));
    for (const args of [
      ['build', 'a.story.yaml', '-o', 'o'],
      ['feed', 'a.story.yaml', '--base', 'https://e.example/', '--to', 'rss,atom', '-o', 'o'],
      ['render', 'a.story.yaml', '-o', 'o/a.txt'],
    ])
      expect(nutgraf(args, { cwd: folder }), args.join(' ')).toMatchObject({
        code: 4,
        err: expect.stringContaining('is a link'),
      });
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual([]);
  });

  it.each(['manifest', 'lock', 'others', 'drafts'])(
    'a pipe, a folder or a link %s is refused or left alone',
    (name) => {
      for (const kind of ['pipe', 'folder', 'link']) {
        const folder = cwd();
        mkdirSync(join(folder, 'o', '.nutgraf'), { recursive: true });
        writeFileSync(join(folder, 'precious'), 'precious');
        const path = join(folder, 'o', '.nutgraf', name);
        if (kind === 'folder') mkdirSync(path);
        else if (kind === 'link') symlinkSync('../../precious', path);
        else spawnSync('mkfifo', [path]);
        for (const args of [
          ['build', 'a.story.yaml', '-o', 'o'],
          ['feed', 'a.story.yaml', '--base', 'https://e.example/', '--to', 'rss,atom', '-o', 'o'],
        ]) {
          const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin', 'nutgraf.js'), ...args], {
            cwd: folder,
            timeout: 20_000,
          });
          expect([0, 4], `${kind} ${args[0]}: ${stderr}`).toContain(status);
          if (status === 4) expect(String(stderr)).toMatch(/o\/\.nutgraf\/|"o" holds drafts/);
        }
        expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('precious');
        expect(existsSync(path)).toBe(true);
      }
    },
  );

  it('a template that is a pipe is refused', () => {
    const folder = cwd();
    mkdirSync(join(folder, 'templates', 'html'), { recursive: true });
    spawnSync('mkfifo', [join(folder, 'templates', 'html', 'brief.hbs')]);
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'bin', 'nutgraf.js'), 'build', 'a.story.yaml', '-o', 'o', '--templates', 'templates'],
      { cwd: folder, timeout: 20_000 },
    );
    expect(status).toBe(2);
    expect(String(stderr)).toContain('not a regular file');
  });

  it('what a killed program has left is gone after the next run, and no file is half written beside briefs', () => {
    const folder = cwd();
    mkdirSync(join(folder, '.nutgraf'));
    const ours = temporaryName(); // of a process that is not there
    writeFileSync(join(folder, '.nutgraf', ours.replace(/-[0-9a-f]+(?=-[0-9a-f]{16})/, '-7ffffff')), 'half');
    writeFileSync(join(folder, '.nutgraf', '0123456789abcdef.lock'), `999999999 1 ${hostname()} x`);
    expect(nutgraf(['render', 'a.story.yaml', '-o', 'a.txt'], { cwd: folder }).code).toBe(0);
    expect(nutgraf(['edit', 'a.story.yaml', '--set', 'dek=New'], { cwd: folder }).code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['a.story.yaml', 'a.txt']);
    expect(lstatSync(join(folder, 'a.txt')).isFile()).toBe(true);
  });
});

describe('a signal', () => {
  it('ends a build that waits for its input', async () => {
    const cwd = temporaryFolder();
    const child = spawn(process.execPath, [join(ROOT, 'bin', 'nutgraf.js'), 'build', '-', '-o', 'o'], { cwd });
    const ended = new Promise((done) => child.on('close', (code, signal) => done(signal ?? code)));
    while (!existsSync(join(cwd, 'o')) && child.exitCode === null) {
      // The folder is made behind the reading; the signal comes in the meantime, more than once.
      await new Promise((done) => setTimeout(done, 400));
      child.kill('SIGTERM');
    }
    expect([143, 'SIGTERM']).toContain(await ended);
  });
});

describe('settings in a folder above', () => {
  function desk(): { folder: string; run: (...args: string[]) => ReturnType<typeof nutgraf> } {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'desk', 'stories'), { recursive: true });
    writeFileSync(
      join(folder, 'desk', 'stories', 'a.story.yaml'),
      'headline: A\nsections: [{ kind: text, text: B }]\n',
    );
    writeFileSync(join(folder, 'nutgraf.config.yaml'), 'rules: { missing-outlet: error }\n');
    return {
      folder,
      run: (...args) => nutgraf(args, { cwd: join(folder, 'desk'), env: { HOME: join(folder, 'home') } }),
    };
  }

  it('count, and are named', () => {
    const { run } = desk();
    expect(run('check').out).toContain('(settings: ../nutgraf.config.yaml)');
    expect(run('build').err).toContain('(settings: ../nutgraf.config.yaml)');
  });

  it('are not looked for above the root of a repository, nor above the home folder', () => {
    const { folder, run } = desk();
    mkdirSync(join(folder, 'desk', '.git'));
    expect(run('check').out).not.toContain('settings');
    const home = nutgraf(['check'], { cwd: join(folder, 'desk'), env: { HOME: join(folder, 'desk') } });
    expect(home.out).not.toContain('settings');
  });

  it.runIf(process.getuid?.() === 0)('are looked for by a user who has no home', () => {
    const { folder } = desk();
    chmodSync(folder, 0o755);
    const { HOME: _, ...env } = process.env;
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin', 'nutgraf.js'), 'check'], {
      cwd: join(folder, 'desk'),
      env,
      uid: 12345,
      gid: 12345,
    });
    expect(status, String(stderr)).toBe(0);
  });

  it('are refused where everybody may write them, unless they are named', () => {
    const { folder, run } = desk();
    chmodSync(folder, 0o777);
    expect(run('check')).toMatchObject({ code: 2, err: expect.stringContaining('everybody may write') });
    expect(run('import', 'stories/a.story.yaml')).toMatchObject({ code: 2 });
    expect(run('check', '--config', '../nutgraf.config.yaml').code).toBe(0);
  });

  it.runIf(process.getuid?.() === 0)('are refused where they belong to somebody else', () => {
    const { folder, run } = desk();
    chownSync(join(folder, 'nutgraf.config.yaml'), 1234, 1234);
    expect(run('build')).toMatchObject({ code: 2, err: expect.stringContaining('somebody else') });
    // A whole desk of one owner is no stranger's.
    chownSync(join(folder, 'desk', 'stories'), 1234, 1234);
    expect(run('build').code).toBe(0);
  });

  it('do not lead out of their folder by a link, nor count above a home folder that is one', () => {
    const { folder, run } = desk();
    mkdirSync(join(folder, 'desk', 'x'));
    mkdirSync(join(folder, 'away'));
    symlinkSync('../away', join(folder, 'desk', 'out'));
    writeFileSync(join(folder, 'desk', 'nutgraf.config.yaml'), 'output: out/briefs\n');
    expect(run('build')).toMatchObject({ code: 2, err: expect.stringContaining('a link out of their folder') });
    rmSync(join(folder, 'desk', 'nutgraf.config.yaml'));
    symlinkSync('desk', join(folder, 'home'));
    expect(nutgraf(['check'], { cwd: join(folder, 'desk'), env: { HOME: join(folder, 'home/') } }).out).not.toContain(
      'settings',
    );
    writeFileSync(join(folder, 'nutgraf.config.yaml'), '');
    rmSync(join(folder, 'home'));
    chmodSync(join(folder, 'nutgraf.config.yaml'), 0o666);
    expect(run('check').code).toBe(2);
  });

  it.each(['output: ../elsewhere', 'output: /tmp/x', 'templates: a/../../evil', 'output: "C:\\\\x"', 'output: ~/x'])(
    'do not lead out of their folder: %s',
    (line) => {
      const { folder, run } = desk();
      writeFileSync(join(folder, 'nutgraf.config.yaml'), `${line}\n`);
      expect(run('build')).toMatchObject({ code: 1, err: expect.stringContaining('leads out of the folder') });
      expect(existsSync(join(folder, 'elsewhere'))).toBe(false);
    },
  );
});

describe.runIf(process.platform === 'linux')('a file whose name is not UTF-8', () => {
  it('is read, named by its bytes, built, remembered and changed', () => {
    const cwd = temporaryFolder();
    const name = (...parts: string[]) => Buffer.concat(parts.map((part) => Buffer.from(part, 'latin1')));
    writeFileSync(name(cwd, '/caf\xe9.story.yaml'), 'headline: A\nsections: [{ kind: text, text: B, x: 1 }]\n');
    writeFileSync(name(cwd, '/fin\xe9.story.yaml'), 'headline: A\nsections: [{ kind: text, text: B }]\n');
    const check = nutgraf(['check', '.'], { cwd });
    expect(check.out).toContain('caf\\xe9.story.yaml:2:');
    expect(nutgraf(['build', '.'], { cwd }).err).toContain('fin\\xe9.story.yaml → briefs/fin.html');
    expect(nutgraf(['build', '.'], { cwd }).err).toContain('1 story unchanged');
    const shell = (command: string) => spawnSync('sh', ['-c', command], { cwd, encoding: 'utf8' });
    const run = `${process.execPath} ${join(ROOT, 'bin', 'nutgraf.js')}`;
    const edited = shell(
      `${run} edit "$(printf 'fin\\351.story.yaml')" --set dek=New && ${run} render "$(printf 'fin\\351.story.yaml')"`,
    );
    expect(edited.stderr).toContain('fin\\xe9.story.yaml is written');
    expect(edited.stdout).toContain('New');
  });

  it('is changed, and its settings count, in a folder of such a name', () => {
    const cwd = temporaryFolder();
    const shell = (command: string) => spawnSync('sh', ['-c', command], { cwd, encoding: 'utf8' });
    const run = `${process.execPath} ${join(ROOT, 'bin', 'nutgraf.js')}`;
    const made = shell(
      `d="$(printf 'st\\351')"; mkdir "$d" && printf 'headline: A\\nsections: [{ kind: text, text: B }]\\n' > "$d/a.story.yaml" &&
       printf 'rules: { missing-outlet: error }\\n' > "$d/nutgraf.config.yaml" && ${run} correct "$d/a.story.yaml" --text 'It was wrong.' &&
       ${run} check "$d" && ${run} render "$d/a.story.yaml" -o "$d/a.txt" && ls -1 | wc -l && ls "$d"`,
    );
    expect(made.stderr).toContain('st\\xe9/a.story.yaml is written');
    expect(made.stdout).toContain('(settings: st\\xe9/nutgraf.config.yaml)');
    expect(made.stdout).toMatch(/^1$/m);
    expect(made.stdout).toContain('a.txt');
  });
});

it('an output never takes the place of a story, whatever its name', () => {
  const cwd = temporaryFolder();
  for (const name of ['a.story.yaml', 'notes.txt', 'notes.md']) writeFileSync(join(cwd, name), STORY);
  for (const name of ['notes.txt', 'notes.md'])
    expect(nutgraf(['render', 'a.story.yaml', '-o', name], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('holds a story'),
    });
  expect(readFileSync(join(cwd, 'notes.txt'), 'utf8')).toBe(STORY);
  for (let i = 0; i < 2; i++)
    for (const name of ['brief.txt', 'brief.md', 'brief.html', 'brief.json'])
      expect(nutgraf(['render', 'a.story.yaml', '-o', name], { cwd }).code, name).toBe(0);
});
