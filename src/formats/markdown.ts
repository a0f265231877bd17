import type { Block, CiteRef } from '../prose/tree.js';
import { escapeStart, linkTarget, writeMarkdown } from '../prose/write.js';
import { iso, isoDate } from '../story/dates.js';
import type { Story } from '../story/story.js';
import type { Mark, ProseContext, TemplatedFormat } from './format.js';
import { closeBlankLines, oneLine, prefixed, release } from './lines.js';

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
    .replace(/\{(?=[{%#])/g, '{\\') // a tag to Liquid, Nunjucks and Hugo, which read a page before Markdown does
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/(^|\s)(#+)(?=\s|$)/g, (_, space: string, marks: string) => space + marks.replaceAll('#', '\\#'))
    .replace(BARE_ADDRESS, (address, at: number, all: string) =>
      // … and what a template puts right behind one that ends a field.
      address.includes('\\') || at + address.length === all.length ? address.replace(/[:.]/, '\\$&') : address,
    );
}

/** GitHub links addresses in text, and takes our escapes for a part of them; one with an escape is not to be a link. */
const BARE_ADDRESS = /(?:https?|ftp):\/\/\S*|www\.\S*/gi;

function blocks(nodes: readonly Block[], context: ProseContext): string {
  // Each citation is counted once, however often its paragraph is tried.
  const written = new Map<readonly CiteRef[], string>();
  return writeMarkdown(nodes, {
    text: [escapeInline],
    cite(refs) {
      const known = written.get(refs) ?? cites(refs.map(({ id }) => context.mark(id) ?? id));
      written.set(refs, known);
      return known;
    },
  });
}

/** Footnotes; an id that no source has stays as typed. */
function cites(marks: readonly (Mark | string)[]): string {
  return marks.map((mark) => (typeof mark === 'string' ? escapeInline(`[@${mark}]`) : `[^${mark.label}]`)).join('');
}

/** The story's fields for the front matter that static site generators read: JSON strings are YAML too. */
function frontMatter(story: Story, isDraft: boolean): { name: string; value: string }[] {
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
    ['draft', isDraft ? true : undefined],
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
    'link-target': linkTarget,
  },
  extend: ({ mark }, { story }) => ({ frontMatter: frontMatter(story, mark !== null) }),
  finish: (text) => `${release(closeBlankLines(text))}\n`,
};
