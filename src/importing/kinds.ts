import { englishDate, parseDate } from '../languages/dates.js';
import type { HeadedKind } from '../languages/language.js';
import { type Block, type Inline, plainText } from '../prose/tree.js';
import { type GroupShape, shapeOf, textTypeOf } from '../schema/shape.js';
import { kinds } from '../sections/index.js';
import { atBreak, leadIn, proseFrom, proseOf, singleLine, unnumbered, withText } from './blocks.js';
import { readDate } from './dates.js';
import type { Body } from './manuscript.js';
import { plain } from './mdast.js';
import { readSourceDate } from './source-line.js';

type Value = Record<string, unknown>;

/** How the blocks below a heading become the fields of a kind of section; undefined where they have another shape. */
type Reader = (body: Body[]) => Value | undefined;

const asText: Reader = (body) => ({ text: proseOf(body) });
const asItems: Reader = (body) => withText(body, (items) => items.map((blocks) => proseFrom(blocks).trimEnd()));

/** The kinds whose entries have a form of their own in texts; others are read by the shape of their fields. */
const READERS: Readonly<Partial<Record<HeadedKind, Reader>>> = {
  questions,
  topics: (body) => withText(body, (items) => items.map(topic)),
  timeline: (body) => datedItems(body, 'date'),
  updates: (body) => datedItems(body, 'at'),
  figures: (body) => withText(body, (items) => items.map(figure)),
  links: (body) => withText(body, (items) => items.map(linkItem)),
  'key-points': asItems,
  unknowns: (body) => asItems(body) ?? asText(body),
  next: (body) => datedItems(body, 'date') ?? nextItems(body) ?? asText(body),
  quotes,
  briefs,
};

/** The own fields of a section of some kind; undefined where its blocks have another shape. */
export const fieldsFor = (kind: string, body: Body[]): Value | undefined =>
  (READERS[kind as HeadedKind] ?? byShape(kind))(body);

/** The shape of a kind's entries; undefined where it has none that are groups of fields. */
function entryShape(kind: string): GroupShape | undefined {
  const fields = kinds.find((candidate) => candidate.kind === kind)?.schema.shape;
  const shape = fields && 'items' in fields ? shapeOf(fields.items) : undefined;
  return shape?.type === 'list' && shape.item.type === 'group' ? shape.item : undefined;
}

/** Reads a kind by its fields: entries of a list where it has `items` that are made of texts, else its text. */
export function byShape(kind: string): Reader {
  const entry = entryShape(kind);
  if (!entry) return asText;
  return (body) => withText(body.map(unnumbered), (all) => all.map((blocks) => entryOf(blocks, entry))) ?? asText(body);
}

/**
 * An entry as our templates print one of any kind: a line for each field, in order, and the last field with all that is left.
 * A field that may be missing is where there are too few lines, or the line is a sentence. Undefined where fields are no texts.
 */
function entryOf(blocks: readonly Block[], { fields }: GroupShape): Value | undefined {
  const lines = blocks.flatMap(linesOf);
  const texts = [...fields].filter(
    ([, { shape }]) => shape.type === 'text' && /^(?:line|prose|when)$/.test(shape.text ?? ''),
  );
  const needed = [...fields].filter(([, { isOptional }]) => !isOptional);
  if (lines.length < needed.length || needed.some((field) => !texts.some(([name]) => name === field[0])))
    return undefined;
  let spare = lines.length - needed.length;
  let at = 0;
  const used = texts.filter(([, { shape, isOptional }]) => {
    // What ends like a sentence is no line of its own.
    const isSentence = textTypeOf(shape) === 'line' && /[.!?。]$/.test(plainText(lines.slice(at, at + 1)));
    if (isOptional && (spare === 0 || isSentence)) return false;
    if (isOptional) spare--;
    at++;
    return true;
  });
  const made: Value = {};
  for (const [i, [name, { shape }]] of used.entries()) {
    const itsLines = i === used.length - 1 ? lines.slice(i) : lines.slice(i, i + 1);
    const [only, more] = itsLines;
    const line = !more && only?.type === 'paragraph' ? singleLine(only.children) : undefined;
    const text = textTypeOf(shape) === 'prose' ? proseFrom(itsLines).trimEnd() : line;
    if (text === undefined) return undefined;
    made[name] = text;
  }
  return made;
}

