import type { Element, ElementContent, Nodes, Parents, RootContent } from 'hast';
import { element, elements, isElement, mapElements, styleOf, textNode, textOf } from './hast.js';

/** How many columns or rows of a table a cell may stand for. */
const MAX_SPAN = 50;

const BLOCK =
  /^(?:p|div|h[1-6]|ul|ol|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th|caption|blockquote|pre|section|article|figure|figcaption|hr|li|main|header|footer|aside|address|fieldset|legend|details|summary|center)$/;
const INLINE = /^(?:a|b|strong|i|em|u|s|span|font|small|sub|sup|big|mark|ins|abbr|cite|label)$/;
/** Blocks in a cell for which a table is a page's layout. */
const LAYOUT = /^(?:h[1-6]|ul|ol|table|blockquote|pre)$/;

/** What stands between the lines of a cell, which Markdown has no breaks in. */
export const CELL_LINE = ' / ';

/**
 * A tree as Markdown can write it: blocks come out of bold text and links, which go on inside them; lists that were nested the
 * old way, entries and rows outside their lists and tables are in them; tables that lay out a page become its blocks. Nothing
 * that stands apart for a reader is put together.
 */
export function tidied<T extends Parents>(tree: T): T {
  return withRuns(mapElements(withParents(tree), tidyElement));
}

function tidyElement(node: Element): ElementContent[] {
  const article =
    LOOSE_BLOCK.test(node.tagName) || isShownAsBlock(node) ? { ...node, tagName: 'div', properties: {} } : node;
  if (article.tagName === 'p' || /^h[1-6]$/.test(article.tagName)) {
    if (!article.children.some((child) => hasBlock(child))) return [article];
    return article.tagName === 'p' ? inside(article, article.children) : [headingOf(article)];
  }
  if (INLINE.test(article.tagName) && article.children.some((child) => hasBlock(child)))
    return inside(article, article.children);
  if (article.tagName === 'ul' || article.tagName === 'ol' || article.tagName === 'menu') return [listed(article)];
  // What lies side by side in a line is apart for a reader.
  if (/display:inline-(?:block|flex|grid|table)/.test(styleOf(article))) return [textNode(' '), article, textNode(' ')];
  if (/display:(?:inline-)?(?:flex|grid)/.test(styleOf(node)))
    return [{ ...article, children: article.children.flatMap((child) => [child, textNode(' ')]) }];
  if (article.tagName === 'a' && /^https?:/i.test(String(article.properties['href'] ?? '')) && isWordless(article))
    return [{ ...article, children: [textNode(String(article.properties['href']))] }];
  // The way back from a note leads into the old page.
  if (
    article.tagName === 'a' &&
    /^[\s↩↑⤴^\uFE0E\uFE0F]+$/.test(textOf(article)) &&
    /#/.test(String(article.properties['href'] ?? ''))
  )
    return [];
  if (article.tagName === 'q') return [textNode('“'), ...article.children, textNode('”')];
  if (article.tagName === 'rt') return [textNode(`(${textOf(article).trim()})`)];
  if (article.tagName === 'rp') return [];
  if (article.tagName === 'figure') return [figureOf(article)];
  if (article.tagName === 'table') return [tableOf(article)];
  return /^t[dh]$/.test(article.tagName) ? [cellOf(article)] : [article];
}

/** Blocks that Markdown's makers take for text in a line. */
const LOOSE_BLOCK =
  /^(?:address|fieldset|footer|legend|hgroup|search|details|summary|main|dialog|center|caption|option|optgroup)$/;

/** Whether a part of a line is shown as a block of its own. */
const isShownAsBlock = (node: Element) =>
  INLINE.test(node.tagName) &&
  node.tagName !== 'a' &&
  /display:(?:block|flex|grid|table|list-item)/.test(styleOf(node));

const hasBlock = (node: Nodes): boolean =>
  isElement(node) && (BLOCK.test(node.tagName) || node.children.some((child) => hasBlock(child)));

