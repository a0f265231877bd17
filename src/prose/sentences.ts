import { languageOf } from '../languages/index.js';

/** A sentence of a text, as UTF-16 offsets; `text` is as typed. */
export interface Sentence {
  start: number;
  end: number;
  text: string;
}

/** Abbreviations that may also end a sentence: they do if the next word usually starts one. */
const ENDS_TOO = /(?:U\.S|U\.K|U\.N|E\.U|[ap]\.m|D\.C|etc|Inc|Ltd|Co|Corp|Jr|Sr)\.\s*$/;
const STARTS =
  /^["“‘(]*(?:The|A|An|It|He|She|They|We|I|But|And|In|On|At|For|This|That|These|Those|If|When|While|After|Before|No|Its|Their|His|Her|Then|Later|Meanwhile|Now|So|Yet|Since|With|From|Our|You|Police|Officials|There|What|Who|As|By|Some|Many|Most|Both)\b/;

/** How much of a text ICU is given at once: it takes memory by the square of what has no break for some scripts. */
const PIECE = 20_000;

/** How many characters before a break decide whether a sentence ends there. */
const TAIL = 60;

const segmenters = new Map<string, Intl.Segmenter>();

/**
 * The sentences of a text, as typed. Paragraphs, list items and lines that break hard part sentences too; a citation that
 * stands after the full stop belongs to the sentence before it.
 */
export function sentences(text: string, lang: string): Sentence[] {
  const all: Sentence[] = [];
  for (const [start, end] of paragraphs(text))
    for (const sentence of inParagraph(text, start, end, lang)) all.push(sentence);
  return all;
}

/** Runs of lines without an empty one between them; each entry of a list is one. */
function* paragraphs(text: string): Generator<[number, number]> {
  for (const { index, 0: run } of text.matchAll(/(?:[^\n]|\n(?![ \t]*(?:\n|[-*+][ \t]|\d{1,9}[.)][ \t]|>)))+/g))
    if (/\S/.test(run)) yield [index, index + run.length];
}

function inParagraph(text: string, from: number, to: number, lang: string): Sentence[] {
  const language = lang.split('-')[0] ?? 'en';
  const segmenter = segmenters.get(language) ?? new Intl.Segmenter(language, { granularity: 'sentence' });
  segmenters.set(language, segmenter);
  const starts: number[] = [];
  // A break of line within a paragraph is a space, and so is a citation: what is behind the full stop stays with it.
  const plain = text
    .slice(from, to)
    .replace(/\n/g, ' ')
    .replace(
      /\[@[^\]\n]{0,500}\]|\]\([^)\s]{0,2000}(?:\s[^)\n]{0,500})?\)|<?https?:\/\/[^\s<>]+[^\s<>.,;:!?)”"]|^\s*(?:[-*+]|\d{1,9}[.)]|>)\s/g,
      (match) => ' '.repeat(match.length),
    );
  for (let at = 0; at < plain.length; at += PIECE)
    for (const { index } of segmenter.segment(plain.slice(at, at + PIECE)))
      if (index > 0 || at === 0) starts.push(at + index);
  // Unicode's rules do not part before a figure that small letters follow: "It closed. 8 men left."
  for (const { index, 0: end } of plain.matchAll(/[.!?…]["”’»)]*\s+(?=\p{Sc}?\p{N})/gu))
    starts.push(index + end.length);
  const parts: [number, number][] = [];
  const sorted = [...new Set(starts)].sort((a, b) => a - b);
  for (const [i, start] of sorted.entries()) {
    const end = sorted[i + 1] ?? plain.length;
    const last = parts.at(-1);
    if (last && goesOn(plain.slice(Math.max(last[0], last[1] - TAIL), last[1]), plain.slice(start, end), language))
      last[1] = end;
    else parts.push([start, end]);
  }
  return parts
    .map(([start, end]) => trimmed(text, from + start, from + end))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence.text));
}

/** Whether what follows belongs to the sentence before it. */
function goesOn(before: string, after: string, language: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(before) || !/[\p{L}\p{N}]/u.test(after)) return true;
  if (/^\s*\p{Ll}/u.test(after) && !/[.!?…]["”’»)]?\s*$/u.test(before)) return true;
  // “Why?” he asked, and: “Why?” Page asked.
  if (
    /[!?]["'”’»)]+\s*$/u.test(before) &&
    /^(?:\p{Ll}|\p{Lu}[\p{L}.'’-]*\s+(?:said|says|asked|replied|wrote|added|told)\b)/u.test(after)
  )
    return true;
  if (!languageOf(language)?.shortForms?.test(before)) return false;
  return !(ENDS_TOO.test(before) && STARTS.test(after));
}

function trimmed(text: string, start: number, end: number): Sentence {
  const whole = text.slice(start, end);
  const lead = whole.length - whole.trimStart().length;
  const from = start + lead;
  const to = start + whole.trimEnd().length;
  return { start: from, end: Math.max(from, to), text: text.slice(from, Math.max(from, to)) };
}
