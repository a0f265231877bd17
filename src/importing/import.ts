import { isoDate, parseDate } from '../languages/dates.js';
import { wordsFor } from '../languages/words.js';
import { scriptOf } from '../prose/scripts.js';
import { type Inline, plainText } from '../prose/tree.js';
import { fieldFor } from '../story/names.js';
import type { StoryInput } from '../story/schema.js';
import { SCHEMA_LINE, writeStory } from '../story/write.js';
import { badCharacters, isBlank } from '../yaml/characters.js';
import { type HeadingTable, headingTable, type OwnHeadings, plainHeading } from './aliases.js';
import { readWindowsMarks, textFrom } from './encoding.js';
import { placeFields } from './fields.js';
import { takeFurniture, takeKicker, takeTags } from './furniture.js';
import { htmlNodes, readHtml, sourceWords } from './html.js';
import {
  type Heading,
  ImportError,
  LOST,
  type Manuscript,
  type ManuscriptField,
  type Note,
  type Part,
} from './manuscript.js';
import { readMarkdown } from './markdown.js';
import { plain } from './mdast.js';
import { languageOfBrief, takeMadeWith, withOwnFields } from './own-brief.js';
import { withoutShortcodes } from './platforms.js';
import { lost, namesIn, textsIn, unaccounted, wordsOf } from './proof.js';
import {
  embargoFromTitle,
  heldByDropped,
  heldByFields,
  statusFromName,
  statusFromTitle,
  statusFromTop,
  takePublication,
} from './publication.js';
import { shapeSections, type Value } from './sections.js';
import { fieldsInSections, linksToSources, proposeOutlets } from './sources.js';
import { readArchie, readJson } from './structured.js';
import { closedIn, isWordsInBrackets } from './tags.js';
import { readText } from './text.js';
import { withoutTextComments } from './text-comments.js';
import { takeDateline, withoutWireMarks } from './wire.js';

/** The formats that can be imported, by the names of `--from`. */
export const importFormats = ['text', 'markdown', 'html', 'archieml', 'json'] as const;
export type ImportFormat = (typeof importFormats)[number];

export interface ImportOptions {
  /** By default, what the file's name and first characters suggest. */
  from?: ImportFormat | undefined;
  /** The address of the page, by which relative addresses are made whole. */
  base?: string | undefined;
  /** Turns links to other sites, and groups such as "(CNN / AP)", into sources and citations. */
  linksToSources?: boolean | undefined;
  /** The desk's own headings, by kind of section. */
  headings?: OwnHeadings | undefined;
  /** Leaves the input's slug out, where another story has it. */
  withoutSlug?: boolean | undefined;
  /** Where the schema is, for the line by which editors find it. */
  schema?: string | undefined;
}

export interface Imported {
  format: ImportFormat;
  story: StoryInput;
  /** The story file. */
  text: string;
  /** The input's text, as it was read. */
  input: string;
  notes: Note[];
}

/**
 * A text, page or document to a story file. Nothing is made up, and no word is lost: each is in the story, or in a note
 * that says why it is not. Pure; throws ImportError for what cannot be imported.
 */
export function importStory(content: Uint8Array | string, name: string, options: ImportOptions = {}): Imported {
  try {
    return read(content, name, options);
  } catch (error) {
    if (!(error instanceof RangeError && /call stack/i.test(error.message))) throw error;
    throw new ImportError(
      'too-deep',
      'its quotes, lists or brackets nest too deep to be read',
      'take some of the nesting away',
    );
  }
}

