import { type Block, type Inline, plainText } from '../prose/tree.js';
import { fieldFor } from '../story/names.js';
import { isDraftLine, isDraftTitle, KILL_LINE, namesEmbargo } from '../story/notices.js';
import { readMoment } from './dates.js';
import type { ManuscriptField, Note, Part } from './manuscript.js';
import { plain } from './mdast.js';
import { textsIn } from './proof.js';

type Value = Record<string, unknown>;

const YES = /^(?:true|yes|on|1|y|ja|oui|s[ií]|sim)$/i;
const NO = /^(?:false|no|off|0|n|nein|non|n[ãa]o|never|tbd|tba|later|not yet|pending|null)$/i;

/** Fields that say "draft" where they say yes. */
const DRAFT_IF_YES =
  /^_?(?:is[_-]?)?(?:draft|unpublished|hidden|private|wip|unlisted|exclude|do[_ -]?not[_ -]?publish|not[_ -]?for[_ -]?publication|no[_-]?publish|confidential|internal|scheduled|headless|eleventyExcludeFromCollections|entwurf|brouillon|borrador|rascunho|bozza)$/i;
/** Fields that say "draft" where they say no. */
const DRAFT_IF_NO =
  /^(?:is[_-]?)?(?:published|publish|public|live|ready|released|online|visible|approved|final|permalink|veröffentlicht|publié|publicado|pubblicato)$/i;
const HELD_IF_YES = /^(?:is[_-]?)?(?:hold|on[_ -]?hold|held|embargo(?:ed)?)$/i;
const KILLED_IF_YES = /^(?:is[_-]?)?(?:killed|kill|spiked|spike|withdrawn|retracted)$/i;
/** Fields that a text has only where not everybody may read it. */
const CLOSED = /^(?:post[_-]?)?password$/i;
/** Fields that name a state. */
const STATE =
  /^(?:(?:post|pub|publication|publish|review|legal|page|article|content|story|editorial|workflow|wp|wordpress|ghost)?[_ -]?(?:status|state|stage)|visibility|workflow|access|audience|creativeWorkStatus|estado|statut|stato|stand)$/i;

