import { discover } from '../../batch/discover.js';
import { writeOutputs } from '../../batch/foreign.js';
import { copyOf, Slugs } from '../../batch/slugs.js';
import { commonLang, dateTrouble, type Entry, entryOf, feedPieces, itemOf, newestFirst } from '../../feed/feed.js';
import { feedFiles } from '../../feed/files.js';
import { notPublic } from '../../story/embargo.js';
import { eachStory } from '../each-story.js';
import { EXIT, UsageError } from '../errors.js';
import { listOf, timeOf, wholeNumber } from '../options.js';
import { formatFor, guardOutput, isFileName, writeOutput } from '../output.js';
import { plural } from '../report/pretty.js';
import { type SettingsOptions, settingsFor } from '../settings.js';
import { type Terminal, visible } from '../terminal.js';
import { readUserTemplates, templatesFor } from '../user-templates.js';

export interface FeedOptions extends SettingsOptions {
  to?: string | undefined;
  force?: boolean | undefined;
  base?: string | undefined;
  title?: string | undefined;
  limit?: string | undefined;
  now?: string | undefined;
  output?: string | undefined;
  templates?: string | undefined;
}

/** What the feed says of dates that the story does not. */
export const DATES = {
  'no date': 'has no published:, so readers of the feed see no date, or that of 1970',
  'no zone': 'has a time without a zone; the feed says that it is UTC',
  'to come': 'has a published: or updated: that is still to come',
} as const;

/** `nutgraf feed`: stories as RSS, Atom or JSON Feed. */
export async function feed(paths: string[], options: FeedOptions, terminal: Terminal): Promise<number> {
  const to = options.to === undefined ? [] : listOf(options.to, Object.keys(feedFiles), 'format', '--to');
  const file = to.length < 2 && isFileName(options.output ?? '') ? options.output : undefined;
  const kinds = to.length > 1 ? to : [formatFor(to[0], file, feedFiles, 'rss')];
  if (options.output === undefined && kinds.length > 1) throw new UsageError('several feeds need -o with a folder');
  const files = discover(paths.length > 0 ? paths : ['stories']);
  if (file !== undefined) guardOutput(file, files);
  const settings = await settingsFor(files, options, terminal);
  if (!settings) return EXIT.findings;
  const { house } = settings;
  const { publication } = house;
  const base = options.base ?? publication?.url;
  if (base === undefined)
    throw new UsageError(
      'a feed needs --base with the address where its briefs are, such as https://example.org/briefs/',
    );
  if (!/^https?:\/\/[^?#]+$/i.test(base) || !URL.canParse(base))
    throw new UsageError(
      `--base needs the whole address of a folder, such as https://example.org/briefs/, not "${base}"`,
    );
  const most = options.limit === undefined ? Number.POSITIVE_INFINITY : wholeNumber(options.limit, '--limit');
  const userTemplates = await readUserTemplates(options.templates, settings);
  const templates = await templatesFor(['html'], 'fragment', userTemplates);
  const now = timeOf(options.now, terminal.now);
  const all: { file: string; story: Entry }[] = [];
  const slugs = new Slugs();
  // The stories are read twice; what is held of each in between is what the feed says of it itself.
  let stdin: Promise<Uint8Array> | undefined;
  const once = { ...terminal, stdin: () => (stdin ??= terminal.stdin()) };
  const read = await eachStory(files, house, once, ({ file, story }) => {
    const why = notPublic(story, now);
    if (why !== undefined) return terminal.talk(`${visible(file)} is left out: ${visible(why)}`);
    const trouble = dateTrouble(story, now);
    slugs.add(copyOf(story.slug), file);
    if (trouble !== undefined) terminal.talk(`${visible(file)} ${DATES[trouble]}`);
    all.push({ file, story: entryOf(story) });
  });
  const twice = new Set<string>();
  for (const { slug, file, first } of slugs.collisions()) {
    twice.add(slug);
    terminal.talk(
      visible(
        `${file}: error slug-collision: the slug "${slug}" is that of ${first} too, and both are left out; give one a slug: of its own`,
      ),
    );
  }
  const sound = all.filter(({ story }) => !twice.has(story.slug));
  const newest = newestFirst(sound).slice(0, most);
  const code = Math.max(read, twice.size > 0 ? EXIT.findings : EXIT.ok);
  // A feed of nothing would empty readers’ lists.
  if (newest.length === 0) {
    terminal.talk('no feed is made: there is no story in it for readers');
    return code === EXIT.ok ? EXIT.refused : code;
  }
  const title = options.title ?? publication?.name ?? new URL(base).host;
  const channel = {
    title,
    description: title,
    lang: commonLang(sound) ?? publication?.lang,
    base,
    author: publication?.name ?? title,
    name: 'feed',
  };
  const toFiles = options.output !== undefined && options.output !== '-';
  const feeds = kinds.map((kind) => ({ name: feedFiles[kind] as string, ...feedPieces(kind, channel, newest) }));
  const texts = feeds.map((): string[] => []);
  // A template of the newsroom may fail at the last story, and half a feed is worse than none.
  const isHeld = toFiles || userTemplates.size > 0;
  const put = async (at: number, text: string) => {
    if (isHeld) texts[at]?.push(text);
    else await terminal.outAndWait(text);
  };
  for (const [at, { head }] of feeds.entries()) await put(at, head);
  let count = 0;
  // The stories are read again, one at a time: the words of all of them are too much to be held.
  const again = await eachStory(
    newest.map(({ file }) => file),
    house,
    once,
    async ({ story, prose }) => {
      const made = itemOf(story, prose, templates, house);
      for (const [at, { item, between }] of feeds.entries()) await put(at, `${count > 0 ? between : ''}${item(made)}`);
      count++;
    },
  );
  for (const [at, { tail }] of feeds.entries()) await put(at, tail);
  if (!toFiles || options.output === undefined) {
    for (const text of texts.flat()) await terminal.outAndWait(text);
    return Math.max(code, again);
  }
  const outputs = feeds.map(({ name }, at) => ({ name, text: texts[at]?.join('') ?? '' }));
  const written = file === undefined ? writeOutputs(options.output, outputs, 'feeds', options.force) : [file];
  if (file !== undefined) writeOutput(outputs[0]?.text ?? '', file, files, terminal);
  for (const path of written) terminal.talk(`${plural(count, 'story')} → ${visible(path)}`);
  return Math.max(code, again);
}
