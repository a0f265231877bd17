import type { Element, ElementContent, Nodes, Parents, Root } from 'hast';
import { classesOf, element, elements, isElement, mapElements, styleOf, textNode, textOf } from './hast.js';
import type { Note } from './manuscript.js';

/**
 * A page that a word processor wrote, or that was pasted from one: what colleagues wrote to each other is dropped and named,
 * changes that were tracked are as if accepted, and what says by class or style what it is becomes that: bold, italic, titles,
 * quotations, lists of several levels. Google Docs, Word and LibreOffice.
 */
export function fromWordProcessor(tree: Root, source: string, note: (note: Note) => void): Root {
  const bare = withoutColleagues(tree, note);
  if (!/class|style|docs-internal/i.test(source)) return bare;
  const styles = stylesOf(tree);
  const styleFor = (node: Element) =>
    [...classesOf(node).map((name) => styles.get(name) ?? ''), styleOf(node)].filter(Boolean).join(';');
  return withLists(
    mapElements(bare, (node) => styled(node, styleFor(node))),
    note,
  );
}

/** Comments and their marks, and deletions that were tracked, each dropped and named. */
function withoutColleagues<T extends Parents>(tree: T, note: (note: Note) => void): T {
  const children = (tree.children as Nodes[]).flatMap((node): Nodes[] => {
    if (!isElement(node)) return [node];
    const drop = (message: string): Nodes[] => {
      const text = textOf(node).trim();
      if (text !== '') note({ kind: 'dropped', message, text });
      return [];
    };
    if (isCommentText(node)) {
      const [mark = '', words = ''] = /^(\[[a-z\d]{1,5}\])?\s*(.*)$/is.exec(textOf(node).trim())?.slice(1) ?? [];
      if (mark !== '') note({ kind: 'dropped', message: 'the mark of a colleague’s comment', text: mark });
      if (words !== '') note({ kind: 'dropped', message: 'a comment of a colleague', text: words });
      return [];
    }
    if (isCommentMark(node)) return drop('the mark of a colleague’s comment');
    if (isDeletion(node)) return drop('words that a colleague had deleted');
    const kept = withoutColleagues(node, note);
    return node.tagName === 'ins' || classesOf(node).includes('msoIns') ? kept.children : [kept];
  });
  return { ...tree, children } as T;
}

const linksTo = (node: Element, pattern: RegExp) =>
  [...elements(node)].some(
    (element) => element.tagName === 'a' && pattern.test(String(element.properties['href'] ?? '')),
  );

/**
 * The words of a comment: Docs, LibreOffice and mammoth lead back from it to its mark, Word names it by class or style, pandoc
 * by class.
 */
function isCommentText(node: Element): boolean {
  const style = styleOf(node);
  const id = String(node.properties['id'] ?? '');
  if (/mso-element:comment(?:;|$|-list)/.test(style) || classesOf(node).some((name) => COMMENT_CLASS.test(name)))
    return true;
  if (/^_com_\d+$|^sdcomment\d+$/.test(id) || (node.tagName === 'dt' && /^comment-\d+$/.test(id))) return true;
  if (node.tagName === 'dd') return linksTo(node, /#comment-ref-\d+$/);
  return /^(?:div|p|li)$/.test(node.tagName) && startsWithLink(node, /^(?:.*)?#(?:cmnt_ref\d+|sdcomment\d+anc)$/);
}

const COMMENT_CLASS = /^(?:msocomtxt|comment-start|comment-end)$/i;

/** Whether the first words of an element are a link to such an address. */
function startsWithLink(node: Element, pattern: RegExp): boolean {
  const open: Nodes[] = [node];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.type === 'text' && next.value.trim() !== '') return false;
    if (isElement(next, /^a$/) && next.children.length > 0) return linksTo(next, pattern);
    if ('children' in next) open.push(...(next.children as Nodes[]).slice(0, MOST_EMPTY).reverse());
  }
  return false;
}

/** How many nodes without words may stand before a link. */
const MOST_EMPTY = 20;

function isCommentMark(node: Element): boolean {
  if (classesOf(node).some((name) => /^mso(?:commentreference|comanchor)$/i.test(name))) return true;
  if (
    /mso-special-character:comment|mso-comment-reference/.test(styleOf(node)) &&
    /^\s*(?:\[[^\]]*\])?\s*$/.test(textOf(node))
  )
    return true;
  return /^(?:a|sup)$/.test(node.tagName) && linksTo(node, /#(?:cmnt\d+|_msocom_\d+|sdcomment\d+sym|comment-\d+)$/);
}

/** A deletion that was tracked, with who made it and when; one that readers are to see has neither. */
export function isDeletion(node: Element): boolean {
  if (classesOf(node).some((name) => name === 'msoDel' || (name === 'deletion' && node.tagName === 'span')))
    return true;
  if (node.tagName !== 'del') return false;
  const { cite, dateTime, datetime } = node.properties;
  return cite !== undefined || dateTime !== undefined || datetime !== undefined;
}

