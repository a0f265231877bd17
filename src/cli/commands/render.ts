import { dirname } from 'node:path';
import { assemble } from '../../assemble.js';
import { STDIN } from '../../batch/input.js';
import { readStory } from '../../batch/read.js';
import { isSameFile, prepareFolder, writeWhole } from '../../batch/write.js';
import { hasErrors } from '../../diagnostics.js';
import { EXIT, UsageError } from '../errors.js';
import { allowed, formatsOf, wholeNumber } from '../options.js';
import { type Terminal, visible } from '../terminal.js';
import { ownTemplates, report, templatesFor } from './shared.js';

export interface RenderOptions {
  to: string;
  template?: string | undefined;
  templates?: string | undefined;
  output?: string | undefined;
  width?: string | undefined;
  allow?: string | undefined;
}

/** `nutgraf render`: one story, one brief, on stdout or in a file. */
export async function render(file: string, options: RenderOptions, terminal: Terminal): Promise<number> {
  const formats = formatsOf(options.to);
  if (formats.length > 1) throw new UsageError('render makes one brief: give --to one format, or use nutgraf build');
  if (options.output !== undefined && isSameFile(file, options.output))
    throw new UsageError(`"${options.output}" is the story itself; give -o another name`);
  const levels = await allowed(options.allow);
  const width = options.width === undefined ? 72 : wholeNumber(options.width, '--width');
  const templates = await templatesFor(formats, options.template ?? 'brief', await ownTemplates(options.templates));
  const bytes = file === STDIN ? await terminal.stdin() : readStory(file);
  if (!(bytes instanceof Uint8Array)) {
    await report([bytes], terminal);
    return bytes.rule === 'unreadable' ? EXIT.disk : EXIT.findings;
  }
  const template = options.template ?? 'brief';
  const { briefs, diagnostics, refused } = assemble(bytes, file, {
    formats,
    templates,
    template,
    width,
    levels,
    now: terminal.now(),
  });
  await report(diagnostics, terminal);
  if (hasErrors(diagnostics)) return EXIT.findings;
  const [brief] = briefs;
  if (!brief) {
    terminal.talk(`${visible(file)}: ${visible(refused ?? 'no brief')}; no brief for readers is made`);
    return EXIT.refused;
  }
  if (options.output === undefined || options.output === '-') terminal.out(brief.text);
  else {
    prepareFolder(dirname(options.output));
    writeWhole(options.output, brief.text);
  }
  return EXIT.ok;
}
