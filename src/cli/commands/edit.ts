import { rmSync } from 'node:fs';
import { ChangedError, changeFile, holding, replaceFile } from '../../batch/change.js';
import { loadStory } from '../../checks/load.js';
import { hasErrors } from '../../diagnostics.js';
import { instant, laterDay, parseDate } from '../../languages/dates.js';
import { EditError, plainStory, updateStory } from '../../story/edit.js';
import { codeOf, EXIT, UsageError } from '../errors.js';
import { type Asker, entriesOf, type Interview } from '../interview/interview.js';
import { fingerprintOf, Session, type SessionValue, shapeless } from '../interview/session.js';
import { printFindings } from '../tell.js';
import { type Terminal, visible } from '../terminal.js';
import { typedDate } from '../typed.js';
import {
  type AnswerOptions,
  canAsk,
  converse,
  draftFor,
  isThere,
  localDay,
  localTime,
  readForChange,
  resumed,
  withAnswers,
} from './authoring.js';

/** `nutgraf edit`: the review of a story that exists; what is not changed stays byte for byte. */
export async function edit(file: string, options: AnswerOptions, terminal: Terminal): Promise<number> {
  const { editing } = await import('../interview/flow.js');
  return change(file, options, terminal, [], editing);
}

/** `nutgraf add source|section`: one more at the end of its list. */
export async function add(
  what: string,
  file: string,
  options: AnswerOptions & { kind?: string | undefined },
  terminal: Terminal,
): Promise<number> {
  if (what !== 'source' && what !== 'section') throw new UsageError(`add can add a source or a section, not "${what}"`);
  const list = what === 'source' ? 'sources' : 'sections';
  const kind = what === 'section' ? options.kind : undefined;
  const set = [...(kind === undefined ? [] : [`kind=${kind}`]), ...(options.set ?? [])];
  const { sectionKinds } = await import('../interview/questions.js');
  if (kind !== undefined && !sectionKinds.some((each) => each.kind === kind))
    throw new UsageError(`there is no kind "${kind}"; there are ${sectionKinds.map((each) => each.kind).join(', ')}`);
  const { askSource } = await import('../interview/forms.js');
  const { askSections, writeSection } = await import('../interview/sections.js');
  return change(file, { ...options, set }, terminal, [list], async (it) => {
    const count = entriesOf(it, [list]).length;
    if (what === 'source' && (await askSource(it, count)) === 'back') return false;
    if (what === 'section' && kind === undefined) await askSections(it);
    if (what === 'section' && kind !== undefined) await writeSection(it, ['sections', count], kind);
    return it.session.hasDraft;
  });
}

export interface CorrectOptions {
  text?: string | undefined;
  was?: string | undefined;
  now?: string | undefined;
  section?: string | undefined;
  kind?: string | undefined;
  date?: string | undefined;
  input?: boolean | undefined;
  plain?: boolean | undefined;
}

/** `nutgraf correct`: one more correction, and the day on which the story was updated. */
export async function correct(file: string, options: CorrectOptions, terminal: Terminal): Promise<number> {
  const { input, plain, date: typed, ...fields } = options;
  const today = localDay(terminal.now());
  const date = typed === undefined ? today : (typedDate(typed, { today }).value ?? typed);
  if (Object.keys(fields).length === 0 && canAsk({ input })) {
    const { askCorrection } = await import('../interview/forms.js');
    const { offerChange } = await import('../interview/corrections.js');
    return change(file, { input, plain }, terminal, [], async (it) => {
      const before = entriesOf(it, ['corrections']).length;
      if ((await askCorrection(it)) === 'back' || entriesOf(it, ['corrections']).length === before) return false;
      await offerChange(it);
      const last = (it.session.get(['corrections']) as SessionValue[] | undefined)?.at(-1);
      const updated =
        last?.['date'] === undefined ? undefined : updatedBy(it.session.story, String(last['date']), terminal.now());
      if (updated !== undefined) it.session.set(['updated'], updated);
      return last !== undefined;
    });
  }
  if (fields.text === undefined)
    throw new UsageError('correct needs --text with what was wrong and what is right, or a terminal to ask in');
  return save(file, terminal, ({ corrections = [], ...story }) =>
    Array.isArray(corrections)
      ? {
          ...story,
          corrections: [...corrections, { date, ...fields }],
          updated: updatedBy(story, date, terminal.now()),
        }
      : undefined,
  );
}

/** When a story that is corrected on a date was last updated: then, or later. Where it gives times, today gets one too. */
function updatedBy({ updated, published }: SessionValue, date: string, now: Date): unknown {
  const last = updated ?? published;
  const lastDate = typeof last === 'string' ? parseDate(last) : undefined;
  const corrected = lastDate?.time !== undefined && date === localDay(now) ? localTime(now) : date;
  const [a, b] = [parseDate(corrected), typeof updated === 'string' ? parseDate(updated) : undefined].map(
    (parts) => parts && instant(parts),
  );
  if (a !== undefined && b !== undefined) return a > b ? corrected : updated;
  return typeof updated === 'string' && !laterDay(corrected, updated) ? updated : corrected;
}

