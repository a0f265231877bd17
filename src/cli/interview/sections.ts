import type { Shape } from '../../schema/shape.js';
import { kinds } from '../../sections/index.js';
import { Box } from '../../tui/box.js';
import { List } from '../../tui/list.js';
import type { Path } from '../../yaml/places.js';
import { citationTrouble } from './citations.js';
import { isAsked } from './fields.js';
import { addSource, askGroup, type Left } from './forms.js';
import { entriesOf, type Interview, sourceChoices } from './interview.js';
import { inSentence } from './problems.js';
import { questionsOf, sectionKinds } from './questions.js';
import type { SessionValue } from './session.js';

/** The kind of section that comes next in the house's order, of those that are not there yet. */
function suggested(used: readonly string[]): string | undefined {
  const order: string[] = sectionKinds.map(({ kind }) => kind);
  const last = Math.max(-1, ...used.map((kind) => order.indexOf(kind)));
  const rest = order.filter((kind) => !used.includes(kind) && kind !== 'group' && kind !== 'text');
  return rest.find((kind) => order.indexOf(kind) > last) ?? rest[0];
}

/** Asks for sections, one after another, from the list of kinds, which stays. */
export async function askSections(it: Interview, path: Path = ['sections']): Promise<'done' | 'back'> {
  for (;;) {
    const used = entriesOf(it, path).map(({ kind }) => String(kind));
    const next = suggested(used);
    const isInGroup = path.length > 1;
    const answer = await it.runner.run(
      new List({
        head: { path: ['Sections', used.length === 0 ? 'what comes first?' : 'what comes next?'] },
        entries: sectionKinds
          .filter(({ kind }) => !isInGroup || kind !== 'group')
          .map(({ kind, title, description }) => ({
            value: kind,
            name: title,
            more: description,
            mark: used.includes(kind) ? 'done' : kind === next ? 'suggested' : undefined,
          })),
        start: next,
        enter: 'write it',
        done: used.length === 0 ? 'later' : `that is all (${used.length} so far)`,
        isQuiet: true,
      }),
    );
    if (answer.how !== 'chosen') return answer.how;
    const at = await placeFor(it, used, answer.value);
    if (at !== undefined) await writeSection(it, [...path, at], answer.value);
  }
}

/** Where a section of a kind is to stand: behind the others, or where one of it stands already; undefined where neither is wanted. */
async function placeFor(it: Interview, used: readonly string[], kind: string): Promise<number | undefined> {
  const there = used.lastIndexOf(kind);
  if (there < 0 || kind === 'text' || kind === 'group') return used.length;
  const answer = await it.runner.choose(`You have a section of this kind: ${kindOf(kind)?.title ?? kind}`, [
    { value: 'go', name: 'Go to it' },
    { value: 'another', name: 'Another one' },
  ]);
  return answer === 'go' ? there : answer === 'another' ? used.length : undefined;
}

const kindOf = (kind: string) => sectionKinds.find((each) => each.kind === kind);

/** What the entries of a kind are, if it has any: groups, or points of which each is a line. */
export function entriesIn(kind: string): { shape: Shape; noun: string; nouns: string; arePoints: boolean } | undefined {
  const shape = kindOf(kind)?.shape;
  const items = shape?.type === 'group' ? shape.fields.get('items')?.shape : undefined;
  if (items?.type !== 'list') return undefined;
  const [noun, nouns] = kinds.find((each) => each.kind === kind)?.entries ?? ['entry', 'entries'];
  return { shape: items.item, noun, nouns, arePoints: items.item.type === 'text' };
}

/** Writes a section of a kind from its first word, or goes on with one: its heading where it needs one, its text, its entries. */
export async function writeSection(it: Interview, path: Path, kind: string): Promise<void> {
  const { title = kind } = kindOf(kind) ?? {};
  const { session } = it;
  session.mark();
  if (kind === 'text' || kind === 'group') {
    if (session.get(path) === undefined) session.set(path, { kind });
    const how = await askGroup(it, path, {
      head: { path: [title, 'heading'] },
      names: ['heading'],
      enter: 'write it',
      done: 'write it',
    });
    if (how === 'back') {
      takeOutEmpty(it, path);
      return;
    }
  }
  if (kind === 'group') {
    await askSections(it, [...path, 'sections']);
    takeOutEmpty(it, path);
    return;
  }
  const entries = entriesIn(kind);
  if (entries && !entries.arePoints) await askEntries(it, path, kind);
  else await askText(it, path, kind);
}

