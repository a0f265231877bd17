import { parseProse } from '../../prose/parse.js';
import { citations } from '../../prose/tree.js';
import { slugify, sourceId } from '../../schema/fields.js';
import { shapeBelow } from '../../schema/shape.js';
import { storyShape } from '../../story/schema.js';
import type { Path } from '../../yaml/places.js';
import { type Ask, BACK, Interrupted } from './ask.js';
import { listedIn, type Question, question, questionsOf, sectionKinds, shapeAt } from './questions.js';
import type { Session, SessionValue } from './session.js';

/** What is asked first, in this order; the review leads to every other field. */
const FIRST = ['headline', 'slug', 'dek', 'byline', 'published', 'lang'];
const SOURCE = ['outlet', 'title', 'url', 'published', 'id'];
/** Fields that the review alone asks for. */
const LATER = new Set(['kind', 'id', 'nature', 'image', 'heading']);

export interface Interview {
  ask: Ask;
  session: Session;
  /** Today, as a journalist writes it: 2025-10-06. */
  today: string;
  /** The text brief of the story as it is. */
  preview: () => Promise<string>;
}

/** The questions from the first to the last, then the review. Gives whether the story is to be saved. */
export async function interview(it: Interview): Promise<boolean> {
  it.ask.say(
    `Each answer is saved at once in ${it.session.draft}. Ctrl-C stops; nutgraf new --resume goes on. An empty answer skips, < goes back.\n`,
  );
  await askFields(it, [], inOrder(questionsOf(storyShape), FIRST));
  await askEntries(it, ['sources'], 'a source');
  await askSections(it, ['sections']);
  return review(it);
}

/** Goes on where a draft was left: with the questions after the last that was answered. */
export async function goOn(it: Interview): Promise<boolean> {
  const { story } = it.session;
  it.ask.say(`The draft so far: ${shown(story['headline']) ?? 'no headline yet'}\n`);
  if (story['sections'] === undefined) {
    if (story['sources'] === undefined) {
      const questions = inOrder(questionsOf(storyShape), FIRST);
      await askFields(it, [], questions, after(questions, story));
    } else await askRest(it, 'sources');
    await askEntries(it, ['sources'], 'a source');
  } else await askRest(it, 'sections');
  await askSections(it, ['sections']);
  return review(it);
}

/** What was not yet asked of a list's last entry. */
async function askRest(it: Interview, list: 'sources' | 'sections'): Promise<void> {
  const entries = it.session.get([list]) as SessionValue[];
  const last = entries.at(-1) as SessionValue;
  const path = [list, entries.length - 1];
  const kind = sectionKinds.find((each) => each.kind === last['kind']);
  await askRestOf(it, path, list === 'sources' ? sourceQuestions() : kind ? sectionQuestions(kind.kind) : [], last);
}

/** What was not yet asked of a group; of a list in it that was begun, what was not yet asked of its last entry first. */
async function askRestOf(
  it: Interview,
  path: Path,
  questions: readonly Question[],
  group: SessionValue,
): Promise<void> {
  const at = after(questions, group);
  const entries = group[questions[at]?.name ?? ''];
  const last: unknown = Array.isArray(entries) ? entries.at(-1) : undefined;
  if (Array.isArray(entries) && typeof last === 'object' && last !== null) {
    const entry = [...path, (questions[at] as Question).name, entries.length - 1];
    await askRestOf(it, entry, questionsOf(shapeAt(it.session.story, entry)), last as SessionValue);
  }
  await askFields(it, path, questions, at);
}

/** Which question comes after the last that has an answer; a list or a text that was begun is gone on with. */
function after(questions: readonly Question[], group: SessionValue): number {
  const last = questions.findLastIndex(({ name }) => group[name] !== undefined);
  const { kind } = questions[last] ?? {};
  return kind === 'list' || kind === 'prose' ? last : last + 1;
}

const inOrder = (all: readonly Question[], names: readonly string[]): Question[] =>
  names.flatMap((name) => all.find((question) => question.name === name) ?? []);

const sourceQuestions = () => inOrder(questionsOf(shapeAt({ sources: [{}] }, ['sources', 0])), SOURCE);

function sectionQuestions(kind: string): Question[] {
  const questions = sectionKinds.flatMap((each) => (each.kind === kind ? questionsOf(each.shape) : []));
  return questions.filter(
    ({ name, required }) => !LATER.has(name) || (name === 'heading' && (required || kind === 'text')),
  );
}

type Outcome = 'done' | 'back';

/** Asks field after field; `<` leads to the one before, and from the first one out. */
async function askFields(it: Interview, path: Path, questions: readonly Question[], from = 0): Promise<Outcome> {
  for (let i = from; i < questions.length; ) {
    const outcome = await askField(it, [...path, (questions[i] as Question).name], questions[i] as Question);
    i += outcome === 'back' ? -1 : 1;
    if (i < 0) {
      if (path.length > 0) return 'back';
      i = 0;
    }
  }
  return 'done';
}

