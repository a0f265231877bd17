import { dirname, join, relative } from 'node:path';
import { readEdition } from '../../batch/edition.js';
import { STDIN } from '../../batch/input.js';
import { readStory } from '../../batch/read.js';
import { isGone } from '../../batch/stamp.js';
import { prepareFolder, writeWhole } from '../../batch/write.js';
import { heldStory } from '../../checks/held-story.js';
import { notPublic } from '../../desk/embargo.js';
import { hasErrors } from '../../diagnostics.js';
import { type EditionBrief, EditionBriefs } from '../../edition/assemble.js';
import type { EditionStory } from '../../edition/depth.js';
import { isEdition } from '../../edition/name.js';
import { services } from '../../edition/services.js';
import { starter } from '../../edition/starter.js';
import { feedFiles, itemOf, writeFeed } from '../../feed/feed.js';
import { sizeFinding } from '../../mail/size.js';
import { EXIT, UsageError } from '../errors.js';
import { listOf, timeOf, wholeNumber } from '../options.js';
import { type SettingsOptions, settingsFor } from '../settings.js';
import { report, tellSender } from '../tell.js';
import { ownTemplates } from '../templates.js';
import { type Terminal, visible } from '../terminal.js';
import { localDay, schemaLine } from './authoring.js';

export interface EditionOptions extends SettingsOptions {
  to: string;
  output?: string | undefined;
  templates?: string | undefined;
  width?: string | undefined;
  draft?: boolean | undefined;
  unsent?: boolean | undefined;
  esp?: string | undefined;
  from?: string[] | undefined;
  force?: boolean | undefined;
  now?: string | undefined;
  quiet?: boolean | undefined;
}

const FORMATS: Readonly<Record<string, string>> = {
  html: 'html',
  md: 'md',
  txt: 'txt',
  email: 'email.html',
  eml: 'eml',
  ...feedFiles,
  ...Object.fromEntries(Object.entries(services).map(([name, { file }]) => [name, file])),
};

/** Formats that hold the mail's page. */
const MAILS: ReadonlySet<string> = new Set(['email', 'eml', 'listmonk', 'mailchimp']);

