import type { Inline } from '../prose/tree.js';
import { readMoment } from './dates.js';
import type { Note, Part } from './manuscript.js';
import { plain } from './mdast.js';

type Value = Record<string, unknown>;

const YES = /^(?:true|yes|on|1|y|ja|oui|s[ií]|sim)$/i;
const NO = /^(?:false|no|off|0|n|nein|non|n[ãa]o|never)$/i;

/** Fields that say "draft" where they say yes. */
const DRAFT_IF_YES =
  /^_?(?:is[_-]?)?(?:draft|unpublished|hidden|private|wip|unlisted|exclude|do[_ -]?not[_ -]?publish|entwurf|brouillon|borrador|rascunho|bozza)$/i;
/** Fields that say "draft" where they say no. */
const DRAFT_IF_NO =
  /^(?:is[_-]?)?(?:published|publish|public|live|ready|released|online|veröffentlicht|publié|publicado|pubblicato)$/i;
/** Fields that name a state. */
const STATE =
  /^(?:(?:post|publication|publish|page|article|content|story|editorial|workflow)?[_ -]?(?:status|state|stage)|visibility|workflow)$/i;

const STATES: readonly { status: string; words: RegExp }[] = [
  {
    status: 'draft',
    words:
      /^(?:draft|drafts|unpublished|not[ _-]?published|do[ _-]?not[ _-]?publish|private|hidden|pending(?:[ _-]?review)?|(?:in|under|for|needs|awaiting)[ _-]?review|review|in[ _-]?progress|wip|todo|to[ _-]?do|scheduled|future|auto-draft|password(?:[ _-]protected)?|internal|members?[ _-]?only|entwurf|unveröffentlicht|brouillon|non publié|borrador|no publicado|rascunho|não publicado|bozza|non pubblicato|下書き|草稿|未公開|مسودة)$/i,
  },
  { status: 'held', words: /^(?:held|hold|on[ _-]?hold|withheld|embargo(?:ed)?|paused|zurückgehalten)$/i },
  {
    status: 'killed',
    words: /^(?:killed|spiked|cancell?ed|withdrawn|retracted|trash(?:ed)?|deleted|archived|rejected)$/i,
  },
  {
    status: 'ready',
    words:
      /^(?:ready|published|publish|public|live|final|online|released|active|veröffentlicht|publié|publicado|pubblicato)$/i,
  },
];

/** What a field of other programs says of whether the text may be published; undefined for a field about something else. */
export function statusFrom(name: string, value: unknown): string | undefined {
  const text = String(value ?? '').trim();
  const field = name.trim();
  if (DRAFT_IF_YES.test(field) && (YES.test(text) || NO.test(text))) return YES.test(text) ? 'draft' : 'ready';
  if (DRAFT_IF_NO.test(field) && (YES.test(text) || NO.test(text))) return NO.test(text) ? 'draft' : 'ready';
  return STATE.test(field) ? STATES.find(({ words }) => words.test(text))?.status : undefined;
}

/** Sets a status, but never to one that lets more out. */
export function putStatus(story: Value, status: string): void {
  const order = ['ready', 'draft', 'held', 'killed'];
  const before = order.indexOf(String(story['status'] ?? 'ready'));
  if (status !== 'ready' && order.indexOf(status) > before) story['status'] = status;
}

const EMBARGO =
  /^\W*(?:strictly\s+)?(?:(?:not|hold)\s+for\s+(?:release|publication|broadcast)[^:]{0,40}?(?:before|until)|(?:under\s+)?embargo(?:ed)?(?:\s+(?:copy|until|till|to|for|not\s+for|by|jusqu|lifts?|ends?|expires?)\b|\s*[:–—-]|\s*$)|sperrfrist\b|sous\s+embargo|embargad[oa]\b|bajo\s+embargo|sob\s+embargo|sotto\s+embargo|報道解禁|解禁日時)/iu;

/** An embargo named within a line: “PRESS RELEASE – EMBARGOED UNTIL …”. */
const EMBARGO_WITHIN =
  /\bembargoed\s+(?:until|till|to)\b|\bunder\s+embargo\s+(?:until|till|to)\b|\b(?:not|hold)\s+for\s+(?:release|publication|broadcast|use)\s+(?:before|until)\b|\bsperrfrist\s*:/iu;

/** Whether a line names an embargo; a sentence that reports on one does not. */
const namesEmbargo = (line: string) =>
  EMBARGO.test(line) || (EMBARGO_WITHIN.test(line) && !/[.!?]["”’»)]*$/.test(line));

const DRAFT_LINE =
  /^[\W_]*(?:(?:draft|entwurf|brouillon|borrador|rascunho|bozza|下書き|草稿)(?:[\W_]*$|\s*(?:only|v?\d[\d.]*)?[\W_]*$|.{0,40}\bnot\s+for\s+publication)|(?:not\s+for|do\s+not)\s+(?:publication|publish|release|distribution|nicht veröffentlichen)\b.{0,40}$|nicht zur veröffentlichung.{0,30}$)/iu;

/** So many lines at the top of a text may say that it is not to be published yet. */
const LINES = 6;

/**
 * Lines at the top of a text that say that it may not be published, or not yet: an embargo with day, hour and zone becomes the
 * story's; of another the line stays, the story is held, and a todo names it. Gives the parts without those lines, and the lines that
 * stay, which stand above the text and not above its title.
 */
export function takePublication(parts: Part[], story: Value, notes: Note[]): { open: Part[]; kept: Part[] } {
  const top = parts.slice(0, LINES).flatMap(linesApart);
  const kept: Part[] = [];
  const open = [...top, ...parts.slice(LINES)].filter((part) => {
    if (!top.includes(part) || part.type === 'rule' || part.type === 'picture') return true;
    const text =
      part.type === 'heading' ? part.text : part.block.type === 'paragraph' ? plain(part.block.children) : '';
    if (text === '' || text.length > 250) return true;
    if (DRAFT_LINE.test(text) && !namesEmbargo(text)) {
      putStatus(story, 'draft');
      notes.push({ kind: 'took', line: part.line, message: 'status from a line that says “draft”', text });
      return false;
    }
    if (!namesEmbargo(text) || story['embargo'] !== undefined) return true;
    const until = readMoment(text);
    if (until === undefined) {
      putStatus(story, 'held');
      const message =
        'this line speaks of an embargo; the story is held until you give embargo: with day, hour and zone';
      notes.push({ kind: 'todo', line: part.line, message, text });
      kept.push(
        part.type === 'heading'
          ? { type: 'block', line: part.line, block: { type: 'paragraph', children: [{ type: 'text', text }] } }
          : part,
      );
      return false;
    }
    story['embargo'] = until;
    notes.push({ kind: 'took', line: part.line, message: `embargo (${until}) from its line`, text });
    return false;
  });
  return { open, kept };
}

/** The lines of a paragraph as paragraphs of their own, where one of them says that the text may not be published. */
function linesApart(part: Part): Part[] {
  if (part.type !== 'block' || part.block.type !== 'paragraph') return [part];
  const lines: Inline[][] = [[]];
  for (const node of part.block.children) {
    if (node.type === 'break') lines.push([]);
    else lines.at(-1)?.push(node);
  }
  const isNotice = (line: Inline[]) => namesEmbargo(plain(line)) || DRAFT_LINE.test(plain(line));
  if (lines.length === 1 || !lines.some(isNotice)) return [part];
  return lines
    .filter((line) => plain(line).trim() !== '')
    .map((children): Part => ({ type: 'block', line: part.line, block: { type: 'paragraph', children } }));
}