/** Asks for one field, and takes the answer; an empty one leaves the field as it is. */
async function askField(it: Interview, path: Path, asked: Question): Promise<Outcome> {
  const { ask, session } = it;
  const now = session.get(path);
  const message = asked.title;
  const help = asked.help;
  switch (asked.kind) {
    case 'line':
    case 'words': {
      const suggested = now === undefined ? suggestion(it, path) : shown(now);
      const check = (value: string) => asked.check(value) ?? taken(it, path, value);
      let answer: string | typeof BACK;
      try {
        answer = await ask.line({ message, help, now: suggested, check });
      } catch (error) {
        const partial = error instanceof Interrupted ? error.partial?.trim() : undefined;
        if (partial && asked.kind === 'line' && check(partial) === undefined) session.set(path, partial);
        throw error;
      }
      if (answer === BACK) return 'back';
      const value = answer === '' ? suggested : answer;
      if (value !== undefined && value !== shown(now)) {
        session.set(path, asked.kind === 'words' ? words(value, asked.name) : value);
        if (path.join() === 'headline' && now !== undefined) followHeadline(it, String(now), value);
      } else if (value === undefined && asked.required) ask.say(`  ${message} is needed; the review will ask again.`);
      return 'done';
    }
    case 'prose':
      return askProse(it, path, asked);
    case 'choice':
    case 'flag':
    case 'source': {
      const options =
        asked.kind === 'source'
          ? sources(session).map((source) => ({ name: outletOf(source), value: String(source['id']) }))
          : (asked.kind === 'flag' ? ['true', 'false'] : asked.choices).map((name) => ({ name, value: name }));
      const answer = await ask.choose<string | undefined>(`${message} — ${help}`, [
        ...options,
        ...(asked.kind === 'source' ? [{ name: 'Another source: add it', value: '+' }] : []),
        { name: now === undefined ? 'Skip' : `Keep: ${shown(now)}`, value: undefined },
        { name: '← Back', value: '<' },
      ]);
      if (answer === '<') return 'back';
      if (answer === '+') {
        await addEntry(it, ['sources']);
        return askField(it, path, asked);
      }
      if (answer !== undefined) session.set(path, asked.kind === 'flag' ? answer === 'true' : answer);
      return 'done';
    }
    case 'list':
      return path.at(-1) === 'sections' ? askSections(it, path) : askEntries(it, path, `an entry: ${message}`);
    case 'group':
      return askFields(it, path, questionsOf(asked.shape));
    default:
      ask.say(`  ${message} is written in the file by hand.`);
      return 'done';
  }
}

async function askProse(it: Interview, path: Path, asked: Question): Promise<Outcome> {
  const { ask, session } = it;
  const now = session.get(path);
  let answer: string | undefined | typeof BACK;
  try {
    answer = await ask.text({
      message: asked.title,
      help: asked.help,
      now: now === undefined ? undefined : String(now),
    });
  } catch (error) {
    // What was typed so far goes into the draft.
    if (error instanceof Interrupted && error.partial?.trim())
      session.set(path, asProse(now === undefined ? error.partial : `${String(now).trimEnd()}\n\n${error.partial}`));
    throw error;
  }
  if (answer === BACK) return 'back';
  if (answer === undefined) return 'done';
  session.set(path, asProse(answer));
  await offerCitations(it, path);
  return 'done';
}

const asProse = (text: string) =>
  `${text
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()}\n`;

/** Offers the sources given so far to a text that cites none. */
async function offerCitations({ ask, session }: Interview, path: Path): Promise<void> {
  const known = sources(session);
  const text = String(session.get(path));
  const { blocks } = parseProse(text);
  if (known.length === 0 || [...citations(blocks)].length > 0 || blocks.at(-1)?.type === 'code') return;
  const chosen = await ask.many(
    'Which sources does it rest on? (space marks, enter goes on)',
    known.map((source) => ({ name: outletOf(source), value: String(source['id']) })),
  );
  if (chosen.length > 0) session.set(path, `${text.trimEnd()} [${chosen.map((id) => `@${id}`).join('; ')}]\n`);
}

/** The sources that can be cited: those that have an id. */
const sources = (session: Session): SessionValue[] =>
  ((session.story['sources'] as SessionValue[] | undefined) ?? []).filter(({ id }) => id !== undefined && id !== '');

const outletOf = (source: SessionValue) => String(source['outlet'] ?? source['title'] ?? source['id']);

/** A new story's slug that was made of its headline changes with it. */
function followHeadline({ ask, session }: Interview, old: string, headline: string): void {
  const slug = slugify(headline);
  if (session.changesFile || slug === '' || session.get(['slug']) !== slugify(old)) return;
  session.set(['slug'], slug);
  ask.say(`  The slug is ${slug} now.`);
}

