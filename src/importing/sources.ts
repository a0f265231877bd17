import { outletsThatSay } from '../prose/outlets.js';
import { parseProse } from '../prose/parse.js';
import { type Block, type Inline, inlines, mapParagraphs, plainText } from '../prose/tree.js';
import { writeProse } from '../prose/write.js';
import { sourceId } from '../schema/fields.js';
import { type HeadingTable, plainHeading } from './aliases.js';
import type { Note } from './manuscript.js';
import { plain } from './mdast.js';
import { correctionsFrom } from './own-brief.js';
import type { Value } from './sections.js';
import { readSourceLine } from './source-line.js';

type Source = Record<string, string>;

/** Fields that are prose, and may stand under headings of their own. */
const FIELDS_OF_PROSE = new Set(['disclosure', 'backstory', 'ednote']);

/** Sections under headings such as "Sources" or "Disclosure" become the story's own fields, where they can be read so. */
export function fieldsInSections(sections: Value[], story: Value, table: HeadingTable, notes: Note[]): Value[] {
  const lang = String(story['lang'] ?? 'en');
  return sections.filter((section) => {
    const field = typeof section['heading'] === 'string' ? table.get(plainHeading(section['heading'])) : undefined;
    if (section['kind'] !== 'text' || field === undefined) return true;
    if (field === 'corrections' && story['corrections'] === undefined) {
      const made = correctionsFrom(String(section['text']), lang);
      if (!made) return true;
      story['corrections'] = made;
      notes.push({
        kind: 'took',
        message: `the corrections from the section "${section['heading']}"`,
        text: `${section['heading']} ${wordsOfProse(String(section['text']))}`,
      });
      return false;
    }
    if (FIELDS_OF_PROSE.has(field) && story[field] === undefined) {
      story[field] = section['text'];
      notes.push({
        kind: 'took',
        message: `the ${field} from the section "${section['heading']}"`,
        text: String(section['heading']),
      });
      return false;
    }
    if (field !== 'sources') return true;
    const numbers = new Map<string, string>();
    const { sources, rest } = sourcesFrom(String(section['text']), story['sources'] as Source[], numbers);
    if (sources.length === 0) return true;
    (story['sources'] as Source[]).push(...sources);
    citeNumbers([...sections, story], numbers, notes);
    notes.push({
      kind: 'took',
      message: `${sources.length === 1 ? 'a source' : `${sources.length} sources`} from the section "${section['heading']}"`,
      text: `${section['heading']} ${wordsOfProse(String(section['text']))}`,
    });
    // What says more than a source can hold stays where it was.
    if (rest.length > 0) section['text'] = `${writeProse(rest)}\n`;
    return rest.length > 0;
  });
}