/** A paragraph with hard breaks as one for each of its lines. */
function linesOf(block: Block): Block[] {
  if (block.type !== 'paragraph') return [block];
  const [line, rest] = atBreak(block.children);
  const first: Block = { type: 'paragraph', children: line };
  return rest.length === 0 ? [first] : [first, ...linesOf({ type: 'paragraph', children: rest })];
}

/** Entries that each start with a date; also of a numbered list, as pages have it. */
function datedItems(body: Body[], field: 'date' | 'at'): Value | undefined {
  return withText(body.map(unnumbered), (items) => items.map((item) => dated(item, field)));
}

/** Entries with a day, or what stands for one in bold or on a line of its own, and perhaps some without. */
function nextItems(body: Body[]): Value | undefined {
  const read = (blocks: Block[]): Value => {
    const [first, ...rest] = blocks;
    const known = dated(blocks, 'date');
    const lead = first?.type === 'paragraph' && rest.length > 0 ? first.children : [];
    const [only, more] = lead;
    if (known) return known;
    return only?.type === 'strong' && !more
      ? { date: plain(only.children), text: proseFrom(rest).trimEnd() }
      : { text: proseFrom(blocks).trimEnd() };
  };
  const made = withText(body.map(unnumbered), (items) => items.map(read));
  return (made?.['items'] as Value[] | undefined)?.some((item) => item['date'] !== undefined) ? made : undefined;
}

/** Questions as entries of a list, or as paragraphs that end in a question mark, with their answers below. */
function questions(body: Body[]): Value | undefined {
  const listed = withText(body, (items) =>
    items.map(([first, ...rest]) => {
      if (first?.type !== 'paragraph') return undefined;
      const [asked, inlines] = atBreak(first.children);
      const answer = [...(inlines.length > 0 ? [{ type: 'paragraph', children: inlines } as Block] : []), ...rest];
      const question = singleLine(asked);
      return question === undefined || answer.length === 0 ? undefined : { question, answer: proseFrom(answer) };
    }),
  );
  if (listed) return listed;
  const items: { question: string; answer: Block[] }[] = [];
  const lead: Block[] = [];
  for (const { block } of body) {
    const question = block.type === 'paragraph' ? singleLine(block.children) : undefined;
    const bold = block.type === 'paragraph' ? leadIn(block.children) : undefined;
    if (question?.endsWith('?') && (items.at(-1)?.answer.length ?? 1) > 0) items.push({ question, answer: [] });
    else if (bold?.words.endsWith('?') && !bold.url && bold.mark === '' && bold.rest.length > 0)
      items.push({ question: bold.words, answer: [{ type: 'paragraph', children: bold.rest }] });
    else (items.at(-1)?.answer ?? lead).push(block);
  }
  if (items.length === 0 || items.some(({ answer }) => answer.length === 0)) return undefined;
  return {
    ...(lead.length > 0 ? { text: proseFrom(lead) } : {}),
    items: items.map(({ question, answer }) => ({ question, answer: proseFrom(answer) })),
  };
}

function topic(blocks: Block[]): Value | undefined {
  const [first, ...rest] = blocks;
  if (first?.type !== 'paragraph') return undefined;
  const lead = leadIn(first.children);
  if (lead && rest.length === 0)
    return {
      name: lead.words,
      ...(lead.url ? { url: lead.url } : {}),
      ...(lead.rest.length > 0 ? { text: proseFrom([{ type: 'paragraph', children: lead.rest }]).trimEnd() } : {}),
    };
  if (rest.length === 0) return { text: proseFrom(blocks) };
  const name = singleLine(first.children);
  return name === undefined ? { text: proseFrom(blocks) } : { name, text: proseFrom(rest) };
}

