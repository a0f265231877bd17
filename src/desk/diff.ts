import { diffArrays } from 'diff';
import { sentences } from '../prose/sentences.js';
import { textsOf } from '../schema/walk.js';
import { sectionsOf } from '../sections/each.js';
import type { Section } from '../sections/index.js';
import { storyShape } from '../story/schema.js';
import type { Story } from '../story/story.js';

/** A sentence, or another text, that is in one version and not in the other, or reads otherwise in it. */
export interface Change {
  was?: string;
  now?: string;
}

interface SectionChange {
  kind: string;
  heading: string | null;
  status: 'added' | 'removed' | 'changed';
  changes: Change[];
}

/** A correction that readers may be owed. */
interface Suggestion {
  /** What kind of fact changed. */
  reason: 'figure' | 'name' | 'quotation' | 'denial';
  section: string | null;
  was: string;
  /** Absent where the sentence was taken out. */
  now?: string;
  text: string;
}

/** What two versions of a story say differently. */
export interface StoryDiff {
  /** The story's own fields: headline, dek, published … */
  fields: (Change & { field: string })[];
  sections: SectionChange[];
  sources: { added: string[]; removed: string[]; changed: (Change & { id: string; field: string })[] };
  suggestions: Suggestion[];
}

/** Compares two versions by section and sentence. Sections are the same by id, else by kind and heading, else by kind. */
export function diffStories(before: Story, after: Story): StoryDiff {
  const sections = [...changedSections(before, after)];
  const fields = [...changedFields(before, after)];
  return {
    fields: [...fields, ...changedCorrections(before, after)],
    sections,
    sources: changedSources(before, after),
    suggestions: suggestionsFor(
      [
        { heading: null, changes: fields.filter(({ field }) => field === 'headline' || field === 'dek') },
        ...sections.filter(({ status }) => status === 'changed'),
      ],
      after,
    ),
  };
}

/** Fields that are compared elsewhere, or say nothing of their own. */
const ELSEWHERE = new Set(['slug', 'status', 'corrections']);

function* changedFields(before: Story, after: Story): Generator<Change & { field: string }> {
  const [a, b] = [before, after].map((story) => {
    const { sections: _, sources: __, ...fields } = story;
    return new Map(textsOf({ ...fields, sections: [] }, storyShape).map(({ text, path }) => [path.join('.'), text]));
  }) as [Map<string, string>, Map<string, string>];
  for (const field of new Set([...a.keys(), ...b.keys()])) {
    if (ELSEWHERE.has(field.split('.')[0] as string)) continue;
    const change = changeOf(a.get(field), b.get(field));
    if (change) yield { field, ...change };
  }
}

/** Corrections that came or went, in a line each. */
function* changedCorrections(before: Story, after: Story): Generator<Change & { field: string }> {
  const linesOf = ({ corrections }: Story) => corrections.map(({ date, text }) => squashed(`${date}: ${text}`));
  for (const { added, removed, value } of diffArrays(linesOf(before), linesOf(after)))
    if (added || removed)
      for (const line of value) yield { field: 'corrections', ...(added ? { now: line } : { was: line }) };
}

function changeOf(was: string | undefined, now: string | undefined): Change | undefined {
  if (squashed(was ?? '') === squashed(now ?? '')) return undefined;
  return { ...(was === undefined ? {} : { was: squashed(was) }), ...(now === undefined ? {} : { now: squashed(now) }) };
}

const squashed = (text: string) => text.replace(/\s+/g, ' ').trim();

