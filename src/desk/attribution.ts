import type { Loaded } from '../checks/load.js';
import { isEnglish } from '../languages/words.js';
import { withoutMarkup } from '../prose/masks.js';
import { namesOutlet, outletsNamed, outletsThatSay } from '../prose/outlets.js';
import { sentences } from '../prose/sentences.js';
import { citations } from '../prose/tree.js';
import { type TextEntry, textsOf } from '../schema/walk.js';
import { sectionsOf } from '../sections/each.js';
import type { Section } from '../sections/index.js';
import { type Position, positionsOf } from '../story/positions.js';
import { storyShape } from '../story/schema.js';
import type { Story } from '../story/story.js';
import type { Path } from '../yaml/places.js';
import { vagueIn } from './vague.js';

/** A place in the story file, and the words there. */
export interface Remark {
  line: number;
  column: number;
  text: string;
}

/** What one section says, and on whose word. */
interface SectionSources {
  kind: string;
  heading: string | null;
  line: number;
  /** Sentences of its prose, and those that cite a source, name a listed outlet or stand in an entry with a source. */
  sentences: number;
  attributed: number;
  /** The sources that it cites or names, by id, in the order of the list. */
  sources: string[];
  /** How many of them do not copy each other. */
  independent: number;
  /** The sentences that are not attributed. */
  unattributed: Remark[];
}

/** One source, and how often the story leans on it. */
interface SourceUse {
  id: string;
  outlet: string | null;
  via: string | null;
  /** Sentences that cite it, and those that name its outlet without citing it. */
  cited: number;
  named: number;
}

/** The attribution of a story. It says whether sources are there, never whether they are right. */
export interface Attribution {
  slug: string;
  headline: string | null;
  sentences: number;
  attributed: number;
  sections: SectionSources[];
  sources: SourceUse[];
  /** Different outlets among the sources that are used, and how many of them do not copy each other, by `via`. */
  outlets: number;
  independent: number;
  /** Ids of sources that nothing cites or names. */
  unused: string[];
  /** Outlets that texts name and the story does not list. */
  unlisted: Remark[];
  /** "Some officials", "analysts say" in sentences without a source. */
  vague: Remark[];
  /** "Both papers" where the section has other than two. */
  miscounted: Remark[];
  /** Headings or kinds of sections that lean on one source alone. */
  single: string[];
  /** The press review: who takes which position. */
  positions: Position[];
}

/** Says who says what in a sound story. */
export function attribution({ story, prose, place }: Loaded & { story: Story }): Attribution {
  return new Counter(story, prose, place).story();
}

class Counter {
  readonly #story: Story;
  readonly #prose: Loaded['prose'];
  readonly #place: Loaded['place'];
  readonly #origins: ReadonlyMap<string, string>;
  readonly #cited = new Map<string, number>();
  readonly #named = new Map<string, number>();
  readonly #vague: Remark[] = [];
  readonly #unlisted: Remark[] = [];
  readonly #miscounted: Remark[] = [];

  constructor(story: Story, prose: Loaded['prose'], place: Loaded['place']) {
    this.#story = story;
    this.#prose = prose;
    this.#place = place;
    this.#origins = originsOf(story.sources);
  }

