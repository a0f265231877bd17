import { fixText } from '../../checks/fix.js';
import { loadStory } from '../../checks/load.js';
import type { Diagnostic } from '../../diagnostics.js';
import { swapEntries } from '../../story/edit.js';
import { type Item, Outline, type OutlineAnswer } from '../../tui/outline.js';
import { Pager } from '../../tui/pager.js';
import type { Path } from '../../yaml/places.js';
import { plural } from '../report/pretty.js';
import { languageName, typedDate } from '../typed.js';
import { citationTrouble } from './citations.js';
import { askGroup, askSource, askSources } from './forms.js';
import { entriesOf, type Interview, sourceChoices } from './interview.js';
import { inWords } from './problems.js';
import { sectionKinds } from './questions.js';
import { askEntries, askEntry, askSections, askText, entriesIn, writeSection } from './sections.js';
import { type SessionValue, shapeless } from './session.js';
import { askStory, askStoryMore } from './story.js';

/** What the outline remembers between two actions. */
interface State {
  at: string;
  unfolded: Set<string>;
  carried?: string | undefined;
  /** The story before an item was picked up, so that Esc puts it back. */
  lifted?: string | undefined;
  said?: string | undefined;
}

/** The story as its parts, where everything can be changed, moved, deleted and undone. Gives whether it is to be saved. */
export async function outline(it: Interview, start = 'save'): Promise<boolean> {
  const state: State = { at: start, unfolded: new Set() };
  for (;;) {
    const problems = it.session.problems();
    const items = itemsOf(it, state, problems);
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    const rest = problems.length - errors;
    const aside = [...(errors > 0 ? [`${errors} to fix`] : []), ...(rest > 0 ? [`${rest} to look at`] : [])].join(
      ' · ',
    );
    const headline = String(it.session.story['headline'] ?? 'A story without a headline yet');
    const answer = await it.runner.run(
      new Outline({
        head: { path: [headline], aside: aside === '' ? 'ready to save' : aside },
        items,
        start: state.at,
        carried: state.carried,
        said: state.said,
      }),
    );
    state.said = undefined;
    const outcome = await act(it, state, answer, problems);
    if (outcome !== undefined) return outcome;
  }
}

/** Does what was chosen; gives whether the story is to be saved where that ends the outline. */
async function act(
  it: Interview,
  state: State,
  answer: OutlineAnswer,
  problems: readonly Diagnostic[],
): Promise<boolean | undefined> {
  const { session } = it;
  if (!('id' in answer)) {
    if (answer.how === 'back') return false;
    if (answer.how === 'cancel' && state.lifted !== undefined) session.replace(state.lifted);
    state.carried = undefined;
    if (answer.how === 'cancel') return undefined;
    if (answer.how === 'editor') state.said = editWhole(it);
    else if (!session.travel(answer.how === 'undo')) state.said = `nothing to ${answer.how}`;
    return undefined;
  }
  const { id } = answer;
  const path = pathOf(id);
  state.at = id;
  switch (answer.how) {
    case 'unfold':
      state.unfolded.add(id);
      return undefined;
    case 'fold':
      state.unfolded.delete(id);
      return undefined;
    case 'lift':
      session.mark();
      state.carried = id;
      state.lifted = session.text;
      return undefined;
    case 'drop':
      state.carried = undefined;
      return undefined;
    case 'move':
      if (state.carried === undefined) session.mark();
      moved(it, state, path, answer.step);
      return undefined;
    case 'delete': {
      session.mark();
      const name = itemsOf(it, state, problems).find((item) => item.id === id)?.name ?? '';
      session.set(path, undefined);
      state.said = `deleted ${name} · Ctrl-Z brings it back`;
      return undefined;
    }
    case 'fix':
      session.mark();
      state.said = fixed(
        it,
        problems.filter((problem) => isAt(problem, id, state)),
      );
      return undefined;
    default:
      return opened(it, state, id, path, problems);
  }
}