/** A text without the backslashes that only keep Markdown off its characters: readers see none of them. */
const unescaped = (text: string) => text.replace(/\\([!-/:-@[-`{-~])/g, '$1');

/** What a section says, sentence by sentence, with its heading and the ids of its sources left out. */
function saidIn(section: Section, lang: string): string[] {
  const { sections: _, heading: __, ...fields } = section as Section & { sections?: unknown };
  const whole = section.kind === 'group' ? { ...fields, sections: [] } : fields;
  return textsOf({ sections: [whole] }, storyShape).flatMap(({ text, type, path }) => {
    if (['kind', 'id', 'nature', 'heading'].includes(String(path.at(-1)))) return [];
    return type === 'prose'
      ? sentences(unescaped(text), lang).map((sentence) => squashed(sentence.text))
      : [squashed(text)];
  });
}

function* changedSections(before: Story, after: Story): Generator<SectionChange> {
  const old = [...sectionsOf(before.sections)].map(({ section }) => section);
  const fresh = [...sectionsOf(after.sections)].map(({ section }) => section);
  const pairs = paired(old, fresh);
  for (const section of fresh) {
    const now = saidIn(section, after.lang);
    const { kind, heading = null } = section;
    const earlier = pairs.get(section);
    if (!earlier) {
      yield { kind, heading, status: 'added', changes: now.map((text) => ({ now: text })) };
      continue;
    }
    const was = saidIn(earlier, before.lang);
    const changes = changesBetween(was, now);
    // Spaces alone are no change.
    const renamed = changeOf(earlier.heading, section.heading);
    if (renamed) changes.unshift(renamed);
    if (changes.length > 0) yield { kind, heading, status: 'changed', changes };
  }
  const kept = new Set(pairs.values());
  for (const section of old) {
    if (kept.has(section)) continue;
    const { kind, heading = null } = section;
    yield { kind, heading, status: 'removed', changes: saidIn(section, before.lang).map((text) => ({ was: text })) };
  }
}

/** The earlier version of each new section. */
function paired(old: readonly Section[], fresh: readonly Section[]): Map<Section, Section> {
  const pairs = new Map<Section, Section>();
  const taken = new Set<Section>();
  const isSame: ((a: Section, b: Section) => boolean)[] = [
    (a, b) => a.id !== undefined && a.id === b.id,
    (a, b) => a.kind === b.kind && a.heading === b.heading,
    (a, b) => a.kind === b.kind,
  ];
  for (const same of isSame)
    for (const section of fresh) {
      if (pairs.has(section)) continue;
      const match = old.find((candidate) => !taken.has(candidate) && same(candidate, section));
      if (!match) continue;
      pairs.set(section, match);
      taken.add(match);
    }
  return pairs;
}

/** Texts that differ in more sentences than this are not compared sentence by sentence. */
const MOST_EDITS = 1000;

/** Sentences that are gone and new ones in their place are one change each, where they have words in common. */
function changesBetween(was: string[], now: string[]): Change[] {
  const changes: Change[] = [];
  let gone: string[] = [];
  const flush = (added: string[]) => {
    const rest = [...added];
    for (const old of gone) {
      const at = rest.findIndex((fresh) => alike(old, fresh));
      if (at < 0) changes.push({ was: old });
      else {
        for (const text of rest.splice(0, at)) changes.push({ now: text });
        changes.push({ was: old, now: rest.shift() as string });
      }
    }
    for (const text of rest) changes.push({ now: text });
    gone = [];
  };
  const parts = diffArrays(was, now, { maxEditLength: MOST_EDITS }) ?? [
    { removed: true, added: false, value: was },
    { removed: false, added: true, value: now },
  ];
  for (const { added, removed, value } of parts) {
    if (removed) gone = value;
    else flush(added ? value : []);
  }
  flush([]);
  return changes;
}

/** Words; of scripts without spaces, characters. */
const wordsOf = (text: string) =>
  text.toLowerCase().match(/[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}]|[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Whether a third of the words of the longer sentence are in the other; of short ones, one word. */
function alike(a: string, b: string): boolean {
  const [x, y] = [new Set(wordsOf(a)), new Set(wordsOf(b))];
  const shared = [...x].filter((word) => y.has(word)).length;
  const most = Math.max(x.size, y.size);
  return most <= 3 ? shared > 0 : shared * 3 >= most;
}

function changedSources(before: Story, after: Story): StoryDiff['sources'] {
  const old = new Map(before.sources.map((source) => [source.id, source]));
  const fresh = new Map(after.sources.map((source) => [source.id, source]));
  const changed = [...fresh].flatMap(([id, source]) => {
    const earlier = old.get(id) as Record<string, unknown> | undefined;
    if (!earlier) return [];
    const names = new Set([...Object.keys(earlier), ...Object.keys(source)]);
    return [...names].flatMap((field) => {
      const [was, now] = [earlier[field], (source as Record<string, unknown>)[field]];
      const change = changeOf(was === undefined ? undefined : String(was), now === undefined ? undefined : String(now));
      return change ? [{ id, field, ...change }] : [];
    });
  });
  return {
    added: [...fresh.keys()].filter((id) => !old.has(id)),
    removed: [...old.keys()].filter((id) => !fresh.has(id)),
    changed,
  };
}

/** Corrections that the new version does not have yet. */
function suggestionsFor(
  changed: readonly { heading: string | null; changes: readonly Change[] }[],
  { corrections }: Story,
): Suggestion[] {
  const isThere = (was: string, now?: string) =>
    corrections.some((correction) => correction.was === was && correction.now === now);
  return changed.flatMap(({ heading: section, changes }) =>
    changes.flatMap(({ was, now }): Suggestion[] => {
      if (was === undefined) return [];
      if (now === undefined) {
        const reason = reasonFor(was, '');
        const text = `An earlier version said “${was}” That was wrong.`;
        return reason && reason !== 'name' && !isThere(was) ? [{ reason, section, was, text }] : [];
      }
      return changedWords(was, now).flatMap((pair): Suggestion[] => {
        const reason = reasonFor(pair.was.around, pair.now.around);
        const [from, to] = [pair.was.words, pair.now.words];
        if (!reason || isThere(from, to)) return [];
        return [{ reason, section, was: from, now: to, text: `An earlier version said “${from}” instead of “${to}”.` }];
      });
    }),
  );
}

const NUMBERS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );
const FIGURES = new RegExp(
  `\\p{N}+(?:[.,:/–-]\\p{N}+)*\\s?%?|\\b(?:${NUMBERS.join('|')}|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozen|hundred|thousand|million|billion|half|third|quarter)\\b`,
  'giu',
);
const NAMES = /(?<=[\p{L}\p{N},;:)”’"'] |^)\p{Lu}[\p{L}’'-]*/gu;
const QUOTED = /[“"«„][^“”"«»„]+[”"»]/g;
const DENIALS = /\b(?:not|no|never|none|nobody|nothing|without|denied|denies|refused)\b|n[’']t\b/gi;

/** Which kind of fact two versions of some words differ in. */
function reasonFor(was: string, now: string): Suggestion['reason'] | undefined {
  const differs = (pattern: RegExp) => {
    const [a, b] = [was, now].map((text) => (text.match(pattern) ?? []).map(plainFact).sort().join('\0'));
    return a !== b;
  };
  if (differs(QUOTED)) return 'quotation';
  if (differs(FIGURES)) return 'figure';
  if (differs(DENIALS)) return 'denial';
  return differs(NAMES) ? 'name' : undefined;
}

/** "Eight" is 8. */
function plainFact(text: string): string {
  const lower = text.toLowerCase().trim();
  const number = NUMBERS.indexOf(lower);
  return number < 0 ? lower : String(number);
}

/** Words that changed, and the same with what they are part of: the quotation around them, the word before them. */
interface Words {
  words: string;
  around: string;
}

/** The runs of words that changed, without the marks that both end with; two runs with a word between them are one. */
function changedWords(was: string, now: string): { was: Words; now: Words }[] {
  const runs: { was: string[]; now: string[]; before: string }[] = [];
  let between: string[] = [];
  let open: (typeof runs)[number] | undefined;
  for (const { added, removed, value } of diffArrays(was.split(' '), now.split(' '))) {
    if (!added && !removed) {
      between = value;
      continue;
    }
    if (open && between.length > 0 && between.length <= 1) {
      open.was.push(...between);
      open.now.push(...between);
    } else if (!open || between.length > 0) {
      open = { was: [], now: [], before: between.at(-1) ?? '' };
      runs.push(open);
    }
    between = [];
    (removed ? open.was : open.now).push(...value);
  }
  return runs.map((run) => {
    let [from, to] = [run.was.join(' '), run.now.join(' ')];
    if (from === '' || to === '') [from, to] = [`${run.before} ${from}`.trim(), `${run.before} ${to}`.trim()];
    const [a, b] = from === '' || to === '' ? [was, now] : withoutEnds(from, to);
    const quoted = (text: string, whole: string) =>
      whole.match(QUOTED)?.find((quotation) => quotation.includes(text)) ?? `${run.before} ${text}`;
    return { was: { words: a, around: quoted(a, was) }, now: { words: b, around: quoted(b, now) } };
  });
}

/** Two texts without the marks that both start or end with. */
function withoutEnds(a: string, b: string): [string, string] {
  const [end] = /[,.;:!?”"’»)]*$/.exec(a) ?? [''];
  const [start] = /^[“"‘«(]*/.exec(a) ?? [''];
  const cut = (text: string) => text.slice(start.length, text.length - end.length);
  return b.startsWith(start) && b.endsWith(end) && cut(a) !== '' && cut(b) !== '' ? [cut(a), cut(b)] : [a, b];
}
