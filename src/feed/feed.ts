import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith';
import type { TemplatedFormat } from '../formats/format.js';
import { html, htmlProse, numbersAlone } from '../formats/html.js';
import { momentOf } from '../formats/mail.js';
import type { House } from '../house.js';
import { parseDate } from '../languages/dates.js';
import type { Prose } from '../prose/parse.js';
import { holdToPrinted } from '../render/printed.js';
import type { Templates } from '../render/templates.js';
import { createView } from '../render/view.js';
import type { Story } from '../story/story.js';
import { feedFiles } from './files.js';

/** What a feed says of itself. */
export interface Channel {
  title: string;
  description: string;
  /** Absent where the stories have several. */
  lang: string | undefined;
  /** The address of the folder where the briefs are. */
  base: string;
  author: string;
  /** What parts this feed from others of the site: its file is `<name>.rss` and so on. */
  name: string;
}

/** What a feed says of a story itself. */
export interface Entry
  extends Pick<Story, 'slug' | 'lang' | 'headline' | 'dek' | 'published' | 'updated' | 'byline' | 'tags'> {}

/** What a feed says of a story, copied: a piece of a story's text would keep all of the text in memory. */
export const entryOf = ({ slug, lang, headline, dek, published, updated, byline, tags }: Story): Entry =>
  JSON.parse(JSON.stringify({ slug, lang, headline, dek, published, updated, byline, tags })) as Entry;

/** A story of a feed, with its page's words as HTML. */
export interface Item {
  story: Entry;
  html: string;
  /** When it came out, where the story has no date. */
  date?: string | undefined;
  /** Where readers find it, if not under the base. */
  url?: string | undefined;
}

/** HTML in which nothing links within the page: readers show many items on one. */
const inFeed: TemplatedFormat = { ...html, prose: htmlProse(numbersAlone), cite: numbersAlone };

/** A story with its words, for a feed. What the feed says of each item itself is not said again. Throws TemplateError. */
export function itemOf(story: Story, prose: (text: string) => Prose, templates: Templates, house: House): Item {
  const words: Story = {
    ...story,
    headline: undefined,
    byline: [],
    published: undefined,
    updated: undefined,
    tags: [],
  };
  const view = createView(words, inFeed, prose, { has: (part) => templates.has('html', part), house, mark: undefined });
  const sources = view.sources.map((source) => ({ ...source, id: `${story.slug}-${source.id}`, mentions: [] }));
  const text = inFeed.finish(templates.render(inFeed, 'fragment', { ...view, sources }), 'fragment', { width: 0 });
  holdToPrinted(text, 'fragment', inFeed, undefined, [view]);
  return { story: entryOf(story), html: text };
}

/** The items by date, those of one date by slug; undated ones last. */
export function newestFirst<Some extends Dated>(items: readonly Some[]): Some[] {
  const at = ({ story, date }: Some) => Number(momentOf(story.published ?? date));
  return items.toSorted((a, b) => at(b) - at(a) || (a.story.slug < b.story.slug ? -1 : 1));
}

/** The language of all stories, without the country where they differ by that alone; undefined where they have several. */
export function commonLang(items: readonly Pick<Item, 'story'>[]): string | undefined {
  const only = (langs: readonly string[]) => (new Set(langs).size === 1 ? langs[0] : undefined);
  const all = items.map(({ story }) => story.lang);
  return only(all) ?? only(all.map((lang) => lang.split('-')[0] as string));
}

/** No place on earth is further ahead of UTC, in milliseconds. */
const FURTHEST_AHEAD = 14 * 3_600_000;

/** What is wrong with a story's dates for a feed; undefined if nothing is. */
export function dateTrouble({ published, updated }: Story, now: Date): 'to come' | 'no date' | 'no zone' | undefined {
  if (published === undefined) return 'no date';
  const [at, changed] = [parseDate(published), updated === undefined ? undefined : parseDate(updated)];
  const isToCome = (date: string, zone: unknown) =>
    momentOf(date).getTime() - (zone === undefined ? FURTHEST_AHEAD : 0) > now.getTime();
  if (isToCome(published, at?.zone) || (updated !== undefined && isToCome(updated, changed?.zone))) return 'to come';
  return [at, changed].some((parts) => parts?.time !== undefined && parts.zone === undefined) ? 'no zone' : undefined;
}

/**
 * A text where readers expect HTML and some do not: what HTML would take for a tag or a character reference is escaped, and
 * nothing else.
 */
