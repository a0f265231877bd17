import { parseProse } from '../prose/parse.js';
import type { Block, Inline } from '../prose/tree.js';
import { iso, isoDate } from '../story/dates.js';
import type { Story } from '../story/story.js';
import type { Mark, ProseContext, TemplatedFormat } from './format.js';
import { closeBlankLines, HARD_LINE, oneLine, prefixed, release } from './lines.js';

/**
 * Text for Markdown: comes out as the characters typed in CommonMark and in GitHub's dialect, wherever a template
 * puts it. `_` inside a word, `>` inside a line and the like are harmless and stay as they are.
 */
export function escapeMarkdown(text: string): string {
  return escapeStart(escapeInline(oneLine(text)));
}

function escapeInline(text: string): string {
  return text
    .replace(/[\\`*[\]<|~$]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/(^|\s)(#+)(?=\s|$)/g, (_, space: string, marks: string) => space + marks.replaceAll('#', '\\#'))
    .replace(BARE_ADDRESS, (address) => (address.includes('\\') ? address.replace(/[:.]/, '\\$&') : address));
}

/** GitHub links addresses in text, and takes our escapes for a part of them; one with an escape is not to be a link. */
const BARE_ADDRESS = /(?:https?|ftp):\/\/\S*|www\.\S*/gi;

/** What would open a block at the start of a line. */
function escapeStart(text: string): string {
  return text.replace(/^(\s*)([-+>]|={1,}|:)/, '$1\\$2').replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}

function blocks(nodes: readonly Block[], context: ProseContext): string {
  const written = nodes.map((node) => block(node, context));
  // Two lists in a row would run together; an empty comment is CommonMark's own way to part them.
  return written
    .map((text, i) =>
      i > 0 && nodes[i]?.type === 'list' && nodes[i - 1]?.type === 'list' ? `<!-- -->\n\n${text}` : text,
    )
    .join('\n\n');
}

function block(node: Block, context: ProseContext): string {
  switch (node.type) {
    case 'paragraph':
      return paragraph(node.children, context);
    case 'quote':
      return prefixed(blocks(node.children, context), '> ', '> ');
    case 'code': {
      // A fence of backticks cannot have one in the words after it.
      const mark = node.info.includes('`') ? '~' : '`';
      const longest = Math.max(2, ...(node.text.match(mark === '~' ? /~+/g : /`+/g) ?? []).map((run) => run.length));
      const fence = mark.repeat(longest + 1);
      return [`${fence}${node.info}`, ...(node.text === '' ? [] : node.text.split('\n')), fence].join(HARD_LINE);
    }
    case 'list':
      return node.items
        .map((item) => {
          const marker = node.ordered ? `${item.number}. ` : '- ';
          return prefixed(blocks(item.children, context), marker, ' '.repeat(marker.length));
        })
        .join(node.items.every(({ children }) => children.length <= 1) ? '\n' : '\n\n');
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
function paragraph(nodes: readonly Inline[], context: ProseContext): string {
  const [first] = MARKS as readonly [Marks];
  const marks = new Map<string, Mark | undefined>();
  const recording: ProseContext = {
    mark(id) {
      const mark = context.mark(id);
      marks.set(id, mark);
      return mark;
    },
  };
  const simple = inlines(nodes, recording, first);
  if (emphases(nodes) < 2) return simple;
  // Each citation is counted once, however often its paragraph is tried.
  const known: ProseContext = { mark: (id) => marks.get(id) };
  const meant = skeleton(nodes, known);
  const readsBack = (text: string) => {
    const [only, more] = parseProse(text).blocks;
    return only?.type === 'paragraph' && !more && skeleton(only.children, known) === meant;
  };
  if (readsBack(simple)) return simple;
  return MARKS.map((one) => inlines(nodes, known, one)).find(readsBack) ?? simple;
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

/** The structure of a text, to compare two by; citations are the footnotes that they become. */
function skeleton(nodes: readonly Inline[], context: ProseContext): string {
  return nodes
    .map((node) => {
      if (node.type === 'cite') return inline(node, context, MARKS[0] as Marks).replaceAll('\\', '');
      if ('children' in node) return `\0${node.type}(${skeleton(node.children, context)}\0)`;
      return node.type === 'break' ? '\0break' : node.type === 'code' ? `\0code(${node.text}\0)` : node.text;
    })
    .join('');
}

/** The other marks, for emphasis right after emphasis. */
function swapped([outer, inner, strong]: Marks): Marks {
  return [inner === outer ? (outer === '*' ? '_' : '*') : inner, outer, strong === '**' ? '__' : '**'];
}

function inlines(nodes: readonly Inline[], context: ProseContext, marks: Marks): string {
  let out = '';
  for (const node of nodes) {
    const touching = /(?<!\\)[*_]$/.exec(out)?.[0];
    const piece = inline(
      node,
      context,
      touching === (node.type === 'strong' ? marks[2][0] : marks[0]) ? swapped(marks) : marks,
    );
    const lineStart = out === '' || out.endsWith('\n');
    out += node.type === 'text' && lineStart ? escapeStart(piece) : piece;
  }
  return out;
}

function inline(node: Inline, context: ProseContext, marks: Marks): string {
  const [outer, inner, strong] = marks;
  const below: Marks = [inner, outer, strong];
  switch (node.type) {
    case 'text':
      return escapeInline(node.text);
    case 'emphasis':
      return `${outer}${inlines(node.children, context, below)}${outer}`;
    case 'strong':
      return `${strong}${inlines(node.children, context, below)}${strong}`;
    case 'code':
      return code(node.text);
    case 'break':
      return '\\\n';
    case 'link':
      return autolink(node) ?? link(node.url, inlines(node.children, context, marks), node.title);
    case 'cite':
      return cites(node.refs.map(({ id }) => context.mark(id) ?? id));
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
function target(url: string): string {
  const typed = url.replace(/&(?=#?\w+;)/g, '\\&');
  return /[()]/.test(url) ? `<${typed}>` : typed;
}

function link(url: string, label: string, title: string): string {
  const named = title === '' ? '' : ` "${title.replace(/["\\]|&(?=#?\w+;)/g, '\\$&')}"`;
  return `[${label}](${target(url)}${named})`;
}

/** Footnotes; an id that no source has stays as typed. */
function cites(marks: readonly (Mark | string)[]): string {
  return marks.map((mark) => (typeof mark === 'string' ? escapeInline(`[@${mark}]`) : `[^${mark.label}]`)).join('');
}

/** The story's fields for the front matter that static site generators read: JSON strings are YAML too. */
function frontMatter(story: Story): { name: string; value: string }[] {
  const authors = story.byline.map(({ name }) => name);
  const fields: [string, unknown][] = [
    ['title', story.headline],
    ['slug', story.slug],
    ['description', story.dek],
    ['date', iso(story.published)],
    ['lastmod', iso(story.updated)],
    ['authors', authors.length > 0 ? authors : undefined],
    ['tags', story.tags.length > 0 ? story.tags : undefined],
    ['series', story.series],
    ['lang', story.lang],
    ['image', story.image?.src],
    ['draft', story.status === 'draft' ? true : undefined],
  ];
  return fields.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value: JSON.stringify(value) }]));
}

/** CommonMark with footnotes. */
export const markdown: TemplatedFormat = {
  name: 'md',
  extension: 'md',
  text: escapeMarkdown,
  prose: blocks,
  url: (url) => url,
  date: (parts, text) => ({ iso: isoDate(parts), text: escapeMarkdown(text) }),
  cite: cites,
  helpers: {
    'heading-marks': (level: number) => '#'.repeat(Math.min(6, level)),
    'hang-indent': (text: string, indent: number) => prefixed(text, '', ' '.repeat(indent)),
    'hang-quote': (text: string) => prefixed(text, '', '> '),
    'link-target': target,
  },
  extend: (_, { story }) => ({ frontMatter: frontMatter(story) }),
  finish: (text) => `${release(closeBlankLines(text))}\n`,
};
