import type { MarkdownIt, Token } from 'markdown-it';
import { createParser, MAX_INLINE_NESTING, MAX_NESTING } from './markdown.js';
import { isMonthOfOrdinal } from './months.js';
import { lazyPattern } from './pattern.js';
import { plainProse } from './plain.js';
import type { Block, CiteRef, Inline } from './tree.js';

export interface Prose {
  blocks: Block[];
  /** What of the text nests too deep for it to be read whole; it must not be printed then. */
  tooDeep?: 'blocks' | 'words';
}

let parser: MarkdownIt | undefined;

/** A parser that parses each text once, however often it is asked for; `isStrict` does without the quick way for plain prose. */
export function proseOnce(isStrict = false): (text: string) => Prose {
  const parsed = new Map<string, Prose>();
  return (text) => {
    const known = parsed.get(text);
    if (known) return known;
    const prose = isStrict ? parseStrictly(text) : parseProse(text);
    parsed.set(text, prose);
    return prose;
  };
}

/**
 * Markdown to the tree. What the story format does not name (HTML, images, headings, tables, rules, entities,
 * reference definitions) is text, and stays as it was typed.
 */
export function parseProse(text: string): Prose {
  const blocks = plainProse(text);
  return blocks ? { blocks } : parseStrictly(text);
}

/** The same, by markdown-it alone. */
export function parseStrictly(text: string): Prose {
  parser ??= createParser();
  const tokens = parser.parse(text, {});
  if (tokens.some(({ level }) => level >= MAX_NESTING - 4)) return { blocks: [], tooDeep: 'blocks' };
  const inWords = tokens.some(({ children }) => children?.some((child) => child.level > MAX_INLINE_NESTING));
  return inWords ? { blocks: [], tooDeep: 'words' } : { blocks: new Builder(text, tokens).blocks() };
}

/** Builds the tree from markdown-it's flat list of tokens. */
class Builder {
  #at = 0;
  #lines: { start: number; text: string }[] | undefined;
  readonly #tokens: Token[];
  readonly #text: string;

  constructor(text: string, tokens: Token[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  blocks(closing?: string): Block[] {
    const blocks: Block[] = [];
    for (; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at];
      if (!token || token.type === closing) break;
      const block = this.#block(token);
      if (block) blocks.push(block);
    }
    return blocks;
  }

  #block(token: Token): Block | undefined {
    switch (token.type) {
      case 'inline':
        return { type: 'paragraph', children: new InlineBuilder(token, (pos) => this.#offset(token, pos)).inlines() };
      case 'fence':
        return { type: 'code', info: token.info.trim(), text: token.content.replace(/\n$/, '') };
      case 'blockquote_open':
        this.#at++;
        return { type: 'quote', children: this.blocks('blockquote_close') };
      case 'bullet_list_open':
      case 'ordered_list_open':
        return this.#list(token);
      default:
        return undefined; // paragraph_open and paragraph_close
    }
  }

  #list(open: Token): Block {
    const ordered = open.type === 'ordered_list_open';
    const closing = ordered ? 'ordered_list_close' : 'bullet_list_close';
    const items: { number: number; children: Block[] }[] = [];
    for (this.#at++; this.#tokens[this.#at] && this.#tokens[this.#at]?.type !== closing; this.#at++) {
      const token = this.#tokens[this.#at];
      if (token?.type !== 'list_item_open') continue;
      this.#at++;
      items.push({ number: Number(token.info || 0), children: this.blocks('list_item_close') });
    }
    // "1. 1. 1." is Markdown's way to have the items numbered; other numbers are the writer's own, and so are days.
    if (items.every(({ number }) => number === 1) && !items.some(startsWithMonth))
      for (const [i, item] of items.entries()) item.number = 1 + i;
    return { type: 'list', ordered, items };
  }

  /** The offset in the prose of a position in a paragraph's content, whose lines have lost their lead. */
  #offset(token: Token, pos: number): number {
    this.#lines ??= linesOf(this.#text);
    const before = token.content.slice(0, pos);
    const row = before.split('\n').length - 1;
    const contentLine = token.content.split('\n')[row] ?? '';
    const column = pos - (before.lastIndexOf('\n') + 1);
    const line = this.#lines[(token.map?.[0] ?? 0) + row];
    if (!line) return 0;
    return line.start + Math.max(0, line.text.trimEnd().length - contentLine.trimEnd().length) + column;
  }
}

