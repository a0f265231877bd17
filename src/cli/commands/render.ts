import { join } from 'node:path';
import { type Assembled, type AssembleOptions, assemble } from '../../assemble.js';
import type { Rendered, Rendering, Work } from '../../batch/worker.js';
import { hasErrors } from '../../diagnostics.js';
import { isEdition } from '../../edition/name.js';
import { extensionsOf, formatNames } from '../../formats/list.js';
import { TemplateError } from '../../render/template-error.js';
import { codeOf, EXIT, UsageError } from '../errors.js';
import { bytesOf, mustBeThere } from '../one-file.js';
import { formatsOf, patienceOf, timeOf, wholeNumber } from '../options.js';
import { formatFor, guardOutput, writeOutput } from '../output.js';
import { type SettingsOptions, settingsFor } from '../settings.js';
import { report, tellSender } from '../tell.js';
import { ownTemplates, templatesFor } from '../templates.js';
import { type Terminal, visible } from '../terminal.js';

export interface RenderOptions extends SettingsOptions {
  to?: string | undefined;
  template?: string | undefined;
  templates?: string | undefined;
  output?: string | undefined;
  draft?: boolean | undefined;
  unsent?: boolean | undefined;
  now?: string | undefined;
  width?: string | undefined;
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
  const { house } = settings;
  const width = options.width === undefined ? 72 : wholeNumber(options.width, '--width');
  const template = options.template ?? 'brief';
  const own = await ownTemplates(options.templates, settings);
  const templates = await templatesFor(formats, template, own);
  const bytes = await bytesOf(file, terminal);
  if (typeof bytes === 'number') return bytes;
  const how = {
    formats,
    template,
    width,
    house,
    draft: options.draft,
    unsent: options.unsent,
    now: timeOf(options.now, terminal.now),
  };
  const { briefs, diagnostics, refused } =
    own.size > 0 || options.timeout !== undefined
      ? await inWorker({ file, bytes }, how, own, patienceOf(options.timeout))
      : assemble(bytes, file, { ...how, templates });
  await report(diagnostics, terminal);
  if (hasErrors(diagnostics)) return codeOf(diagnostics);
  const [brief] = briefs;
  if (!brief) {
    terminal.talk(`${visible(file)}: ${visible(refused ?? 'no brief')}; no brief for readers is made`);
    return EXIT.refused;
  }
  tellSender(formats, house, terminal);
  writeOutput(brief.text, options.output, [file], terminal);
  return EXIT.ok;
}

/** A newsroom's own template may loop for ever, which only a worker can be stopped from; `patience` is in milliseconds. */
async function inWorker(
  job: Rendering,
  options: Omit<AssembleOptions, 'templates'>,
  own: ReadonlyMap<string, string>,
  patience: number,
): Promise<Assembled> {
  const { inWorkers } = await import('../../batch/pool.js');
  const { noAnswer } = await import('../../batch/runner.js');
  const results = inWorkers<Rendering, Rendered>([job], {
    script: join(__dirname, 'worker.cjs'),
    data: { kind: 'render', options, own } satisfies Work,
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
