import { wordsFor } from '../house/words.js';
import { badCharacters } from '../story/characters.js';
import { decode } from '../story/decode.js';
import type { StoryInput } from '../story/schema.js';
import { SCHEMA_LINE, writeStory } from '../story/write.js';
import { type HeadingTable, headingTable, type OwnHeadings, plainHeading } from './aliases.js';
import { placeFields } from './fields.js';
import { takeFurniture, takeKicker, takeTags } from './furniture.js';
import { htmlNodes, readHtml, wordsIn } from './html.js';
import { type Heading, ImportError, type Manuscript, type Note, type Part } from './manuscript.js';
import { readMarkdown } from './markdown.js';
import { plain } from './mdast.js';
import { lost, namesIn, wordsOf } from './proof.js';
import { shapeSections, type Value } from './sections.js';
import { fieldsInSections, linksToSources, proposeOutlets } from './sources.js';
import { readArchie, readJson } from './structured.js';
import { readText } from './text.js';

/** The formats that can be imported, by the names of `--from`. */
export const importFormats = ['text', 'markdown', 'html', 'archieml', 'json'] as const;
export type ImportFormat = (typeof importFormats)[number];

export interface ImportOptions {
  /** Told by the file's name and first characters where nothing is said. */
  from?: ImportFormat | undefined;
  /** The address of the page, by which relative addresses are made whole. */
  base?: string | undefined;
  /** Turns links to other sites, and groups such as "(CNN / AP)", into sources and citations. */
  linksToSources?: boolean | undefined;
  /** The desk's own headings, by kind of section. */
  headings?: OwnHeadings | undefined;
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
    if (!(error instanceof RangeError)) throw error;
    throw new ImportError(
      'too-deep',
      'its quotes, lists or brackets nest too deep to be read',
      'take some of the nesting away',
    );
  }
}

function read(content: Uint8Array | string, name: string, options: ImportOptions): Imported {
  const notes: Note[] = [];
  const input = clean(textOf(content, notes), notes);
  if (input.trim() === '')
    throw new ImportError('nothing-to-import', 'there is no text in it', 'check that this is the right file');
  const format = options.from ?? formatOf(name, input);
  const table = headingTable(options.headings);
  const reading = { base: options.base, html: htmlNodes };
  const manuscript = readBy(format, input, table, reading);
  if ('story' in manuscript) {
    const story = manuscript.story as StoryInput;
    return { format, story, input, notes, text: withSchema(writeStory(story), options.schema) };
  }
  notes.push(...manuscript.notes);
  const story: Value = {};
  const body = titled(manuscript, story, format, notes);
  placeFields(manuscript.fields, story, notes);
  const below = story['headline'] === undefined ? body : takeTags(takeFurniture(body, story, notes), story, notes);
  const parts = manuscript.sources.length > 0 ? withoutEmptySources(below, table, notes) : below;
  const sections: Value[] = [];
  for (const run of runs(parts)) {
    if (typeof run === 'number') sections.push((manuscript as { sections?: Value[] }).sections?.[run] as Value);
    else
      sections.push(
        ...shapeSections(run, { table, lang: String(story['lang'] ?? 'en'), note: (note) => notes.push(note) }),
      );
  }
  story['sources'] = [...manuscript.sources];
  story['sections'] = fieldsInSections(sections, story, table, notes);
  if (options.linksToSources) linksToSources(story, options.base ?? manuscript.address, notes);
  proposeOutlets(story, notes);
  if ((story['sources'] as unknown[]).length === 0) delete story['sources'];
  if ((story['sections'] as unknown[]).length === 0)
    throw new ImportError(
      'nothing-to-import',
      'there is no text in it that could be a section',
      'check that this is the right file',
    );
  scrub(story, notes);
  if (story['headline'] === undefined) notes.push({ kind: 'todo', message: 'the input names no headline; add one' });
  tellOfLost(format, input, story, notes);
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
      return readHtml(input, reading.base);
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

/** Bytes to text. A page that says what it is encoded in is believed where it is not UTF-8. */
function textOf(content: Uint8Array | string, notes: Note[]): string {
  if (typeof content === 'string') return content.replaceAll('\r\n', '\n');
  const decoded = decode(content);
  if (decoded.ok) return decoded.text;
  const head = new TextDecoder('latin1').decode(content.subarray(0, 2048));
  const charset = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1];
  if (decoded.rule === 'bad-encoding' && charset !== undefined && !/^utf-?8$/i.test(charset)) {
    try {
      const text = new TextDecoder(charset, { fatal: true }).decode(content);
      notes.push({ kind: 'changed', message: `read as ${charset}, as the page says` });
      return text.replaceAll('\r\n', '\n');
    } catch {
      // An unknown or untrue name: what UTF-8 stumbles on is told below.
    }
  }
  throw new ImportError(decoded.rule, decoded.message, decoded.hint, decoded.line, decoded.column);
}

