import createMarkdown, { type MarkdownIt } from 'markdown-it';
import { citation } from './citation.js';

/** How deep block quotes and lists may nest in prose; markdown-it drops what lies deeper. */
export const MAX_NESTING = 1100;

/** How deep brackets, links and emphasis may nest in a paragraph. */
export const MAX_INLINE_NESTING = 100;

/** markdown-it, with what the story format calls prose and nothing else. */
export function createParser(): MarkdownIt {
  const md = createMarkdown('zero', { maxNesting: MAX_NESTING });
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

/** Lines that CommonMark takes for lists and a newsroom does not: "1986. A great year", and rules such as "* * *". */
const NOT_A_LIST = /^\s*(?:\d{4,}[.)]\s|([*_-])(?:[ \t]*\1){2,}[ \t]*$)/;

function typedLists(md: MarkdownIt): void {
  const [list] = createMarkdown('zero').enable('list').block.ruler.getRules('');
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

/** Link targets and titles as typed but for their backslashes: an entity in an address is a part of the address. */
function typedTargets(md: MarkdownIt): void {
  const { parseLinkDestination, parseLinkTitle } = md.helpers;
  const typed = (text: string) => text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
  md.helpers.parseLinkDestination = (text, start, max) => {
    const result = parseLinkDestination(text, start, max);
    return { ...result, str: typed(text.slice(start, result.pos).replace(/^<(.*)>$/s, '$1')) };
  };
  md.helpers.parseLinkTitle = (text, start, max, previous) => {
    const result = parseLinkTitle(text, start, max, previous);
    return { ...result, str: typed(text.slice(start + 1, result.pos - 1)) };
  };
}

/** Looks for links to a bounded depth of brackets: markdown-it's own bound is that of its blocks, and exhausts the stack. */
function shallowLinks(md: MarkdownIt): void {
  const link = createMarkdown('zero').enable('link').inline.ruler.getRules('').at(-1);
  if (!link) throw new Error('markdown-it has no rule "link"');
  md.inline.ruler.at('link', (state, silent) => {
    if (state.level < MAX_INLINE_NESTING) return link(state, silent);
    if (silent) state.pos = state.posMax; // markdown-it's own way out: nothing deeper is looked at
    return silent;
  });
}