/** Why an id cannot be a source's: another has it. */
function taken({ session }: Interview, path: Path, value: string): string | undefined {
  if (path[0] !== 'sources' || path.length !== 3 || path[2] !== 'id') return undefined;
  const all = (session.story['sources'] as SessionValue[] | undefined) ?? [];
  return all.some(({ id }, i) => i !== path[1] && id === value) ? 'is the id of another source' : undefined;
}

/** What a field that is empty probably holds. */
function suggestion({ session, today }: Interview, path: Path): string | undefined {
  const name = path.at(-1);
  if (path.length === 1) {
    if (name === 'slug') return slugify(String(session.get(['headline']) ?? '')) || undefined;
    if (name === 'published') return today;
    if (name === 'lang') return 'en';
  }
  if (path[0] === 'corrections' && name === 'date') return today;
  if (path[0] === 'sources' && name === 'id') {
    const source = session.get(path.slice(0, -1)) as SessionValue | undefined;
    const taken = new Set(sources(session).map(({ id }) => String(id)));
    return sourceId(String(source?.['outlet'] ?? source?.['title'] ?? 'source'), taken);
  }
  return undefined;
}

const words = (value: string, name: string) => {
  const all = name === 'byline' ? listedIn(value).flatMap((word) => word.split(/\s+and\s+/)) : listedIn(value);
  return all.length === 1 && name === 'byline' ? all[0] : all;
};

/** A value as one line. */
function shown(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value))
    return value.map((item) => (typeof item === 'string' ? item : (shown(item) ?? ''))).join(', ');
  if (typeof value === 'object' && value !== null) {
    const group = value as SessionValue;
    return String(
      group['headline'] ??
        group['heading'] ??
        group['name'] ??
        group['outlet'] ??
        group['title'] ??
        group['question'] ??
        group['says'] ??
        group['quote'] ??
        group['figure'] ??
        group['text'] ??
        group['kind'] ??
        '…',
    ).split('\n')[0];
  }
  return String(value).trim().split('\n')[0];
}

/** Entries of a list, one after another, until there are enough. */
async function askEntries(it: Interview, path: Path, what: string): Promise<Outcome> {
  for (;;) {
    const list = (it.session.get(path) as unknown[] | undefined) ?? [];
    const next = await it.ask.choose(
      `${list.length === 0 ? 'Add' : `${list.length} so far. Add`} ${list.length === 0 ? what : 'another'}?`,
      [
        ...(list.length === 0 ? [] : [{ name: 'No, that is all', value: 'no' }]),
        { name: 'Yes', value: 'yes' },
        ...(list.length === 0 ? [{ name: 'No, skip this', value: 'no' }] : []),
        { name: '← Back', value: 'back' },
      ],
    );
    if (next === 'back') return 'back';
    if (next === 'no') return 'done';
    await addEntry(it, path);
  }
}

/** One more entry at the end of a list. */
export async function addEntry(it: Interview, path: Path): Promise<void> {
  const list = (it.session.get(path) as unknown[] | undefined) ?? [];
  const at = [...path, list.length];
  const element = shapeBelow(shapeAt(it.session.story, path), 0);
  if (element.type === 'text') {
    await askField(it, at, question('entry', element));
    return;
  }
  await askFields(it, at, path.join() === 'sources' ? sourceQuestions() : questionsOf(element));
}

async function askSections(it: Interview, path: Path): Promise<Outcome> {
  for (;;) {
    const list = (it.session.get(path) as SessionValue[] | undefined) ?? [];
    const message =
      list.length === 0
        ? 'Add a section: of which kind?'
        : `${list.length} so far: ${list.map(({ kind }) => kind).join(', ')}. Add another?`;
    const kind = await it.ask.choose(message, [
      ...(list.length > 0 ? [{ name: 'No, that is all', value: 'no' }] : []),
      ...sectionKinds
        .filter((each) => each.kind !== 'group' || path.length === 1)
        .map(({ kind: value, title, description }) => ({ name: `${title} (${value})`, value, description })),
      ...(list.length === 0 ? [{ name: 'Later', value: 'no' }] : []),
    ]);
    if (kind === 'no') return 'done';
    await addSection(it, path, kind);
  }
}

/** One more section of a kind at the end of a list of sections. */
export async function addSection(it: Interview, path: Path, kind: string): Promise<void> {
  const list = (it.session.get(path) as unknown[] | undefined) ?? [];
  const at = [...path, list.length];
  it.session.set(at, { kind });
  const outcome = await askFields(it, at, sectionQuestions(kind));
  if (outcome === 'back' && Object.keys(it.session.get(at) as SessionValue).length === 1) it.session.set(at, undefined);
}