const TERMINAL = /\x1B\[[0-?]*[ -/]*[@-~]|\x1B\][^\x07\x1B\n]*(?:\x07|\x1B\\)|\x1B[@-Z\\-_]/g;

/** Without what a story may not hold: a terminal's colours, control characters, hidden ones. Each is noted. */
function clean(text: string, notes: Note[]): string {
  let codes = 0;
  const plain = text.replace(/\r/g, '\n').replace(TERMINAL, (code) => {
    codes++;
    const said = /^\x1B\]\d*;?(.*?)(?:\x07|\x1B)/.exec(code)?.[1];
    if (said) notes.push({ kind: 'dropped', message: 'the title that a terminal was given', text: said });
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

/** Takes out of a story's texts what entities and escapes of the input put there. */
function scrub(value: unknown, notes: Note[]): void {
  if (typeof value !== 'object' || value === null) return;
  const group = value as Record<string, unknown>;
  for (const [name, one] of Object.entries(group)) {
    if (typeof one === 'string') group[name] = badCharacters(one).length > 0 ? clean(one, notes) : one;
    else scrub(one, notes);
  }
}

/** Takes the title and the lines about the text out of the parts, where they stand before the first section. */
function titled(read: Manuscript, story: Value, format: ImportFormat, notes: Note[]): Part[] {
  const tops = read.parts.filter((part): part is Heading => part.type === 'heading' && part.level === 1);
  const first = read.parts.findIndex(({ type }) => type === 'heading');
  const heading = read.parts[first] as Heading | undefined;
  if (heading?.level === 1 && tops.length === 1) {
    const named = read.fields.find(({ name }) => /^(?:headline|title)$/i.test(name))?.value;
    if (named === undefined || named === heading.text || format === 'html') {
      story['headline'] = heading.text;
      notes.push({ kind: 'took', line: heading.line, message: 'the headline from the first heading' });
      const kicker = first === 1 && takeKicker(read.parts[0], story, notes);
      return read.parts.filter((part, i) => part !== heading && !(kicker && i === 0));
    }
  }
  if (format !== 'text' || heading?.level === 1) return read.parts;
  const [above] = read.parts;
  const line =
    above?.type === 'block' && above.block.type === 'paragraph' && above.block.children.length === 1
      ? above.block.children[0]
      : undefined;
  if (line?.type !== 'text' || line.text.length > 150 || /[.;,:]$/.test(line.text)) return read.parts;
  // A line alone above the first heading, but for those about the text, is the headline; where there is no heading, a
  // short line alone above paragraphs that are sentences.
  const rest = read.parts.slice(1, first < 0 ? undefined : first);
  const below = takeFurniture(rest, {}, []);
  if (first < 0 ? !areSentences(below, line.text) : below.length > 0) return read.parts;
  story['headline'] = line.text;
  notes.push({ kind: 'took', line: above?.line ?? 1, message: 'the headline from the line above the text' });
  return read.parts.slice(1);
}

/** Whether there are paragraphs below a line, the first of them a sentence that is longer than the line. */
function areSentences(parts: readonly Part[], line: string): boolean {
  const [first] = parts;
  const text = first?.type === 'block' && first.block.type === 'paragraph' ? plain(first.block.children) : '';
  return text.length > line.length && /[.!?”"’')]$/.test(text) && !/[.!?…”"]$/.test(line) && !/^[-–—*•>(\d]/.test(line);
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

/** What nothing above accounts for: each word is named, so that none goes without a trace. */
function tellOfLost(format: ImportFormat, input: string, story: Value, notes: Note[]): void {
  if (format === 'json') return;
  const raw =
    format === 'html'
      ? wordsIn(input)
      : (format === 'markdown' ? withoutLinkNames(input) : input).replace(/&#?\w+;/g, ' ');
  const { headings } = wordsFor(String(story['lang'] ?? 'en')).words;
  const given = (sections: Value[]): unknown[] =>
    sections.flatMap((one) => [
      one['heading'] === undefined ? headings[String(one['kind'])] : [],
      ...given((one['sections'] as Value[] | undefined) ?? []),
    ]);
  const kept = [story, namesIn(story['extra']), given(story['sections'] as Value[])];
  const missing = lost(wordsOf(raw), wordsOf([kept, notes.map(({ text }) => text)]));
  const words = missing.filter((word) => !/^(?:\d+|x)$/.test(word));
  if (words.length > 0)
    notes.push({ kind: 'dropped', message: 'words that the story has nowhere', text: words.join(' ') });
}

/** Markdown without its tags, and the names by which its links find their addresses; a note tells of those. */
function withoutLinkNames(text: string): string {
  return text.replace(/<\/?[a-z][^<>]*>/gi, ' ').replace(/\](?:\n? *)\[[^[\]]+\](?![:(])/g, ']');
}

function inOrder(notes: Note[]): Note[] {
  return notes.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
