import type * as mdast from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { cjkFriendlyExtension } from 'micromark-extension-cjk-friendly';
import { gfm } from 'micromark-extension-gfm';
import { isWithinWord } from '../prose/markdown.js';
import { parseProse } from '../prose/parse.js';
import { type Block, inlines, plainText } from '../prose/tree.js';
import { type HeadingTable, plainHeading } from './aliases.js';
import { frontMatter } from './front-matter.js';
import { type Image, type Manuscript, type Note, type Part, PICTURE } from './manuscript.js';
import { absolute, blocksOf, inlinesOf, lineOf, plain, type References, withoutHtml } from './mdast.js';
import { readSourceLine } from './source-line.js';

export interface ReadOptions {
  /** The address of the page, by which relative addresses are made whole. */
  base?: string | undefined;
  /** What headings stand for: ours, and those of the desk. */
  headings: HeadingTable;
  /** HTML in Markdown to Markdown nodes, and what was dropped of it. */
  html: (source: string, line: number, note: (note: Note) => void) => mdast.RootContent[];
  /** Whether fields may stand at the top of the text; true by default. */
  fields?: boolean;
}

/** Markdown as GitHub reads it, with front matter, to a manuscript. */
export function readMarkdown(text: string, options: ReadOptions): Manuscript {
  const front = options.fields === false ? { fields: [], notes: [], end: 0 } : frontMatter(text);
  const manuscript: Manuscript = { fields: front.fields, parts: [], sources: [], notes: [...front.notes] };
  const body = withFewMarks(text.slice(front.end), (note) => void manuscript.notes.push(note));
  const firstLine = text.slice(0, front.end).split('\n').length - 1;
  const root = fromMarkdown(body, {
    extensions: [gfm({ singleTilde: false }), cjkFriendlyExtension()],
    mdastExtensions: [gfmFromMarkdown()],
  });
  const nodes = joinedHtml(typedMarks(root, body).children, body).map((node) => typedStars(node, body));
  readTree(nodes, manuscript, { source: body, firstLine, ...options });
  return manuscript;
}

/** More marks of emphasis in a paragraph than anybody means: to pair them takes the square of their number. */
const MOST_MARKS = 3000;

/** Markdown in which the marks of a paragraph with very many of them are text. */
function withFewMarks(text: string, note: (note: Note) => void): string {
  if ((text.match(/[*_]+/g)?.length ?? 0) <= MOST_MARKS) return text;
  return text
    .split(/(\n[ \t]*\n)/)
    .map((block) => {
      if ((block.match(/[*_]+/g)?.length ?? 0) <= MOST_MARKS) return block;
      note({ kind: 'changed', message: 'a paragraph has so many stars and underlines that they are text' });
      return block.replace(/[*_]/g, '\\$&');
    })
    .join('');
}

/** A node in which stars within words and figures are characters, as in a story's prose: "f**k", "3*3". */
function typedStars<T extends mdast.Nodes>(node: T, source: string): T {
  if (!('children' in node)) return node;
  const children = (node.children as mdast.Nodes[]).flatMap((child): mdast.Nodes[] => {
    const starred = typedStars(child, source);
    const [start = 0, end = 0] = [starred.position?.start.offset, starred.position?.end.offset];
    const mark = starred.type === 'strong' ? '**' : '*';
    if ((starred.type !== 'emphasis' && starred.type !== 'strong') || !source.startsWith(mark, start)) return [starred];
    const isWithin = (from: number, to: number) => {
      const [before = ' ', after = ' '] = [[...source.slice(Math.max(0, from - 2), from)].at(-1), charAt(source, to)];
      return isWithinWord(before, after);
    };
    if (!isWithin(start, start + mark.length) && !isWithin(end - mark.length, end)) return [starred];
    const star: mdast.Text = { type: 'text', value: mark };
    return [star, ...starred.children, star];
  });
  return { ...node, children } as T;
}

