import { type Diagnostic, summarize } from '../../diagnostics.js';
import type { Waived } from '../../story/checker.js';

/** Findings for programs. */
export function json(diagnostics: readonly Diagnostic[], waived: readonly Waived[] = []): string {
  const plain = <T extends Diagnostic>(all: readonly T[]) => all.map(({ source: _, ...rest }) => rest);
  const summary = { ...summarize(diagnostics), waived: waived.length };
  return `${JSON.stringify({ diagnostics: plain(diagnostics), waived: plain(waived), summary }, null, 2)}\n`;
}