/** Changes a file by answers that were given, or else by asking. `list` is the list that gets one more entry. */
async function change(
  file: string,
  options: AnswerOptions,
  terminal: Terminal,
  list: string[],
  ask: (it: Interview) => Promise<boolean>,
): Promise<number> {
  const isComplete =
    (options.set ?? []).length > (list[0] === 'sections' && canAsk(options) ? 1 : 0) || options.from !== undefined;
  if (isComplete || !canAsk(options))
    return save(file, terminal, (story) => {
      const count = list[0] === undefined ? 0 : ((story[list[0]] as unknown[] | undefined)?.length ?? 0);
      return withAnswers(story, options, terminal, list[0] === undefined ? [] : [list[0], count]);
    });
  const read = await storyToChange(file, terminal);
  if (typeof read === 'number') return read;
  const { text, bom } = read;
  const wrong = shapeless(text, file);
  if (wrong) {
    await printFindings([wrong], terminal);
    terminal.talk(`nutgraf: fix this in an editor first; then ${visible(file)} can be changed here`);
    return EXIT.findings;
  }
  const base = fingerprintOf(Buffer.from(bom + text));
  const session = await converse(
    (runner) => unfinishedChange(runner, file, () => new Session(text, draftFor(file), file, base)),
    terminal,
    ask,
    options.plain ?? false,
  );
  if (typeof session === 'number') return session;
  try {
    await holding(file, () => session.save(file));
  } catch (error) {
    if (!(error instanceof ChangedError)) throw error;
    terminal.talk(`${visible(error.message)}; it is left alone, and the draft stays: ${visible(session.draft)}`);
    return EXIT.usage;
  }
  terminal.talk(`${visible(file)} is written`);
  return EXIT.ok;
}

/** The session of an unfinished change to a story, where there is one that is to be continued; else a new one. */
async function unfinishedChange(runner: Asker, file: string, fresh: () => Session): Promise<Session | undefined> {
  const draft = `${file}.draft`;
  if (!isThere(draft)) return fresh();
  const answer = await runner.choose('You have an unfinished change to this story', [
    { value: 'continue', name: 'Continue it' },
    { value: 'fresh', name: 'Start from the story as it is', more: `the change stays in ${draft}` },
    { value: 'delete', name: 'Delete the unfinished change' },
  ]);
  if (answer === 'continue') return resumed(draft);
  if (answer === 'delete') rmSync(draft, { force: true });
  return answer === undefined ? undefined : fresh();
}

/** A story file's text and values, to be changed; an exit code where it cannot be. */
async function storyToChange(
  file: string,
  terminal: Terminal,
): Promise<{ text: string; bom: string; story: SessionValue } | number> {
  const read = readForChange(file);
  if (!('text' in read)) {
    await printFindings([read], terminal);
    return codeOf([read]);
  }
  const story = plainStory(read.text);
  if (typeof story === 'object' && story !== null && !Array.isArray(story))
    return { ...read, story: story as SessionValue };
  await printFindings(loadStory(read.text, file).diagnostics, terminal);
  return EXIT.findings;
}

/** Changes a story file: `next` gives what it is to say, or undefined where it cannot be changed so. */
const save = (
  file: string,
  terminal: Terminal,
  next: (story: SessionValue) => SessionValue | undefined,
): Promise<number> => changeFile(file, () => saveOnce(file, terminal, next));

async function saveOnce(
  file: string,
  terminal: Terminal,
  next: (story: SessionValue) => SessionValue | undefined,
): Promise<number> {
  const read = await storyToChange(file, terminal);
  if (typeof read === 'number') return read;
  const { text, bom, story } = read;
  const wanted = next(story);
  if (wanted === undefined) {
    await printFindings(loadStory(text, file).diagnostics, terminal);
    return EXIT.findings;
  }
  let changed: string;
  try {
    changed = updateStory(text, wanted);
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    terminal.talk(`${visible(file)}:${error.line}: ${visible(error.message)}`);
    return EXIT.findings;
  }
  if (changed === text)
    throw new UsageError('nothing to change: give --set path=value or --from answers.yaml, or run it in a terminal');
  const old = loadStory(text, file).diagnostics.map(({ rule, message }) => `${rule} ${message}`);
  const fresh = loadStory(changed, file).diagnostics.filter(({ rule, message }) => {
    const at = old.indexOf(`${rule} ${message}`);
    if (at >= 0) old.splice(at, 1);
    return at < 0;
  });
  if (hasErrors(fresh)) {
    await printFindings(fresh, terminal);
    terminal.talk(`nutgraf: ${visible(file)} is not changed: the change would bring these errors`);
    return EXIT.usage;
  }
  const before = Buffer.from(bom + text);
  replaceFile(file, bom + changed, (now) => before.equals(now));
  await printFindings(fresh, terminal);
  terminal.talk(`${visible(file)} is written`);
  return EXIT.ok;
}
