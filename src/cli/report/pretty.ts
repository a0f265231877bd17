import { Chalk, type ChalkInstance } from 'chalk';
import type { Waived } from '../../checks/checker.js';
import { type Diagnostic, summarize } from '../../diagnostics.js';
import { columns } from '../../formats/columns.js';
import { visible } from '../terminal.js';

/** How many findings of one file are printed, and how many of one rule; the rest are counted. */
const MOST_PER_FILE = 50;
/** How many columns of a source line are shown. */
const WINDOW = 100;

/**
 * Findings for people: `file:line:column: severity rule: message`, the source line with a caret under the place, and
 * the way out.
 */
export function pretty(diagnostics: readonly Diagnostic[], colour: boolean): string {
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  const { shown, rest } = selected(diagnostics);
  let text = '';
  for (const diagnostic of diagnostics) if (shown.has(diagnostic)) text += block(diagnostic, chalk);
  for (const [file, left] of rest) {
    const rules = [...left].map(([rule, count]) => `${rule} ${count}`).join(', ');
    text += `${visible(file)}: and ${[...left.values()].reduce((sum, count) => sum + count, 0)} more: ${rules}\n`;
  }
  return text;
}

/**
 * What of the findings is shown, and how many by file and rule are not. Of each rule that is an error some are always shown;
 * warnings get what room is left.
 */
function selected(diagnostics: readonly Diagnostic[]) {
  const shown = new Set<Diagnostic>();
  const rest = new Map<string, Map<string, number>>();
  const counts = new Map<string, number>();
  const add = (key: string) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
  for (const severity of ['error', 'warning'])
    for (const diagnostic of diagnostics) {
      if (diagnostic.severity !== severity) continue;
      const ofFile = add(diagnostic.file);
      const room = severity === 'error' ? add(`${diagnostic.file}\0${diagnostic.rule}`) : ofFile;
      if (room <= MOST_PER_FILE && diagnostic.count === undefined) shown.add(diagnostic);
      else {
        const left = rest.get(diagnostic.file) ?? new Map<string, number>();
        rest.set(
          diagnostic.file,
          left.set(diagnostic.rule, (left.get(diagnostic.rule) ?? 0) + (diagnostic.count ?? 1)),
        );
      }
    }
  return { shown, rest };
}

/** How many findings there are of each rule, the most frequent first, where there are too many to read one by one. */
export function ruleCounts(diagnostics: readonly Pick<Diagnostic, 'rule' | 'file' | 'count'>[]): string {
  const rules = new Map<string, { count: number; files: Set<string> }>();
  for (const { rule, file, count = 1 } of diagnostics) {
    const known = rules.get(rule) ?? { count: 0, files: new Set() };
    known.count += count;
    known.files.add(file);
    rules.set(rule, known);
  }
  return [...rules]
    .sort(([, a], [, b]) => b.count - a.count)
    .map(([rule, { count, files }]) => `${rule} ${count} in ${plural(files.size, 'file')}`)
    .join(', ');
}

/** "2 errors, 1 warning", in words. */
export function summaryLine(diagnostics: readonly Diagnostic[], waived: readonly Waived[] = []): string {
  const { errors, warnings } = summarize(diagnostics);
  const parts = [errors > 0 ? plural(errors, 'error') : '', warnings > 0 ? plural(warnings, 'warning') : ''];
  const counts = parts.filter(Boolean).join(', ') || 'no problems';
  return waived.length > 0 ? `${counts}, ${waived.length} waived` : counts;
}

/** What stories' own comments accept, a line each, with the reason. */
export function waivedLines(waived: readonly Waived[]): string {
  return waived
    .map(({ file, line, column, rule, message, reason }) =>
      visible(`${file}:${line}:${column}: waived ${rule}: ${shorten(message)} (${shorten(reason)})`),
    )
    .map((line) => `${line}\n`)
    .join('');
}

export function plural(count: number, noun: string): string {
  const many = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : noun.endsWith('x') ? `${noun}es` : `${noun}s`;
  return `${count} ${count === 1 ? noun : many}`;
}

function block(diagnostic: Diagnostic, chalk: ChalkInstance): string {
  const { file, line, column, severity, rule, message, hint } = diagnostic;
  const paint = severity === 'error' ? chalk.red : chalk.yellow;
  let text = `${chalk.bold(`${visible(file)}:${line}:${column}:`)} ${paint(severity)} ${rule}: ${visible(shorten(message))}\n`;
  text += excerpt(diagnostic, chalk);
  if (hint) text += `  ${chalk.cyan('hint:')} ${visible(shorten(hint))}\n`;
  return text;
}

function shorten(text: string): string {
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}

/** The source line around the place, and carets under it: counted in columns of the terminal, not in characters. */
function excerpt({ source, line, column, endLine, endColumn }: Diagnostic, chalk: ChalkInstance): string {
  if (source === undefined || source.trim() === '') return '';
  const points = [...source];
  const start = Math.min(column - 1, points.length);
  const end = endLine > line ? points.length : Math.min(endColumn - 1, points.length);
  const from = Math.max(0, start - Math.floor(WINDOW / 2));
  const to = Math.min(points.length, from + WINDOW);
  const before = (from > 0 ? '…' : '') + visible(points.slice(from, start).join(''));
  const marked = visible(points.slice(start, Math.min(end, to)).join(''));
  const after = visible(points.slice(Math.min(end, to), to).join('')) + (to < points.length ? '…' : '');
  const gutter = `${line} | `.padStart(7);
  const carets = '^'.repeat(Math.max(1, columns(marked.trimEnd())));
  return `${chalk.dim(gutter)}${before}${marked}${after}\n${chalk.dim('| '.padStart(gutter.length))}${' '.repeat(columns(before))}${chalk.red(carets)}\n`;
}
