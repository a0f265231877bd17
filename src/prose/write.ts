import { HARD_LINE, oneLine, prefixed, release } from './lines.js';
import { EAST_ASIAN } from './markdown.js';
import { parseProse } from './parse.js';
import type { Block, CiteRef, Inline } from './tree.js';

/** What tells one way of writing Markdown from another. */
export interface MarkdownDialect {
  /** Ways to write a text inside a line, the barest first; the last is safe everywhere. */
  text: readonly ((text: string) => string)[];
  cite: (refs: readonly CiteRef[]) => string;
  /** Whether it is the prose of a story, which knows citations, and the numbers of a list as they are typed. */
  isStory?: boolean;
}

/** Writes a prose tree as Markdown that reads back as the same tree; line breaks in code are `HARD_LINE`. */
export function writeMarkdown(nodes: readonly Block[], dialect: MarkdownDialect): string {
  return writeBlocks(nodes, dialect, '\n\n');
}

function writeBlocks(nodes: readonly Block[], dialect: MarkdownDialect, between: string): string {
  const blocks = dialect.isStory
    ? nodes
    : nodes.flatMap((node): Block[] => (node.type === 'list' ? runsOf(node) : [node]));
  let otherMarks = false;
  return blocks
    .map((node, i) => {
      const above = blocks[i - 1];
      // Two lists of one kind in a row would run together: the second gets other marks.
      otherMarks = node.type === 'list' && above?.type === 'list' && above.ordered === node.ordered && !otherMarks;
      // Below a list, what looks like one more entry is taken for one.
      const barest = above?.type === 'list' && dialect.text[0] === asTyped ? dialect.text.slice(1) : dialect.text;
      return block(node, { ...dialect, text: barest }, otherMarks);
    })
    .join(between);
}

/** Whether a list needs no empty lines: entries of one block, in a story's prose also with a list below it. */
function isTight({ items }: List, dialect: MarkdownDialect): boolean {
  return items.every(({ children: [first, second, more] }) => {
    if (second === undefined) return true;
    const below = second.type === 'list' && (!second.ordered || second.items[0]?.number === 1) ? second : undefined;
    return (
      dialect.isStory === true && !more && first?.type === 'paragraph' && below !== undefined && isTight(below, dialect)
    );
  });
}

type List = Extract<Block, { type: 'list' }>;

/** A list as lists whose numbers count on: other readers of Markdown look at the first number alone. */
function runsOf(list: List): List[] {
  const runs: List[] = [];
  for (const [i, item] of list.items.entries()) {
    const before = list.items[i - 1];
    if (!before || (list.ordered && item.number !== before.number + 1)) runs.push({ ...list, items: [] });
    runs.at(-1)?.items.push(item);
  }
  return runs.length > 0 ? runs : [list];
}

