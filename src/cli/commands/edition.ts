import { join } from 'node:path';
import { readEdition } from '../../batch/edition.js';
import { STDIN } from '../../batch/input.js';
import { readStory } from '../../batch/read.js';
import { prepareFolder, writeWhole } from '../../batch/write.js';
import { hasErrors } from '../../diagnostics.js';
import { type EditionBrief, EditionBriefs } from '../../edition/assemble.js';
import { sizeFinding } from '../../mail/size.js';
import { EXIT, UsageError } from '../errors.js';
import { listOf, timeOf, wholeNumber } from '../options.js';
import { type SettingsOptions, settingsFor } from '../settings.js';
import { report } from '../tell.js';
import { ownTemplates } from '../templates.js';
import { type Terminal, visible } from '../terminal.js';

export interface EditionOptions extends SettingsOptions {
  to: string;
  output?: string | undefined;
  templates?: string | undefined;
  width?: string | undefined;
  draft?: boolean | undefined;
  unsent?: boolean | undefined;
  now?: string | undefined;
  quiet?: boolean | undefined;
}

const FORMATS: Readonly<Record<string, string>> = {
  html: 'html',
  md: 'md',
  txt: 'txt',
  email: 'email.html',
  eml: 'eml',
};

/** `nutgraf edition`: several stories to one newsletter. */
export async function edition(file: string, options: EditionOptions, terminal: Terminal): Promise<number> {
  const formats = listOf(options.to, Object.keys(FORMATS), 'format', '--to');
  if (options.output === undefined && formats.length > 1) throw new UsageError('several formats need -o with a folder');
  const settings = await settingsFor([file], options, terminal);
  if (!settings) return EXIT.findings;
  const { house, config, pathFor } = settings;
  const bytes = file === STDIN ? await terminal.stdin() : readStory(file);
  if (!(bytes instanceof Uint8Array)) {
    await report([bytes], terminal);
    return bytes.rule === 'unreadable' ? EXIT.disk : EXIT.findings;
  }
  const now = timeOf(options.now, terminal.now);
  const read = readEdition(file, bytes, house, now);
  await report(read.diagnostics, terminal);
  if (!read.edition) return EXIT.findings;
  if (read.refused.length > 0 && !options.draft) {
    for (const why of read.refused) terminal.talk(visible(why));
    terminal.talk('no edition for readers is made; --draft makes one for the desk');
    return EXIT.refused;
  }
  const own = await ownTemplates(options.templates ?? (config.templates && pathFor(config.templates)));
  const templates = await (await import('../../render/templates.js')).createTemplates(formats, own);
  const briefs = new EditionBriefs(read.edition, read.stories, {
    templates,
    house,
    now,
    draft: options.draft,
    unsent: options.unsent,
    width: options.width === undefined ? 72 : wholeNumber(options.width, '--width'),
  });
  if (formats.includes('email') || formats.includes('eml')) {
    const { text, sizes } = briefs.of('email');
    if (!options.quiet) terminal.talk(weights(sizes, text));
    const finding = sizeFinding(text, read.title, house);
    if (finding) await report([finding], terminal);
    if (finding && hasErrors([finding])) return EXIT.findings;
  }
  const all = formats.map((format) => ({ format, text: briefs.of(format).text }));
  if (options.output === undefined || options.output === '-') {
    for (const { text } of all) terminal.out(text);
    return EXIT.ok;
  }
  prepareFolder(options.output);
  for (const { format, text } of all) {
    const path = join(options.output, `${read.edition.slug}.${FORMATS[format]}`);
    writeWhole(path, text);
    if (!options.quiet) terminal.talk(`${visible(file)} → ${visible(path)}`);
  }
  return EXIT.ok;
}

/** How heavy a mail is, and each of its stories. */
function weights(sizes: EditionBrief['sizes'], whole: string): string {
  const size = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
  const each = sizes.map(({ slug, bytes }) => `${slug} ${size(bytes)}`);
  return `the mail has ${size(new TextEncoder().encode(whole).length)}${each.length > 0 && each.length <= 30 ? `: ${each.join(', ')}` : ''}`;
}
