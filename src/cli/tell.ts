import type { BriefOptions } from '../brief-options.js';
import { type Diagnostic, firstOfEach } from '../diagnostics.js';
import { isMailFile } from '../formats/list.js';
import { hasSender } from '../formats/mail.js';
import { type Terminal, visible } from './terminal.js';

/** Tells people what was found; what does that is only loaded where there is something to tell. */
export async function printFindings(diagnostics: readonly Diagnostic[], terminal: Terminal): Promise<void> {
  if (diagnostics.length === 0) return;
  const { pretty } = await import('./report/pretty.js');
  terminal.talk(pretty(firstOfEach(diagnostics), terminal.colour.talk).trimEnd());
}

/** Warns if mail files are made and the house has no sender. */
export function tellSender({ formats, house }: BriefOptions, terminal: Terminal): void {
  if (!formats.some(isMailFile) || hasSender(house)) return;
  const contact = house.publication?.contact;
  const why = contact === undefined ? '' : `: "${contact}" is no mail address`;
  terminal.talk(
    visible(`mails have no sender yet${why}; give publication: contact: a mail address in nutgraf.config.yaml`),
  );
}