function read(content: Uint8Array | string, name: string, options: ImportOptions): Imported {
  const notes: Note[] = [];
  const input = clean(withLostMarked(readWindowsMarks(textFrom(content, notes), notes), notes), notes);
  if (isBlank(input))
    throw new ImportError('nothing-to-import', 'there is no text in it', 'check that this is the right file');
  const format = options.from ?? formatOf(name, input);
  const table = headingTable(options.headings);
  const reading = { base: options.base, headings: table, html: htmlNodes };
  const isText = format === 'text' || format === 'markdown';
  const cleaned = isText
    ? withoutTextComments(input, notes)
    : format === 'html'
      ? withoutShortcodes(input, (note) => notes.push(note))
      : input;
  const manuscript = readBy(format, cleaned, table, reading);
  if ('story' in manuscript) {
    scrub(manuscript.story, notes);
    const story = manuscript.story as StoryInput;
    return { format, story, input, notes, text: withSchema(writeStory(story), options.schema) };
  }
  notes.push(...manuscript.notes);
  const story: Value = {};
  statusFromName(name, story, notes);
  const { open, kept } = takePublication(manuscript.parts, story, notes);
  if (options.withoutSlug) manuscript.fields = withoutSlug(manuscript.fields, notes);
  const body = titled({ ...manuscript, parts: withoutWireMarks(open, notes) }, story, format, table, notes);
  const fields =
    format === 'markdown' ? manuscript.fields.map((field) => decodedField(field, notes)) : manuscript.fields;
  placeFields(fields, story, notes, options.base ?? manuscript.address);
  dateFromName(name, story, notes);
  for (const title of new Set([story['headline'], ...titlesIn(fields)])) {
    statusFromTitle(title, story, notes);
    embargoFromTitle(title, story, notes);
  }
  if (isText) statusFromTop(input, story, notes);
  const bodyWithoutDek = body.filter((part, i) => {
    const isDek = i < 3 && part.type === 'heading' && part.text === story['dek'];
    if (isDek)
      notes.push({ kind: 'took', line: part.line, message: 'a heading that repeats the dek', text: part.text });
    return !isDek;
  });
  heldByDropped(story, notes);
  heldByFields(story, notes);
  const bare =
    story['headline'] === undefined
      ? bodyWithoutDek
      : takeTags(takeFurniture(bodyWithoutDek, story, notes, format === 'html'), story, notes);
  const below = takeMadeWith(
    [...kept, ...takeDateline(takeLeadPicture(bare, story, notes), story, notes)],
    story,
    notes,
  );
  const parts = manuscript.sources.length > 0 ? withoutEmptySources(below, table, notes) : below;
  const known =
    story['lang'] === undefined && !('sections' in manuscript) ? languageOfBrief(manuscript.parts) : undefined;
  if (known !== undefined) {
    story['lang'] = known;
    notes.push({ kind: 'took', message: `lang (${known}) from the headings of a brief` });
  }
  const sections: Value[] = [];
  for (const run of runs(parts)) {
    if (typeof run === 'number') sections.push((manuscript as { sections?: Value[] }).sections?.[run] as Value);
    else
      sections.push(
        ...shapeSections(run, {
          table,
          lang: String(story['lang'] ?? 'en'),
          day: dayOf(story['published']),
          note: (note) => notes.push(note),
        }),
      );
  }
  story['sources'] = [...manuscript.sources];
  const lang = String(story['lang'] ?? 'en');
  const shaped = fieldsInSections(sections, story, table, notes);
  story['sources'] = withVia(story['sources'] as Value[]);
  const fielded = shaped.map((section) => withOwnFields(section, lang, story['sources'] as Record<string, string>[]));
  const printed = lost(wordsOf(shaped), wordsOf(fielded));
  if (printed.length > 0)
    notes.push({
      kind: 'changed',
      message: 'words that our briefs print around fields are left out',
      text: printed.join(' '),
    });
  story['sections'] = fielded;
  if (options.linksToSources) linksToSources(story, options.base ?? manuscript.address, notes);
  proposeOutlets(story, notes);
  scrub(story, notes);
  for (const [name, value] of Object.entries(story)) story[name] = withoutBlank(value);
  story['sections'] ??= [];
  if ((story['sources'] as unknown[] | undefined)?.length === 0) delete story['sources'];
  if ((story['sections'] as unknown[]).length === 0)
    throw manuscript.fields.length > 0
      ? new ImportError(
          'nothing-to-import',
          'there are only fields in it, and no text',
          'a story needs a text: add one below them',
        )
      : new ImportError(
          'nothing-to-import',
          'there is no text in it that could be a section',
          'check that this is the right file',
        );
  languageFromScript(story, notes);
  if (story['headline'] === undefined) notes.push({ kind: 'todo', message: 'the input names no headline; add one' });
  reportLost(format, input, story, notes);
  return {
    format,
    story: story as StoryInput,
    input,
    notes: inOrder(notes),
    text: withSchema(writeStory(story), options.schema),
  };
}