/** A node in which lists are paragraphs whose marks are hardly those of a list: "+ 3 per cent", a lone "- 5 degrees". */
function typedMarks<T extends mdast.Nodes>(node: T, source: string): T {
  if (!('children' in node)) return node;
  const children = (node.children as mdast.Nodes[]).flatMap((child): mdast.Nodes[] => {
    const marked = typedMarks(child, source);
    if (marked.type !== 'list' || marked.ordered) return [marked];
    const mark = source[marked.position?.start.offset ?? -1] ?? '-';
    const isAlone = marked.children.length === 1;
    const figures = marked.children.every((item) => /^\p{Sc}?\d/u.test(source.slice(contentOf(item))));
    if (!(mark === '+' ? isAlone || figures : isAlone && figures)) return [marked];
    return marked.children.flatMap(({ children: [first, ...rest] }): mdast.Nodes[] => {
      const text: mdast.Text = { type: 'text', value: first?.type === 'paragraph' ? `${mark} ` : mark };
      return first?.type === 'paragraph'
        ? [{ ...first, children: [text, ...first.children] }, ...rest]
        : [{ type: 'paragraph', children: [text] }, ...(first ? [first] : []), ...rest];
    });
  });
  return { ...node, children } as T;
}

/** Where the words of an entry of a list start in the text. */
const contentOf = (item: mdast.ListItem) => item.children[0]?.position?.start.offset ?? Number.POSITIVE_INFINITY;

const charAt = (source: string, at: number) => [...source.slice(at, at + 2)][0];

/** Tags of elements whose parts mean nothing alone. */
const HOLDERS = /<(\/?)(table|ul|ol|dl|figure|select)(?=[\s>])/gi;

/** Nodes in which the pieces of one table or list of HTML, which empty lines have cut, are one. */
function joinedHtml(nodes: readonly mdast.RootContent[], source: string): mdast.RootContent[] {
  const out: mdast.RootContent[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as mdast.RootContent;
    const end = node.type === 'html' ? closingOf(nodes, i) : i;
    const last = nodes[end]?.position?.end;
    if (end === i || node.type !== 'html' || !node.position || !last) out.push(node);
    else {
      const value = source.slice(node.position.start.offset, last.offset);
      out.push({ ...node, value, position: { start: node.position.start, end: last } });
      i = end;
    }
  }
  return out;
}

/** How far a node that closes a piece of HTML may stand from it, in nodes. */
const FARTHEST = 2000;

/** Which node closes what a piece of HTML has opened; the piece itself where a heading comes first, or none does. */
function closingOf(nodes: readonly mdast.RootContent[], start: number): number {
  const open = new Map<string, number>();
  for (let i = start; i < Math.min(nodes.length, start + FARTHEST); i++) {
    const node = nodes[i];
    if (node?.type === 'heading') return start;
    if (node?.type !== 'html') continue;
    for (const [, slash, name = ''] of node.value.matchAll(HOLDERS))
      open.set(name.toLowerCase(), (open.get(name.toLowerCase()) ?? 0) + (slash ? -1 : 1));
    if (![...open.values()].some((count) => count > 0)) return i;
  }
  return start;
}

interface TreeOptions extends ReadOptions {
  /** The text that the nodes' places are in; absent where they have none. */
  source?: string;
  /** How many lines stand before it. */
  firstLine?: number;
  /** Pictures for which marks stand in the text. */
  images?: readonly Image[];
}

