import type { Element, ElementContent, Nodes, Parents } from 'hast';
import { element, elements, isElement, textNode, textOf } from './hast.js';
import { type Image, PICTURE } from './manuscript.js';
import { absolute } from './mdast.js';

/** Where lazy pages put the address of a picture, the likeliest first. */
const LAZY = [
  'dataSrc',
  'dataOriginal',
  'dataLazySrc',
  'dataLazy',
  'dataUrl',
  'dataImage',
  'dataHiResSrc',
  'dataDelayedUrl',
  'dataOrigFile',
  'dataSrcset',
  'dataLazySrcset',
  'srcSet',
];

/** A tree whose pictures have the addresses that readers see, however late a page loads them. */
export function withPictures<T extends Parents>(tree: T): T {
  const children: Nodes[] = [];
  for (const child of tree.children as Nodes[]) {
    if (!isElement(child)) children.push(child);
    else if (isSign(child)) children.push(textNode(String(child.properties['alt'] ?? '')));
    else if (child.tagName === 'noscript') {
      const [image] = [...elements(child)].filter(({ tagName }) => tagName === 'img');
      const last = children.findLast((node) => !(node.type === 'text' && node.value.trim() === ''));
      if (!image) children.push(child);
      // The same picture for browsers without scripts: it is shown where the one before it has no address of its own.
      else if (
        !isElement(last) ||
        ![...elements(last)].some((element) => element.tagName === 'img' && addressOf(element) !== '')
      )
        children.push({ ...image, properties: { ...image.properties, src: addressOf(image) } });
    } else if (child.tagName === 'picture') {
      const image = [...elements(child)].find(({ tagName }) => tagName === 'img');
      const source = [...elements(child)].find(({ tagName }) => tagName === 'source');
      const src = (image && addressOf(image)) || (source && addressOf(source)) || '';
      if (image) children.push({ ...image, properties: { ...image.properties, src } });
    } else if (child.tagName === 'img' || child.tagName === 'amp-img')
      children.push({
        ...child,
        tagName: 'img',
        children: [],
        properties: { ...child.properties, src: addressOf(child) },
      });
    else children.push(withPictures(child));
  }
  return { ...tree, children: withoutDoubles(children) } as T;
}

/** A picture that stands for a character, or for nothing: an emoji, an icon of its line, what counts readers. */
function isSign(node: Element): boolean {
  if (node.tagName !== 'img') return false;
  const { alt, width, height, src } = node.properties;
  if (/^\p{Extended_Pictographic}[\p{Extended_Pictographic}\u200D\uFE0F\p{EMod}]*$/u.test(String(alt ?? '').trim()))
    return true;
  if (
    [node.properties['className'] ?? []]
      .flat()
      .some((name) => /^(?:emoji|wp-smiley|kg-bookmark-icon)$/.test(String(name)))
  )
    return true;
  const isSmall = [width, height].some((size) => size !== undefined && Number(size) <= 32);
  return (
    String(alt ?? '').trim() === '' &&
    (isSmall || /\/(?:open|pixel|track\w*)\.(?:gif|png)(?:$|\?)/i.test(String(src ?? '')))
  );
}

/** Without a lazy picture's stand-in that has no address, where the picture itself stands beside it. */
function withoutDoubles(children: Nodes[]): Nodes[] {
  const images = children.filter((child): child is Element => isElement(child, /^img$/));
  const hasReal = images.some((image) => addressOf(image) !== '');
  return hasReal ? children.filter((child) => !(isElement(child, /^img$/) && addressOf(child) === '')) : children;
}

function addressOf({ properties }: Element): string {
  const src = String(properties['src'] ?? '').trim();
  const isStandIn =
    src === '' ||
    /^data:/i.test(src) ||
    /(?:blank|spacer|placeholder|pixel|transparent|1x1|lazy)[\w-]{0,80}\.(?:gif|png|svg)/i.test(src);
  if (!isStandIn) return src;
  for (const name of LAZY) {
    const value = [properties[name] ?? ''].flat().join(', ').trim();
    const address = /srcset$/i.test(name) ? largest(value) : value;
    if (address !== '' && !/^data:/i.test(address)) return address;
  }
  return /^data:/i.test(src) ? '' : src;
}

/** The address of the largest picture of a set: `a.jpg 300w, b.jpg 1200w`. */
function largest(set: string): string {
  const all = set.split(/,\s+/).map((candidate) => {
    const [url = '', size = '1x'] = candidate.trim().split(/\s+/);
    return { url, size: Number.parseFloat(size) || 1 };
  });
  return all.reduce((best, candidate) => (candidate.size > best.size ? candidate : best), { url: '', size: 0 }).url;
}

/**
 * Pictures that stand alone in an article, with their captions, and a tree with a mark in place of each; those within a
 * sentence, a list or a quotation stay.
 */
export function takePictures<T extends Parents>(tree: T, base: string | undefined): { tree: T; images: Image[] } {
  const images: Image[] = [];
  const take = (node: Parents): Parents => {
    const children = (node.children as Nodes[]).map((child): Nodes => {
      if (!isElement(child) || /^(?:ul|ol|dl|table|blockquote|pre|a|h[1-6])$/.test(child.tagName)) return child;
      const isInLine =
        child.tagName === 'img' &&
        isElement(node as Nodes, /^(?:p|span|em|strong|b|i)$/) &&
        textOf(node as Nodes).trim() !== '';
      if (isInLine) return child;
      const image = imageOf(child, base);
      if (!image) return take(child) as Element;
      images.push(image);
      return element('p', [textNode(`${PICTURE}${images.length - 1}${PICTURE}`)]);
    });
    return { ...node, children: children as ElementContent[] } as Parents;
  };
  return { tree: take(tree) as T, images };
}

/** A figure, or a block that is a picture alone, as a story has it; undefined where that would lose a word or a link. */
function imageOf(node: Element, base: string | undefined): Image | undefined {
  if (!/^(?:figure|img|p|div)$/.test(node.tagName)) return undefined;
  const all = [...elements(node)];
  const [image, more] = all.filter(({ tagName }) => tagName === 'img');
  if (
    !image ||
    more ||
    all.some(({ tagName }) => /^(?:blockquote|table|ul|ol|h[1-6]|pre|video|audio|iframe)$/.test(tagName))
  )
    return undefined;
  const caption = all.find(({ tagName, properties }) => tagName === 'figcaption' || isCaption(properties));
  const words = textOf(node).replace(/\s+/g, ' ').trim();
  const captionText = caption ? textOf(caption).replace(/\s+/g, ' ').trim() : '';
  if (words !== captionText) return undefined;
  const isLinked = caption !== undefined && [...elements(caption)].some(({ tagName }) => tagName === 'a');
  const src = absolute(String(image.properties['src'] ?? ''), base);
  if (src === undefined || !/^https?:/i.test(src) || isLinked) return undefined;
  const alt = String(image.properties['alt'] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  const around = all.find(({ tagName }) => tagName === 'a');
  const link = around ? absolute(String(around.properties['href'] ?? ''), base) : undefined;
  const leads =
    link !== undefined &&
    /^https?:/i.test(link) &&
    link !== src &&
    !/\.(?:jpe?g|png|gif|webp|avif)(?:$|\?)/i.test(link);
  return { src, ...(alt ? { alt } : {}), ...(captionText ? { caption: captionText } : {}), ...(leads ? { link } : {}) };
}

const isCaption = (properties: Element['properties']) =>
  [properties['className'] ?? []]
    .flat()
    .some((name) => /^(?:wp-caption-text|caption|image-caption|img-caption|figcaption)$/.test(String(name)));