/** Whether a link has neither words nor a picture. */
const isWordless = (node: Element) =>
  textOf(node).trim() === '' && ![...elements(node)].some(({ tagName }) => /^(?:img|picture|svg)$/.test(tagName));

const isBlank = (node: Nodes) => node.type === 'text' && node.value.trim() === '';

/** A wrapper around the runs of text among its children, with the blocks beside them. */
function inside(wrapper: Element, children: readonly ElementContent[]): ElementContent[] {
  if (/^(?:span|font|small|big|label|abbr|cite)$/.test(wrapper.tagName)) return [...children];
  const out: ElementContent[] = [];
  let run: ElementContent[] = [];
  const flush = () => {
    if (run.every(isBlank)) out.push(...run);
    else out.push({ ...wrapper, children: run });
    run = [];
  };
  for (const child of children) {
    if (!isElement(child) || !hasBlock(child)) {
      run.push(child);
      continue;
    }
    flush();
    // A paragraph ends where a block starts; a link or bold text goes on in it.
    const goesOn = wrapper.tagName !== 'p' && child.tagName !== 'pre';
    out.push(goesOn ? { ...child, children: inside(wrapper, child.children) } : child);
  }
  flush();
  return out;
}

/** A heading whose blocks are parts of its line. */
const headingOf = (node: Element): Element => ({
  ...node,
  children: node.children.flatMap((child): ElementContent[] =>
    isElement(child) && hasBlock(child) ? [textNode(' '), ...headingOf(child).children, textNode(' ')] : [child],
  ),
});

const LETTERS: Readonly<Record<string, string>> = { a: 'a', A: 'A', i: 'a', I: 'A' };

/** A list whose entries hold the lists below them, with the numbers that a page shows. */
function listed(list: Element): Element {
  const items: Element[] = [];
  for (const child of list.children) {
    if (isElement(child, /^li$/)) items.push(child);
    else if (isElement(child, /^(?:ul|ol|menu)$/) && items.length > 0) {
      const last = items.at(-1) as Element;
      items[items.length - 1] = { ...last, children: [...last.children, child] };
    } else if (!isBlank(child)) items.push(element('li', [child]));
  }
  if (list.tagName !== 'ol') return { ...list, tagName: 'ul', children: items };
  const { start, reversed, type } = list.properties;
  const step = reversed === undefined || reversed === false ? 1 : -1;
  let next = isNumber(start) ? Number(start) : step < 0 ? items.length : 1;
  const letter = LETTERS[String(type ?? '')];
  const numbered = items.map((item): Element => {
    const { value } = item.properties;
    const number = isNumber(value) ? Number(value) : Math.max(0, next);
    next = number + step;
    if (letter === undefined) return { ...item, properties: { ...item.properties, value: String(number) } };
    const sign = /^[iI]$/.test(String(type)) ? roman(number) : letters(number);
    return { ...item, children: [textNode(`${letter === 'A' ? sign.toUpperCase() : sign}. `), ...item.children] };
  });
  return { ...list, tagName: letter === undefined ? 'ol' : 'ul', children: numbered };
}

/** Whether a value is a number that an entry of Markdown can have. */
const isNumber = (value: unknown) => /^\d{1,9}$/.test(String(value ?? ''));

/** A number as letters: a, b … z, aa. */
function letters(number: number): string {
  const rest = Math.max(1, number) - 1;
  return (rest < 26 ? '' : letters(Math.floor(rest / 26))) + String.fromCharCode(97 + (rest % 26));
}

function roman(number: number): string {
  const signs: [string, number][] = [
    ['x', 10],
    ['ix', 9],
    ['v', 5],
    ['iv', 4],
    ['i', 1],
  ];
  let left = Math.min(Math.max(1, number), 399);
  let out = '';
  for (const [sign, value] of signs)
    while (left >= value) {
      out += sign;
      left -= value;
    }
  return out;
}

