import type * as mdast from 'mdast';
import { lineJoint, safeTarget } from '../prose/parse.js';
import type { Block, Inline } from '../prose/tree.js';
import { isBlank } from '../yaml/characters.js';
import { type Image, type Note, PICTURE } from './manuscript.js';
import { unwrapped } from './redirects.js';
import { closedIn, isWordsInBrackets, neverCloses, withWordsInBrackets } from './tags.js';
import { CELL_LINE } from './tidy.js';

/** What a Markdown tree's links and notes refer to, and where its relative addresses lead. */
export interface References {
  definitions: ReadonlyMap<string, mdast.Definition>;
  /** Footnotes that became sources: the footnote's label to the source's id. */
  footnotes: ReadonlyMap<string, string>;
  /** The address of the page, by which relative addresses are made whole. */
  base?: string | undefined;
  /** The text that the nodes' places are in; absent where they have none. */
  source?: string | undefined;
  /** Pictures for which marks stand in the text. */
  images?: readonly Image[] | undefined;
  /** Whether `[@id]` in a text is a citation. */
  ownCitations?: boolean;
  /** Inline HTML to Markdown nodes. */
  html: (source: string, line: number) => mdast.RootContent[];
  note: (note: Note) => void;
}

/** Markdown nodes to a story's prose; headings inside them are strong paragraphs. What prose cannot hold is noted. */
export function blocksOf(nodes: readonly mdast.RootContent[], refs: References): Block[] {
  return nodes.flatMap((node) => blockOf(node, refs));
}

/** The line on which a node starts, from 1. */
export const lineOf = (node: mdast.Nodes) => node.position?.start.line ?? 1;

function blockOf(node: mdast.RootContent, refs: References): Block[] {
  switch (node.type) {
    case 'paragraph': {
      const children = withoutComments(typedTags(node.children), refs);
      return hasHtml(children)
        ? blocksOf(refs.html(asHtml(children, refs), lineOf(node)), refs)
        : paragraphs(inlinesOf(children, refs));
    }
    case 'heading':
      return paragraphs([
        { type: 'strong', children: inlinesOf(withoutHtml(node.children, lineOf(node), refs), refs) },
      ]);
    case 'blockquote': {
      const children = blocksOf(node.children, refs);
      return children.length > 0 ? [{ type: 'quote', children }] : [];
    }
    case 'list':
      return listOf(node, refs);
    case 'code':
      return [{ type: 'code', info: [node.lang, node.meta].filter(Boolean).join(' '), text: node.value }];
    case 'table':
      return tableOf(node, refs);
    case 'thematicBreak':
    case 'definition':
    case 'footnoteDefinition':
    case 'yaml':
      return [];
    case 'html':
      return blocksOf(refs.html(withWordsInBrackets(node.value, true), lineOf(node)), refs);
    default:
      return 'children' in node
        ? paragraphs(inlinesOf(node.children as mdast.PhrasingContent[], refs))
        : paragraphs(inlinesOf([node as mdast.PhrasingContent], refs));
  }
}

/** A paragraph, where it says anything. */
function paragraphs(inlines: Inline[]): Block[] {
  const children = trimmed(inlines);
  const isUnseen = children.every((node) => node.type === 'text' && isBlank(node.text));
  return !isUnseen ? [{ type: 'paragraph', children }] : [];
}

function listOf(node: mdast.List, refs: References): Block[] {
  const typed = node.children.map((item, i) => numberOf(item, refs) ?? String((node.start ?? 1) + i));
  // "1. 1. 1." is Markdown's way to have the entries numbered.
  const numbers = typed.every((number) => number === '1') ? typed.map((_, i) => String(i + 1)) : typed;
  const items = node.children.map((item, i) => {
    const children = blocksOf(item.children, refs);
    if (typeof item.checked === 'boolean') prependText(children, item.checked ? '[x] ' : '[ ] ');
    return { number: node.ordered ? Number(numbers[i]) : 0, children };
  });
  // A story's lists have no zeros before their numbers.
  if (node.ordered && typed.some((number) => /^0\d/.test(number)))
    return items.flatMap(({ children }, i) => {
      prependText(children, `${typed[i]}. `);
      return children;
    });
  const filled = items.filter(({ children }) => children.length > 0);
  return filled.length > 0 ? [{ type: 'list', ordered: node.ordered === true, items: filled }] : [];
}

