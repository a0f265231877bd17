import { references } from './citation.js';
import type { Block, Inline } from './tree.js';

/**
 * Prose as most of it is written: paragraphs and simple lists, with citations, links, and emphasis that stands between
 * spaces and punctuation. Gives the blocks that markdown-it gives, or undefined for a text with anything else in it, or with
 * something whose reading depends on what stands around it.
 *
 *     prose     = block { "\n\n" block } [ "\n" ]
 *     block     = line { "\n" line } | "- " line { "\n- " line }
 *     line      = { words | "[@" id { ";" "@" id } "]" | "[" words "](" address ")" | mark words mark }
 */
export function plainProse(text: string): Block[] | undefined {
  const end = text.endsWith('\n') ? text.length - 1 : text.length;
  if (OTHER.test(text)) return undefined;
  const blocks: Block[] = [];
  for (let start = 0; start <= end; ) {
    const gap = text.indexOf('\n\n', start);
    const stop = gap < 0 || gap > end ? end : gap;
    const block = text.startsWith('- ', start) ? list(text, start, stop) : paragraph(text, start, stop);
    if (!block) return undefined;
    // A list goes on over an empty line, with wide entries.
    if (block.type === 'list' && blocks.at(-1)?.type === 'list') return undefined;
    blocks.push(block);
    start = stop + 2;
  }
  return blocks;
}

/**
 * What may be an escape, code, an address, a picture or a line break; spaces at the ends of lines; more than one empty line;
 * scripts whose lines are joined without spaces; characters that are not there to be seen.
 */
const OTHER = /[\\`<\0\t\r\u2E80-\uFFFF]|!\[|[^\S\n](?:\n|$)|\n[^\S\n]|\n\n\n|^[^\S\n]/;
/** How a line of words starts; a number is not that of an entry. */
const LINE = /(?:[\p{L}“‘"'([]|\*{1,2}[\p{L}\p{N}]|_{1,2}[\p{L}\p{N}]|\p{N}(?!\d{0,9}[.)](?:\s|$)))/uy;
const ITEM = /- (?=[\p{L}\p{N}“‘"'([*_])(?!\d{1,9}[.)](?:\s|$))(?!\[[ xX]\])/uy;
const EMPHASIS = /(\*\*|\*|__|_)(?![*_])([\p{L}\p{N}](?:[^*_[\]\n]*[\p{L}\p{N}])?)\1(?=$|[\s.,;:!?)\]”’"])/uy;
const LINK = /\[([\p{L}\p{N}](?:[^[\]*_\n!]*[\p{L}\p{N}])?)\]\((https?:\/\/[\w./~-]+)\)/uy;
const CITATION = /\[@[^[\]\n]{0,1900}\](?!\()/y;
const SPECIAL = /[*_[\n]/g;

function paragraph(text: string, start: number, stop: number): Block | undefined {
  for (let at = start; at >= 0 && at < stop; ) {
    LINE.lastIndex = at;
    if (!LINE.test(text)) return undefined;
    const next = text.indexOf('\n', at);
    at = next < 0 ? stop : next + 1;
  }
  const children = start < stop ? inlines(text, start, stop) : undefined;
  return children && { type: 'paragraph', children };
}

function list(text: string, start: number, stop: number): Block | undefined {
  const items: { number: number; children: Block[] }[] = [];
  for (let at = start; at < stop; ) {
    const next = text.indexOf('\n', at);
    const end = next < 0 || next > stop ? stop : next;
    ITEM.lastIndex = at;
    const children = ITEM.test(text) ? inlines(text, at + 2, end) : undefined;
    if (!children) return undefined;
    items.push({ number: 0, children: [{ type: 'paragraph', children }] });
    at = end + 1;
  }
  return { type: 'list', ordered: false, items };
}

/** What stands between two offsets, in one block. */
function inlines(text: string, start: number, stop: number): Inline[] | undefined {
  const nodes: Inline[] = [];
  let words = '';
  let from = start;
  const push = (node: Inline, at: number, end: number) => {
    words += text.slice(from, at);
    if (words !== '') nodes.push({ type: 'text', text: words });
    nodes.push(node);
    words = '';
    from = end;
    SPECIAL.lastIndex = end;
  };
  SPECIAL.lastIndex = start;
  for (let match = SPECIAL.exec(text); match && match.index < stop; match = SPECIAL.exec(text)) {
    const at = match.index;
    if (match[0] === '\n') {
      words += `${text.slice(from, at)} `;
      from = at + 1;
      continue;
    }
    const node = match[0] === '[' ? bracket(text, at) : emphasis(text, at, start);
    if (!node || node.end > stop) return undefined;
    push(node.inline, at, node.end);
  }
  words += text.slice(from, stop);
  if (words !== '') nodes.push({ type: 'text', text: words });
  return nodes;
}

interface Piece {
  inline: Inline;
  end: number;
}

function bracket(text: string, at: number): Piece | undefined {
  CITATION.lastIndex = at;
  const [cite] = CITATION.exec(text) ?? [];
  if (cite !== undefined) {
    const end = at + cite.length;
    return { inline: { type: 'cite', refs: references(cite.slice(1, -1), at, end) }, end };
  }
  LINK.lastIndex = at;
  const [link, words = '', url = ''] = LINK.exec(text) ?? [];
  if (link === undefined || words.startsWith('@')) return undefined;
  return {
    inline: { type: 'link', url, title: '', children: [{ type: 'text', text: words }] },
    end: at + link.length,
  };
}

function emphasis(text: string, at: number, start: number): Piece | undefined {
  if (at > start && !/[\s“‘"'(]/.test(text.charAt(at - 1))) return undefined;
  EMPHASIS.lastIndex = at;
  const [whole, mark = '', words = ''] = EMPHASIS.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return {
    inline: { type: mark.length === 2 ? 'strong' : 'emphasis', children: [{ type: 'text', text: words }] },
    end: at + whole.length,
  };
}
