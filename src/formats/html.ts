import type { Publication } from '../house.js';
import { iso, isoDate } from '../languages/dates.js';
import { closeBlankLines, HARD_LINE, release } from '../prose/lines.js';
import type { Prose } from '../prose/parse.js';
import { type Block, type Inline, plainText } from '../prose/tree.js';
import type { Story } from '../story/story.js';
import type { Mark, ProseContext, TemplatedFormat } from './format.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML: safe in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}

/**
 * An address for `href`: in the form browsers use (punycode, percent signs), so that every parser agrees on it. A site
 * without a path stays as it was typed.
 */
function href(url: string): string {
  if (!URL.canParse(url)) return escapeHtml(encodeURI(url));
  const { href: full } = new URL(url);
  return escapeHtml(full === `${url}/` ? url : full);
}

/** Writes prose as HTML; `cite` writes the marks of a citation. */
export function htmlProse(cite: (marks: readonly (Mark | string)[]) => string): TemplatedFormat['prose'] {
  function blocks(nodes: readonly Block[], context: ProseContext): string {
    return nodes.map((node) => block(node, context)).join('\n');
  }

  function block(node: Block, context: ProseContext): string {
    switch (node.type) {
      case 'paragraph':
        return `<p>${inlines(node.children, context)}</p>`;
      case 'quote':
        return `<blockquote>\n${blocks(node.children, context)}\n</blockquote>`;
      case 'code': {
        const language = node.info === '' ? '' : ` class="language-${escapeHtml(node.info.replace(/\s+/g, '-'))}"`;
        // One word names a language; more are words for readers.
        const words = /\s/.test(node.info) ? `<p>${escapeHtml(node.info)}</p>\n` : '';
        return `${words}<pre><code${language}>${escapeHtml(node.text).replaceAll('\n', HARD_LINE)}</code></pre>`;
      }
      case 'list': {
        const tag = node.ordered ? 'ol' : 'ul';
        const first = node.items[0]?.number ?? 1;
        const items = node.items.map((item, i) => {
          const value = node.ordered && item.number !== first + i ? ` value="${item.number}"` : '';
          const [only] = item.children;
          const simple = item.children.length === 1 && only?.type === 'paragraph';
          return `<li${value}>${simple ? inlines(only.children, context) : blocks(item.children, context)}</li>`;
        });
        return `<${tag}${node.ordered && first !== 1 ? ` start="${first}"` : ''}>\n${items.join('\n')}\n</${tag}>`;
      }
    }
  }

  function inlines(nodes: readonly Inline[], context: ProseContext): string {
    return nodes.map((node) => inline(node, context)).join('');
  }

  function inline(node: Inline, context: ProseContext): string {
    switch (node.type) {
      case 'text':
        return escapeHtml(node.text);
      case 'emphasis':
        return `<em>${inlines(node.children, context)}</em>`;
      case 'strong':
        return `<strong>${inlines(node.children, context)}</strong>`;
      case 'code':
        return `<code>${escapeHtml(node.text)}</code>`;
      case 'break':
        return '<br>\n';
      case 'link': {
        const title = node.title === '' ? '' : ` title="${escapeHtml(node.title)}"`;
        return `<a href="${href(node.url)}"${title}>${inlines(node.children, context)}</a>`;
      }
      case 'cite':
        return cite(node.refs.map(({ id }) => context.mark(id) ?? id));
    }
  }

  return blocks;
}

/** Superscript numbers that link to the source list; an id that no source has stays as typed. */
function cites(marks: readonly (Mark | string)[]): string {
  const known = marks.filter((mark) => typeof mark !== 'string');
  const unknown = marks.filter((mark) => typeof mark === 'string').map((id) => escapeHtml(`[@${id}]`));
  const links = known.map(
    ({ id, number, mention }) =>
      `<a id="${citeId(id, mention)}" href="#${sourceId(id)}" role="doc-noteref">${number}</a>`,
  );
  return `${links.length > 0 ? `<sup class="cite" dir="ltr">[${links.join(', ')}]</sup>` : ''}${unknown.join('')}`;
}

const sourceId = (id: string) => escapeHtml(`source-${id}`);
/** The marks of citations as numbers without links, where a link could lead to another text’s sources, or nowhere. */
export function numbersAlone(all: readonly ({ number: number } | string)[]): string {
  const known = all.filter((mark) => typeof mark !== 'string').map(({ number }) => number);
  const unknown = all.filter((mark) => typeof mark === 'string').map((id) => escapeHtml(`[@${id}]`));
  const numbers = known.length > 0 ? `<sup class="cite" dir="ltr">[${known.join(', ')}]</sup>` : '';
  return `${numbers}${unknown.join('')}`;
}

const citeId = (id: string, mention: number) => escapeHtml(`cite-${id}-${mention}`);

/** Schema.org's NewsArticle, as JSON that cannot leave its script element. */
function jsonLd(story: Story, prose: (text: string) => Prose, publication?: Publication): string {
  const authors = story.byline.map(({ name, url }) => ({ '@type': 'Person', name, ...(url ? { url } : {}) }));
  const data = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: story.headline,
    description: story.dek,
    inLanguage: story.lang,
    datePublished: iso(story.published),
    dateModified: iso(story.updated),
    author: authors.length > 0 ? authors : undefined,
    publisher: publication?.name
      ? { '@type': 'NewsMediaOrganization', name: publication.name, url: publication.url }
      : undefined,
    image: story.image?.src,
    keywords: story.tags.length > 0 ? story.tags : undefined,
    citation: story.sources.flatMap(({ url }) => (url ? [url] : [])),
    correction:
      story.corrections.length > 0 ? story.corrections.map(({ text }) => plainText(prose(text).blocks)) : undefined,
  };
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** One standalone page, semantic and without scripts or remote assets. */
export const html: TemplatedFormat = {
  name: 'html',
  anchors: true,
  text: escapeHtml,
  prose: htmlProse(cites),
  url: href,
  date: (parts, text) => ({ iso: isoDate(parts), text: escapeHtml(text) }),
  cite: cites,
  extend: (_, { story, prose, publication }) => ({ jsonLd: jsonLd(story, prose, publication) }),
  finish: (text) => `${release(closeBlankLines(text, 0))}\n`,
};
