import type { Templates } from '../render/templates.js';
import { UsageError } from './errors.js';
import type { Settings } from './settings.js';

/** The folder of a newsroom's own templates: the one named, else that of its settings. */
export const templatesFolder = (named: string | undefined, { config, pathFor }: Settings): string | undefined =>
  named ?? (config.templates === undefined ? undefined : pathFor(config.templates));

/** A newsroom's own templates, by name; none where no folder is named, here or in its settings. */
export async function readUserTemplates(
  named: string | undefined,
  settings: Settings,
): Promise<ReadonlyMap<string, string>> {
  const folder = templatesFolder(named, settings);
  return folder === undefined ? new Map() : (await import('../batch/read-templates.js')).readTemplates(folder);
}

/** The templates for some formats, a newsroom's own before ours; throws UsageError where the wanted one is missing. */
export async function templatesFor(
  formats: readonly string[],
  template: string,
  userTemplates: ReadonlyMap<string, string> = new Map(),
): Promise<Templates> {
  const templates = await (await import('../render/templates.js')).createTemplates(formats, userTemplates);
  for (const { name } of templates.formats) {
    if (templates.has(name, template)) continue;
    throw new UsageError(
      `there is no template "${template}" for ${name}; there are ${templates.names(name).join(', ')}`,
    );
  }
  return templates;
}