/** The styles that a page's own style sheets give to classes. */
export function stylesOf(tree: Root): ReadonlyMap<string, string> {
  const styles = new Map<string, string>();
  for (const sheet of elements(tree)) {
    if (sheet.tagName !== 'style') continue;
    const css = sheet.children.map((child) => ('value' in child ? child.value : '')).join('');
    for (const [, selectors = '', body = ''] of css.slice(0, 500_000).matchAll(/([^{}]{1,500})\{([^{}]{0,2000})\}/g))
      for (const [, name = ''] of selectors.matchAll(/(?:^|,|\s)\s*(?:span|p|li|b|i)?\.([\w-]+)(?=\s*(?:,|$))/g))
        styles.set(name, `${styles.get(name) ?? ''};${body.replace(/\s+/g, '').toLowerCase()}`);
  }
  return styles;
}

/** How an element is laid out where that parts its words from others: as a block or a box. */
const DISPLAY = /display:(?:inline-)?(?:block|flex|grid|table|list-item)/;

/** The same, or a tab of Word. */
export const LAID_OUT = new RegExp(`${DISPLAY.source}|mso-tab-count`);

/** The class of a title in Docs and Word. */
export const TITLE_STYLE = /^(?:title|MsoTitle\w*)$/;

const BOLD = /(?:^|;)font-weight:(?:bold|bolder|[6-9]00)/;
const NOT_BOLD = /(?:^|;)font-weight:(?:normal|400|300)/;
const HIDDEN = /(?:^|;)(?:display:none|visibility:hidden|mso-hide:all)/;
const STRUCK = /(?:^|;)text-decoration(?:-line)?:[^;]*line-through/;
const RAISED = /(?:^|;)vertical-align:(su(?:p(?:er)?|b))(?:;|$)/;
/** So many characters may be raised: an exponent, the mark of a note. */
const MOST_RAISED = 20;
const ITALIC = /(?:^|;)font-style:(?:italic|oblique)/;

function styled(typed: Element, style: string): ElementContent[] {
  // What a style sheet says of the layout of a span is its own style from here on.
  const display = typed.tagName === 'span' && !DISPLAY.test(styleOf(typed)) ? DISPLAY.exec(style)?.[0] : undefined;
  const node = display === undefined ? typed : { ...typed, properties: { ...typed.properties, style: display } };
  const classes = classesOf(node);
  const named = (pattern: RegExp) => classes.some((name) => pattern.test(name));
  if (/^(?:p|div)$/.test(node.tagName)) {
    if (named(TITLE_STYLE) && !linkedOrLong(node)) return [{ ...node, tagName: 'h1' }];
    if (named(/^(?:subtitle|MsoSubtitle\w*)$/)) return [element('p', [element('strong', node.children)])];
    if (named(/^Mso(?:Intense)?Quote\w*$/)) return [element('blockquote', [element('p', node.children)])];
  }
  // A class of a word processor that hides its words is taken for the style that does.
  if (HIDDEN.test(style) && classes.some((name) => /^(?:[cPTS]\d+|Mso\w+)$/.test(name)))
    return [{ ...node, properties: { ...node.properties, style: 'display:none' } }];
  // Docs wraps what is copied in <b style="font-weight:normal">.
  const isPasted = /^docs-internal-guid/.test(String(node.properties['id'] ?? ''));
  if (/^(?:b|strong)$/.test(node.tagName) && (isPasted || NOT_BOLD.test(style))) return node.children;
  if (/(?:^|;)mso-tab-count/.test(style)) return [textNode(' ')];
  if (!/^(?:span|font|a)$/.test(node.tagName) || textOf(node).trim() === '') return [node];
  const whole = node.tagName === 'a' ? node.children : [node];
  const [, raised] = RAISED.exec(style) ?? [];
  const placed = raised && textOf(node).length <= MOST_RAISED ? [element(raised.slice(0, 3), whole)] : whole;
  const inner: ElementContent[] = STRUCK.test(style) ? [element('del', placed)] : placed;
  const italic: ElementContent[] = ITALIC.test(style) ? [element('em', inner)] : inner;
  const bold: ElementContent[] = BOLD.test(style) && !NOT_BOLD.test(style) ? [element('strong', italic)] : italic;
  return node.tagName === 'a' ? [{ ...node, children: bold }] : bold;
}

const linkedOrLong = (node: Element) => textOf(node).trim().length > 250 || textOf(node).trim() === '';

/** One entry of a list whose level stands in a style or a class. */
interface Leveled {
  level: number;
  ordered: boolean;
  item: Element;
}

/** Word's paragraphs that are entries, and Docs' lists of one level each, as lists in lists. */
function withLists<T extends Parents>(tree: T, note: (note: Note) => void): T {
  const children: Nodes[] = [];
  let run: Leveled[] = [];
  const flush = () => {
    if (run.length > 0) children.push(...nested(run));
    run = [];
  };
  for (const child of tree.children as Nodes[]) {
    const entries = isElement(child) ? (entriesOf(child, note) ?? filteredEntry(child, note)) : undefined;
    if (entries) run.push(...entries);
    else if (!(run.length > 0 && child.type === 'text' && child.value.trim() === '')) {
      flush();
      children.push(isElement(child) ? withLists(child, note) : child);
    }
  }
  flush();
  return { ...tree, children } as T;
}

