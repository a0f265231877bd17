import { isoDate, parseDate } from '../languages/dates.js';
import { allWords } from '../languages/words.js';
import { type Inline, inlines } from '../prose/tree.js';
import { areNames, authorsIn } from './bylines.js';
import { readDate } from './dates.js';
import type { Body, Note, Part } from './manuscript.js';
import { plain } from './mdast.js';
import type { Value } from './sections.js';

/**
 * Takes the lines between a title and the text into fields: "By Jane Smith", "Published 6 October 2025", alone or parted
 * by dots. A paragraph of which some part is something else stays text.
 */
export function takeFurniture(parts: Part[], story: Value, notes: Note[], isPage = false): Part[] {
  const kept: Part[] = [];
  let looked = 0;
  for (const [at, part] of parts.entries()) {
    const isLine = part.type === 'block' && part.block.type === 'paragraph';
    if (
      isLine &&
      (takeDek(part, story, notes) ||
        takeRepeated(part, story, notes) ||
        takeStandfirst(part, parts[at + 1], story, notes) ||
        takeLines(
          part,
          part.block.type === 'paragraph' ? part.block.children : [],
          story,
          notes,
          isAboveMeta(parts[at + 1]),
        ))
    )
      continue;
    // On a page a standfirst or a picture may stand between the title and the byline.
    const isShort = isLine && part.block.type === 'paragraph' && plain(part.block.children).length < STANDFIRST;
    if (!isPage || ++looked > 3 || !(isShort || part.type === 'picture')) return [...kept, ...parts.slice(at)];
    kept.push(part);
  }
  return kept;
}

/** Whether a part is a line with the day on which the text came out. */
function isAboveMeta(part: Part | undefined): boolean {
  const fields: Value = {};
  const isLine =
    part?.type === 'block' && part.block.type === 'paragraph' && takeLines(part, part.block.children, fields, []);
  return isLine && (fields['published'] !== undefined || fields['updated'] !== undefined);
}

/** A paragraph between the title and a line about the text is the dek. */
function takeStandfirst(part: Part, next: Part | undefined, story: Value, notes: Note[]): boolean {
  if (story['dek'] !== undefined || part.type !== 'block' || part.block.type !== 'paragraph') return false;
  if (next?.type !== 'block' || next.block.type !== 'paragraph') return false;
  const words = plain(part.block.children);
  const isPlain = part.block.children.every(({ type }) => type === 'text');
  if (!isPlain || words.length > STANDFIRST || !/\p{L}{2}.* /u.test(words) || /[:：]$/.test(words)) return false;
  if (takeLines(part, part.block.children, {}, [], true) || !takeLines(next, next.block.children, {}, [])) return false;
  story['dek'] = words;
  notes.push({ kind: 'took', line: part.line, message: 'dek from the paragraph above the byline' });
  return true;
}

/** A longer paragraph is no standfirst, and what stands below it is the text. */
const STANDFIRST = 300;

/** A line that says again what the head of its page or front matter says: the dek, the kicker or the headline. */
function takeRepeated(part: Part, story: Value, notes: Note[]): boolean {
  if (part.type !== 'block' || part.block.type !== 'paragraph') return false;
  const bare = (value: unknown) =>
    String(value ?? '')
      .replace(/[\s.…]+/g, ' ')
      .trim()
      .toLowerCase();
  const words = plain(part.block.children);
  const field = ['dek', 'kicker', 'headline'].find(
    (name) => story[name] !== undefined && bare(story[name]) === bare(words),
  );
  if (field === undefined || [...inlines([part.block])].some(({ type }) => type === 'link' || type === 'cite'))
    return false;
  notes.push({ kind: 'took', line: part.line, message: `a line that repeats the ${field}`, text: words });
  return true;
}

/** A line above the title is its kicker, where it is short and no sentence. */
export function takeKicker(part: Part | undefined, story: Value, notes: Note[]): boolean {
  if (part?.type !== 'block' || part.block.type !== 'paragraph' || story['kicker'] !== undefined) return false;
  const [only, more] = part.block.children;
  if (only?.type !== 'text' || more || !isPlace(only.text)) return false;
  story['kicker'] = only.text;
  notes.push({ kind: 'took', line: part.line, message: 'kicker from the line above the title' });
  return true;
}

/** A paragraph all in bold right below the title, as our own briefs have it. */
function takeDek(part: Part | undefined, story: Value, notes: Note[]): boolean {
  if (part?.type !== 'block' || part.block.type !== 'paragraph' || story['dek'] !== undefined) return false;
  const [only, more] = part.block.children;
  if (only?.type !== 'strong' || more || only.children.some(({ type }) => type !== 'text')) return false;
  const text = plain(only.children);
  if (text === story['headline']) return false; // it is said again
  if (text.length > 300 || /[:：?？]$/.test(text) || !/\p{L}{2}/u.test(text) || /^\d{1,2}[:.h]\d{2}/.test(text))
    return false;
  story['dek'] = text;
  notes.push({ kind: 'took', line: part.line, message: 'dek from the bold line below the title' });
  return true;
}

/** The line "Tags: …" at the end of a part of the text. */
export function takeTags(parts: Part[], story: Value, notes: Note[]): Part[] {
  if (story['tags'] !== undefined) return parts;
  return parts.filter((part, i) => {
    if (part.type !== 'block' || part.block.type !== 'paragraph' || parts[i + 1]?.type === 'block') return true;
    const text = plain(part.block.children);
    const lead = labelOf(text, 'tags');
    if (lead === undefined || story['tags'] !== undefined || part.block.children.some(({ type }) => type !== 'text'))
      return true;
    story['tags'] = text
      .slice(lead.length)
      .split(/\s*[,、،]\s*/)
      .filter((tag) => tag !== '');
    notes.push({
      kind: 'took',
      line: part.line,
      message: 'tags from the line of tags',
      text: lead.replace(/[\s:：]+$/, ''),
    });
    return false;
  });
}

