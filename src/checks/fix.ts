import type { Diagnostic } from '../diagnostics.js';
import { FileText } from '../yaml/file-text.js';

/** A story file's text with what can be fixed safely, and the findings that are fixed by it; all else is as it was. */
export interface Fixed {
  text: string;
  fixed: Diagnostic[];
}

/** How often one file is read again; remaining fixes wait for the next run. */
const MOST = 200;

/**
 * Fixes what a finding has a fix for, and reads the text again, until nothing is left to fix. A fix that does not make its
 * finding go away is not made. `text` is as in the file, line ends included, without a byte order mark; `findingsIn` reads it.
 */
export function fixText(text: string, findingsIn: (text: string) => readonly Diagnostic[]): Fixed {
  let current = text;
  const fixed: Diagnostic[] = [];
  const tried = new Set<string>();
  let findings = findingsIn(current);
  let alone = false; // one fix at a time, where several together left a finding
  for (let i = 0; i < MOST; i++) {
    const fixable = findings.filter((diagnostic) => diagnostic.fix && !tried.has(keyOf(diagnostic)));
    if (fixable.length === 0) break;
    const wanted = alone ? fixable.slice(0, 1) : apart(fixable);
    const changed = wanted.reduceRight(applied, current);
    const next = findingsIn(changed);
    const left = new Set(next.map(keyOf));
    const failed = wanted.filter((diagnostic) => left.has(keyOf(diagnostic)));
    if (failed.length > 0 && wanted.length > 1) {
      alone = true;
      continue;
    }
    for (const diagnostic of wanted) tried.add(keyOf(diagnostic));
    if (failed.length > 0) continue;
    alone = false;
    current = changed;
    findings = next;
    for (const diagnostic of wanted) fixed.push(diagnostic);
  }
  return { text: current, fixed };
}

/** Fixes never add lines, but may move what stands behind them on theirs. */
const keyOf = ({ rule, line, message }: Diagnostic) => `${line} ${rule} ${message}`;

/** Findings whose fixes are on lines of their own, in their order. */
function apart(findings: readonly Diagnostic[]): Diagnostic[] {
  let last = 0;
  return findings.filter(({ fix }) => {
    if (!fix || fix.line <= last) return false;
    last = fix.endLine;
    return true;
  });
}

/** Columns count from the start of a line, so that what ends a line does not matter. */
function applied(text: string, { file, fix }: Diagnostic): string {
  if (!fix) return text;
  const place = new FileText(file, text);
  return (
    text.slice(0, place.offset(fix.line, fix.column)) + fix.text + text.slice(place.offset(fix.endLine, fix.endColumn))
  );
}