function block(node: Block, dialect: MarkdownDialect, otherMarks: boolean): string {
  switch (node.type) {
    case 'paragraph':
      return paragraph(node.children, dialect);
    case 'quote':
      return prefixed(writeMarkdown(node.children, dialect), '> ', '> ');
    case 'code': {
      // A fence of backticks cannot have one in the words after it.
      const mark = node.info.includes('`') ? '~' : '`';
      const longest = Math.max(2, ...(node.text.match(mark === '~' ? /~+/g : /`+/g) ?? []).map((run) => run.length));
      const fence = mark.repeat(longest + 1);
      return [`${fence}${node.info}`, ...(node.text === '' ? [] : node.text.split('\n')), fence].join(HARD_LINE);
    }
    case 'list': {
      const between = isTight(node, dialect) ? '\n' : '\n\n';
      return node.items
        .map((item) => {
          const marker = node.ordered ? `${item.number}${otherMarks ? ')' : '.'} ` : otherMarks ? '* ' : '- ';
          return prefixed(writeBlocks(item.children, dialect, between), marker, ' '.repeat(marker.length));
        })
        .join(between);
    }
  }
}

/** The marks of emphasis, of emphasis inside it, and of strong emphasis. */
type Marks = readonly [outer: string, inner: string, strong: string];

const MARKS: readonly Marks[] = [
  ['*', '_', '**'],
  ['*', '*', '**'],
  ['_', '*', '**'],
  ['*', '_', '__'],
  ['_', '_', '__'],
];

/**
 * Where emphasis touches emphasis, not every choice of marks reads back as it was meant: the first that does is taken.
 * For some heaps of stars (`****s***e*one`) there is none; their words are kept, their emphasis may read differently.
 */
function paragraph(typed: readonly Inline[], dialect: MarkdownDialect): string {
  const nodes = dialect.isStory || emphases(typed) === 0 ? typed : flanked(typed);
  const safest = dialect.text.at(-1) ?? String;
  const simple = inlines(nodes, { ...dialect, escape: safest }, MARKS[0] as Marks);
  if (dialect.text.length === 1 && (emphases(nodes) < 2 || standsAlone(nodes))) return simple;
  const meant = skeleton(nodes, dialect);
  const readsBack = (text: string) => {
    const [only, more] = parseProse(text).blocks;
    return only?.type === 'paragraph' && !more && skeleton(only.children, dialect) === meant;
  };
  for (const way of dialect.text) {
    for (const marks of MARKS) {
      const text = inlines(nodes, { ...dialect, escape: way }, marks);
      if (readsBack(text)) return text;
      if (emphases(nodes) === 0) break;
    }
  }
  if (dialect.isStory && emphases(nodes) > 0) {
    const other = flanked(nodes, true);
    if (skeleton(other, dialect) !== meant) return paragraph(other, dialect);
    // Stars within a word would be printed: what nobody can write is left out, the words stay.
    return paragraph(withoutInnermost(nodes), dialect);
  }
  return simple;
}

const MARKS_AT_START = /^[\p{P}\p{S}]+/u;
const MARKS_AT_END = /[\p{P}\p{S}]+$/u;
const PARTS = /[\s\p{P}\p{S}]/u;

/**
 * Nodes in which each emphasis opens and closes by CommonMark's own rules, which know no East Asian writing: a bracket or
 * full stop at the edge of an emphasis that touches a letter goes outside it, and emphasis around a link goes inside. A
 * story's own prose knows East Asian writing.
 */
function flanked(nodes: readonly Inline[], isInside = false): Inline[] {
  return nodes.flatMap((node, i): Inline[] => {
    if (!isEmphasis(node)) return [node];
    const before = [...typedText(nodes[i - 1]).slice(-2)].at(-1) ?? ' ';
    const [after = ' '] = typedText(nodes[i + 1]);
    const [first, last] = [edgeOf(node, 0), edgeOf(node, -1)];
    const parts = (char: string) => PARTS.test(char) || (isInside && EAST_ASIAN().test(char));
    const opens = parts(before) || !(first?.type === 'link' || MARKS_AT_START.test(typedText(first)));
    const closes = parts(after) || !(last?.type === 'link' || MARKS_AT_END.test(typedText(last)));
    if (opens && closes) return [node];
    if (first?.type === 'link' || last?.type === 'link') return flanked(withLinksOutside(node), isInside);
    // Both ends, so that no bracket stands inside and its fellow outside.
    const start = MARKS_AT_START.exec(first?.type === 'text' ? first.text : '')?.[0] ?? '';
    const shorter = cut(node, 0, start.length);
    const end = MARKS_AT_END.exec(shorter && last?.type === 'text' ? typedText(edgeOf(shorter, -1)) : '')?.[0] ?? '';
    const inside = shorter && cut(shorter, -1, end.length);
    return [
      ...(start === '' ? [] : [{ type: 'text', text: start } as const]),
      ...(inside ? [inside] : []),
      ...(end === '' ? [] : [{ type: 'text', text: end } as const]),
    ];
  });
}

type Emphasis = Extract<Inline, { type: 'emphasis' | 'strong' }>;

const isEmphasis = (node: Inline | undefined): node is Emphasis => node?.type === 'emphasis' || node?.type === 'strong';

/** The first or last node inside an emphasis that is not itself an emphasis. */
function edgeOf(node: Inline, at: 0 | -1): Inline | undefined {
  const child = isEmphasis(node) ? node.children.at(at) : node;
  return isEmphasis(child) ? edgeOf(child, at) : child;
}

/** An emphasis shortened by `length` characters at one end; undefined if nothing is left. */
function cut(node: Emphasis, at: 0 | -1, length: number): Emphasis | undefined {
  if (length === 0) return node;
  const children = node.children.flatMap((child, i, all): Inline[] => {
    if (i !== (at === 0 ? 0 : all.length - 1)) return [child];
    if (isEmphasis(child)) return [cut(child, at, length) ?? []].flat();
    if (child.type !== 'text') return [child];
    const text = at === 0 ? child.text.slice(length) : child.text.slice(0, -length);
    return text === '' ? [] : [{ type: 'text', text }];
  });
  return children.length > 0 ? { ...node, children } : undefined;
}

/** An emphasis as several, each link of it around its own. */
function withLinksOutside(node: Emphasis): Inline[] {
  const out: Inline[] = [];
  let open: Inline[] = [];
  for (const child of node.children.flatMap((inner) => (isEmphasis(inner) ? withLinksOutside(inner) : [inner]))) {
    if (child.type !== 'link') open.push(child);
    else {
      if (open.length > 0) out.push({ ...node, children: open });
      out.push({ ...child, children: [{ ...node, children: child.children }] });
      open = [];
    }
  }
  return open.length > 0 ? [...out, { ...node, children: open }] : out;
}

/** Removes the emphasis that touches a word; if none does, all emphasis. */
function withoutInnermost(nodes: readonly Inline[]): Inline[] {
  let isFound = false;
  const isWord = (text: string | undefined) => text !== undefined && /[\p{L}\p{M}\p{N}]/u.test(text);
  const opened = nodes.flatMap((node, i): Inline[] => {
    if (node.type !== 'emphasis' && node.type !== 'strong') return [node];
    const [before, after] = [typedText(nodes[i - 1]), typedText(nodes[i + 1])];
    const words = typedText(node);
    const touches = (isWord(before.at(-1)) && isWord(words[0])) || (isWord(words.at(-1)) && isWord(after[0]));
    isFound ||= touches;
    return touches ? node.children : [node];
  });
  return isFound ? opened : flat(nodes);
}

/** The characters of an inline node, with a space for what has none of its own: a break, a citation. */
export const typedText = (node: Inline | undefined): string =>
  node === undefined
    ? ''
    : 'children' in node
      ? node.children.map(typedText).join('')
      : node.type === 'text' || node.type === 'code'
        ? node.text
        : ' ';

const flat = (nodes: readonly Inline[]): Inline[] =>
  nodes.flatMap((node): Inline[] => {
    if (node.type === 'emphasis' || node.type === 'strong') return flat(node.children);
    return node.type === 'link' ? [{ ...node, children: flat(node.children) }] : [node];
  });

/**
 * Whether each emphasis stands between spaces, with letters at its ends and none inside: then its marks can only open
 * where they open and close where they close (CommonMark 0.31, "left-flanking" and "right-flanking").
 */
function standsAlone(nodes: readonly Inline[]): boolean {
  return nodes.every((node, i) => {
    if (node.type === 'link') return emphases(node.children) === 0;
    if (node.type !== 'emphasis' && node.type !== 'strong') return true;
    const [only, more] = node.children;
    const [before, after] = [nodes[i - 1], nodes[i + 1]];
    return (
      only?.type === 'text' &&
      !more &&
      /^[\p{L}\p{N}](?:.*[\p{L}\p{N}])?$/su.test(only.text) &&
      (before === undefined || (before.type === 'text' && /\s$/.test(before.text))) &&
      (after === undefined || (after.type === 'text' && /^[\s.,;:!?]/.test(after.text)))
    );
  });
}

function emphases(nodes: readonly Inline[]): number {
  return nodes.reduce(
    (sum, node) =>
      sum +
      Number(node.type === 'emphasis' || node.type === 'strong') +
      ('children' in node ? emphases(node.children) : 0),
    0,
  );
}

/** The structure of a text, to compare two by; citations are what the dialect makes of them. */
function skeleton(nodes: readonly Inline[], dialect: MarkdownDialect): string {
  return nodes
    .map((node) => {
      if (node.type === 'cite') return (dialect.isStory ? '\0cite' : '') + dialect.cite(node.refs).replaceAll('\\', '');
      if (node.type === 'link') return `\0link(${node.url}\0${node.title}\0${skeleton(node.children, dialect)}\0)`;
      if ('children' in node) return `\0${node.type}(${skeleton(node.children, dialect)}\0)`;
      return node.type === 'break' ? '\0break' : node.type === 'code' ? `\0code(${node.text}\0)` : node.text;
    })
    .join('');
}

/** The other marks, for emphasis right after emphasis. */
function swapped([outer, inner, strong]: Marks): Marks {
  return [inner === outer ? (outer === '*' ? '_' : '*') : inner, outer, strong === '**' ? '__' : '**'];
}

interface Writing extends MarkdownDialect {
  escape: (text: string) => string;
}

function inlines(nodes: readonly Inline[], writing: Writing, marks: Marks): string {
  const out: string[] = [];
  // What stands at the end of all that is written: looking at the whole again for each node takes quadratic time.
  let end = '';
  for (const node of nodes) {
    const touching = /(?<!\\)[*_]$/.exec(end.slice(-2))?.[0];
    let piece = inline(
      node,
      writing,
      touching === (node.type === 'strong' ? marks[2][0] : marks[0]) ? swapped(marks) : marks,
    );
    const lineStart = end === '' || end.endsWith('\n');
    if (node.type === 'text' && lineStart && writing.escape !== asTyped) piece = escapeStart(piece);
    // A colon after a footnote's mark at the start of a line makes it a definition.
    if (piece.startsWith(':') && FOOTNOTES_ALONE.test(end)) piece = `\\${piece}`;
    // An exclamation mark before a bracket makes a picture of the link.
    if (piece.startsWith('[') && /(?<!\\)!$/.test(end.slice(-2))) out.push(`${out.pop()?.slice(0, -1)}\\!`);
    if (piece !== '') out.push(piece);
    end = (end + piece).slice(-LONGEST_END);
  }
  return out.join('');
}

/** How much of what is written is kept to decide how the next node is written. */
const LONGEST_END = 1000;

const FOOTNOTES_ALONE = /(?:^|\n)(?:\[\^[^\]]+\])+$/;

/** A text as it is: the barest way to write it. */
const asTyped = (text: string) => text;

/** What would open a block at the start of a line. */
export function escapeStart(text: string): string {
  return text.replace(/^(\s*)([-+>]|={1,}|:)/, '$1\\$2').replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}

function inline(node: Inline, writing: Writing, marks: Marks): string {
  const [outer, inner, strong] = marks;
  const below: Marks = [inner, outer, strong];
  switch (node.type) {
    case 'text':
      return writing.escape(node.text);
    case 'emphasis':
      return `${outer}${inlines(node.children, writing, below)}${outer}`;
    case 'strong':
      return `${strong}${inlines(node.children, writing, below)}${strong}`;
    case 'code':
      return code(node.text);
    case 'break':
      return '\\\n';
    case 'link':
      return autolink(node) ?? link(node.url, inlines(node.children, writing, marks), node.title);
    case 'cite':
      return writing.cite(node.refs);
  }
}

function code(text: string): string {
  const runs = new Set([...text.matchAll(/`+/g)].map(([run]) => run.length));
  let length = 1;
  while (runs.has(length)) length++;
  const fence = '`'.repeat(length);
  const pad = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** `<https://…>` where a link's words are its address. */
function autolink({ url, title, children }: Extract<Inline, { type: 'link' }>): string | undefined {
  const [only] = children;
  if (title !== '' || children.length !== 1 || only?.type !== 'text') return undefined;
  return only.text === url || `mailto:${only.text}` === url ? `<${only.text}>` : undefined;
}

/** An address as it stands in a link: parentheses need angle brackets, what looks like an entity is none. */
export function linkTarget(url: string): string {
  const typed = url.replace(/&(?=#?\w+;)/g, '\\&');
  return /[()]/.test(url) ? `<${typed}>` : typed;
}

function link(url: string, label: string, title: string): string {
  const named =
    title === ''
      ? ''
      : ` "${oneLine(title)
          .replace(/["\\]|&(?=#?\w+;)/g, '\\$&')
          .replace(/\{(?=[{%#])/g, '{\\')}"`; // no tag to an engine of templates
  return `[${label}](${linkTarget(url)}${named})`;
}

/** A prose tree as a story's prose, with as few escapes as still read back as the same tree. */
export function writeProse(nodes: readonly Block[]): string {
  return release(
    writeMarkdown(nodes, {
      text: [asTyped, (text) => text.replace(/[*_`[<]|\\(?=[!-/:-@[-`{-~])/g, '\\$&'), escapeAll],
      cite: (refs) => `[${refs.map(({ id }) => `@${id}`).join('; ')}]`,
      isStory: true,
    }),
  );
}

function escapeAll(text: string): string {
  return text.replace(/[\\`*_[\]<>!~#+.|)-]/g, '\\$&');
}
