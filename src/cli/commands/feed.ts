import { discover } from '../../batch/discover.js';
import { writeOutputs } from '../../batch/foreign.js';
import { copyOf, Slugs } from '../../batch/slugs.js';
import { commonLang, dateTrouble, type Item, itemOf, newestFirst, writeFeed } from '../../feed/feed.js';
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
  const all: Item[] = [];
  const slugs = new Slugs();
  const read = await eachStory(files, house, terminal, ({ file, story, prose }) => {
    const why = notPublic(story, now);
    if (why !== undefined) return terminal.talk(`${visible(file)} is left out: ${visible(why)}`);
    const trouble = dateTrouble(story, now);
    slugs.add(copyOf(story.slug), file);
    if (trouble !== undefined) terminal.talk(`${visible(file)} ${DATES[trouble]}`);
    all.push(itemOf(story, prose, templates, house));
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
  const items = all.filter(({ story }) => !twice.has(story.slug));
  const code = twice.size > 0 ? Math.max(read, EXIT.findings) : read;
  // A feed of nothing would empty readers’ lists.
  if (items.length === 0) {
    terminal.talk('no feed is made: there is no story in it for readers');
    return code === EXIT.ok ? EXIT.refused : code;
  }
  const title = options.title ?? publication?.name ?? new URL(base).host;
  const channel = {
    title,
    description: title,
    lang: commonLang(items) ?? publication?.lang,
    base,
    author: publication?.name ?? title,
    name: 'feed',
  };
  const newest = newestFirst(items).slice(0, most);
  const texts = kinds.map((kind) => ({ kind, text: writeFeed(kind, channel, newest) }));
  if (options.output === undefined || options.output === '-') {
    for (const { text } of texts) terminal.out(text);
    return code;
  }
  const outputs = texts.map(({ kind, text }) => ({ name: feedFiles[kind] as string, text }));
  const written = file === undefined ? writeOutputs(options.output, outputs, 'feeds', options.force) : [file];
  if (file !== undefined) writeOutput(texts[0]?.text ?? '', file, files, terminal);
  for (const path of written) terminal.talk(`${plural(newest.length, 'story')} → ${visible(path)}`);
  return code;
}