/** The label by which a line starts as our own briefs have it, with what stands after it, in any language. */
function labelOf(text: string, name: 'tags' | 'series'): string | undefined {
  return allWords
    .flatMap((words) => [`${words[name]}${words.colon}`, `${words[name]}: `])
    .find((label) => text.startsWith(label));
}

/** "By Jane Smith on 6 October 2025" as two pieces. */
function byAndDate(piece: string): string[] {
  const [, by, date] = /^(by:?\s+\S.{0,100}?)(?:\s+on|\s+[–—-])\s+(\S.{0,60})$/i.exec(piece) ?? [];
  return by !== undefined && date !== undefined && readDate(date) !== undefined ? [by, date] : [piece];
}

function takeLines(part: Body, children: Inline[], story: Value, notes: Note[], isSure = false): boolean {
  const text = plain(children.map((node) => (node.type === 'break' ? { type: 'text', text: '\n' } : node)));
  if (children.some(({ type }) => type === 'link' || type === 'cite') || text.length > 300) return false;
  const pieces = text.split(/\n|\s+[·|]\s+/).flatMap((piece) => byAndDate(piece.trim()));
  const taken: Value = {};
  for (const [at, piece] of pieces.entries()) {
    const by = allWords.find((words) => piece.startsWith(words.by))?.by;
    const [, plainBy] = /^by:?\s+(.+)$/i.exec(piece) ?? [];
    const author = by !== undefined ? piece.slice(by.length) : plainBy;
    const [field, rest = ''] = datedLabel(piece) ?? [];
    const series = labelOf(piece, 'series');
    const date = field ? readDate(rest) : undefined;
    const nature = allWords.flatMap(({ natures }) => Object.entries(natures)).find(([, word]) => word === piece)?.[0];
    if (author !== undefined && (areNames(author) || pieces.length > 1 || isSure)) taken['byline'] = authorsIn(author);
    else if (field && date !== undefined) taken[field] = date;
    else if (series !== undefined) taken['series'] = piece.slice(series.length);
    else if (
      readDate(piece) !== undefined &&
      (pieces.length > 1 || parseDate(readDate(piece) ?? '')?.day !== undefined)
    )
      taken['published'] = readDate(piece);
    else if (nature !== undefined && pieces.length === 1) taken['genre'] = nature;
    else if (isPlace(piece) && pieces.length > 1 && (at === 0 || isDated(pieces[at + 1] ?? '')))
      taken['dateline'] = piece;
    else return false;
  }
  for (const [name, value] of Object.entries(taken)) {
    if (story[name] !== undefined && !agree(story[name], value)) return false;
  }
  if (Object.keys(taken).join() === 'dateline') return false; // a line of capitals alone says nothing of a place
  Object.assign(story, { ...taken, ...story });
  notes.push({
    kind: 'took',
    line: part.line,
    message: `${Object.keys(taken).join(', ')} from a line above the text`,
    text,
  });
  return true;
}

/** The field of a date with its label in any of our languages, and what stands behind the label. */
function datedLabel(piece: string): ['published' | 'updated', string] | undefined {
  const [published, updated] = [PUBLISHED, UPDATED].map((pattern) => pattern.exec(piece)?.[0]);
  if (published !== undefined) return ['published', piece.slice(published.length)];
  if (updated !== undefined) return ['updated', piece.slice(updated.length)];
  for (const field of ['published', 'updated'] as const)
    for (const words of allWords) {
      const label = words[field];
      if (!piece.startsWith(label) || !/^:?\s/.test(piece.slice(label.length))) continue;
      return [field, piece.slice(label.length).replace(/^:?\s+/, '')];
    }
  return undefined;
}

/** What papers write before the day on which a text came out, or was changed, where our own briefs write it otherwise. */
const PUBLISHED =
  /^(?:publiée?(?: le)?|veröffentlicht(?: am)?|publicado(?: el| em)?|pubblicato(?: il)?|gepubliceerd(?: op)?|posted(?: on)?|first published)\s*:?\s+(?=\S*\d|\p{L}+ \d)/iu;
const UPDATED =
  /^(?:mise? à jour(?: le)?|stand|aktualisiert(?: am)?|actualizado(?: el)?|atualizado(?: em)?|aggiornato(?: il)?|last (?:updated|modified)(?: on)?)\s*:?\s+(?=\S*\d|\p{L}+ \d)/iu;

/** Whether a piece of a line is a day, with or without its label. */
const isDated = (piece: string): boolean => datedLabel(piece) !== undefined || readDate(piece) !== undefined;

/** Whether two spellings of authors or of a date say the same; one may be more precise than the other. */
function agree(a: unknown, b: unknown): boolean {
  const [first, other] = [a, b].map((value) => (typeof value === 'string' ? parseDate(value) : undefined));
  if (first && other)
    return (
      isoDate(first).slice(0, 16).startsWith(isoDate(other).slice(0, 16)) ||
      isoDate(other).slice(0, 16) === isoDate(first).slice(0, 16)
    );
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether words are a place as a dateline has it: a few of them, without figures or a sentence's marks. */
const isPlace = (text: string) =>
  /^[\p{L}\p{M}’'., -]{2,40}$/u.test(text) &&
  !/[.,]$/.test(text) &&
  !/^the\s/i.test(text) &&
  text.split(/\s+/).length <= 4;
