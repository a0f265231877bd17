import { sourceId } from '../../schema/fields.js';
import { Form, type FormAnswer, type FormField, type FormOptions, type Reading, type Values } from '../../tui/form.js';
import type { Path } from '../../yaml/places.js';
import { typedUrl } from '../typed.js';
import { formFields, grouped } from './fields.js';
import { entriesOf, type Interview, sourceChoices } from './interview.js';
import { shapeAt } from './questions.js';
import type { SessionValue } from './session.js';

interface Asking extends Omit<FormOptions, 'fields' | 'summary'> {
  /** The fields that are asked; default: those of the flow, and the others behind “More”. */
  names?: readonly string[];
  /** Those behind “More”, beside the ones that are named. */
  more?: readonly string[];
  /** What is there before anything is typed. */
  filled?: SessionValue;
  summary?: (values: Values) => string;
}

/** Asks for a group of the story on one form; what is typed is kept at every pause. An empty group is not kept. */
export async function askGroup(
  it: Interview,
  path: Path,
  { names, more, filled = {}, summary, ...options }: Asking,
): Promise<Left> {
  const shape = shapeAt(path.length === 0 ? {} : withEntry(it, path), path);
  const before = (it.session.get(path) as SessionValue | undefined) ?? {};
  const form = new Form({
    ...options,
    fields: formFields(it, shape, before, { ...(names ? { names } : {}), ...(more ? { more } : {}), filled, path }),
    sources: () => sourceChoices(it),
    summary: summary ?? ((values) => Object.values(values).filter(Boolean).join(' · ')),
  });
  it.session.place = path;
  let kept = JSON.stringify(before);
  const keep = (isLast = false) => {
    // Other parts of the group may have changed meanwhile: a source that was added from here.
    const now = (it.session.get(path) as SessionValue | undefined) ?? {};
    const typed = grouped(shape, before, form.values, now);
    const isTyped = Object.entries(typed).some(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(filled[name]) && name !== 'kind',
    );
    const isKept = isTyped || path.length === 0 || Object.keys(before).length > 0;
    const group = isKept ? typed : before;
    const text = JSON.stringify(group);
    const isEmpty = Object.keys(group).length === 0;
    if (text === kept || (isEmpty && !isLast)) return; // what is empty for a moment stays
    kept = text;
    it.session.set(path, isEmpty ? undefined : group);
  };
  for (;;) {
    const answer = await it.runner.run(form, () => keep());
    keep(answer.how !== 'source');
    if (answer.how !== 'source') return answer.how;
    const id = await addSource(it, answer.name);
    if (id !== undefined) form.insertSource(id);
  }
}

/** How a form was left in the end. */
export type Left = Exclude<FormAnswer['how'], 'source'>;

/** Asks for one more source, called so where it was typed; gives its short name, or undefined where none was added. */
export async function addSource(it: Interview, name: string): Promise<string | undefined> {
  const at = entriesOf(it, ['sources']).length;
  await askSource(it, at, name);
  const added = entriesOf(it, ['sources'])[at];
  return added === undefined ? undefined : String(added['id']);
}

/** The story with an entry at a path, so that the shape of an entry that is not there yet is known. */
function withEntry(it: Interview, path: Path): unknown {
  return it.session.with(path, it.session.get(path) ?? {});
}

/** The fields of a source that its form has. */
const SOURCE = [
  'kind',
  'outlet',
  'author',
  'title',
  'url',
  'published',
  'accessed',
  'archive',
  'via',
  'paywall',
  'lang',
  'id',
];

