import type { Diagnostic } from '../diagnostics.js';
import type { Terminal } from './terminal.js';

/** Tells people what was found; what does that is only loaded where there is something to tell. */
export async function report(diagnostics: readonly Diagnostic[], terminal: Terminal): Promise<void> {
  if (diagnostics.length === 0) return;
  const { pretty } = await import('./report/pretty.js');
  terminal.talk(pretty(diagnostics, terminal.colour.talk).trimEnd());
}
