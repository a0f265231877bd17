import { wordsFor } from '../house/words.js';
import type { Inline } from '../prose/tree.js';
import { isoDate, parseDate, spokenDate } from '../story/dates.js';
import type { Body, Note, Part } from './manuscript.js';
import { plain } from './mdast.js';
import type { Value } from './sections.js';

/**
 * Takes the lines between a title and the text into fields: "By Jane Smith", "Published 6 October 2025", alone or parted
 * by dots. A paragraph of which some part is something else stays text.
 */
export function takeFurniture(parts: Part[], story: Value, lang: string, notes: Note[]): Part[] {
  let at = 0;
  for (; at < parts.length; at++) {
    const part = parts[at];
    if (
      part?.type !== 'block' ||
      part.block.type !== 'paragraph' ||
      !takeLines(part, part.block.children, story, lang, notes)
    )
      break;
  }
  return parts.slice(at);
}

function takeLines(part: Body, children: Inline[], story: Value, lang: string, notes: Note[]): boolean {
  const { words } = wordsFor(lang);
  const text = plain(children.map((node) => (node.type === 'break' ? { type: 'text', text: '\n' } : node)));
  if (children.some(({ type }) => type === 'link' || type === 'cite') || text.length > 300) return false;
  const pieces = text.split(/\n|\s+[·|]\s+/).map((piece) => piece.trim());
  const taken: Value = {};
  for (const piece of pieces) {
    const [, lead = '', rest = ''] = /^(\p{L}+):?\s+(.+)$/u.exec(piece) ?? [];
    const author = piece.startsWith(words.by) ? piece.slice(words.by.length) : /^by$/i.test(lead) ? rest : undefined;
    const field =
      lead === words.published || lead === 'Published'
        ? 'published'
        : lead === words.updated || lead === 'Updated'
          ? 'updated'
          : undefined;
    const date = field ? spokenDate(rest) : undefined;
    if (author !== undefined && isNames(author)) taken['byline'] = authors(author);
    else if (field && date !== undefined) taken[field] = date;
    else return false;
  }
  for (const [name, value] of Object.entries(taken)) {
    if (story[name] !== undefined && !agree(story[name], value)) return false;
  }
  Object.assign(story, { ...taken, ...story });
  notes.push({
    kind: 'took',
    line: part.line,
    message: `${Object.keys(taken).join(', ')} from a line above the text`,
    text,
  });
  return true;
}

/** Whether two spellings of authors or of a date say the same; one may be more precise than the other. */
function agree(a: unknown, b: unknown): boolean {
  const [one, other] = [a, b].map((value) => (typeof value === 'string' ? parseDate(value) : undefined));
  if (one && other)
    return (
      isoDate(one).slice(0, 16).startsWith(isoDate(other).slice(0, 16)) ||
      isoDate(other).slice(0, 16) === isoDate(one).slice(0, 16)
    );
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether a text is one or several names: words with capitals, and no figures. */
function isNames(text: string): boolean {
  if (text.length > 100 || /[\d.!?:]$|\d/.test(text) || WEEKDAY.test(text)) return false;
  return text.split(/,\s+|\s+and\s+/).every((name) => {
    const said = name.replace(/ \([^()]*\)$/, '').split(/\s+/);
    return said.length <= 6 && !/^\p{Ll}/u.test(said[0] ?? '') && !/^\p{Ll}/u.test(said.at(-1) ?? '');
  });
}

const WEEKDAY = /^(?:mon|tues|wednes|thurs|fri|satur|sun)day\b/i;

function authors(text: string): string | unknown[] {
  const all = text.split(/,\s+|\s+and\s+/).map((one) => {
    const [, name, role] = /^(.+?) \(([^()]+)\)$/.exec(one) ?? [];
    return name ? { name, role } : one;
  });
  const [only] = all;
  return all.length === 1 && typeof only === 'string' ? only : all;
}
