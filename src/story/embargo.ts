import { dateText } from '../languages/date-text.js';
import { instant, parseDate } from '../languages/dates.js';
import type { Story } from './story.js';

/** Why a story may not be published yet, or at all; undefined where it may. */
export function notPublic(story: Story, now: Date): string | undefined {
  if (story.status === 'draft') return 'the story is a draft';
  if (story.status !== 'ready') return `the story is ${story.status}`;
  return isEmbargoed(story, now) ? `the story is under embargo until ${story.embargo}` : undefined;
}

/** The mark of what is made for the desk. */
export const DRAFT = 'DRAFT – not for publication';

/** What a brief made with `--draft` says of itself. The words are the newsroom's, in every language. */
export function markOf(story: Story, now: Date): string {
  const until = story.embargo === undefined ? undefined : parseDate(story.embargo);
  if (until && isEmbargoed(story, now)) return `EMBARGOED until ${dateText(until, story.lang)} – not for publication`;
  if (story.status === 'held' || story.status === 'killed') return `DRAFT, ${story.status} – not for publication`;
  return DRAFT;
}

/** Whether the story's embargo ends later than now. */
export function isEmbargoed({ embargo }: Story, now: Date): boolean {
  const until = embargo === undefined ? undefined : parseDate(embargo);
  const hour = until ? instant(until) : undefined;
  return hour !== undefined && now.getTime() < hour;
}
