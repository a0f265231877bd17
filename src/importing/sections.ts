import { dateText } from '../languages/date-text.js';
import { parseDate } from '../languages/dates.js';
import { wordsFor } from '../languages/words.js';
import type { Block, Inline } from '../prose/tree.js';
import { writeProse } from '../prose/write.js';
import { unsound } from '../schema/sound.js';
import { sectionShape } from '../sections/index.js';
import { isHeadedField } from '../story/names.js';
import { type HeadingTable, plainHeading } from './aliases.js';
import { leadIn, proseOf, singleLine, unnumbered } from './blocks.js';
import { zoneNamed } from './dates.js';
import { fieldsFor } from './kinds.js';
import type { Body, Heading, Note, Part, Picture } from './manuscript.js';
import { pictureLink, plain } from './mdast.js';
import { lost, wordsOf } from './proof.js';

export type Value = Record<string, unknown>;

/** A heading with what stands below it, up to the next heading. */
interface Piece {
  heading?: Heading;
  body: Body[];
  /** The first picture in it. */
  picture?: Picture;
  /** The entries of a live blog, in place of a body. */
  updates?: { at: string; text: string }[];
}

/** What the parts of a manuscript need to become sections. */
export interface Shaping {
  table: HeadingTable;
  lang: string;
  /** The day on which the text came out, for entries that have a time alone. */
  day?: string | undefined;
  note: (note: Note) => void;
}

/**
 * Parts in reading order to a story's sections, by the table of headings. A heading that is not known makes a section of
 * text; one with others below it a group. No word is lost: where a kind's own fields would lose one, the section is text.
 */
export function shapeSections(parts: readonly Part[], shaping: Shaping): Value[] {
  return group(withUpdates(pieces(parts, shaping), shaping), shaping);
}

function pieces(parts: readonly Part[], { table, note }: Shaping): Piece[] {
  const pieces: Piece[] = [{ body: [] }];
  let above: Heading | undefined;
  const isTime = (part: Part) =>
    part.type === 'heading' ? CLOCK.test(part.text) : part.type === 'block' && clockLine(part) !== undefined;
  const isLive = parts.filter(isTime).length >= LEAST_UPDATES;
  const top = parts.reduce(
    (least, part) => (part.type === 'heading' ? Math.min(least, part.level ?? least) : least),
    Number.POSITIVE_INFINITY,
  );
  for (const [i, part] of parts.entries()) {
    const lead = part.type === 'block' ? headingIn(part, table) : undefined;
    const clock = isLive && part.type === 'block' ? clockLine(part) : undefined;
    if (clock !== undefined)
      pieces.push({ heading: { type: 'heading', level: LEAD_IN, text: clock, line: part.line }, body: [] });
    else if (part.type === 'heading') {
      above = part;
      pieces.push({ heading: part, body: [] });
    } else if (part.type === 'rule') {
      // What a rule parts from a section is one of its own, unless that is within another, or starts with a heading anyway.
      const [before, after] = [pieces.at(-1), parts[i + 1]];
      const parted = after?.type === 'block' && (before?.body.length ?? 0) > 0 && (above?.level ?? top) <= top;
      if (parted) pieces.push({ body: [] });
      else note({ kind: 'dropped', line: part.line, message: 'a rule between parts' });
    } else if (part.type === 'picture') {
      const piece = pieces.at(-1) as Piece;
      if (piece.picture) piece.body.push(linkFor(part, note));
      else piece.picture = part;
    } else if (lead) {
      // Below a heading that is a section's own, what has a heading in its line is a section beside it.
      const level = above === undefined || table.has(plainHeading(above.text)) ? above?.level : LEAD_IN;
      pieces.push({
        heading: { type: 'heading', text: lead.words, line: part.line, ...(level === undefined ? {} : { level }) },
        body: lead.rest.length > 0 ? [{ ...part, block: { type: 'paragraph', children: lead.rest } }] : [],
      });
    } else pieces.at(-1)?.body.push(part);
  }
  return pieces
    .map(({ picture, ...piece }): Piece => {
      if (!picture) return piece;
      return piece.body.length === 0 ? { ...piece, body: [linkFor(picture, note)] } : { ...piece, picture };
    })
    .filter(({ heading, body }) => heading || body.length > 0);
}

/** A picture as a paragraph of its own. */
const linkFor = ({ image, line }: Picture, note: Shaping['note']): Body => ({
  type: 'block',
  line,
  block: { type: 'paragraph', children: pictureLink(image, line, note) },
});

/** A paragraph that is a time of day alone. */
function clockLine({ block }: Body): string | undefined {
  const words = block.type === 'paragraph' ? singleLine(block.children) : undefined;
  return words !== undefined && CLOCK.test(words) ? words : undefined;
}

/** The level of a heading that stands in its paragraph's line: below all others. */
const LEAD_IN = 7;

/** A heading of the table in bold at a paragraph's start, with a colon: `**Why it matters:** The …`, as Axios has it;
 * in text without bold, of two words or more. */
