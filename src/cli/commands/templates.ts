import { checkTemplates } from '../../desk/templates.js';
import { EXIT, UsageError } from '../errors.js';
import { formatsOf } from '../options.js';
import { plural } from '../report/pretty.js';
import { settingsFor } from '../settings.js';
import { type Terminal, visible } from '../terminal.js';
import { ownTemplates, templatesFor } from './shared.js';

export interface TemplatesOptions {
  templates?: string | undefined;
  to: string;
  config?: string | undefined;
  json?: boolean | undefined;
}

/** `nutgraf templates check`: whether templates print what a brief has to print. */
export async function templates(what: string, options: TemplatesOptions, terminal: Terminal): Promise<number> {
  if (what !== 'check') throw new UsageError(`templates can check, not "${what}"`);
  const formats = formatsOf(options.to).filter((format) => format !== 'json');
  const settings = await settingsFor(['.'], options, terminal);
  if (!settings) return EXIT.findings;
  const { config, pathFor } = settings;
  const own = await ownTemplates(options.templates ?? (config.templates && pathFor(config.templates)));
  const reports = checkTemplates(formats, await templatesFor(formats, 'brief', own));
  const failed = reports.filter(({ errors }) => errors.length > 0);
  if (options.json) terminal.out(`${JSON.stringify({ templates: reports }, null, 2)}\n`);
  else {
    for (const { template, errors, unprinted } of reports) {
      for (const error of errors) terminal.out(`${visible(`${template}: error: ${error}`)}\n`);
      if (unprinted.length > 0)
        terminal.out(`${visible(`${template}: warning: it does not print ${unprinted.join(', ')}`)}\n`);
    }
    const said = failed.length > 0 ? `${failed.length} not to be used` : 'no errors';
    terminal.out(`${plural(reports.length, 'template')} checked: ${said}\n`);
  }
  return failed.length > 0 ? EXIT.findings : EXIT.ok;
}