function figure(blocks: Block[]): Value | undefined {
  const [first, ...rest] = blocks;
  const lead = first?.type === 'paragraph' ? (leadIn(first.children) ?? lineLead(first.children)) : undefined;
  if (!lead || lead.url || !/\p{N}/u.test(lead.words) || (lead.rest.length === 0 && rest.length === 0))
    return undefined;
  const text: Block[] = [
    ...(lead.rest.length > 0 ? [{ type: 'paragraph', children: lead.rest } as Block] : []),
    ...rest,
  ];
  return { figure: lead.words, text: proseFrom(text).trimEnd() };
}

/** A line alone above the rest of its paragraph, as plain text has what leads in to an entry. */
function lineLead(nodes: Inline[]): { words: string; url?: string; rest: Inline[] } | undefined {
  const [line, rest] = atBreak(nodes);
  const words = rest.length > 0 && line.every(({ type }) => type === 'text') ? plain(line).trim() : '';
  return words === '' || words.length > 60 ? undefined : { words, rest };
}

/** A title, perhaps with its outlet, and its address on the line below, as plain text has a link. */
function linkLines(blocks: Block[]): Value | undefined {
  const [first, more] = blocks;
  if (first?.type !== 'paragraph' || more) return undefined;
  const [line, below] = atBreak(first.children);
  const [address, rest] = atBreak(below);
  const [link, other] = address;
  if (link?.type !== 'link' || other || !/^https?:/i.test(link.url) || line.some(({ type }) => type !== 'text'))
    return undefined;
  const [, title = plain(line), outlet] = /^(.*\S) \(([^()]+)\)$/.exec(plain(line).trim()) ?? [];
  const note = rest.length > 0 ? { note: proseFrom([{ type: 'paragraph', children: rest }]).trimEnd() } : {};
  return { title, url: link.url, ...(outlet ? { outlet } : {}), ...note };
}

function linkItem(blocks: Block[]): Value | undefined {
  const [first, ...rest] = blocks;
  const lead = first?.type === 'paragraph' ? leadIn(first.children) : undefined;
  if (!lead?.url || !/^https?:/i.test(lead.url)) return linkLines(blocks);
  const note: Block[] = [
    ...(lead.rest.length > 0 ? [{ type: 'paragraph', children: lead.rest } as Block] : []),
    ...rest,
  ];
  const [head, ...below] = note;
  const [, outlet] = (head?.type === 'paragraph' && /^\(([^()]{2,80})\)$/.exec(singleLine(head.children) ?? '')) || [];
  const text = outlet === undefined ? note : below;
  const named = outlet === undefined ? {} : { outlet };
  return {
    title: lead.words,
    url: lead.url,
    ...named,
    ...(text.length > 0 ? { note: proseFrom(text).trimEnd() } : {}),
  };
}

/** An entry that starts with a date: `2019-02-28: text`, `**28 February 2019** – text`. */
function dated(blocks: Block[], field: 'date' | 'at'): Value | undefined {
  const [first, ...rest] = blocks;
  if (first?.type !== 'paragraph') return undefined;
  const lead = dateLine(first.children) ?? leadIn(first.children) ?? textLead(first.children);
  const typed = lead && !('url' in lead && lead.url) ? dateFrom(lead.words) : undefined;
  const date = typed !== undefined && field === 'at' ? readDate(typed) : typed;
  if (!lead || date === undefined || (field === 'at' && parseDate(date)?.day === undefined)) return undefined;
  const text: Block[] = [
    ...(lead.rest.length > 0 ? [{ type: 'paragraph', children: lead.rest } as Block] : []),
    ...rest,
  ];
  return text.length === 0 ? undefined : { [field]: date, text: proseFrom(text).trimEnd() };
}