/** The top nodes of a Markdown tree into a manuscript. */
export function readTree(nodes: readonly mdast.RootContent[], manuscript: Manuscript, options: TreeOptions): void {
  const { firstLine = 0, source } = options;
  const note = (entry: Note) =>
    manuscript.notes.push({ ...entry, ...(entry.line === undefined ? {} : { line: entry.line + firstLine }) });
  const definitions = new Map<string, mdast.Definition>();
  const footnotes = new Map<string, string>();
  const endnotes: mdast.FootnoteDefinition[] = [];
  const refs: References = {
    definitions,
    footnotes,
    base: options.base,
    source,
    images: options.images,
    html: (html, line) => options.html(html, line, note),
    note,
  };
  for (const node of nodes)
    if (node.type === 'definition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node);
  const table = options.headings;
  // Below a heading such as "Sources", every footnote is one.
  const last = nodes.findLast((node) => node.type === 'heading');
  const isList =
    last?.type === 'heading' && table.get(plainHeading(plain(inlinesOf(last.children, refs)))) === 'sources';
  const after = isList ? nodes.slice(nodes.indexOf(last) + 1) : [];
  const isOnly = after.every(
    ({ type, ...node }) => type === 'footnoteDefinition' || (type === 'list' && 'ordered' in node && !node.ordered),
  );
  const listed = isList && isOnly ? lineOf(last) : Number.POSITIVE_INFINITY;
  for (const node of nodes) {
    if (node.type !== 'footnoteDefinition') continue;
    const made = footnoteSource(node, refs, footnotes.size + 1, lineOf(node) > listed);
    if (!made) endnotes.push(node);
    else {
      footnotes.set(node.identifier, made['id'] as string);
      manuscript.sources.push(made);
      note({
        kind: 'changed',
        line: lineOf(node),
        message: `the footnote ${node.label ?? node.identifier} became a source`,
        text: [node.label ?? node.identifier, textOfNote(node, refs)].join(' '),
      });
    }
  }
  tellOfDefinitions(nodes, definitions, refs, note);
  for (const node of nodes) {
    const line = (node.position?.start.line ?? 1) + firstLine;
    if (node.type === 'heading') {
      const inline = inlinesOf(withoutHtml(node.children, lineOf(node), refs), refs);
      const heading = plain(inline).replace(/\s+/g, ' ');
      if (heading !== '') manuscript.parts.push({ type: 'heading', level: node.depth, text: heading, line });
      for (const child of inlines([{ type: 'paragraph', children: inline }]))
        if (child.type === 'link') {
          manuscript.parts.push({
            type: 'block',
            block: { type: 'paragraph', children: [{ ...child, children: [{ type: 'text', text: child.url }] }] },
            line,
          });
          note({
            kind: 'changed',
            line: lineOf(node),
            message: `the link in the heading "${heading}" stands below it`,
          });
        }
      continue;
    }
    if (node.type === 'thematicBreak') {
      manuscript.parts.push({ type: 'rule', line });
      continue;
    }
    const image = imageFor(node, options.images ?? []) ?? imageAlone(node, refs);
    if (image) {
      manuscript.parts.push({ type: 'picture', image, line });
      continue;
    }
    for (const block of blocksOf([node], refs)) {
      const typed = source === undefined ? undefined : asTyped(node, source, block);
      manuscript.parts.push({ type: 'block', block, line, ...(typed === undefined ? {} : { typed }) });
    }
  }
  // Remarks stand at the end, but above the list of sources.
  const sources = manuscript.parts.findLastIndex(
    (part) => part.type === 'heading' && table.get(plainHeading(part.text)) === 'sources',
  );
  const remarks = endnotes.map(({ children, label, identifier, position }): Part => {
    const blocks = blocksOf(children, refs);
    return {
      type: 'block',
      block: {
        type: 'list',
        ordered: false,
        items: [{ number: 0, children: withLabel(blocks, `[note ${label ?? identifier}] `) }],
      },
      line: (position?.start.line ?? 1) + firstLine,
    };
  });
  manuscript.parts.splice(sources < 0 ? manuscript.parts.length : sources, 0, ...remarks);
}

/** The picture for which a paragraph stands that is its mark alone. */
function imageFor(node: mdast.RootContent, images: readonly Image[]): Image | undefined {
  const [only, more] = node.type === 'paragraph' ? node.children : [];
  const [, number] = (only?.type === 'text' && !more && PICTURE_ALONE.exec(only.value.trim())) || [];
  return number === undefined ? undefined : images[Number(number)];
}

/** A picture alone in its paragraph, perhaps as a link, perhaps with its caption in italics below it. */
function imageAlone(node: mdast.RootContent, refs: References): Image | undefined {
  const all = node.type === 'paragraph' ? node.children : [];
  const isGap = (inline: mdast.PhrasingContent) =>
    inline.type === 'break' || (inline.type === 'text' && inline.value.trim() === '');
  const [only, below, more] = all.filter((inline) => !isGap(inline));
  const [inner, other] = only?.type === 'link' ? only.children : [only];
  const isCaption =
    below === undefined ||
    (below.type === 'emphasis' && all.length === 3 && below.children.every(({ type }) => type === 'text'));
  if (more || other || inner?.type !== 'image' || !isCaption) return undefined;
  const caption = below === undefined ? '' : plain(inlinesOf([below], refs));
  const src = absolute(inner.url, refs.base);
  const link = only?.type === 'link' ? absolute(only.url, refs.base) : undefined;
  if (src === undefined || !/^https?:/i.test(src) || (only?.type === 'link' && link === undefined) || inner.title)
    return undefined;
  const alt = (inner.alt ?? '').replace(/\s+/g, ' ').trim();
  return {
    src,
    ...(alt ? { alt } : {}),
    ...(caption ? { caption } : {}),
    ...(link && /^https?:/i.test(link) ? { link } : {}),
  };
}

const PICTURE_ALONE = new RegExp(`^${PICTURE}(\\d+)${PICTURE}$`);

function withLabel(blocks: Block[], label: string): Block[] {
  const [first, ...rest] = blocks;
  return first?.type === 'paragraph'
    ? [{ type: 'paragraph', children: [{ type: 'text', text: label }, ...first.children] }, ...rest]
    : [{ type: 'paragraph', children: [{ type: 'text', text: label.trim() }] }, ...blocks];
}

/** The names of link definitions are gone once links have their addresses; those that nothing used are named whole. */
function tellOfDefinitions(
  nodes: readonly mdast.RootContent[],
  definitions: ReadonlyMap<string, mdast.Definition>,
  refs: References,
  note: (note: Note) => void,
): void {
  if (definitions.size === 0) return;
  const used = new Set<string>();
  const visit = (node: mdast.Nodes) => {
    if (node.type === 'linkReference' || node.type === 'imageReference') used.add(node.identifier);
    if ('children' in node) for (const child of node.children) visit(child);
  };
  for (const node of nodes) visit(node);
  const names = [...definitions.values()]
    .filter(({ identifier }) => used.has(identifier))
    .map(({ label, identifier }) => label ?? identifier);
  if (names.length > 0)
    note({ kind: 'changed', message: 'links by name have their addresses beside them now', text: names.join(', ') });
  for (const { identifier, label, url, title, position } of nodes.filter((node) => node.type === 'definition')) {
    const first = definitions.get(identifier);
    if (used.has(identifier) && first?.position?.start.offset === position?.start.offset) continue;
    const text = [label ?? identifier, absolute(url, refs.base) ?? url, title].filter(Boolean).join(' ');
    note({ kind: 'dropped', line: position?.start.line ?? 1, message: 'an address that no text links to', text });
  }
}

/** The words of a footnote. */
const textOfNote = (node: mdast.FootnoteDefinition, refs: References): string =>
  plainText(blocksOf(node.children, { ...refs, note: () => {} }));

/** A footnote of one short paragraph with at most one link is a source. */
function footnoteSource(
  node: mdast.FootnoteDefinition,
  refs: References,
  number: number,
  isListed: boolean,
): Record<string, string> | undefined {
  const [only, more] = blocksOf(node.children, { ...refs, note: () => {} });
  if (only?.type !== 'paragraph' || more) return undefined;
  const fields = readSourceLine(only.children);
  const links = [...inlines([only])].filter((inline) => inline.type === 'link');
  const title = plain(
    only.children.filter((inline) => inline.type !== 'link' || plain([inline]) !== inline.url),
  ).replace(/\s+/g, ' ');
  const url = links[0]?.url;
  const wanted = (node.label ?? node.identifier).normalize('NFC');
  const id = /^\p{L}[\p{L}\p{M}\p{N}_-]*$/u.test(wanted) ? wanted : `note-${/^\d+$/.test(wanted) ? wanted : number}`;
  if (fields) return { id, ...fields } as Record<string, string>;
  if (links.length > 1 || title.length > 300 || (title === '' && url === undefined)) return undefined;
  if (
    [...inlines([only])].some((inline) => inline.type === 'cite' || inline.type === 'code') ||
    (url !== undefined && !/^https?:/i.test(url))
  )
    return undefined;
  const [, outlet, rest] = /^([^:]{2,60}):\s+(\S.*)$/.exec(title) ?? [];
  if (url === undefined && outlet === undefined) return isListed ? { id, outlet: title } : undefined; // else a remark
  return {
    id,
    ...(outlet ? { outlet, title: rest as string } : { title: title || (url as string) }),
    ...(url === undefined ? {} : { url }),
  };
}

/** A block as it was typed, where a story's prose reads it the same. */
function asTyped(node: mdast.RootContent, source: string, block: Block): string | undefined {
  const { start, end } = node.position ?? {};
  if (start?.offset === undefined || end?.offset === undefined || start.column !== 1) return undefined;
  const typed = source.slice(start.offset, end.offset).trimEnd();
  if (/^[*+] /.test(typed)) return undefined; // the house's lists have dashes
  const read = parseProse(typed).blocks;
  return read.length === 1 && shape(read[0] as Block) === shape(block) ? typed : undefined;
}

/** A tree as text, to compare two by. */
export function shape(block: Block): string {
  return JSON.stringify(block, (key, value) =>
    key === 'start' || key === 'end' || key === 'number' ? undefined : value,
  );
}