/** Entries, rows and cells outside their list or table, as a cut page has them, in one of their own. */
function withParents<T extends Parents>(tree: T): T {
  const wrap = (parent: string | undefined, children: readonly Nodes[]): Nodes[] => {
    const out: Nodes[] = [];
    for (const child of children) {
      const name = isElement(child) ? child.tagName : '';
      const outer = /^li$/.test(name)
        ? /^(?:ul|ol|menu)$/.test(parent ?? '')
          ? undefined
          : 'ul'
        : /^(?:tr|tbody|thead|tfoot)$/.test(name)
          ? /^(?:table|tbody|thead|tfoot)$/.test(parent ?? '')
            ? undefined
            : 'table'
          : /^t[dh]$/.test(name) && parent !== 'tr'
            ? 'tr'
            : undefined;
      const inner = isElement(child)
        ? ({ ...child, children: wrap(name, child.children) as ElementContent[] } as Element)
        : child;
      const last = out.findLast((node) => !isBlank(node));
      const isOwn = last !== undefined && made.has(last as Element) && isElement(last) && last.tagName === outer;
      if (outer === undefined || !isElement(inner)) out.push(inner);
      else if (isOwn) (last as Element).children.push(inner);
      else {
        const box = element(outer, [inner]);
        made.add(box);
        out.push(box);
      }
    }
    return out;
  };
  const made = new Set<Element>();
  const once = wrap(tree.type === 'element' ? tree.tagName : undefined, tree.children as Nodes[]);
  // Rows that were made of stray cells need a table in their turn.
  return { ...tree, children: wrap(tree.type === 'element' ? tree.tagName : undefined, once) } as T;
}

/** A picture's words beside it, not in its line; those of a quotation are who said it. */
function figureOf(figure: Element): Element {
  const quoted = figure.children.some((child) => isElement(child, /^blockquote$/));
  const children = figure.children.map((child): ElementContent => {
    if (!isElement(child, /^figcaption$/)) return child;
    const dash = quoted && !/^[\s]*[—–-]/.test(textOf(child)) ? [textNode('— ')] : [];
    const blocks = child.children.some((element) => hasBlock(element));
    return {
      ...child,
      tagName: blocks ? 'div' : 'p',
      children: blocks ? child.children : [...dash, ...child.children],
    };
  });
  return { ...figure, tagName: 'div', children };
}

function tableOf(table: Element): Element {
  const isCaption = (child: Nodes) => isElement(child, /^div$/);
  const captions = table.children.filter(isCaption);
  const bare: Element = { ...table, children: table.children.filter((child) => !isCaption(child)) };
  const below = [...elements({ type: 'root', children: table.children as RootContent[] })];
  const isLayout = below.some(({ tagName }) => LAYOUT.test(tagName));
  const made = !isLayout ? bare : isData(below) ? mapElements(bare, (element) => [oneLine(element)]) : laidOut(bare);
  return captions.length === 0 ? made : element('div', [...captions, made]);
}

/** Whether a table has rows of several cells each, of which some hold lists: data, not the layout of a page. */
function isData(below: readonly Element[]): boolean {
  const rows = below
    .filter(({ tagName }) => tagName === 'tr')
    .map((row) => row.children.filter((child) => isElement(child, /^t[dh]$/)));
  const isBlock = ({ tagName }: Element) => LAYOUT.test(tagName) && !/^[uo]l$/.test(tagName);
  return rows.length > 1 && rows.every((cells) => cells.length > 1) && !below.some(isBlock);
}

/** A cell with its lists in a line. */
const oneLine = (cell: Element): Element =>
  /^t[dh]$/.test(cell.tagName) ? { ...cell, children: inOneLine(cell.children) } : cell;

/** A table that lays out a page, as plain blocks. */
function laidOut(node: Element): Element {
  const isPart = /^(?:table|thead|tbody|tfoot|tr|td|th|caption)$/.test(node.tagName);
  return {
    ...node,
    tagName: isPart ? 'div' : node.tagName,
    properties: isPart ? {} : node.properties,
    children: node.children.map((child) => (isElement(child) ? laidOut(child) : child)),
  };
}

