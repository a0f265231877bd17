import { loadStory } from '../checks/load.js';
import type { RuleName } from '../checks/rules/index.js';
import { wordsFor } from '../languages/words.js';
import { unsound } from '../schema/sound.js';
import { sectionShape } from '../sections/index.js';
import { fieldFor } from '../story/names.js';
import { storyShape } from '../story/schema.js';
import { type Archie, parseArchie } from './archieml.js';
import { readHtml } from './html.js';
import { parseJson } from './json.js';
import { ImportError, type Manuscript, type Part } from './manuscript.js';
import { type ReadOptions, readMarkdown } from './markdown.js';
import { namesIn } from './proof.js';

type Group = { [key: string]: unknown };

const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A manuscript some of whose sections are sections of a story already. */
export interface Structured extends Manuscript {
  sections: Group[];
}

const BODY = /^(?:body|text|content|story|article|copy)$/i;
const HEADING = /^(?:h[1-6]|head|heading|header|hed|subhed|subhead|subheading|title)$/i;

/**
 * An ArchieML document: its keys are fields, `body` and its like are Markdown, a freeform list is read in order, and a
 * list `sections` holds sections.
 */
export function readArchie(text: string, options: ReadOptions): Structured {
  const { value, lines, ignored } = parseArchie(text);
  if (Object.keys(value).length === 0)
    throw new ImportError('nothing-to-import', 'this ArchieML document has no key', 'a key looks like "headline: …"');
  const out: Structured = { fields: [], parts: [], sources: [], notes: [], sections: [] };
  for (const line of ignored)
    out.notes.push({
      kind: 'dropped',
      line: line.line,
      message: 'a line that is no part of a value; ArchieML ignores it',
      text: line.text.trim(),
    });
  for (const [name, child] of Object.entries(value)) {
    const line = lines.get(name) ?? 1;
    if (typeof child === 'string' && BODY.test(name)) addMarkdown(out, child, line, options, name);
    else if (Array.isArray(child) && (name === 'sections' || isFreeform(child)))
      addEntries(out, child, line, options, name);
    else out.fields.push({ name, value: plainCopy(child), line });
  }
  return out;
}

const isFreeform = (list: Archie[]) =>
  list.length > 0 && list.every((item) => isGroup(item) && typeof item['type'] === 'string' && 'value' in item);

function addMarkdown(out: Structured, text: string, line: number, options: ReadOptions, name?: string): void {
  const read = readMarkdown(text, { ...options, fields: false });
  const moved = <T extends { line?: number }>(part: T): T => ({
    ...part,
    ...(part.line === undefined ? {} : { line: part.line + line - 1 }),
  });
  for (const part of read.parts) out.parts.push(moved(part));
  out.notes.push(...read.notes.map(moved));
  out.sources.push(...read.sources);
  if (name !== undefined) out.notes.push({ kind: 'took', line, message: `the text from ${name}`, text: name });
}

function addEntries(out: Structured, list: Archie[], line: number, options: ReadOptions, name: string): void {
  out.notes.push({ kind: 'took', line, message: `the text from ${name}`, text: name });
  for (const entry of list) {
    if (!isGroup(entry)) {
      addMarkdown(out, String(entry), line, options);
      continue;
    }
    const made = plainCopy(entry) as Group;
    if (!unsound(made, sectionShape)) {
      out.sections.push(made);
      out.parts.push({ type: 'heading', text: `\0${out.sections.length - 1}`, line } as Part);
      continue;
    }
    addEntry(out, made, line, options);
  }
}

function addEntry(out: Structured, entry: Group, line: number, options: ReadOptions): void {
  const { type, value, ...rest } = entry;
  if (typeof type === 'string' && typeof value === 'string' && Object.keys(rest).length === 0) {
    if (HEADING.test(type)) out.parts.push({ type: 'heading', level: 2, text: value, line });
    else {
      addMarkdown(out, value, line, options);
      if (type !== 'text') out.notes.push({ kind: 'changed', line, message: `an entry "${type}" is text`, text: type });
    }
    return;
  }
  if (typeof type === 'string' && isGroup(value) && Object.keys(rest).length === 0) {
    out.notes.push({
      kind: 'changed',
      line,
      message: `a group "${type}" is text`,
      text: [type, ...namesIn(value)].join(' '),
    });
    addMarkdown(out, asText(type, value), line, options);
    return;
  }
  for (const [name, child] of Object.entries(entry)) {
    if (HEADING.test(name) && typeof child === 'string')
      out.parts.push({ type: 'heading', level: 2, text: child, line });
    else if (typeof child === 'string' && (name === 'value' || BODY.test(name))) addMarkdown(out, child, line, options);
    else if (name !== 'type' || child !== 'text') {
      addMarkdown(out, flat(child), line, options);
      out.notes.push({ kind: 'changed', line, message: `"${name}" is text`, text: name });
    }
  }
}

