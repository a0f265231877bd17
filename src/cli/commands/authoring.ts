import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { assemble } from '../../assemble.js';
import { InputError } from '../../batch/input.js';
import { readStory } from '../../batch/read.js';
import { type Diagnostic, hasErrors } from '../../diagnostics.js';
import { fileKind } from '../../schema/wording.js';
import { EditError, plainStory } from '../../story/edit.js';
import { storyShape } from '../../story/schema.js';
import { slugOf } from '../../story/story.js';
import { SCHEMA_LINE } from '../../story/write.js';
import type { Entry } from '../../tui/list.js';
import { decode } from '../../yaml/decode.js';
import { FileText } from '../../yaml/file-text.js';
import type { Path } from '../../yaml/places.js';
import { parseYaml } from '../../yaml/yaml.js';
import { EXIT, UsageError } from '../errors.js';
import type { Asker, Interview } from '../interview/interview.js';
import { shapeAt } from '../interview/questions.js';
import { Session, type SessionValue, withValue } from '../interview/session.js';
import { printFindings } from '../tell.js';
import { type Terminal, visible } from '../terminal.js';
import { typedAs } from '../typed.js';
import { templatesFor } from '../user-templates.js';

export interface AnswerOptions {
  set?: string[] | undefined;
  from?: string | undefined;
  input?: boolean | undefined;
  /** Values by the names of their fields, where a command has flags for some. */
  flags?: SessionValue | undefined;
  /** Asks line by line. */
  plain?: boolean | undefined;
}

/** A file of answers, as strictly read as a story: what YAML would lose of it is refused. */
function answersFrom(bytes: Uint8Array, file: string): unknown {
  const decoded = decode(bytes);
  if (!decoded.ok) throw new UsageError(`${file}:${decoded.line}:${decoded.column}: ${decoded.message}`);
  const text = new FileText(file, decoded.text);
  const [first] = parseYaml(text, fileKind(storyShape)).findings;
  if (!first) return plainStory(decoded.text);
  const { line, column } = text.position(first.range[0]);
  throw new UsageError(`${file}:${line}:${column}: ${first.message}${first.hint ? `; ${first.hint}` : ''}`);
}

