import type { Element, ElementContent, Nodes, Root } from 'hast';
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
  const visit = <N extends Nodes>(one: N): N => {
    if (one.type === 'text') {
      before = one.value.trim() === '' ? `${before} ` : one.value;
      return one;
    }
    if (!('children' in one)) return one;
    const children = (one.children as Nodes[]).map((child) => {
      if (isElement(child, /^su[bp]$/) && !classesOf(child).includes('cite')) {
        const text = written(child, before, note);
        before = text;
        return { type: 'text', value: text } satisfies ElementContent;
      }
      if (isElement(child) && isNoteLink(child) && before.trim() !== '') {
        const text = mark(textOf(child).trim(), before, note);
        before = text;
        return textNode(text);
      }
      if (isElement(child, BLOCK)) before = '';
      return visit(child);
    });
    return { ...one, children } as N;
  };
  return visit(node);
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

function written(node: Element, before: string, note: (note: Note) => void): string {
  const text = textOf(node).replace(/\s+/g, ' ').trim();
  if (text === '') return '';
  if (node.tagName === 'sub') return lowered(text);
  if (isNote(node, text, before)) return mark(text, before, note);
  if (ENDING.test(text) && /[\p{L}\p{N}.]$/u.test(before)) return text;
  const inner = node.children.some((one) => isElement(one, /^su[bp]$/));
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
    .map((one) => (isElement(one, /^su[bp]$/) ? `${one.tagName === 'sup' ? '^' : '_'}${tower(one)}` : textOf(one)))
    .join('');

const lowered = (text: string) => inUnicode(text, LOWERED) ?? (/\s/.test(text) ? ` ${text} ` : `_${text}`);

/** Whether what is raised is the mark of a note: a link, or a figure behind a word or a sentence, not behind a figure or unit. */
function isNote(node: Element, text: string, before: string): boolean {
  if ([...elements(node)].some((one) => one.tagName === 'a' || one.properties['role'] === 'doc-noteref')) return true;
  if (/note|fnref|reference|citation/i.test(classesOf(node).join(' '))) return true;
  if (/^[*†‡§]+$/.test(text) || (/^[a-z]$/i.test(text) && /[.,;:!?%”’»")\]]\s*$/.test(before))) return true;
  if (!/^\[?\d{1,3}\]?(?:[,\s–-]+\[?\d{1,3}\]?)*$/.test(text)) return false;
  if (/(?<!\d)(?:1[5-9]|20)\d\d$/.test(before)) return true; // a year has no power
  const [unit = ''] = /\p{L}+$/u.exec(before.slice(-4)) ?? [];
  return !/[\p{N})\]]$/u.test(before) && !(unit !== '' && unit.length <= 3);
}

/** The mark of a note as text: in brackets, and apart from what stands before it. */
function mark(text: string, before: string, note: (note: Note) => void): string {
  const bare = text.replace(/^\[|\]$/g, '');
  note({ kind: 'changed', message: `the mark of a note stands as [${bare}]`, text });
  return `${/\S$/.test(before) ? ' ' : ''}[${bare}]`;
}
