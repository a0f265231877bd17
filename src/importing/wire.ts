import type { Inline } from '../prose/tree.js';
import type { Body, Note, Part } from './manuscript.js';
import { plain } from './mdast.js';

type Value = Record<string, unknown>;

const RELEASE =
  /^\W*(?:for immediate (?:release|publication|use)|(?:press|media|news) release|press notice|pressemitteilung|presseinformation|communiqué de presse|nota de prensa|comunicado de (?:prensa|imprensa)|comunicato stampa)\W*$/iu;

/** Signs for "nothing follows" of agencies and press offices. */
const END =
  /^(?:[\W_]*(?:ends?|ende|fin|more follows|mf)[\W_]*|#\s?#\s?#|[-–—*\s]*30[-–—*\s]*|[-–—*]+\s*(?:ends?|\d{2})\s*[-–—*]+)$/i;

const wordsOf = (part: Part): string =>
  part.type === 'heading'
    ? part.text
    : part.type === 'block' && part.block.type === 'paragraph'
      ? plain(part.block.children)
      : '';

/** Parts without the lines by which agencies and press offices say what a text is and where it ends; each is named. */
export function withoutWireMarks(parts: readonly Part[], notes: Note[]): Part[] {
  return parts.filter((part, i) => {
    const words = wordsOf(part);
    const isMark = words !== '' && words.length < 60 && (i > 0 ? END.test(words) : false);
    const isRelease = i < 4 && RELEASE.test(words);
    if (isMark) notes.push({ kind: 'dropped', line: part.line, message: 'the mark of the text’s end', text: words });
    if (isRelease) notes.push({ kind: 'dropped', line: part.line, message: 'what kind of release it is', text: words });
    return !isMark && !isRelease;
  });
}

/** A place in capitals, perhaps with a region, a day and an agency, and a dash: `ABERDEEN, Oct 6 (AP) — `. */
const DATELINE =
  /^(\p{Lu}[\p{Lu}\p{M}.’'-]+(?: \p{Lu}[\p{Lu}\p{M}.’'-]+){0,3}(?:, [\p{L}][\p{L}\p{M}.]{1,20}(?: [\p{L}][\p{L}.]{1,20})?)?(?:,? \d{1,2} \p{L}{3,10}\.?|,? \p{L}{3,10}\.? \d{1,2})?(?: ?\([\p{L}\p{N} ./&-]{2,30}\))?) ?(?:—|–|--| -) +(?=\S)/u;

/** Takes the dateline that stands at the start of the first paragraph into its field. */
export function takeDateline(parts: Part[], story: Value, notes: Note[]): Part[] {
  const at = parts.findIndex(({ type }) => type === 'block');
  const part = parts[at];
  if (story['dateline'] !== undefined || part?.type !== 'block' || part.block.type !== 'paragraph') return parts;
  const [first, second, ...rest] = part.block.children;
  // The place may stand in bold, with the dash behind it.
  const lead: Inline | undefined = first?.type === 'strong' && first.children.length === 1 ? first.children[0] : first;
  const joined =
    lead?.type === 'text' ? lead.text + (first !== lead && second?.type === 'text' ? second.text : '') : '';
  const [whole, dateline] = DATELINE.exec(joined) ?? [];
  if (whole === undefined || dateline === undefined) return parts;
  const left: Inline = { type: 'text', text: joined.slice(whole.length) };
  const others = first === lead ? [second, ...rest] : rest;
  const children = [left, ...others].filter(
    (node): node is Inline => node !== undefined && !(node.type === 'text' && node.text === ''),
  );
  if (children.length === 0) return parts;
  story['dateline'] = dateline;
  notes.push({ kind: 'took', line: part.line, message: 'dateline from the start of the text', text: dateline });
  const bare: Body = { type: 'block', line: part.line, block: { type: 'paragraph', children } };
  return parts.with(at, bare);
}
