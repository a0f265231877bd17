import type { Block, Inline } from '../prose/tree.js';
import { isoDate } from '../story/dates.js';
import type { Story } from '../story/story.js';
import type { Mark, ProseContext, TemplatedFormat } from './format.js';
import { closeBlankLines, HARD_LINE } from './lines.js';

/**
 * Text for Markdown: comes out as the characters typed in CommonMark and in GitHub's dialect, wherever a template
 * puts it. `_` inside a word, `>` inside a line and the like are harmless and stay as they are.
 */
export function escapeMarkdown(text: string): string {
  return escapeStart(escapeInline(text.trim().replace(/\s*\n\s*/g, ' ')));
}

function escapeInline(text: string): string {
  return text
    .replace(/[\\`*[\]<|~$]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/(^|\s)(#+)(?=\s|$)/g, (_, space: string, marks: string) => space + marks.replaceAll('#', '\\#'));
}

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
      return inlines(node.children, context, '*');
    case 'quote':
      return prefixed(blocks(node.children, context), '> ', '> ');
    case 'code': {
      const longest = Math.max(2, ...[...node.text.matchAll(/`+/g)].map(([run]) => run.length));
      const fence = '`'.repeat(longest + 1);
      return [`${fence}${node.info}`, ...(node.text === '' ? [] : node.text.split('\n')), fence].join(HARD_LINE);
    }
    case 'list':
      return node.items
        .map((item) => {
          const marker = node.ordered ? `${item.number}. ` : '- ';
          return prefixed(blocks(item.children, context), marker, ' '.repeat(marker.length)) || marker.trimEnd();
        })
        .join(node.items.every(({ children }) => children.length <= 1) ? '\n' : '\n\n');
  }
}

function prefixed(text: string, first: string, rest: string): string {
  return text
    .split(/(\n|\uFDD1)/)
    .map((part, i) => (i === 0 ? first + part : i % 2 === 1 ? part : part === '' ? rest.trimEnd() : rest + part))
    .join('');
}

function inlines(nodes: readonly Inline[], context: ProseContext, star: '*' | '_'): string {
  let out = '';
  for (const node of nodes) {
    const piece = inline(node, context, star);
    const lineStart = out === '' || out.endsWith('\n');
    out += node.type === 'text' && lineStart ? escapeStart(piece) : piece;
  }
  return out;
}

function inline(node: Inline, context: ProseContext, star: '*' | '_'): string {
  switch (node.type) {
    case 'text':
      return escapeInline(node.text);
    case 'emphasis':
      return `${star}${inlines(node.children, context, star === '*' ? '_' : '*')}${star}`;
    case 'strong':
      return `**${inlines(node.children, context, star === '*' ? '_' : '*')}**`;
    case 'code':
      return code(node.text);
    case 'break':
      return '\\\n';
    case 'link':
      return link(node.url, inlines(node.children, context, star), node.title);
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

function link(url: string, label: string, title: string): string {
  const target = /[()]/.test(url) ? `<${url}>` : url;
  const named = title === '' ? '' : ` "${title.replace(/["\\]/g, '\\$&')}"`;
  return `[${label}](${target}${named})`;
}

/** Footnotes; an id that no source has stays as typed. */
function cites(marks: readonly (Mark | string)[]): string {
  return marks.map((mark) => (typeof mark === 'string' ? escapeInline(`[@${mark}]`) : `[^${mark.id}]`)).join('');
}

/** The story's fields for the front matter that static site generators read: JSON strings are YAML too. */
function frontMatter(story: Story): { name: string; value: string }[] {
  const authors = story.byline.map(({ name }) => name);
  const fields: [string, unknown][] = [
    ['title', story.headline],
    ['slug', story.slug],
    ['description', story.dek],
    ['date', story.published],
    ['lastmod', story.updated],
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
    'link-target': (url: string) => (/[()]/.test(url) ? `<${url}>` : url),
  },
  extend: (_, { story }) => ({ frontMatter: frontMatter(story) }),
  finish: (text) => `${closeBlankLines(text)}\n`,
};