/** A date as it was typed where it is one in the story's forms or has words of its own; ISO 8601 for a spoken one. */
function dateFrom(words: string): string | undefined {
  if (parseDate(words) || readSourceDate(words) !== undefined) return words;
  if (
    englishDate(words) !== undefined ||
    /^(?:(?:early|mid|late|spring|summer|autumn|fall|winter|q[1-4])[ -])?(?:\p{L}+\.?\s+){0,2}\d{4}$/iu.test(words)
  )
    return words;
  return undefined;
}

/** A date alone on its line, above the rest. */
function dateLine(nodes: Inline[]): { words: string; rest: Inline[] } | undefined {
  const [line, rest] = atBreak(nodes);
  const words = line.every(({ type }) => type === 'text') ? plain(line).trim() : '';
  return dateFrom(words) === undefined ? undefined : { words, rest };
}

function textLead(nodes: readonly Inline[]): { words: string; rest: Inline[] } | undefined {
  const [first, ...others] = nodes;
  const match = first?.type === 'text' ? /^(.{3,30}?)(?:\s+[–—-]\s+|:\s+)/.exec(first.text) : null;
  if (!match || first?.type !== 'text') return undefined;
  const text = first.text.slice(match[0].length);
  return { words: match[1] ?? '', rest: [...(text === '' ? [] : [{ type: 'text', text } as const]), ...others] };
}

/** Block quotes, each with a line "— Speaker, role" at its end or below it. */
function quotes(body: Body[]): Value | undefined {
  const items: Value[] = [];
  for (const { block } of body) {
    const below = block.type === 'paragraph' ? spokenBy(block.children) : undefined;
    const last = items.at(-1);
    if (below && last && last['speaker'] === undefined) Object.assign(last, below);
    else if (block.type !== 'quote') return undefined;
    else {
      const end = block.children.at(-1);
      const speaker = end?.type === 'paragraph' && block.children.length > 1 ? spokenBy(end.children) : undefined;
      items.push({ quote: proseFrom(speaker ? block.children.slice(0, -1) : block.children), ...speaker });
    }
  }
  return items.length > 0 ? { items } : undefined;
}

function spokenBy(nodes: readonly Inline[]): Value | undefined {
  const match = /^[—–-]{1,2}\s*([^,]+)(?:,\s*(.+))?$/.exec(singleLine(nodes) ?? '');
  return match ? { speaker: match[1]?.trim(), ...(match[2] ? { role: match[2].trim() } : {}) } : undefined;
}

function briefs(body: Body[]): Value | undefined {
  return withText(body, (items) => items.map((blocks) => brief(blocks, true)));
}

/** An entry with a lead-in, a text, and entries of its own; what else stands in it belongs to its text. */
function brief(blocks: Block[], outer: boolean): Value | undefined {
  const [first, ...rest] = blocks;
  if (first?.type !== 'paragraph') return { text: proseFrom(blocks) };
  const lead = leadIn(first.children);
  const plainHeadingLine = rest.length > 0 && rest[0]?.type === 'paragraph' ? singleLine(first.children) : undefined;
  const last = blocks.at(-1);
  const inner =
    outer &&
    last?.type === 'list' &&
    !last.ordered &&
    last.items.every(({ children }) => children.every(({ type }) => type === 'paragraph'))
      ? last
      : undefined;
  const middle = inner ? blocks.slice(1, -1) : rest;
  const items = inner ? { items: inner.items.map(({ children }) => brief(children, false)) } : {};
  if (lead && !lead.url && lead.words.length <= 120) {
    const text: Block[] = [
      ...(lead.rest.length > 0 ? [{ type: 'paragraph', children: lead.rest } as Block] : []),
      ...middle,
    ];
    return { heading: lead.words, ...(text.length > 0 ? { text: proseFrom(text) } : {}), ...items };
  }
  if (plainHeadingLine !== undefined && plainHeadingLine.length <= 120)
    return { heading: plainHeadingLine, ...(middle.length > 0 ? { text: proseFrom(middle) } : {}), ...items };
  return { text: proseFrom([first, ...middle]), ...items };
}