/** Whether an entry starts with a month, so that its number is a day: "1. Mai". */
function startsWithMonth({ children: [first] }: { children: Block[] }): boolean {
  const start = first?.type === 'paragraph' ? first.children[0] : undefined;
  const [word] = start?.type === 'text' ? (/^\p{L}+/u.exec(start.text) ?? []) : [];
  return word !== undefined && isMonthOfOrdinal(word);
}

function linesOf(text: string): { start: number; text: string }[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const entry = { start, text: line };
    start += line.length + 1;
    return entry;
  });
}

class InlineBuilder {
  #at = 0;
  readonly #tokens: Token[];
  readonly #offset: (pos: number) => number;

  constructor(token: Token, offset: (pos: number) => number) {
    this.#tokens = token.children ?? [];
    this.#offset = offset;
  }

  inlines(closing?: string): Inline[] {
    const nodes: Inline[] = [];
    for (; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at];
      if (!token || token.type === closing) break;
      this.#push(nodes, token);
    }
    return nodes;
  }

  #push(nodes: Inline[], token: Token): void {
    switch (token.type) {
      case 'text':
      case 'text_special':
        pushText(nodes, token.content);
        return;
      case 'softbreak':
        pushText(nodes, this.#softBreak());
        return;
      case 'hardbreak':
        nodes.push({ type: 'break' });
        return;
      case 'code_inline':
        nodes.push({ type: 'code', text: token.content });
        return;
      case 'em_open':
        this.#at++;
        nodes.push({ type: 'emphasis', children: this.inlines('em_close') });
        return;
      case 'strong_open':
        this.#at++;
        nodes.push({ type: 'strong', children: this.inlines('strong_close') });
        return;
      case 'link_open': {
        this.#at++;
        const url = safeTarget(String(token.attrGet('href') ?? ''));
        const title = String(token.attrGet('title') ?? '');
        const words = this.inlines('link_close');
        // A link without words would be there for nobody: its address stands for them.
        const isThere = words.some((node) => node.type !== 'text' || /[^\s\u200B-\u200D\u2060\uFEFF]/.test(node.text));
        const children: Inline[] = isThere ? words : [{ type: 'text', text: url.replace(/^mailto:/i, '') }];
        nodes.push({ type: 'link', url, title, children });
        return;
      }
      case 'cite':
        nodes.push({ type: 'cite', refs: ((token.meta?.['refs'] ?? []) as CiteRef[]).map((ref) => this.#placed(ref)) });
        return;
      default:
        throw new Error(`markdown-it gave an unknown token "${token.type}"`);
    }
  }

  #placed({ id, start, end }: CiteRef): CiteRef {
    const from = this.#offset(start);
    return { id, start: from, end: from + (end - start) };
  }

  #softBreak(): string {
    const [before, after] = [this.#tokens[this.#at - 1], this.#tokens[this.#at + 1]];
    return before?.type === 'text' && after?.type === 'text' ? lineJoint(before.content, after.content) : ' ';
  }
}

const WIDE = lazyPattern(() => /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\u3000-\u303F\uFF00-\uFFEF]/u);

/** Punctuation that brings its own space: a line that ends with it goes on without one, whatever follows. */
const WIDE_PUNCTUATION =
  /[\u3001-\u3003\u3008-\u3011\u3014-\u301F\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65]/;

/** A line break in the source is a space, but nothing between characters of scripts that use no spaces. */
export function lineJoint(before: string, after: string): string {
  const last = [...before.slice(-2)].at(-1) ?? '';
  const first = String.fromCodePoint(after.codePointAt(0) ?? 32);
  const joined = WIDE().test(last) && (WIDE().test(first) || WIDE_PUNCTUATION.test(last));
  return joined || WIDE_PUNCTUATION.test(first) ? '' : ' ';
}

function pushText(nodes: Inline[], text: string): void {
  const last = nodes.at(-1);
  if (last?.type === 'text') last.text += text;
  else if (text !== '') nodes.push({ type: 'text', text });
}

/** A link's target without characters that would end it early in some format. */
export function safeTarget(url: string): string {
  return url.trim().replace(/[\s"<>\\`]/g, encodeURIComponent);
}
