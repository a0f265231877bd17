/** The one tree that every format writes its prose from. */
export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'list'; ordered: boolean; items: ListItem[] }
  | { type: 'quote'; children: Block[] }
  | { type: 'code'; info: string; text: string };

interface ListItem {
  /** The number that an ordered list prints before the item. */
  number: number;
  children: Block[];
}

export type Inline =
  | { type: 'text'; text: string }
  | { type: 'emphasis'; children: Inline[] }
  | { type: 'strong'; children: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'link'; url: string; title: string; children: Inline[] }
  | { type: 'break' }
  | { type: 'cite'; refs: CiteRef[] };

/** One source of a citation; `start` and `end` are UTF-16 offsets into the prose as it was typed. */
export interface CiteRef {
  id: string;
  start: number;
  end: number;
}

/** All citations of a prose tree, in reading order. */
export function* citations(blocks: readonly Block[]): Generator<CiteRef> {
  for (const inline of inlines(blocks)) if (inline.type === 'cite') yield* inline.refs;
}

/** All inline nodes of a tree, in reading order, parents before their children. */
export function* inlines(blocks: readonly Block[]): Generator<Inline> {
  for (const block of blocks) {
    if (block.type === 'paragraph') yield* below(block.children);
    else if (block.type === 'quote') yield* inlines(block.children);
    else if (block.type === 'list') for (const item of block.items) yield* inlines(item.children);
  }
}

function* below(nodes: readonly Inline[]): Generator<Inline> {
  for (const node of nodes) {
    yield node;
    if ('children' in node) yield* below(node.children);
  }
}

/** A copy of a tree in which the nodes of each paragraph are what `change` makes of them. */
export function mapParagraphs(blocks: readonly Block[], change: (nodes: Inline[]) => Inline[]): Block[] {
  return blocks.map((block): Block => {
    if (block.type === 'paragraph') return { ...block, children: change(block.children) };
    if (block.type === 'quote') return { ...block, children: mapParagraphs(block.children, change) };
    if (block.type !== 'list') return block;
    return {
      ...block,
      items: block.items.map((item) => ({ ...item, children: mapParagraphs(item.children, change) })),
    };
  });
}

/** The words of a tree alone, without marks and citations. */
export function plainText(blocks: readonly Block[]): string {
  const words: string[] = [];
  for (const node of inlines(blocks)) {
    if (node.type === 'text' || node.type === 'code') words.push(node.text);
    else if (node.type === 'break') words.push(' ');
  }
  return words.join('').replace(/ {2,}/g, ' ').trim();
}