/** The number of an entry as it was typed, or as its page says it; undefined where neither does. */
function numberOf(item: mdast.ListItem, { source }: References): string | undefined {
  const { value } = (item.data ?? {}) as { value?: number };
  const start = item.position?.start.offset;
  if (value !== undefined) return String(value);
  return source === undefined || start === undefined ? undefined : /^\d+/.exec(source.slice(start, start + 10))?.[0];
}

function prependText(blocks: Block[], text: string): void {
  const first = blocks[0];
  if (first?.type === 'paragraph') first.children = merged([{ type: 'text', text }, ...first.children]);
  else blocks.unshift({ type: 'paragraph', children: [{ type: 'text', text: text.trim() }] });
}

/** A table as a list: a row an entry, its cells parted by bars. */
function tableOf(node: mdast.Table, refs: References): Block[] {
  refs.note({ kind: 'changed', line: lineOf(node), message: 'a table became a list, a row an entry' });
  const items = node.children.map((row) => {
    const cells = row.children
      .map((cell) => trimmed(inlinesOf(withoutHtml(cellNodes(cell.children), lineOf(cell), refs), refs)))
      .filter((cell) => cell.length > 0);
    const children = cells.flatMap((cell, i): Inline[] => (i === 0 ? cell : [{ type: 'text', text: ' | ' }, ...cell]));
    return { number: 0, children: paragraphs(children) };
  });
  const filled = items.filter(({ children }) => children.length > 0);
  return filled.length > 0 ? [{ type: 'list', ordered: false, items: filled }] : [];
}

/** The nodes of a cell, with a mark between its lines. */
const cellNodes = (nodes: readonly mdast.PhrasingContent[]): mdast.PhrasingContent[] =>
  nodes.map((node) =>
    node.type === 'html' && /^<br\s*\/?>$/i.test(node.value) ? { type: 'text', value: CELL_LINE } : node,
  );

/** Inline nodes in which words in angle brackets are text, and so is a tag that would take all behind it. */
function typedTags(nodes: readonly mdast.PhrasingContent[]): mdast.PhrasingContent[] {
  const closers = new Map<string, number>();
  for (const [i, node] of nodes.entries())
    if (node.type === 'html') for (const name of closedIn(node.value)) closers.set(name, i);
  return nodes.map((node, i): mdast.PhrasingContent => {
    if ('children' in node)
      return { ...node, children: typedTags(node.children as mdast.PhrasingContent[]) } as typeof node;
    if (node.type !== 'html' || node.value.startsWith('<!--')) return node;
    const isClosed = (name: string) => (closers.get(name) ?? -1) > i;
    return isWordsInBrackets(node.value, isClosed) || neverCloses(node.value, isClosed)
      ? { type: 'text', value: node.value }
      : node;
  });
}

const hasHtml = (nodes: readonly mdast.PhrasingContent[]): boolean =>
  nodes.some(
    (node) => node.type === 'html' || ('children' in node && hasHtml(node.children as mdast.PhrasingContent[])),
  );

/** Comments are no words of a text; each is noted. */
function withoutComments(nodes: readonly mdast.PhrasingContent[], refs: References): mdast.PhrasingContent[] {
  return nodes.flatMap((node): mdast.PhrasingContent[] => {
    const comment = node.type === 'html' ? /^<!--([\s\S]*?)-->$/.exec(node.value) : null;
    if (comment) {
      const text = comment[1]?.trim() ?? '';
      if (text !== '')
        refs.note({ kind: 'dropped', line: lineOf(node), message: 'a comment, which no reader sees', text });
      return [];
    }
    return 'children' in node
      ? [
          {
            ...node,
            children: withoutComments(node.children as mdast.PhrasingContent[], refs),
          } as mdast.PhrasingContent,
        ]
      : [node];
  });
}

