import type { Element, Nodes, Root } from 'hast';
import { classesOf, elements, isElement, textNode, textOf } from './hast.js';
import type { Note } from './manuscript.js';

const RAISED: Readonly<Record<string, string>> = characters('0123456789+-−=()niªº', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱªº');
const LOWERED: Readonly<Record<string, string>> = characters(
  '0123456789+-−=()aehijklmnoprstuvx',
  '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ',
);

function characters(plain: string, other: string): Record<string, string> {
  const others = [...other];
  return Object.fromEntries([...plain].map((char, i) => [char, others[i] as string]));
}

/** A text in raised or lowered characters; undefined where Unicode lacks one of them. */
function inUnicode(text: string, table: Readonly<Record<string, string>>): string | undefined {
  const all = [...text].map((char) => table[char]);
  return all.includes(undefined) ? undefined : all.join('');
}

/** Endings that are raised by custom alone: 1st, Mme, ™. */
export const ENDING = /^(?:st|nd|rd|th|er|re|e|o|a|ème|ère|eme|me|lle|r|rs|nde|de|os|as|tm|sm|®|™|©)\.?$/i;

/**
 * A tree in which what is raised or lowered stands in characters: `10⁶`, `CO₂`, `2^k`. The mark of a note becomes `[1]`, apart
 * from the word before it, and is reported.
 */
export function withRaised<T extends Root | Element>(node: T, note: (note: Note) => void): T {
  let before = '';
  const visit = <N extends Nodes>(parent: N): N => {
    if (parent.type === 'text') {
      before = parent.value.trim() === '' ? `${before} ` : parent.value;
      return parent;
    }
    if (!('children' in parent)) return parent;
    const children: Nodes[] = [];
    const all = parent.children as Nodes[];
    for (let i = 0; i < all.length; i++) {
      const child = all[i] as Nodes;
      const after = textOf(all[i + 1] ?? (textNode('') as Nodes)).slice(0, 20);
      const fraction = fractionAt(all, i);
      const text = fraction
        ? (/\d$/.test(before) && fraction.length > 1 ? ' ' : '') + fraction
        : isElement(child, /^su[bp]$/) && !classesOf(child).includes('cite')
          ? written(child, before, after, note)
          : isElement(child) && isNoteLink(child)
            ? mark(textOf(child).trim(), before, note) + (before.trim() === '' && /^\S/.test(after) ? ' ' : '')
            : undefined;
      if (text === undefined) {
        if (isElement(child, BLOCK)) before = '';
        children.push(visit(child));
        continue;
      }
      before = text;
      children.push(textNode(text));
      if (fraction) i += 2;
    }
    return { ...parent, children } as N;
  };
  return visit(node);
}

/** Fractions that are one character. */
const FRACTIONS: Readonly<Record<string, string>> = {
  '1/2': '½',
  '1/3': '⅓',
  '2/3': '⅔',
  '1/4': '¼',
  '3/4': '¾',
  '1/5': '⅕',
  '1/8': '⅛',
  '3/8': '⅜',
  '5/8': '⅝',
  '7/8': '⅞',
};

/** A fraction of a raised figure, a stroke and a lowered one. */
function fractionAt(nodes: readonly Nodes[], at: number): string | undefined {
  const [above, stroke, below] = [nodes[at], nodes[at + 1], nodes[at + 2]];
  if (!isElement(above, /^sup$/) || !isElement(below, /^sub$/)) return undefined;
  if (stroke?.type !== 'text' || !/^\s*[/⁄∕]\s*$/.test(stroke.value)) return undefined;
  const [a, b] = [textOf(above).trim(), textOf(below).trim()];
  return /^\d{1,4}$/.test(a) && /^\d{1,4}$/.test(b) ? (FRACTIONS[`${a}/${b}`] ?? `${a}/${b}`) : undefined;
}

const BLOCK = /^(?:p|div|li|h[1-6]|td|th|tr|blockquote|section|article|dd|dt|figcaption|br)$/;

/** A link that is the mark of a note: named so, or a number that leads to a place in the page. */
export function isNoteLink(node: Element): boolean {
  if (node.tagName !== 'a') return false;
  const { properties } = node;
  const named = [
    ...classesOf(node),
    properties['role'],
    properties['rel'],
    properties['epubType'],
    properties['id'],
  ].join(' ');
  const leads = String(properties['href'] ?? '');
  if (!leads.includes('#') || !/^\[?[\d*†‡§a-z]{1,3}\]?$/i.test(textOf(node).trim())) return false;
  if (/#(?:fn|n|note)[-:]?\d+$/i.test(leads)) return true;
  return /note|fnref|_ftn|cite_ref/i.test(`${named} ${leads.slice(leads.indexOf('#'))}`);
}

function written(node: Element, before: string, after: string, note: (note: Note) => void): string {
  const text = textOf(node).replace(/\s+/g, ' ').trim();
  if (text === '') return '';
  if (node.tagName === 'sub') return lowered(text);
  if (isNote(node, text, before, after)) return mark(text, before, note) + (/^\p{L}/u.test(after) ? ' ' : '');
  if (/^[.,]\d+$/.test(text) && /\d$/.test(before)) return text;
  if (/^(?:TM|SM)$/.test(text)) return text === 'TM' ? '™' : '℠';
  if (/^[oa]$/.test(text) && /(?:\d|(?<!\p{L})[nN])$/u.test(before)) return text === 'o' ? 'º' : 'ª';
  if (ENDING.test(text) && /[\p{L}\p{N}.]$/u.test(before)) return text;
  const inner = node.children.some((child) => isElement(child, /^su[bp]$/));
  if (inner) return `^(${tower(node)})`;
  const unicode = inUnicode(text, RAISED);
  if (unicode !== undefined) return unicode;
  return /^[\p{L}\p{N}+−-]{1,4}$/u.test(text) && /[\p{L}\p{N})]$/u.test(before)
    ? `^${/^(?:\p{L}|\p{N}+)$/u.test(text) ? text : `(${text})`}`
    : ` ${text} `;
}

/** What is raised in what is raised: `2^(3^4)`. */
const tower = (node: Element): string =>
  node.children
    .map((child) =>
      isElement(child, /^su[bp]$/) ? `${child.tagName === 'sup' ? '^' : '_'}${tower(child)}` : textOf(child),
    )
    .join('');

const lowered = (text: string) => inUnicode(text, LOWERED) ?? (/\s/.test(text) ? ` ${text} ` : `_${text}`);

/** Units and signs that have a power. */
const UNIT = /(?:\d\s?\p{L}{1,3}|(?<!\p{L})(?:[kcmdµn]?m|ft|in|yd|mi|s|sec|\p{L}))$/u;

/** Whether what is raised is the mark of a note: a link, or a figure or letter behind a word, a sentence or a price. */
function isNote(node: Element, text: string, before: string, after: string): boolean {
  if ([...elements(node)].some((element) => element.tagName === 'a' || element.properties['role'] === 'doc-noteref'))
    return true;
  if (/note|fnref|reference|citation/i.test(classesOf(node).join(' '))) return true;
  if (/^[*†‡§]+$/.test(text)) return true;
  // A figure with a currency, or with its thousands parted, has no power.
  const isAmount = !/^\d\d$/.test(text) && /[\p{Sc}]\s?[\d.,]+$|\d[.,\u00a0\u202f]\d{3}$/u.test(before);
  if (/^[a-z]$/i.test(text)) return isAmount || /\p{L}{4}$/u.test(before) || /[.,;:!?%”’»")\]]\s*$/.test(before);
  if (!/^\[?\d{1,3}\]?(?:[,\s–-]+\[?\d{1,3}\]?)*$/.test(text)) return false;
  if (/(?<!\d)(?:1[5-9]|20)\d\d$/.test(before) || isAmount || /^\s*(?:%|per ?cent)/i.test(after)) return true; // a year has no power
  if (/(?:^|\s)$/.test(before) && /^\p{Lu}/u.test(after)) return false; // an isotope
  return !/[\p{N})\]]$/u.test(before) && !UNIT.test(before);
}

/** The mark of a note as text: in brackets, and apart from what stands before it. */
function mark(text: string, before: string, note: (note: Note) => void): string {
  const bare = text.replace(/^\[|\]$/g, '');
  note({ kind: 'changed', message: `the mark of a note stands as [${bare}]`, text });
  return `${/\S$/.test(before) ? ' ' : ''}[${bare}]`;
}