/** `nutgraf edition`: several stories to one newsletter. */
export async function edition(given: string | undefined, options: EditionOptions, terminal: Terminal): Promise<number> {
  if (options.from) return start(given ?? options.output, options.from, options, terminal);
  if (given === undefined) throw new UsageError('name an edition file, or write one: nutgraf edition --from STORIES…');
  const file = given;
  if (file !== STDIN && !isEdition(file))
    throw new UsageError(`"${file}" is no edition: the name of an edition file ends in .edition.yaml`);
  const formats = listOf([options.to, options.esp].filter(Boolean).join(','), Object.keys(FORMATS), 'format', '--to');
  if (options.output === undefined && formats.length > 1) throw new UsageError('several formats need -o with a folder');
  const settings = await settingsFor([file], options, terminal);
  if (!settings) return EXIT.findings;
  const { house } = settings;
  const bytes = file === STDIN ? await terminal.stdin() : readStory(file);
  if (!(bytes instanceof Uint8Array)) {
    await report([bytes], terminal);
    return bytes.rule === 'unreadable' ? EXIT.disk : EXIT.findings;
  }
  const now = timeOf(options.now, terminal.now);
  const read = readEdition(file, bytes, house, now);
  // Why it is refused is said once, below.
  const told = read.diagnostics.filter(
    ({ rule, severity }) => severity === 'error' || (!options.quiet && rule !== heldStory.name),
  );
  await report(told, terminal);
  if (!read.edition) return EXIT.findings;
  if (read.refused.length > 0 && !options.draft) {
    for (const why of read.refused) terminal.talk(visible(why));
    terminal.talk('no edition for readers is made; --draft makes one for the desk');
    return EXIT.refused;
  }
  const own = await ownTemplates(options.templates, settings);
  const needed = ['html', 'md', 'txt', ...(formats.some((format) => MAILS.has(format)) ? ['email', 'eml'] : [])];
  const templates = await (await import('../../render/templates.js')).createTemplates(needed, own);
  const briefs = new EditionBriefs(read.edition, read.stories, {
    templates,
    house,
    now,
    draft: options.draft,
    unsent: options.unsent,
    width: options.width === undefined ? 72 : wholeNumber(options.width, '--width'),
  });
  if (formats.some((format) => MAILS.has(format))) {
    const { text, sizes } = briefs.of('email');
    if (!options.quiet) terminal.talk(weights(sizes, text));
    const finding = sizeFinding(text, read.title, house, read.waives);
    if (finding) await report([finding], terminal);
    if (finding && hasErrors([finding])) return EXIT.findings;
    tellSender(formats, house, terminal);
  }
  const feeds = formats.some((format) => format in feedFiles);
  const { base, title, lang, slug, date } = read.edition;
  if (!options.quiet && base === undefined && read.stories.some(({ depth, url }) => depth !== 'full' && !url))
    terminal.talk('stories that are not printed whole have no links in mails: say in base: where the briefs are');
  if (feeds && options.draft) throw new UsageError('a feed is for readers: it has no drafts');
  if (feeds && base === undefined)
    throw new UsageError('a feed of an edition needs base: in it, with the address of the briefs');
  const isPublic = ({ story }: EditionStory) => notPublic(story, now) === undefined;
  const items = feeds
    ? read.stories
        .filter(isPublic)
        .map((one) => ({ ...itemOf(one.story, one.prose, templates, house), date, url: one.url }))
    : [];
  if (feeds && items.length === 0) throw new UsageError('a feed holds stories, and this edition has none to publish');
  const channel = {
    title,
    description: title,
    lang,
    base: base ?? '',
    author: house.publication?.name ?? title,
    name: `${slug}.feed`,
  };
  const textOf = (format: string) =>
    services[format]?.write(briefs) ??
    (format in feedFiles ? writeFeed(format, channel, items) : briefs.of(format).text);
  const all = formats.map((format) => ({ format, text: textOf(format) }));
  if (options.output === undefined || options.output === '-') {
    for (const { text } of all) terminal.out(text);
    return EXIT.ok;
  }
  const asFile = all.length === 1 && /\.(?:html|md|txt|eml|json|rss|atom)$/i.test(options.output);
  prepareFolder(asFile ? dirname(options.output) : options.output);
  for (const { format, text } of all) {
    const path = asFile ? options.output : join(options.output, `${slug}.${FORMATS[format]}`);
    writeWhole(path, text);
    if (!options.quiet) terminal.talk(`${visible(file)} → ${visible(path)}`);
  }
  return EXIT.ok;
}

/** The most stories whose sizes are told one by one. */
const MOST_WEIGHED = 30;

/** How heavy a mail is, and each of its stories. */
function weights(sizes: EditionBrief['sizes'], whole: string): string {
  const size = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
  const all = new TextEncoder().encode(whole).length;
  if (sizes.length === 0 || sizes.length > MOST_WEIGHED) return `the mail has ${size(all)}`;
  const each = sizes.map(({ slug, bytes }) => `${slug} ${size(bytes)}`);
  const rest = all - sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  return `the mail has ${size(all)}: ${each.join(', ')}, all else ${size(rest)}`;
}

/** Writes an edition file of some stories. */
export async function start(
  target: string | undefined,
  stories: readonly string[],
  {
    force,
    title,
    date,
    lang,
  }: Pick<EditionOptions, 'force'> & {
    title?: string | undefined;
    date?: string | undefined;
    lang?: string | undefined;
  },
  terminal: Terminal,
): Promise<number> {
  const folder = target === undefined || target === '-' ? '.' : dirname(target);
  const names = stories.map((path) => {
    if (isGone(path)) throw new UsageError(`there is no story "${path}"`);
    const own = relative(folder, path).replaceAll('\\', '/');
    return own.includes('/') ? own : own.replace(/\.story\.ya?ml$/i, '');
  });
  const first = schemaLine(join(folder, 'x'), 'edition');
  const text = first + starter(title ?? 'Our newsletter', date ?? localDay(terminal.now()), lang, names);
  if (target === undefined || target === '-') {
    terminal.out(text);
    return EXIT.ok;
  }
  if (!isEdition(target)) throw new UsageError(`an edition file’s name ends in .edition.yaml, not "${target}"`);
  if (!isGone(target) && !force) throw new UsageError(`"${target}" is there already; overwrite it with --force`);
  prepareFolder(folder);
  writeWhole(target, text);
  terminal.talk(`${visible(target)} is written; make its mail with: nutgraf edition ${visible(target)} --to eml -o .`);
  return EXIT.ok;
}
