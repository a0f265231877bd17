import { dateText } from '../languages/date-text.js';
import { parseDate } from '../languages/dates.js';
import { languages } from '../languages/index.js';
import type { Words } from '../languages/language.js';
import { quotationMarks } from '../languages/quotation-marks.js';
import { allWords, wordsFor } from '../languages/words.js';
import { parseProse } from '../prose/parse.js';
import { unquoted } from '../prose/quotation.js';
import { type Block, plainText } from '../prose/tree.js';
import { writeProse } from '../prose/write.js';
import { readDate } from './dates.js';
import type { Note, Part } from './manuscript.js';
import { escaped, readSourceDate } from './source-line.js';

type Value = Record<string, unknown>;

/**
 * The language of a text by the headings and labels that our briefs have in it; undefined where none says so. English with the
 * day before the month is that of Britain.
 */
export function languageOfBrief(parts: readonly Part[]): string | undefined {
  const headings = parts.flatMap((part) => (part.type === 'heading' ? part.text : []));
  const scores = Object.entries(languages).map(([lang, { words }]) => {
    const ours = new Set([
      ...Object.values(words.headings),
      words.sources,
      words.corrections,
      words.disclosure,
      words.backstory,
    ]);
    return { lang, score: headings.filter((heading) => ours.has(heading)).length };
  });
  const english = scores.find(({ lang }) => lang === 'en')?.score ?? 0;
  const best = scores.reduce((most, candidate) => (candidate.score > most.score ? candidate : most));
  if (best.score > english) return best.lang;
  const lines = parts.slice(0, 8).map((part) => (part.type === 'block' ? plainText([part.block]) : ''));
  return english > 0 && lines.some((line) => /\b(?:Published|Updated) \d{1,2} \p{L}+ \d{4}/u.test(line))
    ? 'en-GB'
    : undefined;
}

/** The corrections that a section lists, as the story's field; undefined if they have another form. */
export function correctionsFrom(text: string, lang: string): Value[] | undefined {
  const { words } = wordsFor(lang);
  const items: Value[] = [];
  for (const block of parseProse(text).blocks.flatMap(linesOf)) {
    const line = block.type === 'paragraph' ? plainText([block]) : '';
    const head = headOf(line, words);
    const last = items.at(-1);
    const label = (word: string) =>
      line.startsWith(`${word}${words.colon}`) ? line.slice(word.length + words.colon.length) : undefined;
    if (head) items.push(head);
    else if (!last) return undefined;
    else if (label(words.was) !== undefined) last['was'] = label(words.was)?.replace(/^~~|~~$/g, '');
    else if (label(words.now) !== undefined) last['now'] = label(words.now);
    else last['text'] = [last['text'], writeProse([block])].filter(Boolean).join('\n\n');
  }
  return items.length > 0 && items.every((item) => item['text'] !== undefined) ? items : undefined;
}

/** A paragraph with breaks as a paragraph for each of its lines. */
function linesOf(block: Block): Block[] {
  if (block.type !== 'paragraph') return [block];
  const lines: Block[] = [];
  let from = 0;
  for (const [i, node] of [...block.children, { type: 'break' } as const].entries()) {
    if (node.type !== 'break') continue;
    if (i > from) lines.push({ type: 'paragraph', children: block.children.slice(from, i) });
    from = i + 1;
  }
  return lines;
}

/** `Correction, 7 October 2025 (What’s happened):` */
function headOf(line: string, words: Words): Value | undefined {
  for (const [kind, label] of [
    ['clarification', words.clarification],
    ['correction', words.correction],
  ] as const) {
    if (!line.startsWith(`${label}${words.comma}`)) continue;
    const [, day = '', section, rest = ''] =
      /^(.*?)(?: \(([^()]*)\))?(?::\s*(.*))?$/s.exec(line.slice(label.length + words.comma.length)) ?? [];
    const date = readDate(day);
    if (date === undefined) continue;
    return {
      date,
      ...(kind === 'correction' ? {} : { kind }),
      ...(section ? { section } : {}),
      ...(rest ? { text: rest } : {}),
    };
  }
  return undefined;
}