function readBy(format: ImportFormat, input: string, table: HeadingTable, reading: Parameters<typeof readMarkdown>[1]) {
  switch (format) {
    case 'text':
      return readText(input, table);
    case 'markdown':
      return readMarkdown(input, reading);
    case 'html':
      return readHtml(input, reading);
    case 'archieml':
      return readArchie(input, reading);
    case 'json':
      return readJson(input, reading);
  }
}

const withSchema = (yaml: string, schema: string | undefined) =>
  schema === undefined ? yaml : `${SCHEMA_LINE}${schema}\n${yaml}`;

/** By the name's ending; else by what the text looks like. */
function formatOf(name: string, text: string): ImportFormat {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
  if (ending === 'md' || ending === 'markdown') return 'markdown';
  if (ending === 'txt' || ending === 'text')
    return text.startsWith('---\n') && /\n---[ \t]*(?:\n|$)/.test(text) ? 'markdown' : 'text';
  if (ending === 'html' || ending === 'htm' || ending === 'xhtml') return 'html';
  if (ending === 'aml' || ending === 'archieml') return 'archieml';
  if (ending === 'json' || ending === 'ninjs') return 'json';
  if (/^\s*\{\s*["}]/.test(text)) return 'json';
  if (/^<(?:!doctype|html|head|body|article|main|div|p|h[1-6]|section|meta)\b/i.test(afterComments(text)))
    return 'html';
  if (/^#{1,6} \S|\]\(https?:|^\[[^\]\n]+\]: \S/m.test(text) || /^---\n/.test(text)) return 'markdown';
  return 'text';
}

/** A text without the HTML comments that it starts with. */
function afterComments(text: string): string {
  let at = 0;
  for (;;) {
    while (/\s/.test(text[at] ?? '')) at++;
    const end = text.startsWith('<!--', at) ? text.indexOf('-->', at) : -1;
    if (end < 0) return text.slice(at, at + 200);
    at = end + 3;
  }
}

/** Characters that were lost before the input was made, as `?`, each line named. */
function withLostMarked(text: string, notes: Note[]): string {
  if (!text.includes('\uFFFD')) return text;
  const lines = text.replaceAll('\uFFFD', '?').split('\n');
  for (const [i, line] of text.split('\n').entries())
    if (line.includes('\uFFFD'))
      notes.push({
        kind: 'todo',
        line: i + 1,
        message: 'a character was lost before the text came here; it is “?” now, put the right one',
        text: (lines[i] ?? '').trim().slice(0, 200),
      });
  return lines.join('\n');
}

const TERMINAL = /\x1B\[[0-?]*[ -/]*[@-~]|\x1B\][^\x07\x1B\n]*(?:\x07|\x1B\\)|\x1B[@-Z\\-_]/g;

/** Without what a story may not hold: a terminal's colours, control characters, hidden ones. Each is noted. */
function clean(text: string, notes: Note[]): string {
  let codes = 0;
  const plain = text.replace(/\r/g, '\n').replace(TERMINAL, (code) => {
    codes++;
    const words = /^\x1B\]\d*;?(.*?)(?:\x07|\x1B)/.exec(code)?.[1];
    if (words) notes.push({ kind: 'dropped', message: 'the title that a terminal was given', text: words });
    return '';
  });
  if (codes > 0) notes.push({ kind: 'dropped', message: `${codes} codes for a terminal’s colours and titles` });
  const bad = badCharacters(plain);
  if (bad.length === 0) return plain;
  let out = '';
  let at = 0;
  const names = new Map<string, number>();
  for (const { index, length, name } of bad) {
    out += plain.slice(at, index) + (name.includes('TAB') || /U\+000[BC]/.test(name) ? ' ' : '');
    at = index + length;
    names.set(name, (names.get(name) ?? 0) + 1);
  }
  for (const [name, count] of names)
    notes.push({ kind: 'dropped', message: `${count} × ${name}, which may not stand in a story` });
  return out + plain.slice(at);
}

/** Sources whose agency is listed too, by its id. */
const withVia = (sources: readonly Value[]): Value[] =>
  sources.map((source) => {
    const agency =
      source['via'] === undefined
        ? undefined
        : sources.find(({ outlet, title }) => (outlet ?? title) === source['via']);
    return agency ? { ...source, via: agency['id'] } : source;
  });

/** The day of a date that has one. */
function dayOf(date: unknown): string | undefined {
  const parts = typeof date === 'string' ? parseDate(date) : undefined;
  return parts?.day === undefined ? undefined : isoDate(parts).slice(0, 10);
}

/** A picture above the text, or among the lines about it, is the story's. */
function takeLeadPicture(parts: Part[], story: Value, notes: Note[]): Part[] {
  const at = parts.findIndex(({ type }) => type === 'picture');
  const picture = parts[at];
  const isAbove = parts
    .slice(0, Math.max(0, at))
    .every(
      (part) => part.type === 'block' && part.block.type === 'paragraph' && plain(part.block.children).length < 160,
    );
  if (picture?.type !== 'picture' || story['headline'] === undefined || story['image'] !== undefined || !isAbove)
    return parts;
  story['image'] = picture.image;
  notes.push({ kind: 'took', line: picture.line, message: 'image from the picture above the text' });
  return parts.filter((part) => part !== picture);
}

/** Fields without the slug, which is noted. */
const withoutSlug = (fields: readonly ManuscriptField[], notes: Note[]): ManuscriptField[] =>
  fields.filter(({ name, value, line }) => {
    if (name.toLowerCase() !== 'slug') return true;
    const message = 'the slug, which another story has; the file’s name stands for it';
    notes.push({ kind: 'dropped', line, message, text: `slug: ${value}` });
    return false;
  });

/** A field of front matter or of a page's head with its entities read as characters. */
function decodedField(field: ManuscriptField, notes: Note[]): ManuscriptField {
  const decoded = (value: unknown): unknown => {
    if (typeof value === 'string')
      return value.replace(
        /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/gi,
        (entity) => sourceWords(entity).trim() || entity,
      );
    if (Array.isArray(value)) return value.map(decoded);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, decoded(child)]));
  };
  const value = decoded(field.value);
  if (JSON.stringify(value) !== JSON.stringify(field.value))
    notes.push({ kind: 'changed', line: field.line, message: `entities in ${field.name} are read as characters` });
  return { ...field, value };
}

