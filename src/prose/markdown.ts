import { load } from 'virtual:lazy/markdown-it';
import type { MarkdownIt } from 'markdown-it';
import { citation } from './citation.js';
import { lazyPattern } from './pattern.js';

/** How deep block quotes and lists may nest in prose; markdown-it drops what lies deeper. */
export const MAX_NESTING = 1100;

/** How deep brackets, links and emphasis may nest in a paragraph. */
export const MAX_INLINE_NESTING = 100;

/** markdown-it without any syntax; it takes long to load, and prose of plain paragraphs does without it. */
const createMarkdown = (options: { maxNesting?: number } = {}): MarkdownIt => load().default('zero', options);

/** markdown-it, with what the story format calls prose and nothing else. */
export function createParser(): MarkdownIt {
  const md = createMarkdown({ maxNesting: MAX_NESTING });
  md.enable([
    'list',
    'blockquote',
    'fence',
    'emphasis',
    'link',
    'autolink',
    'backticks',
    'escape',
    'newline',
    'balance_pairs',
    'fragments_join',
  ]);
  md.validateLink = (url) => /^(?:https?:\/\/|mailto:)[^\s]/i.test(url.trim());
  md.normalizeLink = (url) => url;
  md.normalizeLinkText = (url) => url;
  md.use(citation);
  md.use(typedLists);
  md.use(typedQuotes);
  md.use(typedStars);
  md.use(shallowLinks);
  md.use(typedTargets);
  md.inline.ruler.before('link', 'typed_image', (state, silent) => {
    if (!state.src.startsWith('![', state.pos)) return false;
    const typed = state.src.startsWith('![@', state.pos) ? '!' : '![';
    if (!silent) state.pending += typed;
    state.pos += typed.length;
    return true;
  });
  // Mailchimp's merge tags, `*|FNAME|*`, are no emphasis.
  md.inline.ruler.before('emphasis', 'merge_tag', (state, silent) => {
    const { src, pos } = state;
    if (src[pos] !== '*' || (src[pos + 1] !== '|' && src[pos - 1] !== '|')) return false;
    if (!silent) state.pending += '*';
    state.pos++;
    return true;
  });
  return md;
}

/**
 * Lines that CommonMark takes for lists and a newsroom does not: "+ 3 per cent", "1986. A great year", "01. Monday", and
 * rules such as "* * *".
 */
const NOT_A_LIST = /^\s*(?:\+\s|\d{4,}[.)]\s|0\d+[.)]\s|([*_-])(?:[ \t]*\1){2,}[ \t]*$)/;

function typedLists(md: MarkdownIt): void {
  const [list] = createMarkdown().enable('list').block.ruler.getRules('');
  if (!list) throw new Error('markdown-it has no rule "list"');
  md.block.ruler.at(
    'list',
    (state, start, end, silent) => {
      const line = state.src.slice((state.bMarks[start] ?? 0) + (state.tShift[start] ?? 0), state.eMarks[start]);
      return NOT_A_LIST.test(line) ? false : list(state, start, end, silent);
    },
    { alt: ['paragraph', 'reference', 'blockquote'] },
  );
}

/** What CommonMark takes for a quotation and a newsroom does not: ">100 people", ">=5", ">€3m". */
const NOT_A_QUOTE = lazyPattern(() => /^>(?=[-+~]?[\p{Sc}\d.,=<≥%])/u);

function typedQuotes(md: MarkdownIt): void {
  const [quote] = createMarkdown().enable('blockquote').block.ruler.getRules('');
  if (!quote) throw new Error('markdown-it has no rule "blockquote"');
  md.block.ruler.at(
    'blockquote',
    (state, start, end, silent) => {
      const from = (state.bMarks[start] ?? 0) + (state.tShift[start] ?? 0);
      return NOT_A_QUOTE().test(state.src.slice(from, from + 4)) ? false : quote(state, start, end, silent);
    },
    { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
  );
}

/** Letters and figures of scripts that put no spaces between words, or particles right behind them. */
const UNSPACED = lazyPattern(
  () =>
    /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Bopomofo}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u,
);
const WORD = /[\p{L}\p{M}\p{N}]/u;

/** East Asian letters and punctuation, beside which a mark may open or close as beside a space. */
export const EAST_ASIAN = lazyPattern(
  () => /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Bopomofo}\u3000-\u303F\uFF00-\uFFEF]/u,
);
const PUNCTUATION = /[\p{P}\p{S}]/u;

/** Whether a mark between two characters stands within a word or figure: "f**k", "3*3". */
export function isWithinWord(before: string, after: string): boolean {
  const spaced = (char: string) => WORD.test(char) && !UNSPACED().test(char);
  return spaced(before) && spaced(after);
}

/**
 * Stars as a newsroom types them. Within a word they are characters: "f**k", "3*3". Beside East Asian characters they open
 * and close as they are meant: the CJK-friendly amendments to CommonMark's flanking rules
 * (github.com/tats-u/markdown-cjk-friendly).
 */
function typedStars(md: MarkdownIt): void {
  md.inline.State = class extends md.inline.State {
    override scanDelims(start: number, canSplitWord: boolean) {
      const scanned = super.scanDelims(start, canSplitWord);
      if (this.src[start] !== '*') return scanned;
      const before = [...this.src.slice(Math.max(0, start - 2), start)].at(-1) ?? ' ';
      const after = String.fromCodePoint(this.src.codePointAt(start + scanned.length) ?? 32);
      if (isWithinWord(before, after)) return { ...scanned, can_open: false, can_close: false };
      if (!EAST_ASIAN().test(before) && !EAST_ASIAN().test(after)) return scanned;
      const marks = (char: string) => PUNCTUATION.test(char) && !EAST_ASIAN().test(char);
      const parts = (char: string) => /\s/.test(char) || PUNCTUATION.test(char) || EAST_ASIAN().test(char);
      return {
        ...scanned,
        can_open: !/\s/.test(after) && (!marks(after) || parts(before)),
        can_close: !/\s/.test(before) && (!marks(before) || parts(after)),
      };
    }
  };
}

/** Link targets and titles as typed but for their backslashes: an entity in an address is a part of the address. */
function typedTargets(md: MarkdownIt): void {
  const { parseLinkDestination, parseLinkTitle } = md.helpers;
  const typed = (text: string) => text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
  md.helpers.parseLinkDestination = (text, start, max) => {
    const result = parseLinkDestination(text, start, max);
    if (!result.ok) return result;
    return { ...result, str: typed(text.slice(start, result.pos).replace(/^<(.*)>$/s, '$1')) };
  };
  md.helpers.parseLinkTitle = (text, start, max, previous) => {
    const result = parseLinkTitle(text, start, max, previous);
    if (!result.ok && !result.can_continue) return result;
    return { ...result, str: typed(text.slice(start + 1, result.pos - 1)) };
  };
}

/** Looks for links to a bounded depth of brackets: markdown-it's own bound is that of its blocks, and exhausts the stack. */
function shallowLinks(md: MarkdownIt): void {
  const link = createMarkdown().enable('link').inline.ruler.getRules('').at(-1);
  if (!link) throw new Error('markdown-it has no rule "link"');
  md.inline.ruler.at('link', (state, silent) => {
    if (state.level < MAX_INLINE_NESTING) return link(state, silent);
    if (silent) state.pos = state.posMax; // markdown-it's own way out: nothing deeper is looked at
    return silent;
  });
}
