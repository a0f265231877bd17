import type { BriefView, SourceView, TemplatedFormat } from '../formats/format.js';
import { extensionOf } from '../formats/list.js';
import type { House, Publication } from '../house.js';
import { dateText } from '../languages/date-text.js';
import { parseDate } from '../languages/dates.js';
import type { Nature, Words } from '../languages/language.js';
import { quotationMarks } from '../languages/quotation-marks.js';
import { directionOf, wordsFor } from '../languages/words.js';
import type { Prose } from '../prose/parse.js';
import { quoted } from '../prose/quotation.js';
import type { TextType } from '../schema/fields.js';
import { mapTexts, textsOf } from '../schema/walk.js';
import { byPosition, type Position } from '../story/positions.js';
import { storyShape } from '../story/schema.js';
import type { Story } from '../story/story.js';
import type { Path } from '../yaml/places.js';
import { Numbering } from './numbering.js';

/** Says whether a format has a template of a name. */
type HasTemplate = (name: string) => boolean;

interface Surroundings {
  has: HasTemplate;
  house: House;
  /** What says that the brief is not for publication. */
  mark: string | undefined;
  /** The level of the headings of sections; default: 2. */
  level?: number;
  /** Numbers sources where several stories share their list; the list is not part of the view then. */
  numbering?: Pick<Numbering, 'mark'> | Numbering;
}

/**
 * What the templates of a format see of a story. It is the only source of their strings: each text is made safe here,
 * by its field's type. Every field of the schema is there, null or an empty list where the story leaves it out; the note
 * to editors is not.
 */
export function createView(
  story: Story,
  format: TemplatedFormat,
  prose: (text: string) => Prose,
  { has, house, mark, level = 2, numbering: shared }: Surroundings,
): BriefView {
  const publication = house.publication;
  const { words } = wordsFor(story.lang, house);
  const numbering = shared ?? new Numbering(story.sources.map(({ id }) => id));
  const writer = new Writer(story, format, prose, numbering);
  const { ednote: _, newsletter: _mail, sources, ...printed } = story;
  const body = mapTexts({ ...printed, sources: [] }, writer.text, storyShape) as Record<string, unknown>;
  const view: BriefView = {
    ...body,
    lang: story.lang,
    dir: directionOf(story.lang),
    title: format.text(story.headline ?? story.slug),
    genre: natureText(body['genre'], words, format),
    madeWith: story.made_with ? format.text(words.madeWith[story.made_with] ?? story.made_with) : null,
    translations: Object.entries(story.translations ?? {}).map(([lang, slug]) => ({
      lang,
      name: format.text(languageName(lang)),
      file: `${slug}.${extensionOf(format.name)}`,
    })),
    sections: sectionViews(body['sections'], level, words, format, has),
    corrections: (body['corrections'] as Record<string, unknown>[]).map((correction) => ({
      ...correction,
      label: format.text(correction['kind'] === 'clarification' ? words.clarification : words.correction),
      words: safeWordsFor(words, format), // those of the story, also in an edition in another language
    })),
    sources: numbering instanceof Numbering ? sourceViews(sources, writer, numbering) : [],
    words: safeWordsFor(words, format),
    mark: mark === undefined ? null : format.text(mark),
    publication: publicationView(publication, format),
  };
  const typed = () =>
    textsOf({ ...printed, sources: [], extra: undefined }, storyShape)
      .map(({ text }) => text)
      .join('\n');
  return { ...view, ...format.extend?.(view, { story, typed, prose, publication }) };
}

/** Who publishes the brief, as a template sees it. */
export function publicationView(publication: Publication | undefined, format: TemplatedFormat) {
  if (!publication) return null;
  const { name, url, contact } = publication;
  const line = (text: string | undefined) => (text === undefined ? null : format.text(text));
  const contactUrl = contact === undefined ? undefined : linkOf(contact);
  return {
    name: line(name),
    url: url === undefined ? null : format.url(url),
    contact: line(contact?.replace(/^mailto:/i, '')),
    contactUrl: contactUrl === undefined ? null : format.url(contactUrl),
  };
}

