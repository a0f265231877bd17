import { dirname, join, relative } from 'node:path';
import { type ReadEdition, readEdition } from '../../batch/edition.js';
import { writeOutputs } from '../../batch/foreign.js';
import { STDIN } from '../../batch/input.js';
import { isGone } from '../../batch/stamp.js';
import { makeFolder } from '../../batch/write.js';
import { sizeFinding } from '../../checks/mail-size.js';
import { heldStory } from '../../checks/rules/held-story.js';
import { type Diagnostic, hasErrors } from '../../diagnostics.js';
import { type EditionBrief, EditionBriefs } from '../../edition/assemble.js';
import { filesWith, isService, serviceNames, services } from '../../edition/files.js';
import type { Edition } from '../../edition/load.js';
import { isEdition } from '../../edition/name.js';
import { writers } from '../../edition/services.js';
import { starter } from '../../edition/starter.js';
import { dateTrouble, itemOf, newestFirst, writeFeed } from '../../feed/feed.js';
import { feedFiles } from '../../feed/files.js';
import { formatNames, limitedPartOf } from '../../formats/list.js';
import type { House } from '../../house.js';
import type { Templates } from '../../render/templates.js';
import { codeOf, EXIT, UsageError } from '../errors.js';
import { writeNew } from '../new-file.js';
import { bytesOf, mustBeThere } from '../one-file.js';
import { type BriefFlags, briefFrom, listOf, patienceOf } from '../options.js';
import { formatFor, guardOutput, isFileName, writeOutput } from '../output.js';
import { type SettingsOptions, settingsFor } from '../settings.js';
import { printFindings, tellSender } from '../tell.js';
import { type Terminal, visible } from '../terminal.js';
import { readUserTemplates } from '../user-templates.js';
import { giveUpAfter } from '../watchdog.js';
import { localDay, schemaLine } from './authoring.js';
import { DATES } from './feed.js';

export interface EditionOptions extends SettingsOptions, BriefFlags {
  to?: string | undefined;
  output?: string | undefined;
  esp?: string | undefined;
  from?: string[] | undefined;
  force?: boolean | undefined;
  quiet?: boolean | undefined;
  timeout?: string | undefined;
}

const FORMATS = filesWith(feedFiles);

/** The part of a format that mail programs cut where it is too long; undefined where there is none. */
const limitedPart = (format: string): string | undefined =>
  limitedPartOf(isService(format) ? services[format].from : format);
const isFeed = (format: string): boolean => Object.hasOwn(feedFiles, format);

/** `nutgraf edition`: several stories to one newsletter. */
export async function edition(
  argument: string | undefined,
  options: EditionOptions,
  terminal: Terminal,
): Promise<number> {
  if (options.from) return start(argument ?? options.output, options.from, options, terminal);
  if (argument === undefined)
    throw new UsageError('name an edition file, or write one: nutgraf edition --from STORIES…');
  const file = argument;
  if (file !== STDIN && !isEdition(file))
    throw new UsageError(`"${file}" is no edition: the name of an edition file ends in .edition.yaml`);
  const typed = typedFile(options);
  const formats = formatsOf(options, typed);
  mustBeThere(file);
  if (typed !== undefined) guardOutput(typed, [file]);
  if (options.output === undefined && formats.length > 1) throw new UsageError('several formats need -o with a folder');
  const settings = await settingsFor([file], options, terminal);
  if (!settings) return EXIT.findings;
  const { house } = settings;
  const bytes = await bytesOf(file, terminal);
  if (typeof bytes === 'number') return bytes;
  const brief = briefFrom(options, formats, house, terminal);
  const read = readEdition(file, bytes, house, brief.now);
  const tell = (diagnostics: readonly Diagnostic[]) =>
    printFindings(options.quiet ? diagnostics.filter(({ severity }) => severity === 'error') : diagnostics, terminal);
  // Why it is refused is said below.
  await tell(read.diagnostics.filter(({ rule }) => rule !== heldStory.name));
  if (!read.edition) return codeOf(read.diagnostics);
  if (read.refused.length > 0 && !options.draft) {
    for (const why of read.refused) terminal.talk(visible(why));
    terminal.talk('no edition for readers is made; --draft makes one for the desk');
    return EXIT.refused;
  }
  const userTemplates = await readUserTemplates(options.templates, settings);
  const limited = formats.map(limitedPart).find((part) => part !== undefined);
  const needed = formatNames(
    ({ audience }) => audience === 'readers' || (limited !== undefined && audience === 'mail'),
  );
  const templates = await (await import('../../render/templates.js')).createTemplates(needed, userTemplates);
  const patience = patienceOf(options.timeout);
  const done =
    userTemplates.size > 0 || options.timeout !== undefined
      ? giveUpAfter(patience, `no edition after ${patience / 1000} s; if a template of yours loops, fix it`)
      : undefined;
  const made = new EditionBriefs(read.edition, read.stories, brief, templates);
  if (limited !== undefined) {
    const { text, sizes } = made.of(limited);
    if (!options.quiet) terminal.talk(weights(sizes, text));
    const finding = sizeFinding(text, ['title'], house, read.report);
    if (finding) await tell([finding]);
    if (finding && hasErrors([finding])) return EXIT.findings;
  }
  if (!options.quiet) {
    tellSender(brief, terminal);
    const hasNoLink = read.stories.some(({ depth, url }) => depth !== 'full' && !url);
    if (read.edition.base === undefined && hasNoLink)
      terminal.talk('stories that are not printed whole have no links: say in base: where the briefs are');
  }
  if (formats.some(isFeed))
    for (const { story } of read.stories) {
      const trouble = dateTrouble({ ...story, published: story.published ?? read.edition.date }, brief.now);
      if (trouble !== undefined) terminal.talk(`${visible(story.slug)} ${DATES[trouble]}`);
    }
  const feed = formats.some(isFeed) ? feedOf(read.edition, read, templates, house, options.draft) : undefined;
  const textOf = (format: string) =>
    isService(format) ? writers[format](made) : (feed?.(format) ?? made.of(format).text);
  const all = formats.map((format) => ({ format, text: textOf(format) }));
  await done?.();
  if (options.output === undefined || options.output === '-') {
    for (const { text } of all) terminal.out(text);
    return EXIT.ok;
  }
  // A draft never takes the place of what is for readers.
  const name = options.draft ? `${read.edition.slug}.draft` : read.edition.slug;
  const outputs = all.map(({ format, text }) => ({ name: `${name}.${FORMATS[format]}`, text }));
  const written = typed === undefined ? writeOutputs(options.output, outputs, 'editions', options.force) : [typed];
  if (typed !== undefined) writeOutput(all[0]?.text ?? '', typed, [file], terminal);
  if (!options.quiet) for (const path of written) terminal.talk(`${visible(file)} → ${visible(path)}`);
  return EXIT.ok;
}

