import { dirname } from 'node:path';
import { ChangedError, holding } from '../../batch/change.js';
import { discover } from '../../batch/discover.js';
import { InputError } from '../../batch/input.js';
import { makeFolder, TakenError } from '../../batch/write.js';
import { loadStory } from '../../checks/load.js';
import { hasErrors } from '../../diagnostics.js';
import { writeStory } from '../../story/write.js';
import { EXIT, UsageError } from '../errors.js';
import type { Asker } from '../interview/interview.js';
import { Session, type SessionValue } from '../interview/session.js';
import { writeNew } from '../new-file.js';
import { guardStory } from '../output.js';
import { type Terminal, visible } from '../terminal.js';
import {
  type AnswerOptions,
  askAfter,
  canAsk,
  converse,
  defaultTarget,
  draftFor,
  draftsHere,
  isThere,
  newestDraft,
  resumed,
  schemaLine,
  tellLacks,
  withAnswers,
} from './authoring.js';

export interface NewOptions extends AnswerOptions {
  output?: string | undefined;
  resume?: string | true | undefined;
  force?: boolean | undefined;
  edition?: boolean | undefined;
  headline?: string | undefined;
  slug?: string | undefined;
  dek?: string | undefined;
  byline?: string | undefined;
  date?: string | undefined;
  lang?: string | undefined;
}

/** `nutgraf new`: the interview that writes a story; with flags alone where nobody can be asked. */
export async function newStory(
  file: string | undefined,
  options: NewOptions,
  terminal: Terminal,
  version: string,
): Promise<number> {
  const target = options.output ?? file;
  if (options.edition) {
    const folder = target === undefined || target === '-' ? '.' : dirname(target);
    if (options.dek ?? options.byline ?? options.set ?? options.from ?? options.resume)
      throw new UsageError('new --edition takes --headline, --date and --lang; the rest is written in the file');
    const { start } = await import('./edition.js');
    return start(
      target,
      discover([folder], true),
      { force: options.force, title: options.headline, date: options.date, lang: options.lang },
      terminal,
    );
  }
  if (target !== undefined && target !== '-' && isThere(target) && !options.force)
    throw new UsageError(`"${target}" is there already; change it with nutgraf edit, or overwrite it with --force`);
  if (target !== undefined && target !== '-') guardStory(target, []);
  const { headline, slug, dek, byline, date, lang } = options;
  const flags: SessionValue = { headline, slug, dek, byline, published: date, lang };
  const story = withAnswers({}, { ...options, flags }, terminal);
  const initial = Object.keys(story).length > 0 ? writeStory(story) : '';
  const name = target === undefined || target === '-' ? undefined : target;
  if (!canAsk(options)) return written(initial, name, target === '-', options.force ?? false, terminal);
  const fresh = () => new Session(schemaLine(name ?? 'stories/x') + initial, draftFor(name), name);
  const { editing, interview } = await import('../interview/flow.js');
  const session = await converse(
    async (runner) => {
      if (options.resume !== undefined) return resumed(options.resume === true ? newestDraft() : options.resume);
      return initial === '' && name === undefined ? unfinished(runner, fresh) : fresh();
    },
    terminal,
    (it) => (it.session.changesFile ? editing(it) : interview(it)),
    options.plain ?? false,
  );
  if (typeof session === 'number') return session;
  if (target === '-') {
    terminal.out(session.text);
    session.discard();
    return EXIT.ok;
  }
  const where = name ?? session.target ?? defaultTarget(session.story);
  try {
    makeFolder(dirname(where));
    await holding(where, () => session.save(where, options.force));
  } catch (error) {
    if (!(error instanceof TakenError || error instanceof ChangedError)) throw error;
    const draft = visible(session.draft);
    terminal.talk(
      `${visible(error.message)}; the draft stays: ${draft}. Save it elsewhere with: nutgraf new other.story.yaml --resume ${draft}`,
    );
    return EXIT.usage;
  }
  tellSaved(session, where, terminal);
  if (session.changesFile || hasErrors(session.problems())) return EXIT.ok;
  const next = await askAfter(
    'And now?',
    [
      { value: 'build', name: 'Make the brief' },
      { value: 'stop', name: 'Stop here' },
    ],
    terminal,
    options.plain ?? false,
  );
  return next === 'build' ? await (await import('./build.js')).build([where], {}, terminal, version) : EXIT.ok;
}

/** Says where a story is, and how much is still wrong with it. */
function tellSaved(session: Session, where: string, terminal: Terminal): void {
  const file = visible(where);
  const errors = session.problems().filter(({ severity }) => severity === 'error').length;
  terminal.talk(
    errors > 0
      ? `${file} is written, with ${errors} to fix before a brief can be made. See them: nutgraf check ${file}`
      : `${file} is written`,
  );
}

/** The session of an unfinished story, where there is one that is to be continued; else a new one. Undefined to stop. */
async function unfinished(runner: Asker, fresh: () => Session): Promise<Session | undefined> {
  const left = draftsHere()
    .map(resumable)
    .find((session) => session !== undefined);
  if (left === undefined) return fresh();
  const headline = String(left.story['headline'] ?? 'without a headline');
  const answer = await runner.choose('You have an unfinished story', [
    { value: 'continue', name: `Continue “${headline}”`, more: `kept in ${left.draft}` },
    { value: 'new', name: 'Start a new story' },
    { value: 'delete', name: 'Delete the unfinished one' },
  ]);
  if (answer === 'continue') return left;
  if (answer === 'delete') left.discard();
  return answer === undefined ? undefined : fresh();
}

/** The session that a draft is of; undefined for a file that only has such a name, or is broken. */
function resumable(draft: string): Session | undefined {
  try {
    return resumed(draft);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Writes what the flags say where it is a whole story; says what is missing where it is not. */
async function written(
  initial: string,
  name: string | undefined,
  toOut: boolean,
  force: boolean,
  terminal: Terminal,
): Promise<number> {
  const { story, diagnostics } = loadStory(initial === '' ? '{}' : initial, name ?? 'story');
  if (!story || hasErrors(diagnostics)) return tellLacks(name ?? 'story', diagnostics, terminal);
  if (toOut) {
    terminal.out(schemaLine('x') + initial);
    return EXIT.ok;
  }
  const where =
    name ??
    defaultTarget({
      slug: story.headline === undefined || initial.includes('\nslug:') ? story.slug : undefined,
      headline: story.headline,
    });
  makeFolder(dirname(where));
  writeNew(where, schemaLine(where) + initial, force && name !== undefined);
  terminal.talk(`${visible(where)} is written`);
  return EXIT.ok;
}