/** The titles that an input's own fields name; one of them is the headline, or none is. */
const titlesIn = (fields: readonly ManuscriptField[]) =>
  fields.filter(({ name }) => fieldFor(name) === 'headline').map(({ value }) => value);

/** The day at the start of a file's name, as static sites have it. */
function dateFromName(name: string, story: Value, notes: Note[]): void {
  const [, year, month, day] = /(?:^|[\\/_])(\d{4})-?(\d{2})-?(\d{2})(?=[-_. ]|T\d|$)[^\\/]*$/.exec(name) ?? [];
  const date = `${year}-${month}-${day}`;
  if (year === undefined || story['published'] !== undefined || parseDate(date) === undefined) return;
  if (Number(year) < 1900 || Number(year) > 2200) return;
  story['published'] = date;
  notes.push({ kind: 'took', message: `published (${date}) from the file’s name` });
}

/** The language of a text in letters that are hardly written in another; what is only likely is to be checked. */
function languageFromScript(story: Value, notes: Note[]): void {
  if (story['lang'] !== undefined) return;
  const script = scriptOf(textsIn([story['headline'], story['sections']]).join('\n'));
  if (!script || script.script === 'Latn') return;
  story['lang'] = script.lang;
  const message = `lang: ${script.lang} is a guess by the ${script.name} letters of the text; check it`;
  notes.push({ kind: 'todo', message });
}

/** YAML has no longer names of fields; what has one is kept as a field’s name and value. */
const LONGEST_NAME = 500;

/** A value without blank texts, and without groups that hold only their kind; undefined if nothing is left. */
function withoutBlank(value: unknown): unknown {
  if (typeof value === 'string') return isBlank(value) ? undefined : value;
  if (Array.isArray(value)) return value.map(withoutBlank).filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  const left = Object.entries(value)
    .map(([name, child], i) =>
      name.length > LONGEST_NAME
        ? ([`field-${i + 1}`, { name, value: withoutBlank(child) ?? '-' }] as const)
        : ([name, withoutBlank(child)] as const),
    )
    .filter(([, child]) => child !== undefined);
  return left.every(([name]) => name === 'kind') ? undefined : Object.fromEntries(left);
}