/** A cell whose lines and paragraphs stand one behind the other, parted by a mark. */
function cellOf(cell: Element): Element {
  const below = [...elements({ type: 'root', children: cell.children as RootContent[] })];
  const { colSpan, rowSpan, ...properties } = cell.properties;
  const bounded = Number(colSpan) > MAX_SPAN || Number(rowSpan) > MAX_SPAN ? { ...cell, properties } : cell;
  return below.some(({ tagName }) => LAYOUT.test(tagName))
    ? bounded
    : { ...bounded, children: inOneLine(cell.children) };
}

/** Nodes without breaks and blocks, with a mark where one stood between words. */
function inOneLine(nodes: readonly ElementContent[]): ElementContent[] {
  const flat = nodes.flatMap((node): ElementContent[] => {
    if (!isElement(node)) return [node];
    if (node.tagName === 'br') return [BREAK];
    if (BLOCK.test(node.tagName)) return [BREAK, ...inOneLine(node.children), BREAK];
    return [{ ...node, children: inOneLine(node.children) }];
  });
  const out: ElementContent[] = [];
  let parted = true;
  for (const node of flat) {
    if (node === BREAK) parted = true;
    else {
      const blank = isBlank(node);
      if (parted && !blank && out.some((child) => !isBlank(child))) out.push(textNode(CELL_LINE));
      if (!blank) parted = false;
      out.push(node);
    }
  }
  return out;
}

const BREAK: ElementContent = { type: 'comment', value: 'break' };

/** Names of inline elements that mean the same. */
const KINDS: Readonly<Record<string, string>> = { b: 'strong', strong: 'strong', i: 'em', em: 'em', a: 'a' };

/** A tree in which bold, italic and linked runs that touch are one, without spaces at their edges. */
function withRuns<T extends Parents>(tree: T): T {
  const children = (tree.children as Nodes[]).map((child) => (isElement(child) ? withRuns(child) : child));
  if (isElement(tree as Nodes, /^pre$/)) return tree;
  const out: Nodes[] = [];
  for (const child of children.flatMap((element) =>
    isElement(element) && KINDS[element.tagName] ? trimmed(element) : [element],
  )) {
    const last = out.at(-1);
    const spaced = last !== undefined && isBlank(last);
    const before = spaced ? out.at(-2) : last;
    if (child.type === 'element' && before?.type === 'element' && isSameRun(before, child)) {
      const between = spaced ? [out.pop() as ElementContent] : [];
      out[out.length - 1] = { ...before, children: [...before.children, ...between, ...child.children] };
    } else out.push(child);
  }
  return { ...tree, children: out } as T;
}

function isSameRun(element: Element, other: Element): boolean {
  const kind = KINDS[element.tagName];
  if (kind === undefined || KINDS[other.tagName] !== kind) return false;
  return kind !== 'a' || element.properties['href'] === other.properties['href'];
}

/** A run with the spaces at its edges outside; nothing where it has no words. */
function trimmed(run: Element): Nodes[] {
  const [first, last] = [run.children[0], run.children.at(-1)];
  const isText = run.tagName !== 'a';
  const lead = isText && first?.type === 'text' ? (/^\s+/.exec(first.value)?.[0] ?? '') : '';
  const trail = isText && last?.type === 'text' ? (/\s+$/.exec(last.value)?.[0] ?? '') : '';
  if (!isText || (lead === '' && trail === '')) {
    const isEmpty = isText && run.children.length === 0;
    return isEmpty ? [] : [run];
  }
  if (run.children.length === 1 && first?.type === 'text' && first.value.trim() === '') return [textNode(' ')];
  const children = run.children.flatMap((child, i): ElementContent[] => {
    if (child.type !== 'text') return [child];
    let { value } = child;
    if (i === 0) value = value.slice(lead.length);
    if (i === run.children.length - 1) value = value.trimEnd();
    return value === '' ? [] : [textNode(value)];
  });
  return [...(lead ? [textNode(' ')] : []), { ...run, children }, ...(trail ? [textNode(' ')] : [])];
}
