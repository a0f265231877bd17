import { iso, isoDate } from '../languages/dates.js';
import { APART, closeBlankLines, oneLine, prefixed, release } from '../prose/lines.js';
import type { Block, CiteRef, Inline } from '../prose/tree.js';
import { escapeStart, linkTarget, writeMarkdown } from '../prose/write.js';
import type { Story } from '../story/story.js';
import type { Mark, ProseContext, TemplatedFormat } from './format.js';

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
  return writeMarkdown(nodes.map(withoutTags), {
    text: [escapeInline],
    cite(refs) {
      const known = written.get(refs) ?? cites(refs.map(({ id }) => context.mark(id) ?? id));
      written.set(refs, known);
      return known;
    },
  });
}

/** An address in which no engine of templates finds a tag. */
const typedUrl = (url: string): string => url.replace(/\{(?=[{%#])/g, '%7B');

const TAG = /\{[{%#]/;

/** Prose in which code is text where an engine of templates would find a tag in it: nothing can be escaped in code. */
function withoutTags(block: Block): Block {
  if (block.type === 'code' && TAG.test(block.text + block.info)) {
    const lines = block.text.replace(/^\n+|\n+$/g, '').split('\n');
    return {
      type: 'paragraph',
      children: lines.flatMap((text, i): Inline[] => [
        ...(i === 0 ? [] : [{ type: 'break' } as const]),
        ...(text.trim() === '' ? [] : [{ type: 'text', text } as const]),
      ]),
    };
  }
  if (block.type === 'paragraph') return { ...block, children: block.children.map(withoutTagsInline) };
  if (block.type === 'quote') return { ...block, children: block.children.map(withoutTags) };
  if (block.type !== 'list') return block;
  return { ...block, items: block.items.map((item) => ({ ...item, children: item.children.map(withoutTags) })) };
}

function withoutTagsInline(node: Inline): Inline {
  if (node.type === 'code' && TAG.test(node.text)) return { type: 'text', text: node.text };
  if (!('children' in node)) return node;
  const children = node.children.map(withoutTagsInline);
  return node.type === 'link' ? { ...node, url: typedUrl(node.url), children } : { ...node, children };
}

/** A line that starts an entry of a list, by its mark. */
const ENTRY = /^(?:([-*])|(\d{1,9})([.)])) /;
const OTHER_MARK: Readonly<Record<string, string>> = { '-': '*', '*': '-', '.': ')', ')': '.' };

/** Gives the lists on both sides of an APART mark different bullets, because Markdown would join them. */
function listsApart(text: string): string {
  const [first = '', ...parts] = text.split(APART);
  let above = lastMark(first, undefined);
  let out = first.trimEnd();
  for (const part of parts.map((raw) => raw.replace(/^\n+/, ''))) {
    if (part.trim() === '') continue;
    const mark = markOf(part.slice(0, 20));
    const whole = mark !== undefined && mark === above ? withOtherMarks(part) : part;
    out += `${out === '' ? '' : '\n\n'}${whole.trimEnd()}`;
    above = lastMark(whole, above);
  }
  return out;
}

function markOf(line: string): string | undefined {
  const [, bullet, , stop] = ENTRY.exec(line) ?? [];
  return bullet ?? stop;
}

/** The mark of the list with which a text ends. */
function lastMark(text: string, before: string | undefined): string | undefined {
  const last = text.split('\n').findLast((line) => line.trim() !== '' && !line.startsWith(' '));
  return text.trim() === '' ? before : last && markOf(last);
}

/** A text whose lists up to the first other block have their other marks. */
function withOtherMarks(text: string): string {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => line !== '' && !line.startsWith(' ') && markOf(line) === undefined);
  return lines
    .map((line, i) => {
      const mark = end < 0 || i < end ? markOf(line) : undefined;
      return mark === undefined ? line : line.replace(mark, OTHER_MARK[mark] as string);
    })
    .join('\n');
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
  anchors: true,
  text: escapeMarkdown,
  prose: blocks,
  url: typedUrl,
  date: (parts, text) => ({ iso: isoDate(parts), text: escapeMarkdown(text) }),
  cite: cites,
  helpers: {
    'heading-marks': (level: number) => '#'.repeat(Math.min(6, level)),
    'hang-indent': (text: string, indent: number) => prefixed(text, '', ' '.repeat(indent)),
    'hang-quote': (text: string) => prefixed(text, '', '> '),
    'link-target': linkTarget,
    apart: () => APART,
  },
  extend: ({ mark }, { story }) => ({ frontMatter: frontMatter(story, mark !== null) }),
  finish: (text) => `${release(listsApart(closeBlankLines(text)))}\n`,
};