/** Whether there is a person to ask. */
export function canAsk(options: AnswerOptions): boolean {
  return options.input !== false && process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/**
 * Puts answers from a file and from `--set path=value` into a story, or into the part of it at `base`. Dates, addresses and
 * languages are taken as people type them, and what was made of them is said.
 */
export function withAnswers(
  story: SessionValue,
  options: AnswerOptions,
  terminal: Terminal,
  base: Path = [],
): SessionValue {
  let next: unknown = story;
  const today = localDay(terminal.now());
  const put = (path: Path, value: unknown) => {
    next = withValue(next, path, value);
    const read = understood(next, path, today, (line) => terminal.talk(visible(line)));
    if (read !== value) next = withValue(next, path, read);
  };
  for (const [name, value] of Object.entries(options.flags ?? {})) if (value !== undefined) put([...base, name], value);
  if (options.from !== undefined) {
    const bytes = readStory(options.from);
    if (!(bytes instanceof Uint8Array)) throw new InputError(`"${options.from}": ${bytes.message}`);
    const answers = answersFrom(bytes, options.from);
    if (typeof answers !== 'object' || answers === null || Array.isArray(answers))
      throw new UsageError(`"${options.from}" holds no answers: write field: value, as in a story`);
    for (const [name, value] of Object.entries(answers)) put([...base, name], value);
  }
  for (const setting of options.set ?? []) {
    const [, path, value = ''] = /^([^=]+)=([\s\S]*)$/.exec(setting) ?? [];
    if (path === undefined)
      throw new UsageError(`--set needs path=value, such as sections.0.text="It closes.", not "${setting}"`);
    const steps = path
      .trim()
      .split('.')
      .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    withinLists(next, [...base, ...steps]);
    const read = /^\s*[[{]/.test(value) ? plainStory(value) : value;
    put([...base, ...steps], value === '' ? undefined : (read ?? value));
  }
  return next as SessionValue;
}

/** The value at a path, with what people type of dates, addresses and languages as a story has it. */
function understood(story: unknown, path: Path, today: string, say: (line: string) => void): unknown {
  const value = path.reduce<unknown>((at, step) => (at as SessionValue | undefined)?.[step], story);
  if (Array.isArray(value)) return value.map((_, i) => understood(story, [...path, i], today, say));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.keys(value).map((name) => [name, understood(story, [...path, name], today, say)]));
  if (typeof value !== 'string') return value;
  const lang = String((story as SessionValue)['lang'] ?? 'en');
  const typed = typedAs(shapeAt(story, path), String(path.at(-1)), value, { today, lang });
  if (typed?.value === undefined || typed.value === value) return value;
  say(
    `${path.join('.')}: ${value} is ${typed.value}${typed.shown ? `, ${typed.shown}` : ''}${typed.why ? `, ${typed.why}` : ''}`,
  );
  return typed.value;
}

/** Refuses a path that skips entries of a list: one more may stand at its end, and no further. Throws UsageError. */
function withinLists(value: unknown, path: Path): void {
  let at: unknown = value;
  for (const [i, step] of path.entries()) {
    const length = Array.isArray(at) ? at.length : 0;
    if (typeof step === 'number' && step > length) {
      const list = path.slice(0, i).join('.');
      throw new UsageError(`"${list}" has ${length} entries; the next is ${list}.${length}, not ${list}.${step}`);
    }
    at = (at as SessionValue | undefined)?.[step];
  }
}

/** The line by which an editor finds the schema, for a story, or an edition, in some folder. */
export function schemaLine(file: string, format: 'story' | 'edition' = 'story'): string {
  const schema = join(__dirname, '..', 'docs', `${format}.schema.json`);
  return `${SCHEMA_LINE}${relative(dirname(resolve(file)), schema).replaceAll('\\', '/')}\n`;
}

/** A story file's text as it stands, to be changed. */
export function readForChange(file: string): { text: string; bom: string } | Diagnostic {
  const bytes = readStory(file);
  if (!(bytes instanceof Uint8Array)) return bytes;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.startsWith('\uFEFF') ? { text: text.slice(1), bom: '\uFEFF' } : { text, bom: '' };
  } catch {
    throw new InputError(`"${file}" is not UTF-8; save it as UTF-8 first`);
  }
}

/** Where a story goes that was given no name: by its slug, into stories/ where there is such a folder. */
export function defaultTarget(story: SessionValue): string {
  const slug = String(story['slug'] ?? slugOf(String(story['headline'] ?? 'story')));
  const folder = existsSync('stories') && statSync('stories').isDirectory() ? 'stories' : '.';
  return join(folder, `${slug}.story.yaml`);
}

const DRAFT = /(?:^nutgraf-draft(?:-\d+)?\.yaml|\.draft)$/;

/** The draft of a new story: beside its file, or in this folder where it has no name yet. */
export function draftFor(target: string | undefined): string {
  for (let i = 1; ; i++) {
    const more = i === 1 ? '' : `-${i}`;
    const name = target === undefined ? `nutgraf-draft${more}.yaml` : `${target}${more}.draft`;
    if (!existsSync(name)) return name;
  }
}

/** The newest draft in this folder and in stories/. */
export function newestDraft(): string {
  const newest = draftsHere()[0];
  if (newest === undefined) throw new UsageError('there is no draft here; name one: nutgraf new --resume DRAFT');
  return newest;
}

/** The drafts in this folder and in stories/, the newest first. */
export function draftsHere(): string[] {
  const folders = ['.', 'stories'].filter((folder) => existsSync(folder) && statSync(folder).isDirectory());
  const drafts = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => DRAFT.test(name))
      .map((name) => join(folder, name)),
  );
  return drafts.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
}

export function resumed(draft: string): Session {
  if (!existsSync(draft)) throw new InputError(`there is no draft "${draft}"`);
  return Session.resume(draft);
}

/**
 * Runs an interview at the terminal. However it ends, by Ctrl-C, a signal or a closed terminal, the draft holds what was typed, and
 * is named. Gives the session where its story is to be saved, or an exit code. `start` gives the session, undefined to stop.
 */
