import type { Diagnostic } from '../../diagnostics.js';
import { createTemplates, type Templates } from '../../render/templates.js';
import type { Terminal } from '../terminal.js';

/** The templates for some formats, with a newsroom's own from a folder. */
export async function templatesFor(formats: readonly string[], folder: string | undefined): Promise<Templates> {
  if (folder === undefined) return createTemplates(formats);
  const { readTemplates } = await import('../../batch/own-templates.js');
  return createTemplates(formats, readTemplates(folder));
}

/** Tells people what was found; what does that is only loaded where there is something to tell. */
export async function report(diagnostics: readonly Diagnostic[], terminal: Terminal): Promise<void> {
  if (diagnostics.length === 0) return;
  const { pretty } = await import('../report/pretty.js');
  terminal.talk(pretty(diagnostics, terminal.colour.talk).trimEnd());
}