/** Takes out of a story's texts what entities and escapes of the input put there. */
function scrub(value: unknown, notes: Note[]): void {
  if (typeof value !== 'object' || value === null) return;
  const group = value as Record<string, unknown>;
  for (const [name, child] of Object.entries(group)) {
    if (typeof child === 'string') group[name] = badCharacters(child).length > 0 ? clean(child, notes) : child;
    else scrub(child, notes);
  }
}

/** Takes the title and the lines about the text out of the parts, where they stand before the first section. */
function titled(read: Manuscript, story: Value, format: ImportFormat, table: HeadingTable, notes: Note[]): Part[] {
  const tops = read.parts.filter((part): part is Heading => part.type === 'heading' && part.level === 1);
  const first = read.parts.findIndex(({ type }) => type === 'heading');
  const heading = read.parts[first] as Heading | undefined;
  const named = read.fields.find(({ name }) => /^(?:headline|title|subject)$/i.test(name))?.value;
  if (heading?.level === 1 && (tops.length === 1 || named === heading.text)) {
    if (named === undefined || named === heading.text || format === 'html') {
      story['headline'] = heading.text;
      notes.push({ kind: 'took', line: heading.line, message: 'the headline from the first heading' });
      const kicker = first === 1 && takeKicker(read.parts[0], story, notes);
      return read.parts.filter((part, i) => part !== heading && !(kicker && i === 0));
    }
  }
  if (format !== 'text' || heading?.level === 1) return read.parts;
  const parts = titleFirst(read.parts);
  const [above] = parts;
  if (
    above?.type === 'heading' &&
    named === undefined &&
    isTitle(above.text, table) &&
    parts.some(({ type }) => type === 'block')
  ) {
    story['headline'] = above.text;
    notes.push({ kind: 'took', line: above.line, message: 'the headline from the first line' });
    return parts.slice(1);
  }
  const line =
    above?.type === 'block' && above.block.type === 'paragraph' && above.block.children.length === 1
      ? above.block.children[0]
      : undefined;
  if (line?.type !== 'text' || line.text.length > 150 || /[.;,:]$/.test(line.text)) return read.parts;
  // A line alone above the first heading, but for those about the text, is the headline; else a short line alone above
  // paragraphs that are sentences.
  const top = parts.findIndex(({ type }) => type === 'heading');
  const rest = parts.slice(1, top < 0 ? undefined : top);
  const below = takeFurniture(rest, {}, []);
  const isAboveByline = below.length < rest.length && !/[.!?…]$/.test(line.text);
  if (below.length === 0 ? first < 0 : !isAboveByline && !areSentences(below, line.text)) return read.parts;
  story['headline'] = line.text;
  notes.push({ kind: 'took', line: above?.line ?? 1, message: 'the headline from the line above the text' });
  return parts.slice(1);
}

/** A line by which a press office says whom to ask. */
const CONTACT =
  /^(?:(?:media|press|news|for more information|further information)\b.{0,20}?)?\b(?:contacts?|enquir(?:y|ies)|inquir(?:y|ies)|pressekontakt|kontakt|ansprechpartner(?:in)?|contacto|contatto|contato)\s*:/i;

/** Parts of which the first is the title: above the lines of a press office, and apart from a byline right below it. */
function titleFirst(parts: readonly Part[]): Part[] {
  const at = parts.findIndex((part) => part.type !== 'block' || !CONTACT.test(plainText([part.block])));
  const ordered = at > 0 ? [parts[at] as Part, ...parts.slice(0, at), ...parts.slice(at + 1)] : [...parts];
  const [first] = ordered;
  if (first?.type !== 'block' || first.block.type !== 'paragraph') return ordered;
  const end = first.block.children.findIndex(({ type }) => type === 'break');
  if (end < 0) return ordered;
  const of = (children: Inline[]): Part => ({ ...first, block: { type: 'paragraph', children } });
  const below = of(first.block.children.slice(end + 1));
  return takeFurniture([below], {}, []).length === 0
    ? [of(first.block.children.slice(0, end)), below, ...ordered.slice(1)]
    : ordered;
}

/** Whether a heading at the top is that of the whole: no section's, and no line about the text. */
const isTitle = (text: string, table: HeadingTable) => !table.has(plainHeading(text)) && text.length <= 150;

