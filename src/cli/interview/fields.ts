import type { Shape } from '../../schema/shape.js';
import type { FormField, Reading, Values } from '../../tui/form.js';
import type { Path } from '../../yaml/places.js';
import { languageName, languageNames, type Typed, typedAs } from '../typed.js';
import { citationTrouble } from './citations.js';
import { type Interview, sourceChoices } from './interview.js';
import { inSentence } from './problems.js';
import { type Question, questionsOf } from './questions.js';
import type { SessionValue } from './session.js';

/** Words for values that are chosen, where the values are not words that a reporter would use. */
const CHOICES: Readonly<Record<string, string>> = {
  outlet: 'article',
  social: 'social post',
  'people-and-ai': 'people and AI',
  ai: 'AI',
  true: 'yes',
  false: 'no',
};

/** Whether a field is asked in the flow, behind “More”, or elsewhere. */
export const isAsked = ({ asked }: Shape, ...when: string[]): boolean => when.includes(asked?.ask ?? 'never');

export interface FormFieldsOptions {
  /** The fields that are asked, in this order; default: all that are asked in the flow. */
  names?: readonly string[];
  /** Those behind “More”; default: all that say so, where no names are given. */
  more?: readonly string[];
  /** What is there before anything is typed. */
  filled?: SessionValue;
  /** Where the group stands, so that what is wrong with its fields is said in them. */
  path?: Path;
}

/** The fields of a form for a group of the story. */
export function formFields(
  it: Interview,
  shape: Shape,
  now: SessionValue,
  { names, more, filled = {}, path }: FormFieldsOptions = {},
): FormField[] {
  const all = questionsOf(shape).filter(({ kind }) => kind !== 'group' && kind !== 'other' && kind !== 'list');
  const named = (list: readonly string[]) =>
    list.flatMap((name) => all.find((question) => question.name === name) ?? []);
  const first = names ? named(names) : all.filter(({ shape: field }) => isAsked(field, 'first'));
  const rest = more ? named(more) : names ? [] : all.filter(({ shape: field }) => isAsked(field, 'more'));
  const notes = path === undefined ? new Map<string, string>() : notesAt(it, path);
  const noted = (field: FormField): FormField => ({ ...field, note: notes.get(field.name) });
  return [
    ...first.map((question) => noted(fieldOf(it, question, now, filled, false))),
    ...rest.map((question) => noted(fieldOf(it, question, now, filled, true))),
  ];
}

/** What is wrong with the fields of a group, by their names. */
function notesAt({ session }: Interview, path: Path): Map<string, string> {
  const own = session
    .problems()
    .filter(({ path: at = [] }) => at.length > path.length && path.every((step, i) => at[i] === step));
  return new Map(own.map((problem) => [String(problem.path?.[path.length]), inSentence(problem)]));
}

function fieldOf(
  it: Interview,
  question: Question,
  now: SessionValue,
  filled: SessionValue,
  isMore: boolean,
): FormField {
  const { name, shape, kind, choices } = question;
  const { label = question.title, prompt = question.help } = shape.asked ?? {};
  const value = shownValue(now[name] ?? filled[name]);
  const common = { name, label, help: prompt, placeholder: prompt, value, isMore };
  if (kind === 'source') return { ...common, kind: 'find', opens: true, choices: sourceChoices(it) };
  if (name === 'lang')
    return {
      ...common,
      kind: 'find',
      makeChoices: languageNames,
      nameOf: languageName,
      read: readerFor(it, shape, name),
    };
  if (kind === 'choice' || kind === 'flag') {
    const values = kind === 'flag' ? ['true', 'false'] : choices;
    const empty = question.required ? [] : [{ value: '', name: '–' }];
    const offered = values.map((each) => ({ value: each, name: CHOICES[each] ?? each.replaceAll('-', ' ') }));
    return { ...common, kind: 'pick', choices: [...empty, ...offered] };
  }
  const read = readerFor(it, shape, name);
  return { ...common, kind: kind === 'prose' ? 'long' : 'line', ...(read ? { read } : {}) };
}

/** A value as it stands in a field. */
function shownValue(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value))
    return value.map((item) => (typeof item === 'object' ? String(item?.name ?? '') : String(item))).join(', ');
  return String(value).trimEnd();
}

/** What reads a field's text, by its type; undefined where any text will do. */
function readerFor(it: Interview, shape: Shape, name: string): FormField['read'] {
  if (shape.type !== 'text') return undefined;
  const { problem, hint, text } = shape;
  if (text === 'prose')
    return (typed) => {
      const trouble = citationTrouble(typed, it);
      if (!trouble) return {};
      const { problem: wrong, fix } = trouble;
      return { problem: wrong, ...(fix ? { fix: { label: fix.label, value: fix.text } } : {}) };
    };
  if (name === 'lang' || text === 'url' || text === 'date' || text === 'when') {
    const lang = String(it.session.story['lang'] ?? 'en');
    return (typed) => readingOf(typed, typedAs(shape, name, typed, { today: it.today, lang }) ?? {});
  }
  return (typed) => {
    const wrong = problem(typed);
    if (wrong === undefined) return {};
    const better = /^write (\S+)$/.exec(hint(typed) ?? '')?.[1];
    return {
      problem: `${shape.asked?.label ?? 'This'} ${wrong}`,
      ...(better ? { fix: { label: `use ${better}`, value: better } } : {}),
    };
  };
}

function readingOf(typed: string, { value, shown, problem, fix, why }: Typed): Reading {
  return {
    shown,
    problem,
    fix,
    ...(value !== undefined && value !== typed ? { settled: { value, why: why ?? '' } } : {}),
  };
}

/** A group with what was typed into its form, compared with what it was then; what was left empty is taken out. */
export function grouped(shape: Shape, now: SessionValue, values: Values, base = now): SessionValue {
  const group: SessionValue = { ...base };
  for (const { name, kind } of questionsOf(shape)) {
    const typed = values[name];
    if (typed === undefined || typed === shownValue(now[name])) continue;
    if (typed === '') delete group[name];
    else if (kind === 'words') group[name] = wordsOf(typed, now[name], name === 'byline');
    else if (kind === 'flag') group[name] = typed === 'true';
    else group[name] = kind === 'prose' && typed.includes('\n') ? `${typed}\n` : typed;
  }
  return group;
}

/** Words with commas between them; names may have “and” before the last. An author whose name stays keeps role and page. */
function wordsOf(typed: string, now: unknown, isNames: boolean): unknown {
  const parts = isNames ? /\s*[,،、]\s*(?!(?:Jr|Sr|II|III|IV)\b)(?:and\s+)?|\s+and\s+/ : /\s*[,،、]\s*/;
  const all = typed.split(parts).filter((word) => word !== '');
  if (!isNames) return all;
  const authors = (Array.isArray(now) ? now : []) as unknown[];
  const named = all.map(
    (name) => authors.find((author) => (author as SessionValue | undefined)?.['name'] === name) ?? name,
  );
  return named.length === 1 && typeof named[0] === 'string' ? named[0] : named;
}