/** So many parts at the end of a brief may hold the line about how the story was made. */
const LAST = 12;

/** Takes the line about how the story was made, as our briefs have it in any language, out of the last parts. */
export function takeMadeWith(parts: Part[], story: Value, notes: Note[]): Part[] {
  const words = allWords.flatMap(({ madeWith }) => Object.entries(madeWith));
  return parts.filter((part, i) => {
    if (i < parts.length - LAST || part.type !== 'block' || part.block.type !== 'paragraph') return true;
    const line = plainText([part.block]);
    const made = words.find(([, word]) => word === line)?.[0];
    if (made === undefined || story['made_with'] !== undefined) return true;
    story['made_with'] = made;
    notes.push({
      kind: 'took',
      line: part.line,
      message: 'made_with from the line about how the story was made',
      text: line,
    });
    return false;
  });
}

interface Known {
  id: string;
  name: string;
}

/**
 * Sections in which what our briefs print around fields is fields again: the source below a figure or a quotation, the outlets
 * of a press review with their positions, days as dates.
 */
export function withOwnFields(section: Value, lang: string, sources: readonly Record<string, string>[]): Value {
  const known = sources.map(
    (source): Known => ({ id: source['id'] ?? '', name: source['outlet'] ?? source['title'] ?? '' }),
  );
  const inner = section['sections'];
  if (Array.isArray(inner))
    return { ...section, sections: inner.map((child) => withOwnFields(child as Value, lang, sources)) };
  switch (section['kind']) {
    case 'figures':
      return withItems(section, (item) => withSource(item, 'text', known));
    case 'quotes':
      return withItems(section, (item) => ownQuotation(item, lang, known));
    case 'coverage':
      return ownCoverage(section, lang, known);
    case 'timeline':
    case 'next':
    case 'updates':
      return withItems(section, (item) => ({ ...item, ...isoOf(item, 'date', lang), ...isoOf(item, 'at', lang) }));
    default:
      return section;
  }
}

function withItems(section: Value, change: (item: Value) => Value): Value {
  const items = section['items'];
  return Array.isArray(items) ? { ...section, items: items.map((item) => change(item as Value)) } : section;
}

/** A day in ISO 8601 where a brief prints it just as it was typed. */
function isoOf(item: Value, name: string, lang: string): Value {
  const typed = String(item[name] ?? '');
  const read = readSourceDate(typed);
  const parts = read === undefined ? undefined : parseDate(read);
  return parts && dateText(parts, lang) === typed ? { [name]: read } : {};
}

/** The name of a listed source and its citation, alone at the end of a text. */
function citedAtEnd(text: string, known: readonly Known[]): { rest: string; id: string } | undefined {
  const [whole, name = '', id] = /(?:^|\n+|\\\n)([^\n]+?) ?\[@([^\];]+)\]\s*$/.exec(text) ?? [];
  const source = known.find((candidate) => candidate.id === id && candidate.name === name.trim());
  return whole === undefined || !source
    ? undefined
    : { rest: text.slice(0, text.length - whole.length), id: source.id };
}

function withSource(item: Value, field: string, known: readonly Known[]): Value {
  const cited = citedAtEnd(String(item[field] ?? ''), known);
  return cited && cited.rest.trim() !== '' ? { ...item, [field]: cited.rest.trimEnd(), source: cited.id } : item;
}