/** The whole story with its open problems; leads to every field. Gives whether to save. */
export async function review(it: Interview): Promise<boolean> {
  for (;;) {
    const problems = it.session.problems();
    for (const { severity, message, hint, line } of problems)
      it.ask.say(`  ${severity}, line ${line}: ${message}${hint ? ` (${hint})` : ''}`);
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    const leads = problems.flatMap((problem) => (problem.path?.length ? [{ problem, path: problem.path }] : []));
    const next = await it.ask.choose<string>(
      errors > 0 ? `The story, with ${errors} open ${errors === 1 ? 'problem' : 'problems'}` : 'The story is sound',
      [
        ...(errors > 0 ? [] : [{ name: 'Save', value: 'save' }]),
        ...leads.map(({ problem, path }, i) => ({
          name: `Fix ${path.map(step).join(', ')}: ${problem.message}`,
          value: `!${i}`,
        })),
        { name: 'Read the text brief', value: 'preview' },
        ...fieldChoices(it.session.story, questionsOf(storyShape)),
        { name: 'Leave; the draft stays', value: 'leave' },
        ...(errors > 0 ? [{ name: 'Save it all the same', value: 'save' }] : []),
      ],
    );
    if (next === 'save') return true;
    if (next === 'leave') return false;
    if (next === 'preview') it.ask.say(await it.preview());
    else if (next.startsWith('!')) await change(it, leads[Number(next.slice(1))]?.path ?? []);
    else await change(it, [next.slice(1)]);
  }
}

/** A step of a path as a person counts. */
const step = (part: string | number) => (typeof part === 'number' ? `no. ${part + 1}` : part);

const short = (text: string) => (text.length > 60 ? `${[...text].slice(0, 60).join('')}…` : text);

/** A group's fields with what they hold, those that hold something first. */
function fieldChoices(group: SessionValue, questions: readonly Question[]) {
  const choice = ({ name, title }: Question) => {
    const value = shown(group[name]);
    const text = value === undefined ? '—' : short(value);
    return {
      name: `${title}: ${Array.isArray(group[name]) ? `${(group[name] as unknown[]).length}, ${text}` : text}`,
      value: `:${name}`,
    };
  };
  const filled = questions.filter(({ name }) => group[name] !== undefined);
  const rest = questions.filter(({ name, kind }) => group[name] === undefined && kind !== 'other');
  return [...filled, ...rest].map(choice);
}

/** Changes what stands at a path: a field by its question, a list or group by a menu of what is in it. */
async function change(it: Interview, path: Path): Promise<void> {
  const name = String(path.at(-1));
  const shape = shapeAt(it.session.story, path);
  const asked = question(name, shape);
  if (asked.kind !== 'list' && asked.kind !== 'group') {
    if (it.session.get(path) !== undefined) {
      const what = await it.ask.choose(`${asked.title}: ${shown(it.session.get(path))}`, [
        { name: 'Change it', value: 'change' },
        { name: 'Take it out', value: 'remove' },
        { name: '← Back', value: 'back' },
      ]);
      if (what === 'remove') it.session.set(path, undefined);
      if (what !== 'change') return;
    }
    await askField(it, path, asked);
    return;
  }
  for (;;) {
    const value = it.session.get(path);
    if (value === undefined && typeof path.at(-1) === 'number') return;
    const isList = asked.kind === 'list';
    const entries = isList
      ? ((value as unknown[] | undefined) ?? []).map((item, i) => ({
          name: `${i + 1}. ${(item as SessionValue)['kind'] ? `${(item as SessionValue)['kind']}: ` : ''}${short(shown(item) ?? '')}`,
          value: `#${i}`,
        }))
      : fieldChoices(
          (value as SessionValue | undefined) ?? {},
          questionsOf(shape).filter((question) => question.name !== 'kind'),
        );
    const next = await it.ask.choose<string>(asked.title, [
      { name: '← Back', value: 'back' },
      ...entries,
      ...(isList ? [{ name: 'Add one', value: 'add' }] : []),
      ...(value === undefined ? [] : [{ name: 'Take it out', value: 'remove' }]),
    ]);
    if (next === 'back') return;
    if (next === 'remove') {
      const count = Array.isArray(value) ? `all ${value.length} of ${asked.title}` : asked.title;
      const sure = await it.ask.choose(`Take out ${count}?`, [
        { name: 'No, keep it', value: false },
        { name: 'Yes, take it out', value: true },
      ]);
      if (!sure) continue;
      it.session.set(path, undefined);
      return;
    }
    if (next === 'add') {
      if (name === 'sections') await askSections(it, path);
      else await addEntry(it, path);
    } else await change(it, [...path, next.startsWith('#') ? Number(next.slice(1)) : next.slice(1)]);
  }
}
