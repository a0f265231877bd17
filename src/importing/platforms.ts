import type { Element, ElementContent, Nodes, Parents } from 'hast';
import { classesOf, elements, isElement, textOf } from './hast.js';
import type { Note } from './manuscript.js';

/** What services put into their pages and exports beside the article, by the names of their classes. */
const FURNITURE: readonly { name: string; classes: RegExp }[] = [
  {
    name: 'an invitation to subscribe',
    classes:
      /^(?:subscription-widget(?:-wrap|-wrap-editor)?|subscribe-(?:widget|prompt|form|button)|paywall(?:-\w+)?|kg-signup-card|newsletter-signup|jetpack_subscription_widget|wp-block-jetpack-subscriptions\S*|mc_embed_signup|poll-embed)$/,
  },
  {
    name: 'buttons',
    classes: /^(?:button-wrapper|captioned-button-wrap|wp-block-buttons?|kg-button-card|kg-cta-card|cta-caption)$/,
  },
  {
    name: 'buttons for sharing',
    classes:
      /^(?:sharedaddy|sd-sharing(?:-enabled)?|sd-block|sd-like|jp-sharing\S*|addtoany\S*|a2a_kit|share-(?:buttons?|bar|links|dialog)|social-(?:share|sharing|links|icons)|post-ufi\S*|wp-block-social-links|essb_links|heateor_\S+|shareaholic-\S+)$/,
  },
  {
    name: 'links to other articles',
    classes: /^(?:jp-relatedposts|related-posts?|yarpp\S*|post-navigation|nav-links|crp_related|digest-post-embed)$/,
  },
  { name: 'where a post is filed', classes: /^(?:entry-footer|cat-links|tags-links|post-categories|post-tags)$/ },
  { name: 'comments of readers', classes: /^(?:comments-area|comment-list|comments-page|disqus\S*)$/ },
];

/** A page without what its service put there; each piece is named. */
export function withoutFurniture<T extends Parents>(tree: T, note: (note: Note) => void): T {
  const children = (tree.children as Nodes[]).flatMap((child): Nodes[] => {
    if (!isElement(child)) return [child];
    const name = furnitureName(child);
    if (name === undefined) return [withoutFurniture(child, note)];
    const text = textOf(child).trim();
    if (text !== '') note({ kind: 'dropped', message: name, text });
    return [];
  });
  return { ...tree, children } as T;
}

function furnitureName(node: Element): string | undefined {
  const classes = [...classesOf(node), String(node.properties['id'] ?? '')];
  const furniture = FURNITURE.find(({ classes: pattern }) => classes.some((name) => pattern.test(name)));
  if (furniture) return furniture.name;
  // A paragraph that is one link to subscribe, as Substack's mails have it.
  const [only, more] = node.children.filter((child) => !(child.type === 'text' && child.value.trim() === ''));
  const isButton = node.tagName === 'p' && !more && isElement(only) && only.tagName === 'a';
  const leads = isButton ? String(only.properties['href'] ?? '') : '';
  return isButton && /(?:substack\.com|\/)(?:subscribe|account)\?|action=share|%%(?:checkout|share)_url%%/.test(leads)
    ? 'an invitation to subscribe'
    : undefined;
}

/** What Medium's export says of an article in its own classes (microformats.org/wiki/h-entry). */
export interface BlogEntry {
  title?: string;
  subtitle?: string;
  authors: string[];
  published?: string;
}

export function entryOf(tree: Parents): BlogEntry | undefined {
  const all = [...elements(tree as Nodes)];
  const first = (name: string) => all.find((node) => classesOf(node).includes(name));
  if (!first('h-entry') && !first('p-author')) return undefined;
  const words = (node: Element | undefined) => (node ? textOf(node).trim() : '') || undefined;
  const time = first('dt-published');
  const authors = [
    ...new Set(all.filter((node) => classesOf(node).includes('p-author')).map((node) => textOf(node).trim())),
  ];
  const title = words(first('p-name'));
  const subtitle = words(first('p-summary'));
  const published = time ? String(time.properties['dateTime'] ?? textOf(time)).trim() : undefined;
  return {
    authors: authors.filter((name) => name !== ''),
    ...(title ? { title } : {}),
    ...(subtitle ? { subtitle } : {}),
    ...(published ? { published } : {}),
  };
}

/** WordPress's own codes in a text, without those of pictures, whose words stay. */
export function withoutShortcodes(text: string, note: (note: Note) => void): string {
  return text
    .replace(/\[caption\b[^\]\n]{0,500}\]([\s\S]{0,5000}?)\[\/caption\]/g, (whole, inner: string) => {
      note({
        kind: 'changed',
        message: 'a caption of WordPress',
        text: `${whole.slice(0, whole.indexOf(']') + 1)} [/caption]`,
      });
      return inner;
    })
    .replace(
      /\[(?:gallery|playlist|embed|audio|video)\b[^\]\n]{0,1000}\](?:([^[\]\n]{1,2000})\[\/\w+\])?/g,
      (whole, inner = '') => {
        note({ kind: 'dropped', message: 'a code of WordPress', text: whole });
        return inner;
      },
    );
}

/** The nodes of an article in Medium's export without the title and subtitle that its body says again. */
export function withoutRepeats(
  nodes: readonly ElementContent[],
  entry: Pick<BlogEntry, 'title' | 'subtitle'>,
  note: (note: Note) => void,
): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (!isElement(node)) return [node];
    const words = textOf(node).trim();
    if (node.tagName === 'footer' && /\bExported from Medium\b/.test(words)) {
      note({ kind: 'dropped', message: 'where the post comes from', text: words });
      return [];
    }
    const isTitle = classesOf(node).some((name) => /^graf--(?:title|h3)$/.test(name)) && words === entry.title;
    const isSubtitle = classesOf(node).some((name) => /^graf--(?:subtitle|h4)$/.test(name)) && words === entry.subtitle;
    return isTitle || isSubtitle ? [] : [{ ...node, children: withoutRepeats(node.children, entry, note) }];
  });
}