/** The file whose name the user has typed; undefined where the output is a folder, or standard output. */
function typedFile({ output = '-', to, esp }: EditionOptions): string | undefined {
  const isOne = (to ?? '').split(',').length + (esp === undefined || to === undefined ? 0 : 1) === 1;
  return isOne && isFileName(output) ? output : undefined;
}

/** The formats asked for: those of --to, and what --esp adds; else that of the file's name, else plain text. */
function formatsOf({ to, esp }: EditionOptions, typed: string | undefined): string[] {
  const wanted = to === undefined ? [] : listOf(to, Object.keys(FORMATS), 'format', '--to');
  const service = esp === undefined ? [] : listOf(esp, serviceNames, 'mail service', '--esp');
  const all = [...new Set([...wanted, ...service])];
  return all.length > 1 ? all : [formatFor(all[0], typed, FORMATS, 'txt')];
}

/** What writes the feeds of an edition; undefined for what is no feed. */
function feedOf(
  { base, title, lang, slug, date }: Edition,
  { stories }: ReadEdition,
  templates: Templates,
  house: House,
  draft: boolean | undefined,
): (format: string) => string | undefined {
  if (draft) throw new UsageError('a feed is for readers: it has no drafts');
  if (base === undefined)
    throw new UsageError('a feed of an edition needs base: in it, with the address of the briefs');
  if (stories.length === 0) throw new UsageError('a feed holds stories, and this edition has none');
  const items = newestFirst(
    stories.map((entry) => ({ ...itemOf(entry.story, entry.prose, templates, house), date, url: entry.url })),
  );
  const author = house.publication?.name ?? title;
  const channel = { title, description: title, lang, base, author, name: `${slug}.feed` };
  return (format) => (isFeed(format) ? writeFeed(format, channel, items) : undefined);
}

/** The most stories whose sizes are told one by one; of more, the heaviest. */
const MOST_WEIGHED = 12;

/** How heavy a mail is, and each of its stories. */
function weights(sizes: EditionBrief['sizes'], whole: string): string {
  const size = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
  const all = new TextEncoder().encode(whole).length;
  const rest = all - sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const named =
    sizes.length > MOST_WEIGHED ? sizes.toSorted((a, b) => b.bytes - a.bytes).slice(0, MOST_WEIGHED) : sizes;
  const each = named.map(({ slug, bytes }) => `${slug} ${size(bytes)}`);
  if (each.length < sizes.length) each.push(`${sizes.length - each.length} lighter stories`);
  return `the mail has ${size(all)}: ${[...each, `all else ${size(rest)}`].join(', ')}`;
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
    const name = relative(folder, path).replaceAll('\\', '/');
    return name.includes('/') ? name : name.replace(/\.story\.ya?ml$/i, '');
  });
  const first = schemaLine(join(folder, 'x'), 'edition');
  const settings = await settingsFor([join(folder, 'x')], {}, terminal);
  const called = title ?? settings?.house.publication?.name ?? 'Our newsletter';
  const text = first + starter(called, date ?? localDay(terminal.now()), lang, names);
  if (target === undefined || target === '-') {
    terminal.out(text);
    return EXIT.ok;
  }
  if (!isEdition(target)) throw new UsageError(`an edition file’s name ends in .edition.yaml, not "${target}"`);
  makeFolder(folder);
  writeNew(target, text, force);
  terminal.talk(`${visible(target)} is written; make its mail with: nutgraf edition ${visible(target)} --to eml -o .`);
  return EXIT.ok;
}