/** A group in one piece: a quotation with who said it, else its values below each other, each by its name. */
function asText(type: string, group: Group): string {
  const names = Object.keys(group);
  const [words] = names.filter((name) => /^(?:quote|text|value|body)$/i.test(name));
  const [speaker] = names.filter((name) => /^(?:by|speaker|who|name|attribution|cite|author)$/i.test(name));
  const [role] = names.filter((name) => /^(?:role|title|affiliation)$/i.test(name));
  const quoted = /quote/i.test(type) && words !== undefined && speaker !== undefined;
  if (quoted && names.length === (role === undefined ? 2 : 3) && typeof group[words] === 'string') {
    const by = [group[speaker], ...(role === undefined ? [] : [group[role]])].map(flat).join(', ');
    return `${String(group[words]).trim().replace(/^/gm, '> ')}\n>\n> — ${by}`;
  }
  return [`**${type}**`, ...Object.entries(group).map(([name, child]) => `${name}: ${flat(child)}`)].join('\\\n');
}

function flat(value: unknown): string {
  if (Array.isArray(value)) return value.map(flat).join('\n\n');
  if (isGroup(value))
    return Object.entries(value)
      .map(([name, child]) => `${name}: ${flat(child)}`)
      .join('\n\n');
  return String(value);
}

/** Values as a story holds them under `extra`: groups, lists and texts. */
function plainCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainCopy);
  if (isGroup(value))
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, child]) => child !== null && child !== undefined)
        .map(([name, child]) => [name, plainCopy(child)]),
    );
  return typeof value === 'string' ? value : String(value);
}

/** Why JSON with sections is no story of ours: the first finding of what reads stories, which says the place. */
function notOurs(text: string, issue: string): ImportError {
  const first = loadStory(text, 'story.json').diagnostics.find(({ severity }) => severity === 'error');
  return first
    ? new ImportError(
        first.rule as RuleName,
        first.message,
        first.hint ?? 'nutgraf render --to json shows what a story looks like',
        first.line,
        first.column,
      )
    : new ImportError(
        'not-a-story',
        `this JSON is no story: ${issue}`,
        'nutgraf render --to json shows what one looks like',
      );
}

/** JSON: a story as `--to json` gives it, or an item of IPTC's ninjs 3. */
export function readJson(text: string, options: ReadOptions): Structured | { story: Group } {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    if (error instanceof ImportError) throw error;
    const { line, column } = jsonPlace(text, String((error as Error).message));
    throw new ImportError(
      'invalid-json',
      'this is not JSON',
      'check the place with the program that wrote the file',
      line,
      column,
    );
  }
  if (!isGroup(value))
    throw new ImportError('not-a-story', 'this JSON holds no story', 'a story has sections; ninjs has bodies');
  if (Array.isArray(value['sections'])) {
    const issue = unsound(withoutEmptyLists(value), storyShape);
    if (issue) throw notOurs(text, `${issue.path.join('.')} ${issue.message}`.trim());
    return { story: withoutDefaults(value) };
  }
  if (
    isGroup(value['standard']) ||
    ['bodies', 'headlines', 'uri', 'body_html', 'body_text'].some((name) => name in (value as Group))
  )
    return readNinjs(value, options);
  throw new ImportError('not-a-story', 'this JSON holds no story', 'a story has sections; ninjs has bodies');
}

function jsonPlace(text: string, message: string): { line: number; column: number } {
  const at = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: [...(before.at(-1) ?? '')].length + 1 };
}

/** A list that is empty says nothing; --to json gives some. */
function withoutEmptyLists(story: Group): Group {
  return Object.fromEntries(Object.entries(story).filter(([, field]) => !(Array.isArray(field) && field.length === 0)));
}

/** What `--to json` fills in is left out again, where it is only what nutgraf would fill in anyway. */
function withoutDefaults(story: Group): Group {
  const { words } = wordsFor(String(story['lang'] ?? 'en'));
  const bare = (section: unknown): unknown => {
    if (!isGroup(section)) return section;
    const { heading, sections, ...rest } = section;
    const headingField = heading === words.headings[String(section['kind'])] ? {} : { heading };
    return { ...rest, ...headingField, ...(Array.isArray(sections) ? { sections: sections.map(bare) } : {}) };
  };
  const emptied = Object.fromEntries(
    Object.entries(story).filter(
      ([name, value]) =>
        !(Array.isArray(value) && value.length === 0) &&
        !(name === 'status' && value === 'ready') &&
        !(name === 'lang' && value === 'en'),
    ),
  );
  const authors = [emptied['byline'] ?? []]
    .flat()
    .map((author) => (isGroup(author) && Object.keys(author).length === 1 ? author['name'] : author));
  return {
    ...emptied,
    ...(authors.length > 0
      ? { byline: authors.length === 1 && typeof authors[0] === 'string' ? authors[0] : authors }
      : {}),
    ...(emptied['sources']
      ? {
          sources: (emptied['sources'] as Group[]).map(({ kind, ...rest }) =>
            kind === 'outlet' ? rest : { ...rest, kind },
          ),
        }
      : {}),
    ...(emptied['corrections']
      ? {
          corrections: (emptied['corrections'] as Group[]).map(({ kind, ...rest }) =>
            kind === 'correction' ? rest : { ...rest, kind },
          ),
        }
      : {}),
    sections: (story['sections'] as unknown[]).map(bare),
  };
}