/** Where a contact leads that is an address; undefined for words. */
function linkOf(contact: string): string | undefined {
  if (/^https?:\/\/\S+$/i.test(contact)) return contact;
  return /^(?:mailto:)?[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"']+$/i.test(contact)
    ? contact.replace(/^(?:mailto:)?/i, 'mailto:')
    : undefined;
}

/** Makes the texts of a story safe for a format, by their type. */
export class Writer {
  readonly #story: Story;
  readonly #format: TemplatedFormat;
  readonly #prose: (text: string) => Prose;
  readonly #numbering: Pick<Numbering, 'mark'>;

  constructor(
    story: Story,
    format: TemplatedFormat,
    prose: (text: string) => Prose,
    numbering: Pick<Numbering, 'mark'>,
  ) {
    this.#story = story;
    this.#format = format;
    this.#prose = prose;
    this.#numbering = numbering;
  }

  /** A text of the story as the format prints it. */
  text = (text: string, type: TextType, path: Path): unknown => {
    const format = this.#format;
    switch (type) {
      case 'prose': {
        const { blocks } = this.#prose(text);
        const marked = path.at(-1) === 'quote' ? quoted(blocks, quotationMarks(this.#story.lang)) : blocks;
        return format.prose(marked, { mark: this.#numbering.mark });
      }
      case 'url':
        return format.url(text);
      case 'date':
      case 'when': {
        const parts = parseDate(text);
        return parts ? format.date(parts, dateText(parts, this.#story.lang)) : { iso: null, text: format.text(text) };
      }
      case 'word': // an id, a slug, a language or a choice: letters, digits, - and _
        return text;
      case 'ref':
        return this.#ref(text.normalize('NFC'));
      default:
        return format.text(text);
    }
  };

  /** The source of an item: its name, and its mark. */
  #ref(id: string): Record<string, unknown> {
    const source = this.#story.sources.find((candidate) => candidate.id === id);
    const mark = this.#numbering.mark(id);
    return {
      id,
      number: mark?.number ?? null,
      outlet: this.#format.text(source?.outlet ?? source?.title ?? id),
      mark: mark ? this.#format.cite([mark]) : '',
    };
  }
}

function sourceViews(sources: Story['sources'], writer: Writer, numbering: Numbering): SourceView[] {
  const outlets = new Map(sources.map(({ id, outlet, title }) => [id, outlet ?? title ?? id]));
  const named = sources.map((source) =>
    source.via === undefined ? source : { ...source, via: outlets.get(source.via) ?? source.via },
  );
  const { sources: views } = mapTexts({ sections: [], sources: numbering.order(named) }, writer.text, storyShape) as {
    sources: SourceView[];
  };
  return views.map((view, i) =>
    Object.assign(view, {
      number: i + 1,
      label: numbering.label(view.id),
      mentions: numbering.mentions(view.id),
    }),
  );
}

function sectionViews(
  sections: unknown,
  level: number,
  words: Words,
  format: TemplatedFormat,
  has: HasTemplate,
): Record<string, unknown>[] {
  const label = `${format.text(words.position)}${words.colon}`;
  return (sections as Record<string, unknown>[]).map((section) => {
    const name = `sections/${String(section['kind'])}`;
    const inner = section['sections'] as unknown[] | undefined;
    const items = (section['items'] ?? []) as unknown[];
    return Object.assign(section, {
      partial: has(name) ? name : 'sections/_default',
      level,
      rule: level > 3 ? '.' : '-',
      sublevel: section['heading'] === null ? level : level + 1,
      nature: natureText(section['nature'], words, format),
      items: items.map((item) =>
        typeof item === 'string' ? item : Object.assign(item as object, { lines: linesOf(item as object, label) }),
      ),
      positions: section['matrix'] === true ? positionRows(items) : [],
      lines: items.map((item) => ({ ...entryOf(item, label), items: subItemLines(item, label) })),
      sections: inner ? sectionViews(inner, level + 1, words, format, has) : [],
    });
  });
}

interface CoverageItem {
  source: { outlet: string };
  position: string | null;
}

/** The rows of a press review's table: a position, and the outlets that take it. */
function positionRows(items: readonly unknown[]): Position[] {
  return byPosition(
    items as CoverageItem[],
    ({ position }) => position,
    ({ source }) => source.outlet,
  );
}

/** The texts of an item in the order of its fields, for templates that do not care which is which; a position says that it is one. */
function linesOf(item: object, positionLabel: string): string[] {
  return Object.entries(item).flatMap(([name, value]) => {
    if (name === 'position' && value) return [positionLabel + value];
    if (typeof value === 'string') return [value];
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
    const { text, outlet, mark } = value as { text?: string; outlet?: string; mark?: string };
    if (text !== undefined) return [text];
    return outlet !== undefined ? [mark ? `${outlet} ${mark}` : outlet] : [];
  });
}

/** An entry of a list as its texts, for templates that print entries of any kind. */
function entryOf(item: unknown, label: string) {
  const lines = typeof item === 'string' ? [item] : linesOf(item as object, label);
  const [first = '', ...rest] = lines;
  return { lines, first, rest };
}

function subItemLines(item: unknown, label: string) {
  const children = (item as { items?: unknown }).items;
  return Array.isArray(children) ? children.map((child) => entryOf(child, label)) : [];
}

function natureText(nature: unknown, words: Words, format: TemplatedFormat): string | null {
  return typeof nature === 'string' ? format.text(words.natures[nature as Nature] ?? nature) : null;
}

const safeWords = new Map<TemplatedFormat, Map<Words, Record<string, unknown>>>();

/** The house's words made safe; the spaces at their ends are part of them. Once for each format and language. */
export function safeWordsFor(words: Words, format: TemplatedFormat): Record<string, unknown> {
  const known = safeWords.get(format) ?? new Map<Words, Record<string, unknown>>();
  safeWords.set(format, known);
  const made = known.get(words) ?? makeWords(words, format);
  known.set(words, made);
  return made;
}

function makeWords(words: Words, format: TemplatedFormat): Record<string, unknown> {
  const safe = (word: string) => word.replace(/\S(?:.*\S)?/s, (text) => format.text(text));
  const all = (group: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(group).map(([name, word]) => [name, safe(word)]));
  return Object.fromEntries(
    Object.entries(words).map(([name, word]) => [
      name,
      typeof word !== 'string' ? all(word) : name === 'colon' ? word : safe(word), // ours, and plain in every format
    ]),
  );
}

/** A language's name in itself, such as 한국어; the tag where it has none. */
function languageName(lang: string): string {
  return new Intl.DisplayNames([lang, 'en'], { type: 'language' }).of(lang) ?? lang;
}
