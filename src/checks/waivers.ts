import { nearest } from '../schema/nearest.js';
import { comments } from '../yaml/comments.js';
import type { FileText, Located, Range } from '../yaml/file-text.js';
import { rules } from './rules/index.js';

/** A comment by which a desk accepts what a rule finds: `# nutgraf: allow relative-date — quoting the minister`. */
export interface Waiver {
  /** The place of the comment. */
  range: Range;
  rules: readonly string[];
  reason: string;
  /** The first and the last line of the value that it is about. */
  lines: readonly [first: number, last: number];
}

const SHAPE = /^#+\s*nutgraf(?:\s*:\s*|\s+(?=allow\b))(.*)$/i;

/** `allow`, rules, and after a dash or colon the reason. */
const ALLOW = /^allow\s+([a-z][a-z-]*(?:\s*,\s*[a-z][a-z-]*)*)(?:(?:\s*[—–:]|\s+--?)\s*(.*))?$/s;

/** The waivers of a file, and findings for comments that are no valid waiver. */
export function waiversIn(file: FileText): { waivers: Waiver[]; findings: Located[] } {
  const waivers: Waiver[] = [];
  const findings: Located[] = [];
  if (!/#\s*nutgraf\b/i.test(file.text)) return { waivers, findings };
  const next = nextLines(file);
  for (const range of comments(file.text)) {
    const text = SHAPE.exec(file.text.slice(...range))?.[1];
    if (text === undefined) continue;
    const problem = (message: string, hint: string) =>
      findings.push({ range, rule: 'invalid-waiver', message, hint, severity: 'error' });
    const [, list, reason = ''] = ALLOW.exec(text) ?? [];
    if (list === undefined) {
      problem(
        'a comment to nutgraf that it does not understand',
        'write # nutgraf: allow RULE — the reason, such as # nutgraf: allow unused-source — background reading',
      );
      continue;
    }
    const names = list.split(/\s*,\s*/);
    const bad = names.map(problemWith).find((wrong) => wrong !== undefined);
    if (bad) problem(...bad);
    else if (!/[\p{L}\p{N}]/u.test(reason))
      problem(`the waiver of ${names.join(', ')} has no reason`, `write # nutgraf: allow ${list} — and why`);
    else waivers.push({ range, rules: names, reason: reason.trim(), lines: extent(file, range, next) });
  }
  return { waivers, findings };
}

function problemWith(name: string): [message: string, hint: string] | undefined {
  const rule = rules.find((candidate) => candidate.name === name);
  if (rule && !rule.fixed) return undefined;
  if (rule) return [`${name} cannot be allowed`, 'fix what it finds: a brief could not be right in spite of it'];
  const near = nearest(
    name,
    rules.map((each) => each.name),
  );
  return [
    `there is no rule "${name}" that can be allowed`,
    near ? `did you mean "${near}"?` : 'nutgraf check names the rule of each finding',
  ];
}

/** For each line, the first from it on that holds more than a comment. */
function nextLines(file: FileText): Uint32Array {
  const next = new Uint32Array(file.lines + 2).fill(file.lines + 1);
  for (let line = file.lines; line > 0; line--)
    next[line] = /^\s*(?:#.*)?$/.test(file.line(line)) ? (next[line + 1] as number) : line;
  return next;
}

/** The value that a comment is about: on its own line, or where it stands alone, below it; with the lines that belong to it. */
function extent(file: FileText, [start]: Range, next: Uint32Array): readonly [number, number] {
  const { line } = file.position(start);
  const alone = file.line(line).trimStart().startsWith('#');
  const first = alone ? (next[line] as number) : line;
  const text = file.line(first);
  const indent = indentOf(text);
  const isEntry = /^\s*-(?:\s|$)/.test(text);
  let last = first;
  for (let line = first + 1; line <= file.lines; line++) {
    const below = file.line(line);
    if (below.trim() === '') continue;
    // A list may stand as far in as the name of its field.
    const belongs = indentOf(below) > indent || (!isEntry && indentOf(below) === indent && /^\s*-(?:\s|$)/.test(below));
    if (!belongs) break;
    last = line;
  }
  return [first, last];
}

const indentOf = (line: string) => line.length - line.trimStart().length;