/** The entries of a list of sources, and what of it says more than a source can hold. */
function sourcesFrom(
  text: string,
  known: readonly Source[],
  numbers: Map<string, string>,
): { sources: Source[]; rest: Block[] } {
  const blocks = parseProse(text).blocks;
  const entries = blocks.flatMap((block): { number: string; children: Block[] }[] =>
    block.type === 'list'
      ? block.items.map(({ children, number }) => ({ number: block.ordered ? String(number) : '', children }))
      : [{ number: '', children: [block] }],
  );
  const taken = new Set(known.map(({ id }) => id ?? ''));
  const sources: Source[] = [];
  const left: { number: string; children: Block[] }[] = [];
  const listed = blocks.every(({ type }) => type === 'list');
  for (const { number, children } of entries) {
    const [only, more] = children;
    if (only?.type !== 'paragraph' || more) {
      left.push({ number, children });
      continue;
    }
    const links = [...inlines([only])].filter((node) => node.type === 'link');
    const words = plain(only.children.filter((node) => node.type !== 'link' || plain([node]) !== node.url))
      .replace(/\s+/g, ' ')
      .replace(/(?<![\s:,–—-])[\s:,–—-]+$/, '');
    const url = links[0]?.url;
    if (
      (links.length > 1 && !readSourceLine(withoutNumber(only.children))) ||
      words.length > 250 ||
      (words === '' && url === undefined) ||
      (url !== undefined && !/^https?:/i.test(url))
    ) {
      left.push({ number, children });
      continue;
    }
    const numbered = /^\[(\d+)\]\s*/.exec(words);
    if (!listed && !numbered && url === undefined) {
      left.push({ number, children }); // a sentence is no source
      continue;
    }
    const unnumbered = words.slice(numbered?.[0].length ?? 0);
    const fields = readSourceLine(withoutNumber(only.children));
    const [, outlet, title] =
      /^([^:]{2,60}):\s+(.+)$/.exec(unnumbered) ?? /^([^,“”"]{2,60}),\s+[“"]([^“”"]+)[”"]$/.exec(unnumbered) ?? [];
    const label = String(fields?.['outlet'] ?? fields?.['title'] ?? outlet ?? (unnumbered || hostOf(url ?? '')));
    const id = sourceId(label, taken);
    taken.add(id);
    numbers.set(numbered?.[1] ?? number, id);
    sources.push(
      fields
        ? ({ id, ...fields } as Source)
        : { id, outlet: label, ...(title ? { title } : {}), ...(url === undefined ? {} : { url }) },
    );
  }
  const rest: Block[] = listed
    ? left.map(({ number, children }) => ({
        type: 'list',
        ordered: number !== '',
        items: [{ number: Number(number) || 0, children }],
      }))
    : left.flatMap(({ children }) => children);
  return { sources, rest };
}

/** The words of a text, its paragraphs apart. */
const wordsOfProse = (text: string) =>
  parseProse(text)
    .blocks.map((block) =>
      plainText(block.type === 'list' ? block.items.flatMap(({ children }) => [...children, GAP]) : [block]),
    )
    .join(' ');

const GAP: Block = { type: 'paragraph', children: [{ type: 'break' }] };

/** The nodes of an entry without its number in brackets. */
const withoutNumber = ([first, ...rest]: readonly Inline[]): Inline[] =>
  first?.type === 'text'
    ? [{ ...first, text: first.text.replace(/^\[\d+\]\s*/, '') }, ...rest]
    : first
      ? [first, ...rest]
      : [];

/** Numbers in brackets that stand for the sources of a numbered list, `[1]` or `[2, 3]`, become citations. */
function citeNumbers(sections: Value[], numbers: ReadonlyMap<string, string>, notes: Note[]): void {
  let count = 0;
  const typed: string[] = [];
  const cited = (nodes: Inline[]): Inline[] =>
    nodes.flatMap((node): Inline[] => {
      if ('children' in node) return [{ ...node, children: cited(node.children) }];
      if (node.type !== 'text') return [node];
      return node.text.split(/(\[\d{1,3}(?:, ?\d{1,3})*\])/).flatMap((piece, i): Inline[] => {
        const ids =
          i % 2 === 1
            ? piece
                .slice(1, -1)
                .split(/, ?/)
                .map((label) => numbers.get(label))
            : [];
        if (ids.length === 0 || ids.includes(undefined)) return piece === '' ? [] : [{ type: 'text', text: piece }];
        count++;
        typed.push(piece);
        return [{ type: 'cite', refs: ids.map((id) => ({ id: id as string, start: 0, end: 0 })) }];
      });
    });
  for (const section of sections) {
    const changed = mapProse(
      section,
      (text) => {
        const before = count;
        const blocks = mapParagraphs(parseProse(text).blocks, cited);
        return count === before ? text : `${writeProse(blocks)}${text.endsWith('\n') ? '\n' : ''}`;
      },
      undefined,
      CITING,
    );
    Object.assign(section, changed);
  }
  if (count > 0)
    notes.push({
      kind: 'changed',
      message: `${count} numbers in brackets became citations of the listed sources`,
      text: typed.join(' '),
    });
}

/** A group of outlets in brackets at the end of a claim: `(CNN / AP / NPR)`. */
const OUTLETS = /^[\p{Lu}\p{N}][\p{L}\p{M}\p{N}&.’' -]{1,40}$/u;

/**
 * Links to other sites become sources and citations: a link in brackets, `([Reuters](https://…))`, or a group of them, is
 * a citation; the words of another link stay, with the citation behind them.
 */
export function linksToSources(story: Value, base: string | undefined, notes: Note[]): void {
  const sources = story['sources'] as Source[];
  const taken = new Set(sources.map(({ id }) => id ?? ''));
  const host = base !== undefined && URL.canParse(base) ? new URL(base).host : undefined;
  const before = sources.length;
  const cite = (url: string, outlet: string): string => {
    const known = sources.find((source) => source['url'] === url);
    if (known) return known['id'] as string;
    const id = sourceId(outlet, taken);
    taken.add(id);
    sources.push({ id, outlet, url });
    return id;
  };
  const change = (text: string): string => {
    const blocks = parseProse(text).blocks;
    let changed = false;
    const mapInline = (nodes: Inline[]): Inline[] => {
      const out: Inline[] = [];
      for (const [i, node] of nodes.entries()) {
        if (
          node.type !== 'link' ||
          !/^https?:/i.test(node.url) ||
          (host !== undefined && new URL(node.url).host === host)
        ) {
          out.push('children' in node && node.type !== 'link' ? { ...node, children: mapInline(node.children) } : node);
          continue;
        }
        changed = true;
        const label = plain(node.children);
        const asOutlet = bracketed(nodes, i) && OUTLETS.test(label);
        const id = cite(node.url, asOutlet ? label : hostOf(node.url));
        if (asOutlet) out.push({ type: 'cite', refs: [{ id, start: 0, end: 0 }] });
        else
          out.push(
            ...node.children.filter(() => label !== node.url),
            { type: 'text', text: label === node.url ? '' : ' ' },
            { type: 'cite', refs: [{ id, start: 0, end: 0 }] },
          );
      }
      return closeGroups(out);
    };
    const mapped = mapParagraphs(blocks, mapInline);
    return changed ? `${writeProse(mapped)}${text.endsWith('\n') ? '\n' : ''}` : text;
  };
  story['sections'] = mapProse(story['sections'], change);
  const made = sources.length - before;
  if (made > 0)
    notes.push({
      kind: 'changed',
      message: `${made} links became sources; their outlets are named by label or host: check them`,
    });
}

/** Whether a link stands in a group in brackets, alone or parted from others by slashes or commas. */
function bracketed(nodes: readonly Inline[], i: number): boolean {
  const parts = /^(?:\s*[/,;|]\s*|\s+and\s+)$/;
  let start = i;
  let end = i;
  while (
    nodes[start - 1]?.type === 'text' &&
    parts.test((nodes[start - 1] as { text: string }).text) &&
    nodes[start - 2]?.type === 'link'
  )
    start -= 2;
  while (
    nodes[end + 1]?.type === 'text' &&
    parts.test((nodes[end + 1] as { text: string }).text) &&
    nodes[end + 2]?.type === 'link'
  )
    end += 2;
  const [before, after] = [nodes[start - 1], nodes[end + 1]];
  return (
    before?.type === 'text' && /[([]\s*$/.test(before.text) && after?.type === 'text' && /^\s*[)\]]/.test(after.text)
  );
}

/** `([@a] / [@b])` is `[@a; @b]`. */
function closeGroups(nodes: Inline[]): Inline[] {
  const out: Inline[] = [];
  for (const node of nodes) {
    const [before, last] = [out.at(-2), out.at(-1)];
    if (node.type === 'cite' && last?.type === 'text' && /^\s*[/,;|]\s*$/.test(last.text) && before?.type === 'cite') {
      out.pop();
      before.refs = [...before.refs, ...node.refs];
    } else out.push(node);
  }
  for (const [i, node] of out.entries()) {
    const [before, after] = [out[i - 1], out[i + 1]];
    if (node.type !== 'cite' || before?.type !== 'text' || after?.type !== 'text') continue;
    if (!/[([]\s*$/.test(before.text) || !/^\s*[)\]]/.test(after.text)) continue;
    before.text = before.text.replace(/[([]\s*$/, '');
    after.text = after.text.replace(/^\s*[)\]]/, '');
  }
  return out.filter((node) => node.type !== 'text' || node.text !== '');
}

const PROSE = new Set(['text', 'answer', 'says', 'note', 'quote']);

/** Texts in which our briefs print the numbers of sources. */
const CITING = new Set([...PROSE, 'role', 'speaker', 'disclosure', 'backstory']);

function mapProse(value: unknown, change: (text: string) => string, name?: string, fields = PROSE): unknown {
  if (Array.isArray(value))
    return value.map((item) =>
      mapProse(item, change, name === 'items' && typeof item === 'string' ? 'text' : name, fields),
    );
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, mapProse(child, change, key, fields)]));
  return typeof value === 'string' && name !== undefined && fields.has(name) ? change(value) : value;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url;
}

/** Outlets that a press review names and the story does not list: sources without an address, to be completed. */
export function proposeOutlets(story: Value, notes: Note[]): void {
  const sources = story['sources'] as Source[];
  const taken = new Set(sources.map(({ id }) => id ?? ''));
  const listed = new Set(sources.map(({ outlet }) => (outlet ?? '').replace(/^the\s+/i, '').toLowerCase()));
  const visit = (section: Value) => {
    for (const inner of (section['sections'] as Value[] | undefined) ?? []) visit(inner);
    if (section['kind'] !== 'coverage') return;
    for (const { name: outlet } of outletsThatSay(String(section['text'] ?? ''))) {
      const key = outlet.replace(/^the\s+/i, '').toLowerCase();
      if (listed.has(key)) continue;
      listed.add(key);
      const id = sourceId(outlet, taken);
      taken.add(id);
      sources.push({ id, outlet });
      notes.push({
        kind: 'todo',
        message: `the press review names ${outlet}: it is listed as a source without an address; complete or delete it`,
      });
    }
  };
  for (const section of story['sections'] as Value[]) visit(section);
}
