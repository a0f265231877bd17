import type { Element, ElementContent, Nodes, Parents, Properties } from 'hast';

/** All elements of a tree, in order, parents before their children. */
export function* elements(node: Nodes): Generator<Element> {
  const open: Nodes[] = [node];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.type === 'element') yield next;
    if ('children' in next) for (let i = next.children.length - 1; i >= 0; i--) open.push(next.children[i] as Nodes);
  }
}

export const isElement = (node: Nodes | undefined, name?: RegExp): node is Element =>
  node?.type === 'element' && (name === undefined || name.test(node.tagName));

/** An element that the page did not have. */
export const element = (tagName: string, children: ElementContent[], properties: Properties = {}): Element => ({
  type: 'element',
  tagName,
  properties,
  children,
});

export const textNode = (value: string): ElementContent => ({ type: 'text', value });

/** The words of a tree on one line; what separates words for a reader separates them here. */
export const textOf = (node: Nodes): string => (node.type === 'text' ? node.value : wordsOf(node).replace(/\s+/g, ' '));

function wordsOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(wordsOf).join(isElement(node, INLINE_WORDS) ? '' : ' ') : '';
}

const INLINE_WORDS = /^(?:a|b|i|em|strong|span|u|s|font|small|big|sub|sup|mark|code|abbr|q|cite|ins|del)$/;

/** The names of an element's classes. */
export const classesOf = ({ properties }: Element): string[] =>
  [properties['className'] ?? []].flat().map((name) => String(name));

/** An element's own style, in small letters and without spaces. */
export const styleOf = ({ properties }: Element): string =>
  String(properties['style'] ?? '')
    .replace(/\s+/g, '')
    .toLowerCase();

/** What `map` makes of each element, from the innermost out; several nodes, or none, may stand in its place. */
export function mapElements<T extends Parents>(node: T, map: (element: Element) => ElementContent[]): T {
  const children = (node.children as Nodes[]).flatMap((child): Nodes[] =>
    child.type === 'element' ? map(mapElements(child, map)) : [child],
  );
  return { ...node, children } as T;
}