function ownQuotation(item: Value, lang: string, known: readonly Known[]): Value {
  const made: Value = { ...item };
  // Who said it may stand within the quotation, as a line of its own.
  const [whole, by] = /\n\n— ([^\n]+)\s*$/.exec(String(item['quote'] ?? '')) ?? [];
  if (whole !== undefined && by !== undefined && item['speaker'] === undefined) {
    made['quote'] = String(item['quote']).slice(0, -whole.length);
    made['speaker'] = by;
  }
  const field = made['role'] === undefined ? 'speaker' : 'role';
  const text = String(made[field] ?? '');
  const [cited, name, id] =
    / ?\(([^()]+)\) ?\[@([^\];]+)\]$/.exec(text) ?? /^([^[\]]+?) ?\[@([^\];]+)\]$/.exec(text) ?? [];
  const source = known.find((candidate) => candidate.id === id && candidate.name === name);
  if (cited !== undefined && source) {
    made['source'] = source.id;
    const left = text.slice(0, text.length - cited.length).trim();
    if (left === '') delete made[field];
    else made[field] = left;
  }
  if (field === 'speaker' && typeof made['speaker'] === 'string') {
    const [, speaker, role] = /^([^,、،]+)[,、،]\s*(.+)$/.exec(made['speaker']) ?? [];
    if (speaker !== undefined && whole !== undefined) Object.assign(made, { speaker, role });
  }
  // No line has citations of its own.
  for (const name of ['role', 'speaker'] as const) {
    const [mark, cites] = / ?\[@([^\];]+)\]/.exec(String(made[name] ?? '')) ?? [];
    if (mark !== undefined) Object.assign(made, { source: cites, [name]: String(made[name]).replace(mark, '') });
  }
  const blocks = parseProse(String(made['quote'] ?? '')).blocks;
  return { ...made, quote: `${writeProse(unquoted(blocks, quotationMarks(lang)))}\n` };
}

/** A press review whose list names outlets, in bold or on a line of their own, with position and citation. */
function ownCoverage(section: Value, lang: string, known: readonly Known[]): Value {
  if (section['items'] !== undefined || typeof section['text'] !== 'string') return section;
  const { words } = wordsFor(lang);
  const { blocks } = parseProse(section['text']);
  const at = blocks.findIndex((block) => block.type === 'list' && !block.ordered);
  const list = blocks[at];
  if (list?.type !== 'list') return section;
  const items = list.items.map(({ children }) => outletFrom(children, lang, words, known));
  if (items.includes(undefined)) return section;
  const after = blocks.slice(at + 1);
  const [label, rows, more] = after;
  const isMatrix =
    label !== undefined &&
    plainText([label]).trim() === `${words.position} – ${words.outlets}${words.colon}`.trim() &&
    rows?.type === 'list' &&
    !more;
  if (after.length > 0 && !isMatrix) return section;
  const { text: _, ...rest } = section;
  const text = at > 0 ? { text: `${writeProse(blocks.slice(0, at))}\n` } : {};
  return { ...rest, ...text, ...(isMatrix ? { matrix: true } : {}), items };
}

function outletFrom(
  children: readonly Block[],
  lang: string,
  words: Words,
  known: readonly Known[],
): Value | undefined {
  const [first, ...rest] = children;
  if (first?.type !== 'paragraph') return undefined;
  const cut = first.children.findIndex(({ type }) => type === 'break');
  const head = cut < 0 ? first.children : first.children.slice(0, cut);
  const below: Block[] = cut < 0 ? rest : [{ type: 'paragraph', children: first.children.slice(cut + 1) }, ...rest];
  const cite = head.at(-1);
  const id = cite?.type === 'cite' ? cite.refs[0]?.id : undefined;
  const line = plainText([{ type: 'paragraph', children: head }]).trim();
  const [, name = line, position] =
    new RegExp(`^(.*?) \\(${escaped(words.position)}\\s*[:：]\\s*(.*)\\)$`).exec(line) ?? [];
  if (!known.some((candidate) => candidate.id === id && candidate.name === name)) return undefined;
  const last = below.at(-1);
  const quote = last?.type === 'quote' ? last : undefined;
  const says = quote ? below.slice(0, -1) : below;
  const marks = quotationMarks(lang);
  return {
    source: id,
    ...(says.length > 0 ? { says: `${writeProse(says)}\n` } : {}),
    ...(quote ? { quote: `${writeProse(unquoted(quote.children, marks))}\n` } : {}),
    ...(position ? { position } : {}),
  };
}
