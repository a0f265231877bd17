import { checkTemplates, strayTemplates } from '../../render/try-templates.js';
import { EXIT, UsageError } from '../errors.js';
import { toJson } from '../json.js';
import { formatsOf } from '../options.js';
import { plural } from '../report/pretty.js';
import { HERE, settingsFor } from '../settings.js';
import { type Terminal, visible } from '../terminal.js';
import { readUserTemplates, templatesFor } from '../user-templates.js';

export interface TemplatesOptions {
  templates?: string | undefined;
  to: string;
  config?: string | undefined;
  json?: boolean | undefined;
}

/** How many unprinted fields are named. */
const MOST_NAMED = 8;

/** `nutgraf templates check`: whether templates print what a brief has to print. */
export async function templates(what: string, options: TemplatesOptions, terminal: Terminal): Promise<number> {
  if (what !== 'check') throw new UsageError(`templates can check, not "${what}"`);
  const formats = formatsOf(options.to);
  const settings = await settingsFor([HERE], options, terminal);
  if (!settings) return EXIT.findings;
  const userTemplates = await readUserTemplates(options.templates, settings);
  const reports = checkTemplates(await templatesFor(formats, 'brief', userTemplates));
  const stray = strayTemplates(userTemplates.keys());
  const failed = reports.filter(({ errors }) => errors.length > 0);
  if (options.json) terminal.out(`${toJson({ templates: reports, stray }, 2)}\n`);
  else {
    for (const { template, errors, unprinted } of reports) {
      for (const error of errors) terminal.out(`${visible(`${template}: error: ${error}`)}\n`);
      const more = unprinted.length > MOST_NAMED ? ` and ${unprinted.length - MOST_NAMED} more (--json lists all)` : '';
      if (unprinted.length > 0)
        terminal.out(
          `${visible(`${template}: warning: it does not print ${unprinted.slice(0, MOST_NAMED).join(', ')}${more}`)}\n`,
        );
    }
    for (const { name, near } of stray)
      terminal.out(
        `${visible(`${name}: warning: there is no kind of section of this name${near ? `; did you mean "${near}"?` : ''}`)}\n`,
      );
    const verdict = failed.length > 0 ? `${failed.length} not to be used` : 'no errors';
    terminal.out(`${plural(reports.length, 'template')} checked: ${verdict}\n`);
  }
  return failed.length > 0 ? EXIT.findings : EXIT.ok;
}
