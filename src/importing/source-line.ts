import { readDayText } from '../languages/calendar.js';
import { isoDate } from '../languages/dates.js';
import type { Words } from '../languages/language.js';
import { allWords } from '../languages/words.js';
import type { Inline } from '../prose/tree.js';
import { typedText } from '../prose/write.js';
import { readDate } from './dates.js';
import { plain } from './mdast.js';

export type SourceFields = Record<string, string | boolean>;

/** A day, month or year of a source, as a brief prints it. */
export function readSourceDate(text: string): string | undefined {
  const typed = text.trim();
  const day = readDate(typed);
  if (day !== undefined) return day;
  const parts = readDayText(typed);
  return parts ? isoDate(parts) : /^\d{4}$/.test(typed) ? typed : undefined;
}

/**
 * A line of our own list of sources, in any of our languages, to the fields of a source: `Outlet: Title, Author (via Wire),
 * 3 October 2025, paywall, accessed 5 October 2025`, with the address as a link or behind the words. Undefined for a line that
 * says nothing that only our briefs say.
 */
export function readSourceLine(nodes: readonly Inline[]): SourceFields | undefined {
  const tries = allWords.map((words) => readIn(nodes, words)).filter((attempt) => attempt !== undefined);
  const best = tries.reduce<{ fields: SourceFields; count: number } | undefined>(
    (most, attempt) => (attempt.count > (most?.count ?? 0) ? attempt : most),
    undefined,
  );
  return best?.fields;
}

/** A line in the words of one language, and how many of its parts are such as a brief prints. */
function readIn(nodes: readonly Inline[], words: Words): { fields: SourceFields; count: number } | undefined {
  const fields: SourceFields = {};
  let count = 0;
  const links = nodes.filter((node) => node.type === 'link');
  const archive = links.find((link) => plain(link.children) === words.archive);
  const main = links.find((link) => link !== archive);
  if (archive) {
    fields['archive'] = archive.url;
    count++;
  }
  const bare = main !== undefined && plain(main.children) === main.url;
  let text = nodes
    .map((node) => (node === archive || (node === main && bare) ? '' : plain([node]) === '' ? ' ' : typedText(node)))
    .join('')
    .replace(/\s+/g, ' ');
  if (main) fields['url'] = main.url;
  // In plain text the archived copy is an address of its own, with its name behind it.
  const second = links.find((link) => link !== main && link !== archive);
  if (second && text.includes(`(${words.archive})`)) {
    fields['archive'] = second.url;
    text = text.replace(typedText(second), ' ').replace(`(${words.archive})`, ' ');
    count++;
  } else if (second) return undefined;
  const ends = popped(text.trim(), words);
  Object.assign(fields, ends.fields);
  count += ends.count;
  const { head } = ends;
  const [, addressed] = (main && bare && /^(.{2,80}):$/.exec(head)) || [];
  if (addressed !== undefined) return { fields: { outlet: addressed, ...fields }, count: count + 1 };
  const [, before = head, via] = new RegExp(`^(.*?) ?\\(${escaped(words.via)} ([^()]+)\\)$`).exec(head) ?? [];
  if (via !== undefined) {
    fields['via'] = via;
    count++;
  }
  const title = main && !bare ? plain(main.children) : undefined;
  const at = title === undefined ? -1 : before.indexOf(title);
  if (title !== undefined && at >= 0) {
    const outlet = before.slice(0, at).replace(/:\s*$/, '').trim();
    const author = before
      .slice(at + title.length)
      .replace(/^[\s,、،]+/, '')
      .trim();
    return { fields: { ...(outlet ? { outlet } : {}), title, ...(author ? { author } : {}), ...fields }, count };
  }
  const [, outlet = before.trim(), rest] = /^([^:]{2,80}):\s+(.+)$/.exec(before.trim()) ?? [];
  const [, quoted, author] = /^([“„«「"].*[”“»」"])[,、،]\s*(.+)$/.exec(rest ?? '') ?? [];
  const named = quoted === undefined ? (rest ? { title: rest } : {}) : { title: quoted, ...(author ? { author } : {}) };
  return outlet === '' && !rest ? undefined : { fields: { ...(outlet ? { outlet } : {}), ...named, ...fields }, count };
}

/** A text in which nothing is a pattern. */
export const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The parts at the end of a line that only our briefs write so: dates, "paywall". */
function popped(line: string, words: Words): { head: string; fields: SourceFields; count: number } {
  const fields: SourceFields = {};
  let head = line.replace(/(?<![\s,、،])[\s,、،]+$/, '');
  let count = 0;
  for (;;) {
    const cut = lastPart(head, words);
    if (!cut) return { head, fields, count };
    const { part, rest } = cut;
    if (part === words.paywall) fields['paywall'] = true;
    else if (part.startsWith(`${words.accessed} `)) {
      const day = readSourceDate(part.slice(words.accessed.length));
      if (day === undefined) return { head, fields, count };
      fields['accessed'] = day;
    } else {
      const day = readSourceDate(part);
      if (day === undefined || fields['published'] !== undefined) return { head, fields, count };
      fields['published'] = day;
    }
    count++;
    head = rest;
  }
}

/** The last part of a line behind a comma that says something; an English date has a comma of its own. */
function lastPart(line: string, words: Words): { part: string; rest: string } | undefined {
  const commas = [...line.matchAll(new RegExp(`${escaped(words.comma)}|, `, 'g'))];
  const says = (part: string) =>
    part === words.paywall ||
    readSourceDate(part) !== undefined ||
    (part.startsWith(`${words.accessed} `) && readSourceDate(part.slice(words.accessed.length)) !== undefined);
  for (const back of [2, 1]) {
    const comma = commas.at(-back);
    const part = comma && line.slice(comma.index + comma[0].length).trim();
    if (comma && part && says(part)) return { part, rest: line.slice(0, comma.index).trim() };
  }
  return undefined;
}