/** Lets somebody change the whole story in an editor; says what keeps it from being read. */
function editWhole({ session, runner }: Interview): string | undefined {
  const text = runner.edit(session.text);
  if (text === undefined || text === session.text) return undefined;
  session.mark();
  session.replace(text);
  const wrong = shapeless(text, 'story.yaml');
  return wrong && `line ${wrong.line}: ${wrong.message} · Ctrl-O opens it again`;
}

async function opened(
  it: Interview,
  state: State,
  id: string,
  path: Path,
  problems: readonly Diagnostic[],
): Promise<boolean | undefined> {
  const { session, runner } = it;
  session.mark();
  switch (id) {
    case 'save':
      return true;
    case 'preview':
      await runner.run(new Pager({ path: ['Preview', 'as plain text'] }, await it.preview()));
      return undefined;
    case 'fix':
      state.said = fixed(it, problems);
      return undefined;
    case 'story':
      await askStory(it);
      return undefined;
    case 'more':
      await askStoryMore(it);
      return undefined;
    case 'add':
      await askSections(it);
      return undefined;
    case 'add-source':
      await askSources(it);
      return undefined;
    case 'sources':
      toggle(state, id);
      return undefined;
    default:
      break;
  }
  if (path[0] === 'sources') {
    await askSource(it, Number(path[1]));
    return undefined;
  }
  if (path[0] === 'corrections') {
    await askGroup(it, path, { head: { path: ['Correction'] }, enter: 'done', done: 'done' });
    return undefined;
  }
  const at = path.lastIndexOf('items');
  const last = path.at(-1);
  if (last === 'head') {
    const section = path.slice(0, -1);
    const kind = kindAt(it, section);
    await askGroup(it, section, {
      head: { path: [titleOf(kind), 'heading'] },
      names: ['heading', 'nature'],
      enter: 'done',
      done: 'done',
    });
    return undefined;
  }
  if (last === 'intro') {
    const section = path.slice(0, -1);
    await askText(it, section, kindAt(it, section));
    return undefined;
  }
  if (last === 'add') {
    const section = path.slice(0, -1);
    const kind = kindAt(it, section);
    if (kind === 'group') await askSections(it, [...section, 'sections']);
    else await askEntries(it, section, kind);
    return undefined;
  }
  if (at > 0 && at === path.length - 2) {
    const section = path.slice(0, at);
    await askEntry(it, section, kindAt(it, section), Number(last));
    return undefined;
  }
  const kind = kindAt(it, path);
  if (isFolder(kind)) toggle(state, id);
  else if (kind === 'text' && (session.get(path) as SessionValue)['text'] === undefined)
    await writeSection(it, path, kind);
  else await askText(it, path, kind);
  return undefined;
}

/** The kind of the section at a path. */
const kindAt = ({ session }: Interview, path: Path): string => String((session.get(path) as SessionValue)['kind']);

const toggle = ({ unfolded }: State, id: string) => void (unfolded.delete(id) || unfolded.add(id));

/** Whether a section has parts that stand below it. */
const isFolder = (kind: string): boolean => kind === 'group' || entriesIn(kind)?.arePoints === false;

const titleOf = (kind: string): string => sectionKinds.find((each) => each.kind === kind)?.title ?? kind;

const pathOf = (id: string): Path => id.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** Moves an entry of a list by one place; at an end of it nothing happens. */
function moved(it: Interview, state: State, path: Path, step: 1 | -1): void {
  const list = path.slice(0, -1);
  const at = Number(path.at(-1));
  const entries = [...entriesOf(it, list)];
  const [entry] = entries.splice(at, 1);
  const to = at + step;
  if (!entry || to < 0 || to > entries.length) return;
  entries.splice(to, 0, entry);
  const swapped = swapEntries(it.session.text, list, Math.min(at, to));
  if (swapped === undefined) it.session.set(list, entries);
  else it.session.replace(swapped);
  const id = [...list, to].join('.');
  state.at = id;
  if (state.carried !== undefined) state.carried = id;
}

