import { type Assembled, assemble } from '../../assemble.js';
import type { Rendered, Rendering, Work } from '../../batch/worker.js';
import type { BriefOptions } from '../../brief-options.js';
import { hasErrors } from '../../diagnostics.js';
import { isEdition } from '../../edition/name.js';
import { extensionsOf, formatNames } from '../../formats/list.js';
import { TemplateError } from '../../render/template-error.js';
import { codeOf, EXIT, UsageError } from '../errors.js';
import { bytesOf, mustBeThere } from '../one-file.js';
import { type BriefFlags, briefFrom, formatsOf, patienceOf } from '../options.js';
import { formatFor, guardOutput, writeOutput } from '../output.js';
import { type SettingsOptions, settingsFor } from '../settings.js';
import { printFindings, tellSender } from '../tell.js';
import { type Terminal, visible } from '../terminal.js';
import { readUserTemplates, templatesFor } from '../user-templates.js';
import { WORKER } from '../worker-script.js';

export interface RenderOptions extends SettingsOptions, BriefFlags {
  to?: string | undefined;
  output?: string | undefined;
  timeout?: string | undefined;
}

/** `nutgraf render`: one story, one brief, on stdout or in a file. */
export async function render(file: string, options: RenderOptions, terminal: Terminal): Promise<number> {
  const [to, more] = options.to === undefined ? [] : formatsOf(options.to);
  if (more !== undefined) throw new UsageError('render makes one brief: give --to one format, or use nutgraf build');
  const formats = [formatFor(to, options.output, extensionsOf(formatNames()), 'txt')];
  if (options.output !== undefined) guardOutput(options.output, [file]);
  if (isEdition(file)) throw new UsageError(`"${file}" is an edition: nutgraf edition makes it`);
  mustBeThere(file);
  const settings = await settingsFor([file], options, terminal);
  if (!settings) return EXIT.findings;
  const brief = briefFrom(options, formats, settings.house, terminal);
  const userTemplates = await readUserTemplates(options.templates, settings);
  const templates = await templatesFor(formats, brief.template, userTemplates);
  const bytes = await bytesOf(file, terminal);
  if (typeof bytes === 'number') return bytes;
  const { briefs, diagnostics, refused } =
    userTemplates.size > 0 || options.timeout !== undefined
      ? await inWorker({ file, bytes }, brief, userTemplates, patienceOf(options.timeout))
      : assemble(bytes, file, { ...brief, templates });
  await printFindings(diagnostics, terminal);
  if (hasErrors(diagnostics)) return codeOf(diagnostics);
  const [made] = briefs;
  if (!made) {
    terminal.talk(`${visible(file)}: ${visible(refused ?? 'no brief')}; no brief for readers is made`);
    return EXIT.refused;
  }
  tellSender(brief, terminal);
  writeOutput(made.text, options.output, [file], terminal);
  return EXIT.ok;
}

/** A newsroom's own template may loop for ever, which only a worker can be stopped from; `patience` is in milliseconds. */
async function inWorker(
  job: Rendering,
  brief: BriefOptions,
  userTemplates: ReadonlyMap<string, string>,
  patience: number,
): Promise<Assembled> {
  const { inWorkers } = await import('../../batch/pool.js');
  const { noAnswer } = await import('../../batch/runner.js');
  const results = inWorkers<Rendering, Rendered>([job], {
    script: WORKER,
    data: { kind: 'render', brief, userTemplates } satisfies Work,
    workers: 1,
    patience,
    failed: ({ file }, why) => ({ briefs: [], diagnostics: [noAnswer(file, why)] }),
  });
  for await (const result of results) {
    if (!result) break;
    if (!('failed' in result)) return result;
    const { template, message, line } = result.failed;
    throw new TemplateError(template, message, line);
  }
  return { briefs: [], diagnostics: [] };
}