/** Whether there are paragraphs below a line that is no sentence, and one of the first of them is a sentence. */
function areSentences(parts: readonly Part[], line: string): boolean {
  if (/[.!?…”"]$/.test(line) || /^[-–—*•>(\d]/.test(line)) return false;
  return parts.slice(0, 3).some((part) => {
    const text = part.type === 'block' && part.block.type === 'paragraph' ? plain(part.block.children) : '';
    return /\s/.test(text) && /[.!?”"’')]$/.test(text.slice(-1));
  });
}

/** A heading over nothing but footnotes, which are the story's sources now. */
function withoutEmptySources(parts: readonly Part[], table: HeadingTable, notes: Note[]): Part[] {
  return parts.filter((part, i) => {
    const next = parts[i + 1];
    const empty =
      part.type === 'heading' &&
      (next === undefined || next.type === 'heading') &&
      table.get(plainHeading(part.text)) === 'sources';
    if (empty)
      notes.push({ kind: 'took', line: part.line, message: 'the sources below their heading', text: part.text });
    return !empty;
  });
}

/** Parts between sections that were sections already; those are given by their number. */
function runs(parts: readonly Part[]): (Part[] | number)[] {
  const out: (Part[] | number)[] = [];
  for (const part of parts) {
    if (part.type === 'heading' && part.text.startsWith('\0')) out.push(Number(part.text.slice(1)));
    else {
      const last = out.at(-1);
      if (Array.isArray(last)) last.push(part);
      else out.push([part]);
    }
  }
  return out;
}

/** Reports every word of the input that is neither in the story nor in a note. */
function reportLost(format: ImportFormat, input: string, story: Value, notes: Note[]): void {
  if (format === 'json') return;
  const raw = format === 'html' ? sourceWords(input) : format === 'markdown' ? wordsInMarkdown(input) : input;
  const { headings } = wordsFor(String(story['lang'] ?? 'en')).words;
  const headingsIn = (sections: Value[]): string[] =>
    sections.flatMap((section) => [
      ...(section['heading'] === undefined ? [headings[String(section['kind'])] ?? ''] : []),
      ...headingsIn((section['sections'] as Value[] | undefined) ?? []),
    ]);
  const kept = [...textsIn(story), ...namesIn(story['extra']), ...headingsIn(story['sections'] as Value[])];
  const missing = unaccounted(
    raw,
    kept,
    notes.flatMap(({ text }) => text ?? []),
  );
  if (missing.length > 0) notes.push({ kind: 'dropped', message: LOST, text: missing.join(' … ') });
}

/** A piece of Markdown that a reader does not see as it is typed: code as it stands, tags, entities, addresses, names of notes. */
const UNSEEN =
  /(`+)[^`][\s\S]{0,2000}?\1|<!--([\s\S]*?)-->|<(script|style)\b[^<>]*>[\s\S]*?<\/\3\s*>|<\/?([a-z][^\s<>/="']*)[^<>]*>|&#?\w{1,32};|\]\((?:[^()\s]|\([^()\s]*\)){1,4000}(?=[\s)])|\](?:\n? *)\[[^[\]]+\](?![:(])|\[\^[^\]\s]{1,100}\]:?/gi;

/** Markdown as a reader has it, word for word. */
function wordsInMarkdown(text: string): string {
  const closed = closedIn(text);
  const entities = new Map<string, string>();
  return text.replace(UNSEEN, (whole, ticks, comment, program, name: string | undefined) => {
    if (ticks !== undefined) return whole;
    if (comment !== undefined) return '';
    if (program !== undefined) return ' ';
    if (name !== undefined)
      return isWordsInBrackets(whole, (tag) => closed.has(tag)) ? whole : IN_WORDS.test(name) ? '' : ' ';
    if (whole.startsWith('&')) {
      const known = entities.get(whole) ?? sourceWords(whole);
      entities.set(whole, known);
      return known.trim() === '' ? ' ' : known.trim();
    }
    return whole.startsWith('](') ? ']( ' : ' ';
  });
}

/** Tags within which a word may end. */
const IN_WORDS = /^(?:a|abbr|b|big|cite|code|del|em|font|i|ins|kbd|mark|s|small|span|strong|u|wbr)$/i;

function inOrder(notes: Note[]): Note[] {
  return notes.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