function headingIn({ block }: Body, table: HeadingTable): { words: string; rest: Inline[] } | undefined {
  const first = block.type === 'paragraph' ? block.children[0] : undefined;
  if (block.type !== 'paragraph') return undefined;
  const [typed, words = ''] = (first?.type === 'text' && /^([^:\n]{3,40}): +(?=\S)/.exec(first.text)) || [];
  if (first?.type === 'text' && typed !== undefined && words.includes(' ') && isKind(table, words))
    return { words, rest: [{ type: 'text', text: first.text.slice(typed.length) }, ...block.children.slice(1)] };
  if (first?.type !== 'strong') return undefined;
  const lead = leadIn(block.children);
  if (!lead || !(/[:：]\s*$/.test(plain(first.children)) || /^[:：]/.test(lead.mark))) return undefined;
  return isKind(table, lead.words) ? { words: lead.words, rest: lead.rest } : undefined;
}

/** Whether a heading stands over sections of some kind. */
function isKind(table: HeadingTable, heading: string): boolean {
  const kind = table.get(plainHeading(heading));
  return kind !== undefined && !isHeadedField(kind);
}

/** A time of day alone, as a live blog has it above each entry. */
const CLOCK = /^(\d{1,2})[:.h](\d{2})(?::\d{2})?\s*([ap]\.?m\.?)?\s*(Uhr|Z|GMT|UTC|BST|CES?T|[A-Z]{2,4})?$/i;

/** How many entries with a time make a live blog. */
const LEAST_UPDATES = 3;

/** Pieces whose headings are times of the day, in a row, as one section of updates, where it is known which day that was. */
function withUpdates(all: Piece[], { day, note }: Shaping): Piece[] {
  if (day === undefined) return all;
  const out: Piece[] = [];
  for (let i = 0; i < all.length; i++) {
    let end = i;
    while (clockOf(all[end]) !== undefined && (all[end]?.body.length ?? 0) > 0) end++;
    if (end - i < LEAST_UPDATES) {
      out.push(all[i] as Piece);
      continue;
    }
    const updates = all.slice(i, end).map((piece) => ({ piece, at: `${day}T${clockOf(piece)}` }));
    // Updates run from the newest down.
    if (updates.some(({ at }, k) => at.slice(0, 16) > (updates[k - 1]?.at ?? at).slice(0, 16))) {
      out.push(...all.slice(i, end));
      i = end - 1;
      continue;
    }
    note({
      kind: 'changed',
      line: all[i]?.heading?.line ?? 1,
      message: 'entries with a time became updates of that day',
      text: updates.map(({ piece }) => piece.heading?.text).join(' '),
    });
    out.push({ body: [], updates: updates.map(({ piece, at }) => ({ at, text: proseOf(piece.body).trimEnd() })) });
    i = end - 1;
  }
  return out;
}

function clockOf(piece: Piece | undefined): string | undefined {
  const [, hour = '', minute, half, zone = ''] = CLOCK.exec(piece?.heading?.text.trim() ?? '') ?? [];
  if (minute === undefined) return undefined;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (/^p/i.test(half) ? 12 : 0);
  const time = `${String(hours).padStart(2, '0')}:${minute}${zoneNamed(zone) ?? ''}`;
  return hours > 23 || Number(minute) > 59 ? undefined : time;
}

function group(all: Piece[], shaping: Shaping): Value[] {
  const levels = all.flatMap(({ heading }) => heading?.level ?? []);
  const top = levels.reduce((least, level) => Math.min(least, level), 7);
  const sections: Value[] = [];
  for (let i = 0; i < all.length; i++) {
    const piece = all[i] as Piece;
    if (piece.updates) {
      sections.push({ kind: 'updates', items: piece.updates });
      continue;
    }
    let end = i + 1;
    if (piece.heading?.level !== undefined)
      while (end < all.length && (all[end]?.heading?.level ?? top) > (piece.heading.level ?? top)) end++;
    else if (piece.heading && piece.body.length === 0) {
      while (end < all.length && (all[end]?.body.length ?? 0) > 0 && all[end]?.heading?.level === undefined) end++;
    }
    // A heading that holds only another heading of its own level is a group of that one.
    if (
      end === i + 1 &&
      piece.heading?.level !== undefined &&
      piece.body.length === 0 &&
      (all[i + 1]?.body.length ?? 0) > 0 &&
      all[i + 1]?.heading?.level === piece.heading.level &&
      !OWN_SHAPE.has(shaping.table.get(plainHeading(piece.heading.text)) ?? '')
    )
      end++;
    const below = all.slice(i + 1, end);
    const from = sections.length;
    if (below.length === 0) add(sections, single(piece, shaping), piece, shaping);
    else sections.push(...family(piece, below, shaping));
    if (piece.picture && sections[from]) sections[from]['image'] = piece.picture.image;
    i = end - 1;
  }
  return sections;
}

/** Kinds whose heading says what stands right below it: an empty one holds no other section. */
const OWN_SHAPE = new Set(['timeline', 'figures', 'quotes', 'key-points', 'updates', 'summary', 'next']);