export async function converse(
  start: (runner: Asker) => Promise<Session | undefined>,
  terminal: Terminal,
  run: (it: Interview) => Promise<boolean>,
  isPlain: boolean,
): Promise<Session | number> {
  const { terminalRunner } = await import('../interview/at-terminal.js');
  const { Stopped } = await import('../interview/runner.js');
  const today = localDay(terminal.now());
  let session: Session | undefined;
  const left = () =>
    terminal.talk(
      session?.hasDraft
        ? `Stopped. Everything is kept, up to the last letter.\nGo on with: nutgraf new --resume ${visible(session.draft)}`
        : 'Stopped. Nothing was written yet.',
    );
  const codes = { SIGTERM: 143, SIGHUP: 129, SIGINT: 130, SIGQUIT: 131 } as const;
  let ended: number | undefined;
  const runner = terminalRunner(terminal.colour.talk, isPlain);
  // A terminal that is gone cannot be read; whoever reads keeps what there is.
  const gone = () => {
    process.stdin.emit('end');
  };
  process.stdin.on('error', gone);
  const handlers = Object.entries(codes).map(([signal, code]) => {
    const handler = () => {
      ended = code;
      process.exitCode = code;
      process.stdin.emit('end'); // whoever reads keeps what there is
      runner.stop(); // the terminal is given back before it is gone
      setImmediate(() => process.stdin.destroy());
    };
    process.once(signal, handler);
    return [signal, handler] as const;
  });
  runner.start();
  let saved: boolean;
  try {
    const begun = await start(runner);
    session = begun;
    saved = begun ? await run({ runner, session: begun, today, preview: () => preview(begun, terminal) }) : false;
  } catch (error) {
    runner.stop();
    if (!(error instanceof Stopped))
      throw error instanceof EditError ? new UsageError(`line ${error.line}: ${error.message}`) : error;
    left();
    return ended ?? error.code;
  } finally {
    runner.stop();
    for (const [signal, handler] of handlers) process.off(signal, handler);
    process.stdin.off('error', gone);
  }
  if (!saved) left();
  return saved && session ? session : EXIT.ok;
}

/** Asks what is next, when all is saved: undefined where nothing is chosen, however that ends. */
export async function askAfter(
  message: string,
  entries: readonly Entry[],
  terminal: Terminal,
  isPlain: boolean,
): Promise<string | undefined> {
  const { terminalRunner } = await import('../interview/at-terminal.js');
  const runner = terminalRunner(terminal.colour.talk, isPlain);
  runner.start();
  try {
    return await runner.choose(message, entries);
  } catch {
    return undefined; // the story is saved already
  } finally {
    runner.stop();
  }
}

/** A moment in local time with its zone: 2025-10-06T09:30:00+09:00. */
export function localTime(now: Date): string {
  const pad = (n: number) => String(n).padStart(2, '0');
  const minutes = -now.getTimezoneOffset();
  const zone = `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;
  return `${localDay(now)}T${pad(now.getHours())}:${pad(now.getMinutes())}:${pad(now.getSeconds())}${zone}`;
}

export function localDay(now: Date): string {
  const pad = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

async function preview(session: Session, terminal: Terminal): Promise<string> {
  const templates = await templatesFor(['txt'], 'brief');
  const made = (draft: boolean) =>
    assemble(session.text, session.target ?? 'story.yaml', {
      formats: ['txt'],
      templates,
      house: { levels: { 'missing-headline': 'warning' } },
      now: terminal.now(),
      draft,
    });
  const forReaders = made(false);
  const { briefs } = forReaders.refused === undefined ? forReaders : made(true);
  return briefs[0]?.text ?? 'There is no brief yet: the open problems come first.';
}

/** What a story lacks, told where nobody can be asked. */
export async function tellLacks(file: string, diagnostics: readonly Diagnostic[], terminal: Terminal): Promise<number> {
  await printFindings(
    diagnostics.filter(() => hasErrors(diagnostics)),
    terminal,
  );
  terminal.talk(
    `nutgraf: ${visible(file)} is not written: give what is missing with its flag, --set path=value or --from answers.yaml`,
  );
  return EXIT.usage;
}

/** Whether a path is taken already. */
export const isThere = (file: string) => existsSync(file);
