import type { QuotationMarks } from '../languages/quotation-marks.js';
import { QUOTATIONS } from './masks.js';
import { type Block, type Inline, inlines } from './tree.js';

/** Closing marks by opening mark, in any language. */
const CLOSES: Readonly<Record<string, string>> = {
  '“': '”',
  '”': '”',
  '„': '“”',
  '«': '»',
  '»': '«»',
  '‘': '’',
  '’': '’',
  '‚': '‘’',
  '‹': '›',
  '「': '」',
  '『': '』',
  '"': '"',
  "'": "'",
};

/**
 * A quotation with the marks of its language around it, and those inside it one level down. One that begins and ends with
 * marks already stays as it was typed. Citations at its end stay behind the closing mark.
 */
export function quoted(blocks: readonly Block[], marks: QuotationMarks): Block[] {
  if (isMarked(blocks)) return [...blocks];
  const paragraphs = [...paragraphsIn(blocks)];
  const [first, last] = [paragraphs[0], paragraphs.at(-1)];
  if (!first || !last) return [...blocks];
  const [open, close] = marks.outer;
  const opens = (paragraph: Paragraph) => paragraph === first || (marks.eachParagraph && blocks.includes(paragraph));
  const mark = (block: Block): Block => {
    if (block.type === 'quote') return { ...block, children: block.children.map(mark) };
    if (block.type === 'list')
      return { ...block, items: block.items.map((item) => ({ ...item, children: item.children.map(mark) })) };
    if (block.type !== 'paragraph') return block;
    const lowered = loweredMarks(block.children, marks);
    const opened: Inline[] = opens(block) ? [{ type: 'text', text: open }, ...lowered] : lowered;
    return { ...block, children: block === last ? closed(opened, close) : opened };
  };
  return blocks.map(mark);
}

/** A prose tree without the marks that `quoted` puts around it; the same tree where there are none. */
export function unquoted(blocks: readonly Block[], marks: QuotationMarks): Block[] {
  const paragraphs = [...paragraphsIn(blocks)];
  const [first, last] = [paragraphs[0], paragraphs.at(-1)];
  const [open, close] = marks.outer;
  const start = first?.children[0];
  const end = last?.children.findLast((node) => node.type !== 'cite' && !(node.type === 'text' && isSpace(node.text)));
  if (start?.type !== 'text' || !start.text.startsWith(open)) return [...blocks];
  if (end?.type !== 'text' || !end.text.trimEnd().endsWith(close)) return [...blocks];
  const bare = (block: Block): Block => {
    if (block.type === 'quote') return { ...block, children: block.children.map(bare) };
    if (block.type === 'list')
      return { ...block, items: block.items.map((item) => ({ ...item, children: item.children.map(bare) })) };
    if (block.type !== 'paragraph') return block;
    const children = block.children.map((node, i): Inline => {
      if (node.type !== 'text') return node;
      const opens = i === 0 && (block === first || marks.eachParagraph) && node.text.startsWith(open);
      const text = opens ? node.text.slice(open.length) : node.text;
      const at = block === last && node === end ? text.lastIndexOf(close) : -1;
      return { ...node, text: at < 0 ? text : text.slice(0, at) + text.slice(at + close.length) };
    });
    return {
      ...block,
      children: raisedMarks(children, marks).filter((node) => node.type !== 'text' || node.text !== ''),
    };
  };
  return blocks.map(bare);
}

type Paragraph = Extract<Block, { type: 'paragraph' }>;

function* paragraphsIn(blocks: readonly Block[]): Generator<Paragraph> {
  for (const block of blocks) {
    if (block.type === 'paragraph') yield block;
    else if (block.type === 'quote') yield* paragraphsIn(block.children);
    else if (block.type === 'list') for (const item of block.items) yield* paragraphsIn(item.children);
  }
}

const isSpace = (text: string) => text.trim() === '';

/** Whether a text begins and ends with quotation marks that belong to each other. */
function isMarked(blocks: readonly Block[]): boolean {
  const words = [...inlines(blocks)].map((node) => (node.type === 'text' || node.type === 'code' ? node.text : ''));
  const text = words.join('').trim();
  const closes = CLOSES[text.charAt(0)];
  return (
    text.length > 1 &&
    closes !== undefined &&
    closes.includes(text.replace(/(?<![\s.,;:!?…。、])[\s.,;:!?…。、]+$/, '').slice(-1))
  );
}

/** Inline nodes with the closing mark behind the last words, before citations. */
function closed(nodes: readonly Inline[], close: string): Inline[] {
  let end = nodes.length;
  for (; end > 1; end--) {
    const node = nodes[end - 1];
    if (node?.type !== 'cite' && !(node?.type === 'text' && isSpace(node.text))) break;
  }
  const last = nodes[end - 1];
  const rest = nodes.slice(end);
  if (last?.type !== 'text') return [...nodes.slice(0, end), { type: 'text', text: close }, ...rest];
  const words = last.text.trimEnd();
  const text = words + close + last.text.slice(words.length);
  return [...nodes.slice(0, end - 1), { type: 'text', text }, ...rest];
}

/** Marks of quotations in a paragraph that are the outer ones of some language. */
const OUTER = new Set(['“', '„', '«', '「', '"']);

const loweredMarks = (nodes: readonly Inline[], { outer, inner }: QuotationMarks) =>
  withMarks(nodes, (open) => (OUTER.has(open) || open === outer[0].trim() ? inner : undefined));

/** The inner marks of a quotation as the outer ones that were typed. */
const raisedMarks = (nodes: readonly Inline[], { outer, inner }: QuotationMarks) =>
  withMarks(nodes, (open) => (open === inner[0].trim() ? outer : undefined));

/** Inline nodes in which the quotations have the marks that `other` gives for their opening ones; undefined leaves them. */
function withMarks(nodes: readonly Inline[], other: (open: string) => readonly [string, string] | undefined): Inline[] {
  const texts: string[] = [];
  for (const node of textsIn(nodes)) texts.push(node.text);
  const changes = new Map<number, string>();
  const all = texts.join('');
  for (const { index, 0: match } of all.matchAll(QUOTATIONS)) {
    const marks = other(match.charAt(0));
    if (!marks) continue;
    changes.set(index, marks[0]);
    changes.set(index + match.length - 1, marks[1]);
  }
  if (changes.size === 0) return [...nodes];
  let at = 0;
  const changed = (some: readonly Inline[]): Inline[] =>
    some.map((node): Inline => {
      if ('children' in node) return { ...node, children: changed(node.children) };
      if (node.type !== 'text') return node;
      const start = at;
      at += node.text.length;
      return {
        ...node,
        text: [...Array(node.text.length).keys()].map((i) => changes.get(start + i) ?? node.text[i]).join(''),
      };
    });
  return changed(nodes);
}

function* textsIn(nodes: readonly Inline[]): Generator<Extract<Inline, { type: 'text' }>> {
  for (const node of nodes) {
    if (node.type === 'text') yield node;
    else if ('children' in node) yield* textsIn(node.children);
  }
}
