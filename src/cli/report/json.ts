import type { Waived } from '../../checks/checker.js';
import { type Diagnostic, summarize } from '../../diagnostics.js';
import { toJson } from '../json.js';

/** Findings for programs. */
export function json(diagnostics: readonly Diagnostic[], waived: readonly Waived[] = []): string {
  const plain = <T extends Diagnostic>(all: readonly T[]) => all.map(({ source: _, ...rest }) => rest);
  const summary = { ...summarize(diagnostics), waived: waived.length };
  return `${toJson({ diagnostics: plain(diagnostics), waived: plain(waived), summary }, 2)}\n`;
}