const forHtml = (text: string): string => text.replace(/&(?=#?\w)/g, '&amp;').replaceAll('<', '&lt;');

/** A feed in pieces, of which no more than one need be held: the head, the items with what stands between them, and the tail. */
export interface FeedPieces {
  head: string;
  item: (item: Item) => string;
  between: string;
  tail: string;
}

/**
 * A feed of stories in their order: RSS 2.0, Atom (RFC 4287) or JSON Feed 1.1; `entries` are all of them. A story's id is made of
 * the site and its slug (a tag URI, RFC 4151), so that it stays whatever else changes.
 */
export function feedPieces(kind: string, channel: Channel, entries: readonly Dated[]): FeedPieces {
  const latest = entries.map(updatedOf).reduce((most, date) => (date > most ? date : most), new Date(0));
  // The library makes whole feeds, and names at their head what stands in their items. So each item is taken out of a feed of
  // two, behind one that has all that any item has: what stands before it is always the same.
  const byline = entries.some(({ story }) => story.byline.length > 0) ? [{ name: 'a' }] : [];
  const first = { story: { slug: 'a', lang: 'en', byline, tags: [] }, html: 'a' };
  const alone = feedOf(kind, channel, latest, [first]);
  const [begin, end] = placeOfItems(kind, alone);
  const tail = alone.slice(end);
  const between = kind === 'json-feed' ? ',\n' : '';
  const item = (item: Item) => feedOf(kind, channel, latest, [first, item]).slice(end + between.length, -tail.length);
  return { head: alone.slice(0, begin), item, between, tail };
}

/** Where the items of a feed stand, as long as nothing in them looks like the marks around them. */
function placeOfItems(kind: string, feed: string): [begin: number, end: number] {
  if (kind === 'json-feed') {
    const mark = '"items": [\n';
    return [feed.lastIndexOf(mark) + mark.length, feed.lastIndexOf('\n  ]')];
  }
  const element = kind === 'atom' ? 'entry' : 'item';
  const close = `</${element}>\n`;
  return [feed.lastIndexOf('\n', feed.lastIndexOf(`<${element}>`)) + 1, feed.lastIndexOf(close) + close.length];
}

/** A whole feed; what its pieces are, `feedPieces` says. */
export function writeFeed(kind: string, channel: Channel, items: readonly Item[]): string {
  const { head, item, between, tail } = feedPieces(kind, channel, items);
  return `${head}${items.map(item).join(between)}${tail}`;
}

type Dated = Pick<Item, 'story' | 'date'>;

const updatedOf = ({ story, date }: Dated): Date => momentOf(story.updated ?? story.published ?? date);

function feedOf(kind: string, channel: Channel, latest: Date, items: readonly Item[]): string {
  const base = channel.base.endsWith('/') ? channel.base : `${channel.base}/`;
  const { host } = new URL(base);
  const entries = items.map(({ story, html, url, date }) => ({
    id: `tag:${host},2024:${story.slug}`,
    url: url ?? new URL(`${story.slug}.html`, base).href,
    title: story.headline ?? story.slug,
    summary: story.dek,
    html,
    published: (story.published ?? date) === undefined ? undefined : momentOf(story.published ?? date),
    updated: updatedOf({ story, date }),
    authors: story.byline.map(({ name }) => name),
    tags: story.tags,
  }));
  const self = new URL(`${channel.name}${(feedFiles[kind] ?? '').replace(/^feed/, '')}`, base).href;
  if (kind === 'json-feed') {
    const feed = generateJsonFeed({
      title: channel.title,
      description: channel.description,
      home_page_url: base,
      feed_url: self,
      ...(channel.lang === undefined ? {} : { language: channel.lang }),
      authors: [{ name: channel.author }],
      items: entries.map(({ id, url, title, summary, html, published, updated, authors, tags }) => ({
        id,
        url,
        title,
        ...(summary === undefined ? {} : { summary }),
        content_html: html,
        ...(published ? { date_published: published, date_modified: updated } : {}),
        ...(authors.length > 0 ? { authors: authors.map((name) => ({ name })) } : {}),
        ...(tags.length > 0 ? { tags } : {}),
      })),
    });
    return `${JSON.stringify(feed, null, 2)}\n`;
  }
  if (kind === 'atom')
    return tidy(
      generateAtomFeed({
        id: `tag:${host},2024:feed:${channel.name}`,
        title: { value: channel.title },
        subtitle: { value: channel.description },
        updated: latest,
        authors: [{ name: channel.author }],
        links: [{ href: base }, { href: self, rel: 'self', type: 'application/atom+xml' }],
        entries: entries.map(({ id, url, title, summary, html, published, updated, authors }) => ({
          id,
          title: { value: title },
          updated,
          ...(published ? { published } : {}),
          links: [{ href: url, rel: 'alternate', type: 'text/html' }],
          ...(authors.length > 0 ? { authors: authors.map((name) => ({ name })) } : {}),
          ...(summary === undefined ? {} : { summary: { value: summary } }),
          content: { value: html, type: 'html' },
        })),
      }),
    );
  return tidy(
    generateRssFeed({
      title: forHtml(channel.title),
      link: base,
      description: forHtml(channel.description),
      ...(channel.lang === undefined ? {} : { language: channel.lang }),
      lastBuildDate: latest,
      atom: { links: [{ href: self, rel: 'self', type: 'application/rss+xml' }] },
      items: entries.map(({ id, url, title, summary, html, published, authors, tags }) => ({
        title: forHtml(title),
        link: url,
        guid: { value: id, isPermaLink: false },
        ...(summary === undefined ? {} : { description: forHtml(summary) }),
        ...(published ? { pubDate: published } : {}),
        ...(authors.length > 0 ? { dc: { creators: authors } } : {}),
        ...(tags.length > 0 ? { categories: tags.map((name) => ({ name })) } : {}),
        content: { encoded: html },
      })),
    }),
  );
}

/** The library puts white space around texts that need it least: around an address, it would be part of it. */
const tidy = (xml: string) =>
  `${xml
    .replace(/>\s*(?=<!\[CDATA\[)/g, '>')
    .replace(/\]\]>\s*(?=<\/)/g, ']]>')
    .trimEnd()}\n`;
