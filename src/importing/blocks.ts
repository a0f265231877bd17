import { parseProse } from '../prose/parse.js';
import { type Block, type Inline, inlines } from '../prose/tree.js';
import { writeProse } from '../prose/write.js';
import type { Body } from './manuscript.js';
import { shape } from './markdown.js';
import { plain } from './mdast.js';

type Value = Record<string, unknown>;

/** Blocks as a field's prose: as they were typed where that reads the same. */
export function proseOf(body: readonly Pick<Body, 'block' | 'typed'>[]): string {
  const typed = body.map(({ block, typed }) => typed ?? writeProse([block])).join('\n\n');
  const read = parseProse(typed).blocks;
  const same = read.length === body.length && read.every((block, i) => shape(block) === shape((body[i] as Body).block));
  return `${same ? typed : writeProse(body.map(({ block }) => block))}\n`;
}

/** Blocks as a field's prose. */
export const proseFrom = (blocks: readonly Block[]) => proseOf(blocks.map((block) => ({ block })));

/** A list, and what stands before it as text; undefined where there is no list at the end, or an entry does not fit. */
export function withText(body: Body[], make: (items: Block[][]) => (unknown | undefined)[]): Value | undefined {
  const last = body.at(-1)?.block;
  if (last?.type !== 'list' || last.ordered || body.slice(0, -1).some(({ block }) => block.type === 'list'))
    return undefined;
  const items = make(last.items.map(({ children }) => children));
  if (items.some((item) => item === undefined)) return undefined;
  return { ...(body.length > 1 ? { text: proseOf(body.slice(0, -1)) } : {}), items };
}

/** A block that is a numbered list without its numbers. */
export function unnumbered(part: Body): Body {
  if (part.block.type !== 'list' || !part.block.ordered) return part;
  return { type: 'block', line: part.line, block: { ...part.block, ordered: false } };
}

/** What stands before the first hard break of a paragraph, and after it. */
export function atBreak(nodes: Inline[]): [Inline[], Inline[]] {
  const at = nodes.findIndex(({ type }) => type === 'break');
  return at < 0 ? [nodes, []] : [nodes.slice(0, at), nodes.slice(at + 1)];
}

/** Inline nodes as a line of plain text; undefined where that would lose a link or a citation. */
export function singleLine(nodes: readonly Inline[]): string | undefined {
  const lossy = [...inlines([{ type: 'paragraph', children: [...nodes] }])].some(
    ({ type }) => type === 'link' || type === 'cite' || type === 'break',
  );
  const text = plain(nodes);
  return lossy || text === '' ? undefined : text;
}

/** Words in bold or a link that lead in to the rest: `**12 %** of voters`, `[Seoul](https://…): the capital`. */
export function leadIn(
  nodes: readonly Inline[],
): { words: string; url?: string; rest: Inline[]; mark: string } | undefined {
  const [first, second, ...others] = nodes;
  const words = first?.type === 'strong' || first?.type === 'link' ? singleLine(first.children) : undefined;
  if (words === undefined || (second && second.type !== 'text' && second.type !== 'break')) return undefined;
  const label = second?.type === 'text' ? second.text : '';
  const mark = /^\s*[:–—-]?\s*/.exec(label)?.[0] ?? '';
  const text = label.slice(mark.length);
  const rest: Inline[] = [...(text === '' ? [] : [{ type: 'text', text } as const]), ...others];
  const url = first?.type === 'link' ? { url: first.url } : {};
  return { words: words.replace(/[:：]$/, '').trim(), ...url, rest, mark: mark.trim() };
}