const NINJS: Readonly<Record<string, string>> = {
  by: 'byline',
  located: 'dateline',
  embargoedUntil: 'embargo',
  embargoed: 'embargo',
  edNote: 'ednote',
  ednote: 'ednote',
  language: 'lang',
  firstCreated: 'published',
  versionCreated: 'updated',
  firstcreated: 'published',
  versioncreated: 'updated',
};

/** An item of ninjs 3 (iptc.org/std/ninjs): what a story has no field for goes under `extra.ninjs`. */
function readNinjs(item: Group, options: ReadOptions): Structured {
  const out: Structured = { fields: [], parts: [], sources: [], notes: [], sections: [] };
  const rest: Group = Object.create(null) as Group;
  const put = (name: string, value: unknown, from: string) => {
    out.fields.push({ name, value: plainCopy(value), line: 1 });
    if (fieldFor(name) === undefined) out.notes.push({ kind: 'took', message: `${name} from ${from}`, text: from });
  };
  for (const [name, value] of Object.entries(item)) {
    if (name === 'headlines' || name === 'title' || name === 'headline') continue;
    if (name === 'bodies' || /^body_/.test(name)) continue;
    if (Object.hasOwn(NINJS, name)) put(NINJS[name] as string, value, name);
    else if (/^pubstatus$/i.test(name) && (value === 'canceled' || value === 'withheld'))
      put('status', value === 'canceled' ? 'killed' : 'held', name);
    else if (
      name === 'subjects' &&
      Array.isArray(value) &&
      value.every((entry) => isGroup(entry) && typeof entry['name'] === 'string' && Object.keys(entry).length === 1)
    )
      put(
        'tags',
        value.map((entry) => (entry as Group)['name']),
        name,
      );
    else rest[name] = value;
  }
  headlines(item, rest, put);
  bodies(item, rest, out, options);
  if (Object.keys(rest).length > 0) out.fields.push({ name: 'ninjs', value: plainCopy(rest), line: 1 });
  return out;
}

function headlines(item: Group, rest: Group, put: (name: string, value: unknown, from: string) => void): void {
  const all = [item['headlines'] ?? []].flat().filter(isGroup);
  const main = all.find(({ role }) => role === 'main') ?? all[0];
  const headline = main?.['value'] ?? item['headline'] ?? item['title'];
  if (headline !== undefined) put('headline', headline, 'headlines');
  const others = all.filter((association) => association !== main);
  if (others.length > 0) rest['headlines'] = others;
  if (item['title'] !== undefined && item['title'] !== headline) rest['title'] = item['title'];
}

/** The fullest body: HTML before text. Other bodies with the same words add nothing; those with others are kept. */
function bodies(item: Group, rest: Group, out: Structured, options: ReadOptions): void {
  const all: Group[] = [
    ...[item['bodies'] ?? []].flat().filter(isGroup),
    ...['body_html', 'body_text'].flatMap((name) =>
      typeof item[name] === 'string'
        ? [{ value: item[name], contentType: name === 'body_html' ? 'text/html' : 'text/plain' }]
        : [],
    ),
  ];
  const isHtml = (body: Group) => /html|nitf|xml/i.test(String(body['contentType'] ?? body['contenttype'] ?? ''));
  const best =
    all.find((body) => isHtml(body) && typeof body['value'] === 'string') ??
    all.find((body) => typeof body['value'] === 'string');
  const described = [item['descriptions'] ?? []].flat().filter(isGroup);
  if (best) {
    const value = String(best['value']);
    const read = isHtml(best) ? readHtml(value, options) : readMarkdown(value, options);
    out.parts.push(...read.parts);
    out.notes.push(...read.notes);
    out.fields.push(...read.fields);
    out.sources.push(...read.sources);
  } else {
    for (const entry of described) addMarkdown(out, String(entry['value'] ?? ''), 1, options);
    if (out.parts.length > 0) delete rest['descriptions'];
  }
  const others = all.filter((body) => body !== best);
  if (others.length > 0) rest['bodies'] = others;
}
