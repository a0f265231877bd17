import type { Diagnostic } from '../../diagnostics.js';
import { createTemplates, type Templates } from '../../render/templates.js';
import { UsageError } from '../errors.js';
import type { Terminal } from '../terminal.js';

/** The templates for some formats, with a newsroom's own from a folder; throws UsageError where the wanted one is missing. */
export async function templatesFor(
  formats: readonly string[],
  template: string,
  folder: string | undefined,
): Promise<{ templates: Templates; own: ReadonlyMap<string, string> }> {
  const own = folder === undefined ? new Map() : (await import('../../batch/own-templates.js')).readTemplates(folder);
  const templates = await createTemplates(formats, own);
  for (const format of formats) {
    if (format === 'json' || templates.has(format, template)) continue;
    throw new UsageError(
      `there is no template "${template}" for ${format}; there are ${templates.names(format).join(', ')}`,
    );
  }
  return { templates, own };
}

/** Tells people what was found; what does that is only loaded where there is something to tell. */
export async function report(diagnostics: readonly Diagnostic[], terminal: Terminal): Promise<void> {
  if (diagnostics.length === 0) return;
  const { pretty } = await import('../report/pretty.js');
  terminal.talk(pretty(diagnostics, terminal.colour.talk).trimEnd());
}