const STATES: readonly { status: string; words: RegExp }[] = [
  {
    status: 'killed',
    words:
      /^(?:killed|kill|spiked|spike|cancell?ed|withdrawn|retracted|trash(?:ed)?|deleted|archived|rejected|(?:do[ _-]?not|don[’']t)[ _-]?run)\b/i,
  },
  {
    status: 'held',
    words:
      /^(?:held|hold|on[ _-]?hold|withheld|embargo(?:ed)?|paused|not[ _-]for[ _-](?:publication|release)|zurückgehalten)\b/i,
  },
  {
    status: 'draft',
    words:
      /^(?:(?:first|rough|working|early)?[ _-]?drafts?\b.*|auto-draft|unpublished|not[ _-]?(?:yet[ _-]?)?(?:published|ready)|do[ _-]?not[ _-]?publish|private|hidden|unlisted|pending(?:[ _-]?review)?|(?:in|under|for|needs|awaiting)[ _-]?(?:review|legal|edit\w*|approval)|review|editing|(?:copy|sub)[ _-]?edit\w*|proof\w*|à relire|in[ _-]?progress|wip|todo|to[ _-]?do|scheduled|future|password(?:[ _-]protected)?|internal|paid|only[ _-]paid|members?(?:[ _-]?only)?|entwurf|unveröffentlicht|brouillon|en révision|non publié|borrador|no publicado|rascunho|não publicado|bozza|non pubblicato|下書き|ドラフト|草稿|未公開|مسودة)$/i,
  },
  {
    status: 'ready',
    words:
      /^(?:ready|published|publish|public|live|final|online|released|active|usable|everyone|veröffentlicht|publié|publicado|pubblicato)$/i,
  },
];

/** What a field of other programs says of whether the text may be published; undefined for a field about something else. */
export function statusFrom(name: string, value: unknown): string | undefined {
  const field = name.trim();
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return statusWithin(field, value);
  const text =
    value === null
      ? 'null'
      : String(value ?? '')
          .replace(/^[^\p{L}\p{N}]+/u, '')
          .trim();
  const isYes = YES.test(text);
  const isNo = NO.test(text) || value === null;
  if (/^(?:render|list)$/i.test(field) && /^never$/i.test(text)) return 'draft';
  if (CLOSED.test(field) && text !== '' && !isNo) return 'draft';
  if (DRAFT_IF_YES.test(field) && (isYes || isNo)) return isYes ? 'draft' : 'ready';
  if (HELD_IF_YES.test(field) && (isYes || (isNo && !/^embargo/i.test(field)))) return isYes ? 'held' : 'ready';
  if (KILLED_IF_YES.test(field) && (isYes || isNo)) return isYes ? 'killed' : 'ready';
  if (DRAFT_IF_NO.test(field) && (isYes || (isNo && text !== 'null'))) return isNo ? 'draft' : 'ready';
  if (/^published[_-]?at$/i.test(field) && text === 'null') return 'draft';
  return STATE.test(field) ? STATES.find(({ words }) => words.test(text))?.status : undefined;
}

/** Groups that hold fields about the text: `meta: { draft: true }`, `build: { render: never }`. */
const GROUP = /^_?(?:meta|post|page|article|build|publication|publishing|status|options|params|extra|workflow)$/i;

function statusWithin(name: string, group: object): string | undefined {
  if (!GROUP.test(name)) return undefined;
  const all = Object.entries(group).map(([inner, value]) => {
    if (fieldFor(inner) === 'embargo' && typeof value === 'string' && value.trim() !== '') return 'held';
    return statusFrom(/^(?:name|value)$/i.test(inner) ? name : inner, value);
  });
  return ORDER.findLast((status) => status !== 'ready' && all.includes(status));
}

const ORDER = ['ready', 'draft', 'held', 'killed'];

/** Makes a draft of a story with a title that says that it is one. */
export function statusFromTitle(title: unknown, story: Value, notes: Note[], line?: number): void {
  if (typeof title !== 'string' || story['status'] !== undefined || !isDraftTitle(title)) return;
  putStatus(story, 'draft');
  const place = line === undefined ? {} : { line };
  notes.push({ kind: 'took', ...place, message: 'status from a title that says “draft” or “private”', text: title });
}

/** Holds a story back whose title names an embargo: “Embargoed until 6 October, 06:00 GMT: …”. */
export function embargoFromTitle(title: unknown, story: Value, notes: Note[]): void {
  if (typeof title === 'string' && namesEmbargo(title)) takeEmbargo('the title', title, {}, story, notes);
}

/** Fields that hold a text back until an hour, in other programs. */
const EMBARGO_FIELD =
  /embargo|^(?:sperrfrist|gesperrt[_ -]?bis|(?:hold|held)[_ -]?until|(?:do[_ -]?)?not[_ -]?(?:publish[_ -]?)?before|publish[_ -]?after)$/i;
/** Fields that do so where a date stands in them. */
const RELEASE_FIELD = /^(?:for[_ -]?)?release(?:[_ -]?(?:at|on|after|time|date))?$/i;

/** Takes a field of front matter that names an embargo; false where the field is to be kept as well. */
export function embargoFromField({ name, value, line }: ManuscriptField, story: Value, notes: Note[]): boolean {
  const text = String(value ?? '').trim();
  const isNamed = EMBARGO_FIELD.test(name) || (RELEASE_FIELD.test(name) && /\d{4}|\d[:.]\d\d/.test(text));
  if (!isNamed || typeof value === 'object' || text === '' || NO.test(text)) return false;
  return takeEmbargo(name, text, { line }, story, notes);
}

/** An embargo with day, hour and zone into its field; of another the story is held, and a todo names it. */
function takeEmbargo(from: string, text: string, place: { line?: number }, story: Value, notes: Note[]): boolean {
  const until = readMoment(text);
  if (until !== undefined && story['embargo'] === undefined) {
    story['embargo'] = until;
    notes.push({ kind: 'took', ...place, message: `embargo (${until}) from ${from}`, text: `${from}: ${text}` });
    return true;
  }
  putStatus(story, 'held');
  const message = `${from} speaks of an embargo; the story is held until you give embargo: with day, hour and zone`;
  notes.push({ kind: 'todo', ...place, message, text: `${from}: ${text}` });
  return false;
}

/** Sets a status, but never to one that lets more out. */
export function putStatus(story: Value, status: string): void {
  const before = ORDER.indexOf(String(story['status'] ?? 'ready'));
  if (status !== 'ready' && ORDER.indexOf(status) > before) story['status'] = status;
}

/** How many lines at the top, and at the end, are searched for notices. */
const LINES = 6;
const LAST_LINES = 3;

/**
 * Lines at the top of a text that say that it may not be published, or not yet: an embargo with day, hour and zone becomes the
 * story's; of another the line stays, the story is held, and a todo names it. Gives the parts without those lines, and the lines that
 * stay, which stand above the text and not above its title. At the end of a text such lines stay where they are.
 */
export function takePublication(parts: Part[], story: Value, notes: Note[]): { open: Part[]; kept: Part[] } {
  const top = parts.slice(0, LINES).flatMap(linesApart);
  const kept: Part[] = [];
  const open = top.flatMap((part): Part[] => {
    if (part.type === 'rule' || part.type === 'picture') return [part];
    if (part.type === 'block' && part.block.type === 'list') return withoutNotices(part, part.block, story, notes);
    const text = part.type === 'heading' ? part.text : wordsIn(part.block);
    const taken = takeNotice(text, part.line, story, notes);
    if (taken === 'held')
      kept.push(
        part.type === 'heading'
          ? { type: 'block', line: part.line, block: { type: 'paragraph', children: [{ type: 'text', text }] } }
          : part,
      );
    return taken === undefined ? [part] : [];
  });
  const rest = parts.slice(LINES);
  for (const part of rest.slice(-LAST_LINES))
    if (part.type === 'block' && story['embargo'] === undefined)
      takeNotice(wordsIn(part.block), part.line, story, notes);
  return { open: [...open, ...rest], kept };
}

/** A list without the entries that are notices; those of an embargo without an hour stay. */
function withoutNotices(part: Part, list: Extract<Block, { type: 'list' }>, story: Value, notes: Note[]): Part[] {
  const items = list.items.filter(({ children }) => {
    const taken = takeNotice(children.map(wordsIn).join(' '), part.line, story, notes);
    return taken === undefined || taken === 'held';
  });
  if (items.length === list.items.length) return [part];
  return items.length === 0 ? [] : [{ type: 'block', line: part.line, block: { ...list, items } }];
}

/** Takes a line that says that a text may not be published: what became of it, where it is one; held where it is to stay. */
function takeNotice(text: string, line: number, story: Value, notes: Note[]): 'taken' | 'held' | undefined {
  if (text === '' || text.length > 250) return undefined;
  if (KILL_LINE.test(text)) {
    putStatus(story, 'killed');
    notes.push({ kind: 'took', line, message: 'status from a line that says “kill”', text });
    return 'taken';
  }
  if (isDraftLine(text) && !namesEmbargo(text)) {
    putStatus(story, 'draft');
    notes.push({ kind: 'took', line, message: 'status from a line that says “draft”', text });
    return 'taken';
  }
  if (!/[.!?]$/.test(text)) statusFromTitle(text, story, notes, line);
  if (!namesEmbargo(text) || story['embargo'] !== undefined) return undefined;
  const until = readMoment(text);
  if (until === undefined) {
    putStatus(story, 'held');
    const message = 'this line speaks of an embargo; the story is held until you give embargo: with day, hour and zone';
    notes.push({ kind: 'todo', line, message, text });
    return 'held';
  }
  story['embargo'] = until;
  notes.push({ kind: 'took', line, message: `embargo (${until}) from its line`, text });
  return 'taken';
}

/** Notices in what a story keeps for the desk or of other programs hold it too: a note to editors, terms of use. */
export function heldByFields(story: Value, notes: Note[]): void {
  for (const text of textsIn([story['ednote'], story['extra']])) {
    if (text.length > 300 || (!namesEmbargo(text) && !isDraftLine(text))) continue;
    if (namesEmbargo(text)) takeEmbargo('a note', text, {}, story, notes);
    else {
      putStatus(story, 'draft');
      notes.push({ kind: 'took', message: 'status from a note that says “draft”', text });
    }
  }
}

/** The words of a block, those of its paragraphs apart. */
function wordsIn(block: Block): string {
  if (block.type === 'list') return block.items.flatMap(({ children }) => children.map(wordsIn)).join(' ');
  return block.type === 'quote' ? block.children.map(wordsIn).join(' ') : plainText([block]);
}

/** The lines of a paragraph as paragraphs of their own, where one of them says that the text may not be published. */
function linesApart(part: Part): Part[] {
  if (part.type !== 'block' || part.block.type !== 'paragraph') return [part];
  const lines: Inline[][] = [[]];
  for (const node of part.block.children) {
    if (node.type === 'break') lines.push([]);
    else lines.at(-1)?.push(node);
  }
  const isNotice = (line: Inline[]) => namesEmbargo(plain(line)) || isDraftLine(plain(line));
  if (lines.length === 1 || !lines.some(isNotice)) return [part];
  return lines
    .filter((line) => plain(line).trim() !== '')
    .map((children): Part => ({ type: 'block', line: part.line, block: { type: 'paragraph', children } }));
}

/** Notices in what was dropped, outside an article or in comments, hold the story too; each is named. */
export function heldByDropped(story: Value, notes: Note[]): void {
  for (const { kind, text = '', line } of [...notes]) {
    if (kind !== 'dropped' || text.length > 300) continue;
    const place = line === undefined ? {} : { line };
    if (!namesEmbargo(text)) {
      if (!isDraftLine(text) && !isDraftTitle(text)) continue;
      putStatus(story, 'draft');
      notes.push({ kind: 'took', ...place, message: 'status from dropped words that say “draft”', text });
    } else if (story['embargo'] === undefined) {
      const until = readMoment(text);
      if (until === undefined) putStatus(story, 'held');
      else story['embargo'] = until;
      const made = until === undefined ? 'the story is held' : `embargo: is ${until}`;
      notes.push({ kind: 'todo', ...place, message: `dropped words speak of an embargo; ${made}, check that`, text });
    }
  }
}

/** How many lines at the top of a text may be front matter that cannot be read. */
const TOP = 40;

/** Lines at the top that say “draft” in any notation of fields, whether or not they could be read as fields. */
export function statusFromTop(input: string, story: Value, notes: Note[]): void {
  if (story['status'] !== undefined) return;
  const lines = input.split('\n', TOP);
  for (const [i, line] of lines.entries())
    for (const [, name = '', value = ''] of line
      .slice(0, 300)
      .matchAll(
        /(?:^|[{,])\s{0,9}["']?([A-Za-z_][\w-]{2,40})["']?\s{0,9}[:=]\s{0,9}["']?([\w-]{1,40}(?: [\w-]{1,40}){0,5})["']?\s{0,9}(?=$|[,}#]|\/\/)/g,
      )) {
      const status = statusFrom(name, value);
      if (status === undefined || status === 'ready' || /^(?:private|internal|public|audience|access)$/i.test(name))
        continue;
      putStatus(story, status);
      notes.push({ kind: 'took', line: i + 1, message: `status from ${name}`, text: line.trim().slice(0, 200) });
    }
}

/** A file that lies among drafts, or is named one, is one: `_drafts/ferry.md`, `ferry.draft.md`. */
export function statusFromName(name: string, story: Value, notes: Note[]): void {
  const mark = /(?:^|[\\/])(?:_?drafts?[\\/]|draft_[^\\/]*\.html?$)|[._-]draft\.[a-z]+$/i.exec(name)?.[0];
  if (mark === undefined) return;
  putStatus(story, 'draft');
  notes.push({ kind: 'took', message: 'status from the file’s name or folder, which says “draft”' });
}
