import type { Element, ElementContent, Nodes, Parents, Root, RootContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { defaultSchema, sanitize } from 'hast-util-sanitize';
import { defaultHandlers, toMdast } from 'hast-util-to-mdast';
import type * as mdast from 'mdast';
import { isSlug } from '../schema/fields.js';
import { classesOf, elements, isElement, styleOf, textOf } from './hast.js';
import { ImportError, type Manuscript, type ManuscriptField, type Note } from './manuscript.js';
import { type ReadOptions, readTree } from './markdown.js';
import { type OwnPage, ownArticle, readOwnPage } from './own-page.js';
import { takePictures, withPictures } from './pictures.js';
import { type BlogEntry, entryOf, withoutFurniture, withoutRepeats } from './platforms.js';
import { lost, wordsOf } from './proof.js';
import { ENDING, isNoteLink, withRaised } from './raised.js';
import { withEndedTags, withWordsInBrackets } from './tags.js';
import { tidied } from './tidy.js';
import { fromWordProcessor, isDeletion, LAID_OUT, stylesOf, TITLE_STYLE } from './word-processors.js';

/** How deep elements may nest; a page of a newsroom needs about thirty. */
const MAX_DEPTH = 400;

/** How many characters of a script or style sheet a note quotes. */
const MOST_OF_PROGRAM = 60;

/** Elements whose words are not those of the article. */
const NOT_TEXT: Readonly<Record<string, string>> = {
  script: 'a script',
  style: 'a style sheet',
  iframe: 'an embedded page',
  object: 'an embedded object',
  embed: 'an embedded object',
  noscript: 'text for browsers without scripts',
  template: 'a page’s template',
  svg: 'a drawing',
  math: 'a formula',
  canvas: 'a drawing',
  audio: 'sound',
  video: 'a film',
  nav: 'navigation',
  form: 'a form',
  button: 'a button',
  select: 'a choice',
  textarea: 'a form field',
  dialog: 'a dialogue',
};

/** A web page, or a piece of one, to a manuscript: the article alone, by an allow-list of elements. */
export function readHtml(
  source: string,
  { base, headings }: Pick<ReadOptions, 'base' | 'headings'>,
): Manuscript | OwnPage {
  const manuscript: Manuscript = { fields: [], parts: [], sources: [], notes: [] };
  const note = (remark: Note) => void manuscript.notes.push(remark);
  if (withEndedTags(source) !== source)
    note({
      kind: 'changed',
      message: 'a tag that never ends is text: the page is cut there, or a quotation mark is not closed',
    });
  const whole = parse(withWordsInBrackets(source));
  const ownPage = ownArticle(whole);
  if (ownPage) return readOwnPage(ownPage, (tree, say) => toNodes(tidied(tree), say));
  const entry = entryOf(whole);
  manuscript.fields.push(...metadata(whole, entry, note));
  const address = base ?? canonical(whole);
  if (address !== undefined) manuscript.address = address;
  const page = withPictures(withoutFurniture(fromWordProcessor(whole, source, note), note));
  const article = withoutLinesAbout(
    withoutRelated(articleOf(page, note), note),
    linesAbout([...elements(whole)]),
    note,
  );
  const body = entry
    ? { ...article, children: withoutRepeats(article.children as ElementContent[], entry, note) }
    : article;
  const { tree, images } = takePictures(withoutHidden(body, note), address);
  readTree(toNodes(tidied(tree) as Root, note), manuscript, { base: address, headings, html: htmlNodes, images });
  return manuscript;
}

/** HTML inside Markdown, to Markdown nodes. */
export function htmlNodes(source: string, line: number, note: (note: Note) => void): mdast.RootContent[] {
  const say = (noted: Note) => note({ ...noted, line });
  const tree = withPictures(fromWordProcessor(parse(source), source, say));
  return toNodes(tidied(withoutHidden(tree, say)) as Root, say);
}

function parse(source: string): Root {
  let tree: Root;
  try {
    tree = fromHtml(source, { fragment: !/<(?:!doctype|html|head|body)[\s>]/i.test(source) });
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep();
    throw error;
  }
  if (depthOf(tree) > MAX_DEPTH) throw tooDeep();
  return tree;
}

const tooDeep = () =>
  new ImportError(
    'too-deep',
    `the page’s elements nest more than ${MAX_DEPTH} levels deep`,
    'save the article alone, or copy its text',
  );

function depthOf(tree: Root): number {
  let deepest = 0;
  const open: [Nodes, number][] = [[tree, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, depth] = next;
    deepest = Math.max(deepest, depth);
    if ('children' in node) for (const child of node.children) open.push([child, depth + 1]);
  }
  return deepest;
}

function toNodes(node: Root, note: (note: Note) => void): mdast.RootContent[] {
  const safe = sanitize(withRaised(node, note), {
    ...defaultSchema,
    clobberPrefix: '',
    clobber: [],
    protocols: {},
    attributes: {
      a: ['href', 'title'],
      img: ['src', 'alt', 'title'],
      ol: ['start'],
      li: ['value'],
      input: [['type', 'checkbox'], 'checked'],
      code: [['className', /^language-./]],
    },
  }) as Root;
  return (
    toMdast(safe, {
      document: true,
      handlers: {
        mark: (state, element) => state.all(element as Parents) as never,
        // A page's entries may have numbers of their own.
        li: (state, element) => {
          const item = defaultHandlers.li(state, element) as mdast.ListItem;
          const { value } = (element as Element).properties;
          return value === undefined ? item : { ...item, data: { ...item.data, value: Number(value) } };
        },
      },
    }) as mdast.Root
  ).children;
}

/** A copy without what no reader sees, and what is no text; the words of each are noted. */
function withoutHidden(node: Parents, note: (note: Note) => void): Parents {
  const children = node.children.flatMap((child): Nodes[] => {
    if (child.type === 'comment') {
      if (child.value.trim() !== '')
        note({ kind: 'dropped', message: 'a comment, which no reader sees', text: child.value.trim() });
      return [];
    }
    if (child.type !== 'element') return child.type === 'doctype' ? [] : [child];
    const why = hiddenAs(child);
    if (why === undefined) {
      const title = child.properties['title'];
      if (typeof title === 'string' && title.trim() !== '' && !/^(?:a|img)$/.test(child.tagName))
        note({ kind: 'dropped', message: 'words that show where a mouse rests', text: title.trim() });
      return [withoutHidden(child, note) as Nodes];
    }
    const words = textOf(child).trim();
    const inner = String(child.properties['srcDoc'] ?? '').replace(/<[^<>]*>/g, ' ');
    const address = String(child.properties['src'] ?? child.properties['data'] ?? inner);
    const isProgram = /^(?:script|style)$/.test(child.tagName);
    const shown = isProgram && words.length > MOST_OF_PROGRAM ? `${words.slice(0, MOST_OF_PROGRAM)}…` : words;
    const size = isProgram && shown !== words ? ` of ${Math.ceil(words.length / 1024)} KB` : '';
    const text = [shown, address.slice(0, 300)].filter(Boolean).join(' ');
    if (child.tagName !== 'head' && child.tagName !== 'link' && child.tagName !== 'meta')
      note({ kind: 'dropped', message: why + size, ...(text ? { text } : {}) });
    return [];
  });
  return { ...node, children } as Parents;
}

function hiddenAs(node: Element): string | undefined {
  const { tagName, properties } = node;
  if (Object.hasOwn(NOT_TEXT, tagName) && !isWholePage(node)) return NOT_TEXT[tagName];
  if (/^(?:head|link|meta|title|base)$/.test(tagName)) return 'the page’s head';
  const style = String(properties['style'] ?? '')
    .replace(/\s/g, '')
    .toLowerCase();
  const hidden =
    properties['hidden'] === true ||
    properties['hidden'] === '' ||
    String(properties['ariaHidden']) === 'true' ||
    /display:none|visibility:hidden|font-size:0(?![.\d]*[1-9])|opacity:0(?![.\d]*[1-9])|mso-hide:all/.test(style);
  return hidden ? 'hidden text, which no reader sees' : undefined;
}

/** Whether a form is the frame of a whole page, as ASP.NET has it: there is a heading in it, or paragraphs of an article. */
const isWholePage = (node: Element) =>
  node.tagName === 'form' &&
  [...elements(node)].some(
    (element) => element.tagName === 'h1' || (element.tagName === 'p' && textOf(element).length > 200),
  );

const WITHIN_WORDS =
  /^(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|span|strike|strong|tt|u|var|wbr|nobr)$/;

/** All words of a page that are text to somebody: what a reader sees, and what is hidden from them. Programs are none. */
export function sourceWords(source: string, all = false): string {
  const tree = parse(withWordsInBrackets(source, all));
  const styles = stylesOf(tree);
  const styleIn = (node: Nodes) =>
    node.type === 'element' ? [styleOf(node), ...classesOf(node).map((name) => styles.get(name))].join(';') : '';
  const words = (node: Nodes, parent = ''): string => {
    if (node.type === 'text') return node.value;
    if (node.type === 'comment') return '';
    if (node.type === 'element' && /^(?:script|style|head|template)$/.test(node.tagName)) return ' ';
    const style = styleIn(node);
    const inside = 'children' in node ? node.children.map((child) => words(child, style)).join('') : '';
    const isApart =
      LAID_OUT.test(style) || /vertical-align:su[pb]/.test(style) || /display:(?:inline-)?(?:flex|grid)/.test(parent);
    const isWithin =
      node.type === 'element' &&
      (node.tagName === 'sup'
        ? ENDING.test(inside.trim()) && inside.trim() !== 'a'
        : WITHIN_WORDS.test(node.tagName) &&
          !isNoteLink(node) &&
          !isDeletion(node) &&
          !classesOf(node).some((name) => /^(?:deletion|comment-start)$/.test(name)));
    return isWithin && !isApart ? inside : ` ${inside} `;
  };
  return words(tree);
}

/** The part of a page that holds the article: what says that it is, else the whole body without the page's furniture. */
function articleOf(tree: Root, note: (note: Note) => void): Root {
  const all = [...elements(tree)];
  const body = all.find(({ tagName }) => tagName === 'body');
  if (!body) return tree;
  const candidates = [
    all.filter(({ properties }) => String(properties['itemProp'] ?? '') === 'articleBody'),
    all.filter(({ tagName }) => tagName === 'article'),
    all.filter(({ tagName, properties }) => tagName === 'main' || properties['role'] === 'main'),
  ];
  const whole = textOf(body).length;
  const longest = candidates.map((some) =>
    some.reduce<Element | undefined>(
      (best, element) => (textOf(element).length > (best ? textOf(best).length : 0) ? element : best),
      undefined,
    ),
  );
  const article = inSeveral(all) ?? longest.find((candidate) => candidate && textOf(candidate).length * 3 > whole);
  const furniture = (child: RootContent) =>
    child.type === 'element' && /^(?:header|footer|aside|nav)$/.test(child.tagName) && textOf(child).trim() !== '';
  const kept: Element = article ?? { ...body, children: body.children.filter((child) => !furniture(child)) };
  for (const outside of article === body ? [] : outsideOf(body, article ? article : kept.children, note))
    note({ kind: 'dropped', message: 'outside the article', text: outside });
  return { type: 'root', children: kept.children as RootContent[] };
}

/** An article without the boxes that lead to others: a label such as “Related:”, and links. */
function withoutRelated<T extends Parents>(node: T, note: (note: Note) => void): T {
  const children = (node.children as Nodes[]).flatMap((child): Nodes[] => {
    if (!isElement(child)) return [child];
    if (!isRelated(child)) return [withoutRelated(child, note)];
    note({ kind: 'dropped', message: 'links to other articles', text: textOf(child).trim() });
    return [];
  });
  return { ...node, children } as T;
}

function isRelated(node: Element): boolean {
  if (!/^(?:aside|section|div)$/.test(node.tagName)) return false;
  const words = textOf(node).trim();
  if (words.length > MOST_OF_BOX || !RELATED.test(words)) return false;
  const linked = [...elements(node)].filter(({ tagName }) => tagName === 'a').map((link) => textOf(link).length);
  const isLinks = linked.reduce((sum, length) => sum + length, 0) * 2 > words.length;
  return isLinks || (node.tagName === 'aside' && /^[^:]{1,30}:/.test(words) && !/[.!?]$/.test(words));
}

/** A box with links to other articles is no longer than this, in characters. */
const MOST_OF_BOX = 600;

const RELATED =
  /^(?:related(?: (?:stories|articles|story|article|content|links|posts?|coverage))?|read (?:more|next|also)|see also|more (?:on this story|from)|most (?:read|popular)|recommended)\b/i;

/** The element that holds the posts of a live blog: articles side by side, none of them the most of the page. */
function inSeveral(all: readonly Element[]): Element | undefined {
  const parents = all.filter((element) => element.children.filter((child) => isElement(child, /^article$/)).length > 1);
  return parents.find((parent) => {
    const posts = parent.children.filter((child) => isElement(child, /^article$/)).map((child) => textOf(child).length);
    const total = posts.reduce((sum, length) => sum + length, 0);
    const hasTitle = parent.tagName !== 'body' ? all.some(({ tagName }) => tagName === 'h1') : true;
    return hasTitle && Math.max(...posts) * 3 < total * 2;
  });
}

/** The words of a body outside some of its nodes, an element at a time; hidden ones are reported as hidden. */
function outsideOf(body: Element, kept: Element | readonly Nodes[], note: (note: Note) => void): string[] {
  const inside = new Set<Nodes>(Array.isArray(kept) ? kept : [kept as Element]);
  const out: string[] = [];
  const visit = (node: Parents) => {
    for (const child of node.children as Nodes[]) {
      if (inside.has(child)) continue;
      if (child.type === 'element' && [...elements(child)].some((element) => inside.has(element))) visit(child);
      else {
        const seen = child.type === 'element' ? withoutHidden({ type: 'root', children: [child] }, note) : child;
        const words = textOf(seen).trim();
        if (words !== '') out.push(words);
      }
    }
  };
  visit(body);
  return out;
}

/** What a page says of itself: JSON-LD, Open Graph and meta tags, in this order of trust. */
function metadata(tree: Root, entry: BlogEntry | undefined, note: (note: Note) => void): ManuscriptField[] {
  const drawn = new Set(
    [...elements(tree)].filter(({ tagName }) => tagName === 'svg').flatMap((element) => [...elements(element)]),
  );
  const all = [...elements(tree)].filter((element) => !drawn.has(element));
  const fields = new Map<string, unknown>();
  const put = (name: string, value: unknown) => {
    if (value === undefined || value === '') return;
    if (!fields.has(name)) fields.set(name, value);
    else if (lost(wordsOf(value), wordsOf(fields.get(name))).length > 0)
      note({ kind: 'dropped', message: `another ${name} in the page’s head`, text: [value].flat().join(', ') });
  };
  put('headline', entry?.title ?? titleStyled(all));
  put('dek', entry?.subtitle);
  put('byline', entry && names(entry.authors));
  put('published', entry?.published);
  const titles = all.filter(({ tagName }) => /^(?:h1|title)$/.test(tagName)).map((element) => textOf(element).trim());
  const articles = all
    .filter(({ tagName, properties }) => tagName === 'script' && /ld\+json/i.test(String(properties['type'])))
    .flatMap((script): Data[] => {
      const data = articleData(textOf(script));
      return data ? [data] : [];
    });
  // Of several, the one that is about this page; others are about pages that it leads to.
  const article =
    articles.find(({ headline }) => typeof headline === 'string' && titles.some((title) => title.includes(headline))) ??
    (articles.length === 1 ? articles[0] : undefined);
  if (article) {
    put('headline', text(article['headline']) ?? text(article['name']));
    put('dek', text(article['description']) ?? text(article['alternativeHeadline']));
    put('byline', names(article['author']));
    put('published', text(article['datePublished']));
    put('updated', text(article['dateModified']));
    put('lang', article['inLanguage'] === 'en' ? undefined : text(article['inLanguage']));
    put('tags', names(article['keywords']));
    put('creativeWorkStatus', text(article['creativeWorkStatus']));
  }
  const metas = new Map<string, string>();
  for (const { tagName, properties } of all) {
    if (tagName !== 'meta') continue;
    const name = String(properties['property'] ?? properties['name'] ?? properties['itemProp'] ?? '').toLowerCase();
    if (name !== '' && !metas.has(name)) metas.set(name, String(properties['content'] ?? '').trim());
  }
  const meta = (...keys: string[]) =>
    keys.map((key) => metas.get(key)).find((value) => value !== undefined && value !== '');
  for (const [name, value] of metas) if (/embargo/.test(name)) put(name, value);
  const shared = meta('og:title', 'twitter:title');
  put('headline', isSlug(shared ?? '') ? undefined : shared);
  put('dek', meta('og:description', 'twitter:description', 'description'));
  put('byline', meta('author', 'article:author', 'byl')?.replace(/^https?:\S+$/, ''));
  put('published', meta('article:published_time', 'datepublished', 'date', 'pubdate', 'dc.date'));
  put('updated', meta('article:modified_time', 'datemodified'));
  put('tags', meta('news_keywords', 'keywords'));
  const lines = linesAbout(all);
  put('byline', lines.byline && textOf(lines.byline).trim());
  put('published', lines.published && String(lines.published.properties['dateTime']));
  const title = all.find(({ tagName }) => tagName === 'title');
  const named = title ? textOf(title).trim() : '';
  put('headline', isSlug(named) ? undefined : named); // a file's name is no headline
  // WordPress names the state of a post in a class.
  for (const name of all.flatMap(classesOf))
    put('post_status', /^status-(draft|private|pending|future|trash)$/.exec(name)?.[1]);
  const lang = String(all.find(({ tagName }) => tagName === 'html')?.properties['lang'] ?? '');
  put('lang', lang === 'en' ? undefined : lang);
  return [...fields].map(([name, value]) => ({ name, value, line: 1 }));
}

/** Where themes of WordPress and Ghost say who wrote a post and when, by class. */
function linesAbout(all: readonly Element[]): { byline?: Element; published?: Element } {
  const has = (node: Element, pattern: RegExp) => classesOf(node).some((name) => pattern.test(name));
  const byline = all.find(
    (node) =>
      (has(node, /^(?:vcard|gh-article-author-name|author-name)$/) || has(node, /^p-author$/)) &&
      /^\p{L}[\p{L}\p{M}’'. -]{2,60}$/u.test(textOf(node).trim()),
  );
  const published = all.find(
    (node) =>
      node.tagName === 'time' &&
      has(node, /^(?:entry-date|published|dt-published|gh-article-meta-date)$/) &&
      node.properties['dateTime'] !== undefined,
  );
  return { ...(byline ? { byline } : {}), ...(published ? { published } : {}) };
}

/** A tree without the lines that say who wrote a post and when, and nothing else: the fields say it. */
function withoutLinesAbout<T extends Parents>(
  node: T,
  lines: ReturnType<typeof linesAbout>,
  note: (note: Note) => void,
): T {
  const printed = [lines.byline, lines.published].flatMap((element) => (element ? [textOf(element).trim()] : []));
  if (printed.length === 0) return node;
  const children = (node.children as Nodes[]).flatMap((child): Nodes[] => {
    if (!isElement(child)) return [child];
    const words = textOf(child).replace(/\s+/g, ' ').trim();
    const isMeta = classesOf(child).some((name) => ABOUT.test(name)) && words.length < 200;
    const left = printed.reduce((text, line) => text.replace(line.replace(/\s+/g, ' '), ' '), words);
    if (!isMeta || !/^(?:\W|by|on|posted|published|in)*$/i.test(left)) return [withoutLinesAbout(child, lines, note)];
    note({ kind: 'took', message: 'the line about the post', text: words });
    return [];
  });
  return { ...node, children } as T;
}

const ABOUT = /^(?:(?:entry|post|article)-(?:meta|info|byline|details)|byline|posted-on|gh-article-meta\S*)$/;

/** The words of the paragraph that a word processor's style calls the title. */
function titleStyled(all: readonly Element[]): string | undefined {
  const styled = all.find(
    (element) => /^(?:p|div)$/.test(element.tagName) && classesOf(element).some((name) => TITLE_STYLE.test(name)),
  );
  return styled && textOf(styled).trim();
}

function canonical(tree: Root): string | undefined {
  for (const { tagName, properties } of elements(tree)) {
    const href =
      tagName === 'link' && [properties['rel']].flat().includes('canonical')
        ? String(properties['href'] ?? '')
        : tagName === 'base'
          ? String(properties['href'] ?? '')
          : '';
    if (/^https?:\/\//i.test(href) && URL.canParse(href)) return href;
  }
  return undefined;
}

type Data = Record<string, unknown>;

function articleData(json: string): Data | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const all = [value]
    .flat()
    .flatMap((item) => [item, ...[(item as Data | null)?.['@graph'] ?? []].flat()]) as (Data | null)[];
  return (
    all.find(
      (item) =>
        item !== null &&
        typeof item === 'object' &&
        /Article|Posting|Report/.test(
          [item['@type']]
            .flat()
            .filter((name) => typeof name === 'string')
            .join(' '),
        ),
    ) ?? undefined
  );
}

const text = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined);

function names(value: unknown): string[] | string | undefined {
  const all = [value]
    .flat()
    .flatMap((author) => text(author) ?? text((author as Data | null | undefined)?.['name']) ?? [])
    .filter((name) => !/^https?:/i.test(name));
  return all.length > 1 ? all : all[0];
}