function entriesOf(node: Element, note: (note: Note) => void): Leveled[] | undefined {
  const [, level] = /mso-list:\S*?level(\d)/.exec(styleOf(node)) ?? [];
  if (level !== undefined && /^(?:p|h\d|div)$/.test(node.tagName)) {
    const { mark, rest } = withoutMark(node.children);
    if (mark !== '') note({ kind: 'changed', message: 'the sign before an entry of a list', text: mark });
    return [
      {
        level: Number(level),
        ordered: isNumber(mark),
        item: entry(mark, rest),
      },
    ];
  }
  const [list] = classesOf(node).filter((name) => /^lst-\w+-\d$/.test(name));
  if (list === undefined || !/^[uo]l$/.test(node.tagName)) return undefined;
  const ordered = node.tagName === 'ol';
  return node.children.flatMap((child): Leveled[] =>
    isElement(child, /^li$/) ? [{ level: Number(list.slice(-1)) + 1, ordered, item: child }] : [],
  );
}

/** An entry as Word saves it in a page without its own mark-up: a class, a margin by level, and the sign as text. */
function filteredEntry(node: Element, note: (note: Note) => void): Leveled[] | undefined {
  if (node.tagName !== 'p' || !classesOf(node).some((name) => /^MsoListParagraph/.test(name))) return undefined;
  const { mark, rest } = withoutMark(node.children);
  if (mark === '') return undefined;
  note({ kind: 'changed', message: 'the sign before an entry of a list', text: mark });
  const [, margin = '0.5', unit = 'in'] = /margin-left:(\d*\.?\d+)(in|cm|pt)/.exec(styleOf(node)) ?? [];
  const inches = Number(margin) / { in: 1, cm: 2.54, pt: 72 }[unit as 'in' | 'cm' | 'pt'];
  const level = Math.max(1, Math.round(inches * 2));
  return [{ level, ordered: isNumber(mark), item: entry(mark, rest) }];
}

/** An entry with the number of its sign; a sign that is neither a number nor a bullet stands before its words. */
function entry(mark: string, children: ElementContent[]): Element {
  const [, number] = /^\(?(\d{1,3})[.)]$/.exec(mark) ?? [];
  if (number !== undefined) return element('li', children, { value: number });
  return element('li', mark === '' || SIGN.test(mark) ? children : [textNode(`${mark} `), ...children]);
}

/** Bullets, those of symbol fonts too: one character, or the letter o. */
const SIGN = /^(?:[^\p{L}\p{N}]|[o§Øüvq])$/u;

const isNumber = (mark: string) => /^\(?\d{1,3}[.)]$/.test(mark);

/** The nodes of a Word paragraph without the mark and the spaces that stand for its list's sign. */
function withoutMark(nodes: readonly ElementContent[]): { mark: string; rest: ElementContent[] } {
  let mark = '';
  const without = (some: readonly ElementContent[]): ElementContent[] =>
    some.flatMap((node): ElementContent[] => {
      if (isElement(node) && /mso-list:ignore/.test(styleOf(node))) {
        mark = textOf(node).trim();
        return [];
      }
      return isElement(node) ? [{ ...node, children: without(node.children) }] : [node];
    });
  const rest = without(nodes);
  if (mark !== '') return { mark, rest };
  // Without its own mark-up, as in mail, the sign is text before no-break spaces, which may be a node of their own.
  let isOver = false;
  const stripped = (some: readonly ElementContent[]): ElementContent[] =>
    some.map((node): ElementContent => {
      if (isOver) return node;
      if (isElement(node)) return { ...node, children: stripped(node.children) };
      if (node.type !== 'text' || node.value.trim() === '') return mark === '' ? node : textNode('');
      if (mark !== '') {
        isOver = true;
        return textNode(node.value.trimStart());
      }
      const [sign = ''] = /^\s*(?:[·•§o▪–-]|\(?[\da-zA-Z]{1,3}[.)])(?:\s+|$)/.exec(node.value) ?? [];
      mark = sign.trim();
      isOver = sign.length < node.value.length;
      return textNode(node.value.slice(sign.length));
    });
  return { rest: stripped(rest), mark };
}

/** Entries by their levels as lists in lists. */
function nested(entries: readonly Leveled[]): Element[] {
  const roots: Element[] = [];
  const open: { level: number; list: Element }[] = [];
  for (const { level, ordered, item } of entries) {
    while ((open.at(-1)?.level ?? 0) > level) open.pop();
    let at = open.at(-1);
    if (!at || at.level < level) {
      const list = element(ordered ? 'ol' : 'ul', []);
      const parent = at?.list.children.at(-1);
      if (isElement(parent)) parent.children.push(list);
      else roots.push(list);
      at = { level, list };
      open.push(at);
    } else if ((at.list.tagName === 'ol') !== ordered && open.length === 1) {
      const list = element(ordered ? 'ol' : 'ul', []);
      roots.push(list);
      at.list = list;
    }
    at.list.children.push({ ...item, children: [...item.children] });
  }
  return roots;
}