/** A heading without anything below it is kept as a line of the section before it. */
function add(sections: Value[], section: Value | undefined, piece: Piece, shaping: Shaping): void {
  if (section) {
    sections.push(section);
    return;
  }
  const { heading } = piece;
  if (!heading) return;
  const words = writeProse([
    { type: 'paragraph', children: [{ type: 'strong', children: [{ type: 'text', text: heading.text }] }] },
  ]);
  shaping.note({
    kind: 'changed',
    line: heading.line,
    message: `nothing stands below the heading "${heading.text}"; it is a line of text`,
  });
  const last = sections.at(-1);
  if (last?.['kind'] === 'text') last['text'] = `${String(last['text'])}\n${words}\n`;
  else sections.push({ kind: 'text', text: `${words}\n` });
}

/** A heading with headings below it. */
function family(piece: Piece, below: Piece[], shaping: Shaping): Value[] {
  const heading = piece.heading as Heading;
  const kind = shaping.table.get(plainHeading(heading.text));
  if (kind === 'questions' || (below.length > 0 && below.every((one) => one.heading?.text.trim().endsWith('?')))) {
    const asked = questionsBelow(piece, below, shaping, kind === 'questions');
    if (asked) return [asked];
  }
  // A section of a kind that is known stays one; what stands below its headings of its own follows it.
  if (kind !== undefined && !isHeadedField(kind) && piece.body.length > 0)
    return [single(piece, shaping) as Value, ...group(below, shaping)];
  const sections = group(below, shaping).flatMap((section) =>
    section['kind'] === 'group' ? opened(section) : [section],
  );
  const text = piece.body.length > 0 ? { text: proseOf(piece.body) } : {};
  return [{ kind: 'group', heading: heading.text, ...text, sections }];
}

/** A group cannot stand in a group: its sections follow its heading. */
function opened({ heading, text, sections, image }: Value): Value[] {
  const words = writeProse([
    { type: 'paragraph', children: [{ type: 'strong', children: [{ type: 'text', text: String(heading) }] }] },
  ]);
  const lead = text === undefined ? { kind: 'text', text: `${words}\n` } : { kind: 'text', heading, text };
  return [{ ...lead, ...(image === undefined ? {} : { image }) }, ...(sections as Value[])];
}

function questionsBelow(piece: Piece, below: Piece[], shaping: Shaping, sure: boolean): Value | undefined {
  if (!below.every(({ heading, body }) => (sure || heading?.text.trim().endsWith('?')) && body.length > 0))
    return undefined;
  const items = below.map(({ heading, body }) => ({ question: heading?.text, answer: proseOf(body) }));
  const text = piece.body.length > 0 ? { text: proseOf(piece.body) } : {};
  return headed({ kind: 'questions', ...text, items }, piece.heading, shaping);
}

function single(piece: Piece, shaping: Shaping): Value | undefined {
  const { heading, body } = piece;
  if (body.length === 0) return undefined;
  const kind = heading ? shaping.table.get(plainHeading(heading.text)) : undefined;
  if (kind !== undefined && !isHeadedField(kind)) {
    const shaped = fieldsFor(kind, body);
    const made = shaped && headed({ kind, ...shaped }, heading, shaping);
    if (
      made &&
      !unsound(made, sectionShape) &&
      lost(wordsOf(proseOf(body.map(unnumbered))), [...wordsOf(made), ...printedDays(made, shaping.lang)]).length === 0
    ) {
      const days = printedDays(made, shaping.lang);
      if (days.length > 0)
        shaping.note({ kind: 'changed', message: 'days are written as dates', text: days.join(' ') });
      return made;
    }
    shaping.note({
      kind: 'changed',
      line: heading?.line ?? 1,
      message: `"${heading?.text}" is a section of text: its entries do not look like ${kind}`,
    });
  }
  // Entries that stand alone under their dashes are kept as entries, so that they can be printed so again.
  const bare =
    body.length === 1 && body[0]?.block.type === 'list' && body[0].typed === undefined && manyLines(body[0].block);
  if (bare) return headed({ kind: 'briefs', ...fieldsFor('briefs', body) }, heading, shaping);
  return headed({ kind: 'text', text: proseOf(body) }, heading, shaping);
}

/** The words of the days of updates as a brief prints them: in the story they are in ISO 8601. */
function printedDays({ items }: Value, lang: string): string[] {
  if (!Array.isArray(items)) return [];
  return items.flatMap((item) => {
    const parts = typeof item?.at === 'string' ? parseDate(item.at) : undefined;
    return parts ? wordsOf(dateText(parts, lang)) : [];
  });
}

function manyLines(list: Extract<Block, { type: 'list' }>): boolean {
  return (
    !list.ordered &&
    list.items.some(({ children }) => children.length > 1 && children.every(({ type }) => type === 'paragraph'))
  );
}

/** The heading, where it is not the one that the house gives to this kind anyway. */
function headed(section: Value, heading: Heading | undefined, { lang }: Shaping): Value {
  if (!heading) return section;
  const house = wordsFor(lang);
  const { kind, ...fields } = section;
  return house.known && house.words.headings[String(kind)] === heading.text
    ? section
    : { kind, heading: heading.text, ...fields };
}