  story(): Attribution {
    const story = this.#story;
    const texts = textsOf({ sections: story.sections }, storyShape);
    const sections = [...sectionsOf(story.sections)]
      .map(({ section, path }) => this.#section(section, path, texts))
      .filter(({ sentences: count, sources, kind }) => count > 0 || sources.length > 0 || kind !== 'group');
    const sources = story.sources.map(({ id, outlet, via }) => ({
      id,
      outlet: outlet ?? null,
      via: via ?? null,
      cited: this.#cited.get(id) ?? 0,
      named: this.#named.get(id) ?? 0,
    }));
    const sum = (name: 'sentences' | 'attributed') => sections.reduce((all, section) => all + section[name], 0);
    const used = story.sources.filter(({ id }) => (this.#cited.get(id) ?? 0) + (this.#named.get(id) ?? 0) > 0);
    const vias = new Set(story.sources.map(({ via }) => via));
    return {
      slug: story.slug,
      headline: story.headline ?? null,
      sentences: sum('sentences'),
      attributed: sum('attributed'),
      sections,
      sources,
      outlets: new Set(used.map(nameOf)).size,
      independent: this.#independent(used.map(({ id }) => id)),
      unused: sources.filter(({ id, cited, named }) => cited + named === 0 && !vias.has(id)).map(({ id }) => id),
      unlisted: this.#unlisted,
      vague: this.#vague,
      miscounted: this.#miscounted,
      single: sections
        .filter(({ sources: used, sentences: count }) => used.length === 1 && count > 1)
        .map(({ heading, kind }) => heading ?? kind),
      positions: positionsOf(story),
    };
  }

  #independent(ids: readonly string[]): number {
    return new Set(ids.map((id) => this.#origins.get(id) ?? id)).size;
  }

  #section(section: Section, path: Path, texts: readonly TextEntry[]): SectionSources {
    const used = new Set<string>();
    const unattributed: Remark[] = [];
    const claims: { word: string; count: number; remark: Remark }[] = [];
    let count = 0;
    for (const { text, type, path: at } of texts) {
      if (!isBelow(at, path) || at[path.length] === 'sections') continue;
      const item = entryOf(section, at.slice(path.length));
      if (type === 'ref') used.add(text.normalize('NFC'));
      if (type !== 'prose') continue;
      for (const { start, end, text: words } of sentences(text, this.#story.lang)) {
        count++;
        const ids = this.#sourcesOf(text, [start, end], item?.source);
        for (const id of ids) used.add(id);
        const remark = (from: number, to: number): Remark => {
          const { line, column } = this.#place(at, [start + from, start + to]);
          return { line, column, text: words.slice(from, to) };
        };
        const plain = withoutMarkup(words);
        if (at.at(-1) !== 'quote') {
          this.#unlistedIn(plain, section.kind, remark);
          for (const { index, 0: match, 1: number = '' } of plain.matchAll(COUNTED))
            claims.push({
              word: match,
              count: COUNTS[number.toLowerCase()] ?? 2,
              remark: remark(index, index + match.length),
            });
        }
        if (ids.length > 0) continue;
        unattributed.push(remark(0, words.length));
        if (at.at(-1) !== 'quote')
          for (const [from, to] of vagueIn(plain, this.#story.lang)) this.#vague.push(remark(from, to));
      }
    }
    const sources = this.#story.sources.filter(({ id }) => used.has(id));
    const outlets = new Set(sources.map(nameOf)).size;
    for (const { count: claimed, remark } of claims)
      if (claimed !== outlets)
        this.#miscounted.push({ ...remark, text: `${remark.text} (the section has ${outlets})` });
    return {
      kind: section.kind,
      heading: section.heading ?? null,
      line: this.#place(path).line,
      sentences: count,
      attributed: count - unattributed.length,
      sources: sources.map(({ id }) => id),
      independent: this.#independent(sources.map(({ id }) => id)),
      unattributed,
    };
  }

  /** The sources of a sentence: those that it cites, or whose outlet or address it names, and that of its entry. */
  #sourcesOf(text: string, [start, end]: readonly [number, number], sectionSource: string | undefined): string[] {
    const ids = new Set(sectionSource === undefined ? [] : [sectionSource.normalize('NFC')]);
    const sentence = text.slice(start, end);
    if (sentence.includes('[@'))
      for (const cite of citations(this.#prose(text).blocks))
        if (start <= cite.start && cite.start < end) ids.add(cite.id);
    for (const id of ids) this.#cited.set(id, (this.#cited.get(id) ?? 0) + 1);
    const plain = withoutMarkup(sentence);
    for (const { id, outlet, url } of this.#story.sources) {
      if (ids.has(id)) continue;
      const name = outlet?.replace(/^The /, '');
      if (!(name !== undefined && namesOutlet(plain, name)) && !(url !== undefined && sentence.includes(url))) continue;
      ids.add(id);
      this.#named.set(id, (this.#named.get(id) ?? 0) + 1);
    }
    return [...ids].filter((id) => this.#story.sources.some((source) => source.id === id));
  }

  #unlistedIn(plain: string, kind: string, remark: (from: number, to: number) => Remark): void {
    if (!isEnglish(this.#story.lang)) return;
    const named = kind === 'coverage' ? [...outletsNamed(plain), ...outletsThatSay(plain)] : [...outletsNamed(plain)];
    for (const { name, index } of named) {
      const listed = this.#story.sources.some(({ outlet, title, author, via }) =>
        [outlet, title, author, via].some((part) => part !== undefined && alike(part, name)),
      );
      if (!listed && !this.#unlisted.some(({ text }) => alike(text, name)))
        this.#unlisted.push({ ...remark(index, index + name.length), text: name });
    }
  }
}

/** "Both papers", "all three outlets". */
const COUNTED =
  /\b(?:both|all (two|three|four|five|six|seven|eight))\s+(?:of the\s+)?(?:papers|newspapers|outlets|sources|publications|reports|titles|dailies|agencies|sites|broadcasters)\b/gi;
const COUNTS: Readonly<Record<string, number>> = { two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8 };

const nameOf = ({ outlet, title, id }: { outlet?: string | undefined; title?: string | undefined; id: string }) =>
  (outlet ?? title ?? id).replace(/^the\s+/i, '').toLowerCase();

const alike = (a: string, b: string) => {
  const [x, y] = [a, b].map((name) => name.replace(/^the\s+/i, '').toLowerCase()) as [string, string];
  return x.includes(y) || y.includes(x);
};

/** By id, where a source has its story from in the end: itself, or what it copies. */
function originsOf(sources: Story['sources']): Map<string, string> {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const byName = new Map(sources.map((source) => [nameOf(source), source]));
  const origin = (source: Story['sources'][number], seen: Set<string>): string => {
    if (source.via === undefined || seen.has(source.id)) return nameOf(source);
    seen.add(source.id);
    const above = byId.get(source.via.normalize('NFC')) ?? byName.get(nameOf({ outlet: source.via, id: '' }));
    return above ? origin(above, seen) : nameOf({ outlet: source.via, id: '' });
  };
  return new Map(sources.map((source) => [source.id, origin(source, new Set())]));
}

const isBelow = (path: Path, above: Path) => above.every((step, i) => path[i] === step);

/** The entry of a section that a path below it leads through. */
function entryOf(section: Section, [list, index]: Path): { source?: string } | undefined {
  if (list !== 'items' || typeof index !== 'number') return undefined;
  const item = ((section as { items?: unknown[] }).items ?? [])[index];
  return typeof item === 'object' && item !== null ? item : undefined;
}
