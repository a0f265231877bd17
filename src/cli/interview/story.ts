import { askGroup, type Left } from './forms.js';
import type { Interview } from './interview.js';
import type { SessionValue } from './session.js';

const FIRST = ['headline', 'dek', 'byline', 'published', 'lang'];
const MORE = ['kicker', 'dateline', 'series', 'tags', 'slug', 'embargo', 'status', 'genre'];

/** Asks for the story itself: what it says in a line, who wrote it, when, in which language. */
export function askStory(it: Interview, filled: SessionValue = {}): Promise<Left> {
  return askGroup(it, [], {
    head: { path: ['Story', 'Start'] },
    names: FIRST,
    more: MORE,
    filled,
    enter: 'go on',
    done: 'go on',
    summary: ({ headline = '', dek = '' }) => [headline, dek].filter(Boolean).join(' · '),
  });
}

/** Asks for what few stories have: what readers should know of how it was made. */
export function askStoryMore(it: Interview): Promise<Left> {
  return askGroup(it, [], {
    head: { path: ['Story', 'Also'] },
    names: ['disclosure', 'backstory', 'made_with', 'ednote'],
    enter: 'done',
    done: 'done',
    summary: () => '',
  });
}
