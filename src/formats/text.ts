import { isoDate } from '../languages/dates.js';
import { closeBlankLines, HARD_LINE, NO_WRAP, oneLine, prefixed, release } from '../prose/lines.js';
import { namesOutlet } from '../prose/outlets.js';
import type { Block, Inline } from '../prose/tree.js';
import { columns } from './columns.js';
import type { Mark, ProseContext, SourceView, TemplatedFormat } from './format.js';
import { wrapLine } from './wrap.js';

function blocks(nodes: readonly Block[], context: ProseContext): string {
  return nodes.map((node) => block(node, context)).join('\n\n');
}

function block(node: Block, context: ProseContext): string {
  switch (node.type) {
    case 'paragraph':
      return inlines(node.children, context);
    case 'quote':
      return prefixed(blocks(node.children, context), '> ', '> ');
    case 'code': {
      const fence = '`'.repeat(3);
      const lines = node.info === '' ? node.text.split('\n') : [fence + node.info, ...node.text.split('\n'), fence];
      return lines.map((text) => `${NO_WRAP}    ${text}`).join(HARD_LINE);
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

function inlines(nodes: readonly Inline[], context: ProseContext): string {
  return nodes.map((node) => inline(node, context)).join('');
}

function inline(node: Inline, context: ProseContext): string {
  switch (node.type) {
    case 'text':
    case 'code':
      return node.text;
    case 'emphasis':
    case 'strong':
      return inlines(node.children, context);
    case 'break':
      return '\n';
    case 'link': {
      const label = inlines(node.children, context);
      const target = node.url.replace(/^mailto:/i, '');
      const title = node.title === '' ? '' : `${oneLine(node.title)}, `;
      return label === target || label === node.url
        ? title
          ? `${target} (${title.slice(0, -2)})`
          : target
        : `${label} (${title}${target})`;
    }
    case 'cite':
      return cites(node.refs.map(({ id }) => context.mark(id) ?? id));
  }
}

/** `[1]`, `[1, 3]`; an id that no source has stays as typed. */
function cites(marks: readonly (Mark | string)[]): string {
  const known = marks.filter((mark) => typeof mark !== 'string').map(({ number }) => number);
  const unknown = marks.filter((mark) => typeof mark === 'string').map((id) => `[@${id}]`);
  return (known.length > 0 ? `[${known.join(', ')}]` : '') + unknown.join('');
}

/** Breaks all lines but those of code. */
function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => {
      if (line.includes(NO_WRAP)) return line;
      return /^([=-])\1+$/.test(line) ? line.slice(0, width) : wrapLine(line, width).join('\n');
    })
    .join('\n');
}

/**
 * The plain form names its sources in the text, so it lists only those cited by number, with more than an outlet's
 * name, or not named.
 */
function unsaid(sources: readonly SourceView[], words: () => string): SourceView[] {
  return sources.filter((source) => {
    const { id: _, number: _n, label: _l, mentions, kind: _k, outlet, ...rest } = source;
    const details = Object.values(rest).some((value) => value !== null);
    return details || mentions.length > 0 || outlet === null || !namesOutlet(words(), outlet);
  });
}

/** `plain` is the bare form of a brief: no wrapping, no empty lines, no line break at the end. */
const BARE = 'plain';

/** Plain text for mail and terminals. */
export const text: TemplatedFormat = {
  name: 'txt',
  anchors: true,
  text: oneLine,
  prose: blocks,
  url: (url) => url,
  date: (parts, written) => ({ iso: isoDate(parts), text: written }),
  cite: cites,
  helpers: {
    'under-line': (title: string, char: string) => char.repeat(Math.max(3, Math.min(72, columns(title)))),
    'hang-indent': (value: string, indent: number) => prefixed(value, '', ' '.repeat(indent)),
  },
  extend: (view, { typed }) => ({ unsaidSources: unsaid(view.sources, typed) }),
  finish(out, template, { width }) {
    if (template === BARE) return release(closeBlankLines(out, 0));
    const closed = closeBlankLines(out);
    return `${release(width > 0 ? wrap(closed, width) : closed)}\n`;
  },
};
