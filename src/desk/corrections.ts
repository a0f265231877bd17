import type { BriefView, TemplatedFormat } from '../formats/format.js';
import { extensionOf } from '../formats/list.js';
import type { House } from '../house.js';
import { dateText } from '../languages/date-text.js';
import { parseDate } from '../languages/dates.js';
import { directionOf, wordsFor } from '../languages/words.js';
import type { Prose } from '../prose/parse.js';
import { type Inline, mapParagraphs } from '../prose/tree.js';
import { publicationView, safeWordsFor } from '../render/view.js';
import type { Story } from '../story/story.js';

/** A correction in the log of all stories. */
export interface Logged {
  /** From 1, by date. */
  number: number;
  story: Story;
  correction: Story['corrections'][number];
  prose: (text: string) => Prose;
}

/** The corrections of stories, numbered from the oldest, the newest first. Those of one day stand in the order of slugs. */
export function correctionsLog(stories: readonly { story: Story; prose: Logged['prose'] }[]): Logged[] {
  const all = stories.flatMap(({ story, prose }) =>
    story.corrections.map((correction, i) => ({
      story,
      correction,
      prose,
      key: [correction.date.slice(0, 10), story.slug, i] as const,
    })),
  );
  const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);
  return all
    .sort(({ key: a }, { key: b }) => compare(a[0], b[0]) || compare(a[1], b[1]) || compare(a[2], b[2]))
    .map(({ story, correction, prose }, i) => ({ number: i + 1, story, correction, prose }))
    .reverse();
}

/** The log as the template `pages/corrections` of a format sees it. */
export function correctionsView(log: readonly Logged[], format: TemplatedFormat, house: House): BriefView {
  const lang = house.publication?.lang ?? 'en';
  const { words } = wordsFor(lang, house);
  const line = (text: string | undefined) => (text === undefined ? null : format.text(text));
  return {
    lang,
    dir: directionOf(lang),
    title: format.text(words.corrections),
    sources: [],
    words: safeWordsFor(words, format),
    publication: publicationView(house.publication, format),
    corrections: log.map(({ number, story, correction, prose }) => {
      const parts = parseDate(correction.date);
      const outlets = new Map(story.sources.map(({ id, outlet, title }) => [id, outlet ?? title ?? id]));
      // The log has no list of sources: what a correction cites is named where it is cited.
      const blocks = mapParagraphs(prose(correction.text).blocks, (nodes) =>
        nodes.map((node, i) =>
          node.type === 'cite'
            ? {
                type: 'text',
                text: `${endsInSpace(nodes[i - 1]) ? '' : ' '}(${node.refs.map(({ id }) => outlets.get(id) ?? id).join('; ')})`,
              }
            : node,
        ),
      );
      return {
        number,
        lang: story.lang === lang ? null : story.lang,
        dir: directionOf(story.lang),
        headline: format.text(story.headline ?? story.slug),
        slug: story.slug,
        file: `${story.slug}.${extensionOf(format.name)}`,
        label: format.text(correction.kind === 'clarification' ? words.clarification : words.correction),
        date: parts ? format.date(parts, dateText(parts, lang)) : { iso: '', text: format.text(correction.date) },
        section: line(correction.section),
        text: format.prose(blocks, { mark: () => undefined }),
        was: line(correction.was),
        now: line(correction.now),
      };
    }),
  };
}

const endsInSpace = (node: Inline | undefined) => node?.type === 'text' && /\s$/.test(node.text);