/** Asks for the entries of a section, from the one behind its last, until an empty one. */
export async function askEntries(it: Interview, path: Path, kind: string): Promise<void> {
  for (;;) {
    const at = entriesOf(it, [...path, 'items']).length;
    const how = await askEntry(it, path, kind, at);
    if (how !== 'next' || entriesOf(it, [...path, 'items']).length === at) break;
  }
  takeOutEmpty(it, path);
}

/** Takes a section out that says nothing. */
function takeOutEmpty({ session }: Interview, path: Path): void {
  const { kind: _, ...rest } = (session.get(path) as SessionValue | undefined) ?? {};
  if (Object.keys(rest).length === 0 && session.get(path) !== undefined) session.set(path, undefined);
}

/** Goes on with the part of a section at which a draft was left. */
export async function goOn(it: Interview, place: Path): Promise<void> {
  const at = place.lastIndexOf('items');
  const path = at < 0 ? place : place.slice(0, at);
  const kind = (it.session.get(path) as SessionValue | undefined)?.['kind'];
  if (typeof kind !== 'string') return;
  if (at < 0) return writeSection(it, path, kind);
  if ((await askEntry(it, path, kind, Number(place[at + 1]))) === 'next') await askEntries(it, path, kind);
}

/** Asks for one entry of a section. */
export async function askEntry(it: Interview, path: Path, kind: string, at: number): Promise<Left> {
  const { title = kind } = kindOf(kind) ?? {};
  const entries = entriesIn(kind);
  if (!entries) return 'done';
  if (it.session.get(path) === undefined) it.session.set(path, { kind });
  const first = questionsOf(entries.shape).find(({ shape }) => isAsked(shape, 'first'));
  return askGroup(it, [...path, 'items', at], {
    head: { path: [title, `${entries.noun} ${at + 1}`] },
    ...(first ? { start: first.name, ends: first.name } : {}),
    enter: `next ${entries.noun}`,
    done: 'that is all',
  });
}

/** A point as a line of its own. */
const onOneLine = (point: string): string => point.trim().replace(/\s*\n\s*/g, ' ');

/** Asks for a section's text, or for its points, of which each is a line. A point that stays is kept as it is. */
export async function askText(it: Interview, path: Path, kind: string): Promise<void> {
  const { title = kind } = kindOf(kind) ?? {};
  const arePoints = entriesIn(kind)?.arePoints === true;
  const name = arePoints ? 'items' : 'text';
  const now = it.session.get([...path, name]);
  const points = arePoints && Array.isArray(now) ? now.map(String) : [];
  const byLine = new Map(points.map((point) => [onOneLine(point), point]));
  it.session.place = path;
  const box = new Box({
    head: { path: [title, arePoints ? 'points' : 'text'] },
    help: arePoints
      ? 'Each line is a point. Type [@ to cite a source.'
      : 'A paragraph or two. Type [@ to cite a source.',
    value: arePoints ? points.map(onOneLine).join('\n') : String(now ?? '').replace(/\n+$/, ''),
    sources: () => sourceChoices(it),
    check: (text) =>
      citationTrouble(text, it) ?? (text === begun && note !== undefined ? { problem: note } : undefined),
  });
  const begun = box.value;
  const own = it.session.problems().find(({ path: at = [] }) => path.every((step, i) => at[i] === step));
  const note = own && inSentence(own);
  let kept = box.value;
  const keep = (isLast = false) => {
    if (box.value === kept || (!isLast && box.value.trim() === '')) return; // what is empty for a moment stays
    kept = box.value;
    const lines = kept
      .split('\n')
      .map((line) => line.trim().replace(/^[-*•]\s+/, '')) // a list in a list is not meant
      .filter(Boolean)
      .map((line) => byLine.get(line) ?? line);
    const text = kept.trim() === '' ? undefined : `${kept.replace(/^(?:[ \t]*\n)+|(?:\n[ \t]*)+$/g, '')}\n`;
    const value = arePoints ? (lines.length > 0 ? lines : undefined) : text;
    const { [name]: _, ...section } = (it.session.get(path) as SessionValue | undefined) ?? { kind };
    const isEmpty = value === undefined && Object.keys(section).length === 1;
    it.session.set(path, isEmpty ? undefined : value === undefined ? section : { ...section, [name]: value });
  };
  for (;;) {
    const answer = await it.runner.run(box, () => keep());
    if (answer.how !== 'source') return keep(true);
    const id = await addSource(it, answer.name);
    if (id !== undefined) box.insertCitation(id);
  }
}