/** Inline nodes with their HTML read: the inline nodes of the first block that it makes. */
export function withoutHtml(
  nodes: readonly mdast.PhrasingContent[],
  line: number,
  refs: References,
): mdast.PhrasingContent[] {
  const children = withoutComments(typedTags(nodes), refs);
  if (!hasHtml(children)) return children;
  return refs
    .html(asHtml(children, refs), line)
    .flatMap((node) => ('children' in node ? (node.children as mdast.PhrasingContent[]) : []));
}

const entity = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

/** Inline Markdown with tags in it as HTML: in Markdown each tag is a node of its own. */
function asHtml(nodes: readonly mdast.PhrasingContent[], refs: References): string {
  const tag = (name: string, children: readonly mdast.PhrasingContent[], attributes = '') =>
    `<${name}${attributes}>${asHtml(children, refs)}</${name}>`;
  return nodes
    .map((node) => {
      switch (node.type) {
        case 'text':
          return entity(node.value);
        case 'inlineCode':
          return `<code>${entity(node.value)}</code>`;
        case 'html':
          return node.value;
        case 'break':
          return '<br>';
        case 'emphasis':
          return tag('em', node.children);
        case 'strong':
          return tag('strong', node.children);
        case 'delete':
          return tag('del', node.children);
        case 'link':
          return tag(
            'a',
            node.children,
            ` href="${entity(node.url)}"${node.title ? ` title="${entity(node.title)}"` : ''}`,
          );
        case 'linkReference': {
          const definition = refs.definitions.get(node.identifier);
          return definition
            ? tag('a', node.children, ` href="${entity(definition.url)}"`)
            : asHtml(node.children, refs);
        }
        case 'image':
          return `<img src="${entity(node.url)}" alt="${entity(node.alt ?? '')}">`;
        case 'imageReference':
          return `<img src="${entity(refs.definitions.get(node.identifier)?.url ?? '')}" alt="${entity(node.alt ?? '')}">`;
        case 'footnoteReference': {
          const id = refs.footnotes.get(node.identifier);
          return entity(id === undefined ? `[note ${node.label ?? node.identifier}]` : `[@${id}]`);
        }
        default:
          return '';
      }
    })
    .join('');
}

/** Markdown's inline nodes to a story's. */
export function inlinesOf(nodes: readonly mdast.PhrasingContent[], refs: References): Inline[] {
  return merged(nodes.flatMap((node) => inlineOf(node, refs)));
}

function inlineOf(node: mdast.PhrasingContent, refs: References): Inline[] {
  switch (node.type) {
    case 'text':
      if (refs.ownCitations && node.value.includes('[@')) return citedIn(joinLines(node.value));
      return node.value.includes(PICTURE)
        ? withPictures(node.value, refs)
        : [{ type: 'text', text: joinLines(node.value) }];
    case 'inlineCode':
      return node.value.trim() === '' ? [] : [{ type: 'code', text: joinLines(node.value) }];
    case 'break':
      return [{ type: 'break' }];
    case 'emphasis':
    case 'strong': {
      const children = inlinesOf(node.children, refs);
      // Nobody sees nested emphasis of one kind, and no Markdown writes it reliably.
      return plain(children) === '' ? children : [{ type: node.type, children }];
    }
    case 'delete':
      return [{ type: 'text', text: '~~' }, ...inlinesOf(node.children, refs), { type: 'text', text: '~~' }];
    case 'link':
      return link(node.url, node.title, inlinesOf(node.children, refs), node, refs);
    case 'linkReference': {
      const definition = refs.definitions.get(node.identifier);
      const children = inlinesOf(node.children, refs);
      return definition ? link(definition.url, definition.title, children, node, refs) : children;
    }
    case 'image':
      return image(node.url, node.alt, node.title, node, refs);
    case 'imageReference': {
      const definition = refs.definitions.get(node.identifier);
      return definition
        ? image(definition.url, node.alt, definition.title, node, refs)
        : [{ type: 'text', text: node.alt ?? '' }];
    }
    case 'footnoteReference': {
      const id = refs.footnotes.get(node.identifier);
      return id !== undefined
        ? [{ type: 'cite', refs: [{ id, start: 0, end: 0 }] }]
        : [{ type: 'text', text: `[note ${node.label ?? node.identifier}]` }]; // a bare number would be taken for a source's
    }
    case 'html':
      return []; // a paragraph with HTML was read as HTML before it came here
    default: {
      const { value, children } = node as { value?: unknown; children?: mdast.PhrasingContent[] };
      return children ? inlinesOf(children, refs) : value === undefined ? [] : [{ type: 'text', text: String(value) }];
    }
  }
}