/** Asks for a source; `name` is what it was called where it was typed: a short name, or that of an outlet. */
export async function askSource(it: Interview, at: number, name = ''): Promise<Left> {
  const path = ['sources', at];
  const { session } = it;
  const shape = shapeAt(withEntry(it, path), path);
  const before = (session.get(path) as SessionValue | undefined) ?? {};
  const isId = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$/u.test(name);
  const filled: SessionValue = { kind: 'outlet', ...(name === '' ? {} : isId ? { id: name } : { outlet: name }) };
  const form = new Form({
    head: { path: ['Sources', `source ${at + 1}`] },
    fields: formFields(it, shape, before, { names: SOURCE, filled, path }).map((field) => sourceField(field, it, at)),
    start: before['kind'] === 'interview' ? 'author' : 'outlet',
    ends: 'outlet',
    enter: 'next source',
    done: 'that is all',
    summary: ({ outlet = '', author = '', title = '' }) =>
      [outlet || author, title && `“${title}”`, id && `cite it as [@${id}]`].filter(Boolean).join(' · '),
  });
  session.place = path;
  const taken = () => new Set(entriesOf(it, ['sources']).flatMap(({ id }, i) => (i === at ? [] : [String(id)])));
  let kept = JSON.stringify(before);
  let id = before['id'] === undefined ? undefined : String(before['id']);
  const keep = (isLast = false) => {
    const typed = grouped(shape, before, withMovedAddress(form.values));
    if (typed['kind'] === 'outlet') delete typed['kind'];
    const isEmpty = Object.entries(typed).every(([field, value]) => field === 'kind' || value === filled[field]);
    const isNothing = isEmpty && before['id'] === undefined && name === '';
    if (isNothing && (id === undefined || !isLast)) return;
    const label = String(typed['outlet'] ?? typed['author'] ?? typed['title'] ?? typed['url'] ?? 'source');
    const made = sourceId(label.replace(/^https?:\/\/(?:www\.)?/i, ''), taken());
    const wanted = String(typed['id'] ?? made);
    // A name that may be cited changes once, when the form is left; one that another source has is not taken.
    const stays = before['id'] !== undefined && (!isLast || taken().has(wanted));
    const own = stays ? String(before['id']) : wanted;
    const group = isNothing ? undefined : Object.assign({ id: own }, typed, { id: own });
    const text = JSON.stringify(group ?? {});
    if (text === kept) return;
    kept = text;
    session.set(path, group);
    if (group && before['id'] !== undefined && before['id'] !== group.id)
      session.renameSource(String(before['id']), group.id);
    id = group?.id;
  };
  const { how } = await it.runner.run(form, () => keep());
  keep(true);
  return how === 'source' ? 'next' : how;
}

/** A field of the form of a source: an interview has a person, and neither outlet nor link. */
function sourceField(field: FormField, it: Interview, at: number): FormField {
  const isInterview = ({ kind }: Values) => kind === 'interview';
  switch (field.name) {
    case 'kind':
      return { ...field, choices: field.choices?.filter(({ value }) => value !== '') };
    case 'author':
      return {
        ...field,
        label: 'Person',
        help: 'Whom you talked to',
        placeholder: 'Whom you talked to',
        isAsked: isInterview,
      };
    case 'outlet':
      return { ...field, isAsked: (values) => !isInterview(values) };
    case 'url':
      return {
        ...field,
        isAsked: (values) => !isInterview(values),
        read: (text, values) => twice(it, at, text) ?? field.read?.(text, values) ?? {},
      };
    default:
      return { ...field, isMore: field.name !== 'title' && field.name !== 'published' };
  }
}

/** What is said of an address that another source has. */
function twice(it: Interview, at: number, text: string): Reading | undefined {
  const { value = text } = typedUrl(text);
  const other = entriesOf(it, ['sources']).findIndex(({ url }, i) => i !== at && url === value);
  return other < 0 ? undefined : { problem: `you have this address: source ${other + 1}` };
}

/** An address that was pasted into the field of the outlet belongs to the link. */
function withMovedAddress(values: Values): Values {
  const { outlet = '', url = '' } = values;
  return /^https?:\/\/\S+$/i.test(outlet) && url === '' ? { ...values, outlet: '', url: outlet } : values;
}

/** Asks for sources, one after another, until an empty one. */
export async function askSources(it: Interview): Promise<'done' | 'back'> {
  for (;;) {
    const at = entriesOf(it, ['sources']).length;
    const how = await askSource(it, at);
    if (how !== 'next') return how;
    if (entriesOf(it, ['sources']).length === at) return 'done';
  }
}

/** Asks for a correction. */
export function askCorrection(it: Interview): Promise<Left> {
  const at = entriesOf(it, ['corrections']).length;
  const { headline } = it.session.story;
  return askGroup(it, ['corrections', at], {
    head: { path: ['Correction', String(headline ?? 'the story')] },
    names: ['section', 'was', 'now', 'text', 'date', 'kind'],
    filled: { date: it.today },
    enter: 'save',
    done: 'save',
  });
}