/** Fixes what findings have a fix for, and citations of sources that are near; says what was done. */
function fixed(it: Interview, problems: readonly Diagnostic[]): string {
  const { session } = it;
  const wanted = new Set(problems.map(({ rule, message }) => `${rule} ${message}`));
  const findings = (text: string) =>
    loadStory(text, 'story.yaml').diagnostics.filter(({ rule, message }) => wanted.has(`${rule} ${message}`));
  const made = fixText(session.text, findings);
  if (made.fixed.length > 0) session.replace(made.text);
  let count = made.fixed.length;
  for (const problem of problems) {
    const near = nearSource(it, problem);
    if (near === undefined) continue;
    session.set(problem.path ?? [], near);
    count++;
  }
  return count === 0 ? 'nothing that can be fixed by itself' : `fixed ${plural(count, 'thing')} · Ctrl-Z takes it back`;
}

/** The text with the source that a citation most likely means; undefined where none is near, or the problem is another. */
function nearSource(it: Interview, { path, rule }: Diagnostic): string | undefined {
  const text = rule === 'unknown-source' && path !== undefined ? it.session.get(path) : undefined;
  return typeof text === 'string' ? citationTrouble(text, it)?.fix?.text : undefined;
}

/** Whether a problem is one of an item, or of a part of it that is not shown on a line of its own. */
function isAt({ path = [] }: Diagnostic, id: string, { unfolded }: State): boolean {
  const steps = path.map(String);
  if (id === 'story')
    return steps.length === 0 || !/^(?:sources|sections|corrections)$/.test(steps[0] ?? '') || steps.length < 2;
  const own = id.split('.');
  if (!own.every((step, i) => steps[i] === step)) return false;
  return !unfolded.has(id) || !/^(?:\d+|items|sections)$/.test(steps[own.length] ?? '');
}

function itemsOf(it: Interview, state: State, problems: readonly Diagnostic[]): Item[] {
  const { story } = it.session;
  const trouble = (id: string): Item['trouble'] => {
    const own = problems.filter((problem) => isAt(problem, id, state));
    const worst = own.find(({ severity }) => severity === 'error') ?? own[0];
    if (!worst) return undefined;
    const fixable = own.find((problem) => problem.fix !== undefined || nearSource(it, problem) !== undefined);
    const more = own.length > 1 ? ` (${own.length})` : '';
    return { severity: worst.severity, text: inWords(worst) + more, ...(fixable ? { fix: 'fix it' } : {}) };
  };
  const items: Item[] = [{ id: 'story', depth: 0, name: 'Story', more: storyLine(it), trouble: trouble('story') }];
  const sources = entriesOf(it, ['sources']);
  items.push({
    id: 'sources',
    depth: 0,
    name: 'Sources',
    more: String(sources.length),
    trouble: trouble('sources'),
    entries: state.unfolded.has('sources') ? 'open' : 'closed',
  });
  if (state.unfolded.has('sources')) {
    sources.forEach(({ id, outlet, title, author }, i) => {
      const at = `sources.${i}`;
      items.push({
        id: at,
        depth: 1,
        number: i + 1,
        name: String(id),
        more: String(outlet ?? author ?? title ?? ''),
        trouble: trouble(at),
        isMovable: true,
      });
    });
    items.push({ id: 'add-source', depth: 1, name: 'Add a source…' });
  }
  addSections(it, state, ['sections'], 0, items, trouble);
  for (const [i, { was, now, text }] of entriesOf(it, ['corrections']).entries())
    items.push({
      id: `corrections.${i}`,
      depth: 0,
      name: 'Correction',
      more: String(text ?? `${was} → ${now}`),
      isMovable: true,
      trouble: trouble(`corrections.${i}`),
    });
  const words = wordsIn([story['headline'], story['dek'], story['sections']]);
  const fixable = problems.filter(({ fix }) => fix !== undefined).length;
  const errors = problems.some(({ severity }) => severity === 'error');
  items.push({ id: 'add', depth: 0, name: 'Add a section…' });
  items.push({
    id: 'more',
    depth: 0,
    name: 'Also…',
    more: String(story['disclosure'] ?? 'disclosure, how it was made, a note to editors'),
  });
  if (fixable > 0) items.push({ id: 'fix', depth: 0, name: `Fix what can be fixed by itself (${fixable})` });
  items.push({ id: 'preview', depth: 0, name: 'Preview', more: `about ${words} words` });
  items.push({ id: 'save', depth: 0, name: errors ? 'Save as it is' : 'Save' });
  return items;
}