/** A text with citations where it has them as a story's prose does. */
const citedIn = (text: string): Inline[] =>
  text.split(/(\[@[^\]]+\])/).flatMap((piece, i): Inline[] => {
    if (i % 2 === 0) return piece === '' ? [] : [{ type: 'text', text: piece }];
    const ids = piece.slice(1, -1).split('; ');
    return [{ type: 'cite', refs: ids.map((id) => ({ id: id.slice(1), start: 0, end: 0 })) }];
  });

/** A text with links in place of the marks of pictures. */
function withPictures(text: string, { images = [], note }: References): Inline[] {
  return text.split(PICTURE).flatMap((piece, i): Inline[] => {
    const image = i % 2 === 1 ? images[Number(piece)] : undefined;
    return image ? pictureLink(image, undefined, note) : piece === '' ? [] : [{ type: 'text', text: joinLines(piece) }];
  });
}

/** A picture where prose holds none: a link with its description as label, and its caption behind it. */
export function pictureLink(
  { src, alt, caption }: Image,
  line: number | undefined,
  note: (note: Note) => void,
): Inline[] {
  const label = alt ?? caption ?? '';
  note({ kind: 'changed', ...(line === undefined ? {} : { line }), message: `${pictureNamed(label)} became a link` });
  const words = alt !== undefined && caption !== undefined && caption !== alt ? ` ${caption}` : '';
  const link: Inline = { type: 'link', url: src, title: '', children: [{ type: 'text', text: label || src }] };
  return [link, ...(words === '' ? [] : [{ type: 'text', text: words } as const])];
}

