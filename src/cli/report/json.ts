import { type Diagnostic, summarize } from '../../diagnostics.js';

/** Findings for programs. */
export function json(diagnostics: readonly Diagnostic[]): string {
  const plain = diagnostics.map(({ source: _, ...rest }) => rest);
  return `${JSON.stringify({ diagnostics: plain, summary: summarize(diagnostics) }, null, 2)}\n`;
}