function addSections(
  it: Interview,
  state: State,
  list: Path,
  depth: number,
  items: Item[],
  trouble: (id: string) => Item['trouble'],
): void {
  entriesOf(it, list).forEach((section, i) => {
    const path = [...list, i];
    const id = path.join('.');
    const kind = String(section['kind'] ?? '');
    const entries = entriesOf(it, [...path, kind === 'group' ? 'sections' : 'items']);
    const isOpen = state.unfolded.has(id);
    const entryKind = entriesIn(kind);
    const names = new Map(isOpen ? sourceChoices(it).map(({ value, name }) => [value, name]) : []);
    const count =
      kind === 'group'
        ? plural(entries.length, 'section')
        : entryKind
          ? `${entries.length} ${entries.length === 1 ? entryKind.noun : entryKind.nouns}`
          : '';
    items.push({
      id,
      depth,
      number: i + 1,
      name: section['heading'] === undefined ? titleOf(kind) : String(section['heading']),
      more: isFolder(kind) ? count : String(section['text'] ?? it.session.get([...path, 'items', 0]) ?? ''),
      trouble: trouble(id),
      isMovable: true,
      ...(isFolder(kind) ? { entries: isOpen ? 'open' : 'closed' } : {}),
    });
    if (!isOpen) return;
    if (kind === 'group') addSections(it, state, [...path, 'sections'], depth + 1, items, trouble);
    else
      entries.forEach((entry, k) => {
        const at = `${id}.items.${k}`;
        const texts = Object.entries(entry).filter(([, value]) => typeof value === 'string');
        const [first = '', second = ''] = texts.map(([name, value]) =>
          name === 'source' ? (names.get(String(value)) ?? value) : value,
        );
        items.push({
          id: at,
          depth: depth + 1,
          number: k + 1,
          name: String(first).slice(0, 40),
          more: String(second),
          trouble: trouble(at),
          isMovable: true,
        });
      });
    items.push({
      id: `${id}.add`,
      depth: depth + 1,
      name:
        kind === 'group'
          ? 'Add a section…'
          : `Add ${/^[aeiou]/.test(entryKind?.noun ?? '') ? 'an' : 'a'} ${entryKind?.noun}…`,
    });
    items.push({ id: `${id}.head`, depth: depth + 1, name: 'Heading', more: String(section['heading'] ?? '') });
    if (kind !== 'group')
      items.push({ id: `${id}.intro`, depth: depth + 1, name: 'Introduction', more: String(section['text'] ?? '') });
  });
}

/** How many words a value holds that readers see, about. */
function wordsIn(value: unknown): number {
  if (typeof value === 'string')
    return value.replace(/\[@[^\]]*\]/g, '').match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu)?.length ?? 0;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [name, item]) => sum + (/^(?:kind|id|source|url|date)$/.test(name) ? 0 : wordsIn(item)),
    0,
  );
}

/** “By Maya Okafor · Monday, 6 October 2025 · British English”. */
function storyLine(it: Interview): string {
  const { byline, published, lang } = it.session.story;
  const names = (Array.isArray(byline) ? byline : byline === undefined ? [] : [byline]).map((name) =>
    typeof name === 'object' ? String((name as SessionValue)['name']) : String(name),
  );
  const date = published === undefined ? undefined : typedDate(String(published), { today: it.today }).shown;
  const language = lang === undefined ? undefined : languageName(String(lang));
  return [names.length > 0 ? `By ${names.join(', ')}` : undefined, date, language].filter(Boolean).join(' · ');
}