function link(
  url: string,
  title: string | null | undefined,
  children: Inline[],
  node: mdast.Nodes,
  refs: References,
): Inline[] {
  const whole = absolute(url, refs.base);
  const target = whole === undefined ? undefined : absolute(unwrapped(whole), undefined);
  if (target !== whole)
    refs.note({
      kind: 'changed',
      line: lineOf(node),
      message: `a redirector’s address is now that to which it leads`,
      text: url,
    });
  const label = plain(children);
  if (target === undefined && url.startsWith('#')) return children; // a place in the page itself
  if (target === undefined) {
    const why = /^(?:[./#?]|[^:]*$)/.test(url.trim())
      ? 'it is not a whole web address; --base URL makes it one'
      : 'only http, https and mailto addresses can be linked';
    refs.note({
      kind: 'dropped',
      line: lineOf(node),
      message: `the address of the link "${label}": ${why}`,
      text: url,
    });
    return [...children, ...(title ? [{ type: 'text', text: ` (${title})` } as const] : [])];
  }
  if (label === '') return [{ type: 'link', url: target, title: '', children: [{ type: 'text', text: target }] }];
  return [{ type: 'link', url: target, title: joinLines(title ?? ''), children: withoutLinks(children) }];
}

/** Prose holds no pictures: one becomes a link, its description the label. */
function image(
  url: string,
  alt: string | null | undefined,
  title: string | null | undefined,
  node: mdast.Nodes,
  refs: References,
): Inline[] {
  const label = joinLines(alt ?? '').trim();
  const target = absolute(url, refs.base);
  const words = [label, title].filter(Boolean).join(', ');
  if (target === undefined) {
    refs.note({
      kind: 'dropped',
      line: lineOf(node),
      message: `${pictureNamed(label)}: it has no whole web address; --base URL makes it one`,
      text: url,
    });
    return words === '' ? [] : [{ type: 'text', text: words }];
  }
  refs.note({ kind: 'changed', line: lineOf(node), message: `${pictureNamed(label)} became a link` });
  return [{ type: 'link', url: target, title: '', children: [{ type: 'text', text: words || target }] }];
}

/** An address that a story can hold: whole, and of a kind that is no danger. */
export function absolute(url: string, base: string | undefined): string | undefined {
  const typed = url.trim();
  const whole = /^(?:https?:\/\/|mailto:)/i.test(typed)
    ? typed
    : base !== undefined && !/^[a-z][a-z0-9+.-]*:/i.test(typed) && URL.canParse(typed, base)
      ? new URL(typed, base).href
      : undefined;
  if (whole === undefined || (/^https?:/i.test(whole) && !URL.canParse(whole))) return undefined;
  return safeTarget(whole);
}

function joinLines(text: string): string {
  const lines = text.split('\n').map((line, i, all) => {
    const start = i === 0 ? line : line.trimStart();
    return i === all.length - 1 ? start : start.trimEnd();
  });
  return lines.map((line, i) => (i === 0 ? line : lineJoint(lines[i - 1] ?? '', line) + line)).join('');
}

/** The words of inline nodes. */
export function plain(nodes: readonly Inline[]): string {
  return nodes
    .map((node) =>
      'children' in node
        ? plain(node.children)
        : node.type === 'text' || node.type === 'code'
          ? node.text
          : node.type === 'break'
            ? ' '
            : '',
    )
    .join('')
    .trim();
}

/** A link cannot stand in a link: the inner one's address follows its words. */
function withoutLinks(nodes: Inline[]): Inline[] {
  return merged(
    nodes.flatMap((node): Inline[] => {
      if (node.type === 'link') return [...withoutLinks(node.children), { type: 'text', text: ` (${node.url})` }];
      return 'children' in node ? [{ ...node, children: withoutLinks(node.children) }] : [node];
    }),
  );
}

/** Texts and code that touch are one. */
function merged(nodes: Inline[]): Inline[] {
  const out: Inline[] = [];
  for (const node of nodes) {
    const last = out.at(-1);
    if ((node.type === 'text' || node.type === 'code') && last?.type === node.type) {
      out[out.length - 1] = { ...last, text: last.text + node.text };
    } else if (node.type === 'cite' && last?.type === 'cite') {
      out[out.length - 1] = { type: 'cite', refs: [...last.refs, ...node.refs] };
    } else if (node.type !== 'text' || node.text !== '') out.push(node);
  }
  return out;
}

/** Without breaks and spaces at the ends, which no paragraph has. */
function trimmed(nodes: Inline[]): Inline[] {
  const out = merged(nodes);
  while (out[0]?.type === 'break' || (out[0]?.type === 'text' && out[0].text.trim() === '')) out.shift();
  while (out.at(-1)?.type === 'break' || isBlankText(out.at(-1))) out.pop();
  const [first] = out;
  if (first?.type === 'text') out[0] = { type: 'text', text: first.text.trimStart() };
  const last = out.at(-1);
  if (last?.type === 'text') out[out.length - 1] = { type: 'text', text: last.text.trimEnd() };
  return out.map((node, i) =>
    node.type === 'text' && (out[i - 1]?.type === 'break' || out[i + 1]?.type === 'break')
      ? { type: 'text', text: trimAtBreaks(node.text, out[i - 1]?.type === 'break', out[i + 1]?.type === 'break') }
      : node,
  );
}

const isBlankText = (node: Inline | undefined) => node?.type === 'text' && node.text.trim() === '';

function trimAtBreaks(text: string, before: boolean, after: boolean): string {
  const start = before ? text.trimStart() : text;
  return after ? start.trimEnd() : start;
}

const pictureNamed = (label: string) => (label === '' ? 'a picture' : `the picture "${label}"`);
