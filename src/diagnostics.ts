import type { ShapeRuleName } from './shape-rules.js';

/** An error stops the story; a warning is reported and the brief is still made. */
export type Severity = 'error' | 'warning';

/** A replacement for a range of the file; lines and columns count as in `Diagnostic`. */
interface Fix {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  text: string;
}

/**
 * One finding about one place in one file. Plain data, so that it survives a worker boundary.
 * Lines and columns count from 1; columns count Unicode code points; the end is exclusive.
 */
export interface Diagnostic {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  severity: Severity;
  /** The stable name of the rule; wording may change, this does not. */
  rule: string;
  /** The field that it is about, such as `['sections', 0, 'text']`; absent where it is about the file as a whole. */
  path?: readonly (string | number)[];
  message: string;
  /** The way out: what to do, or the corrected line. */
  hint?: string;
  /** What `check --fix` would do: it loses no word. */
  fix?: Fix;
  /** How many findings this stands for, where it is more than one. */
  count?: number;
  /** The text of the line, so that a report can show it without reading the file again. */
  source?: string;
}

/** A finding about a file as a whole. */
export function fault(file: string, rule: ShapeRuleName, message: string, hint: string): Diagnostic {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1, severity: 'error', rule, message, hint };
}

/** The rule of what is a mistake in nutgraf, not in the file that showed it. */
export const OWN_FAULT = 'nutgraf-failed';

/** The finding for an error that nobody has foreseen: the file is reported, and the others go on. */
export function ownFault(file: string, error: unknown): Diagnostic {
  const text = error instanceof Error ? error.message : String(error);
  return fault(file, OWN_FAULT, `nutgraf itself failed: ${text}`, 'please report it, with the file');
}

export interface Summary {
  errors: number;
  warnings: number;
}

/** Sorts by file, place and rule, whatever order the findings were made in. */
export function sortDiagnostics<T extends Diagnostic>(diagnostics: readonly T[]): T[] {
  return [...diagnostics].sort(
    (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.rule, b.rule),
  );
}

export function summarize(diagnostics: readonly Diagnostic[]): Summary {
  const sum = (severity: Severity) =>
    diagnostics.reduce((all, diagnostic) => all + (diagnostic.severity === severity ? (diagnostic.count ?? 1) : 0), 0);
  return { errors: sum('error'), warnings: sum('warning') };
}

/** How many findings of one rule are reported for one file. */
const MOST_OF_RULE = 50;

/** For each file, rule and severity: the first findings, then one that counts the rest. */
export function firstOfEach(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  if (diagnostics.length <= MOST_OF_RULE) return [...diagnostics];
  const counts = new Map<string, number>();
  const rests = new Map<string, Diagnostic>();
  return diagnostics.flatMap((diagnostic): Diagnostic[] => {
    const kind = `${diagnostic.severity} ${diagnostic.rule} ${diagnostic.file}`;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (count <= MOST_OF_RULE) return [diagnostic];
    const rest = rests.get(kind);
    if (!rest) {
      const { hint: _, fix: __, ...bare } = diagnostic;
      const made = { ...bare, count: diagnostic.count ?? 1 };
      rests.set(kind, made);
      return [made];
    }
    rest.count = (rest.count ?? 1) + (diagnostic.count ?? 1);
    rest.message = `${rest.count} more findings of ${diagnostic.rule}, from here on, are not shown`;
    return [];
  });
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((d) => d.severity === 'error');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
