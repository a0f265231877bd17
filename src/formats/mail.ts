import type { House } from '../house.js';
import { isoDate, parseDate } from '../languages/dates.js';
import type { Story } from '../story/story.js';
import type { Mail } from './eml.js';

/** An address as mail programs take it; others, such as that of a page, are no sender. */
const ADDRESS = /^[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;

/** Whether mails of a house have an address that can send them. */
export const hasSender = ({ publication }: House): boolean => ADDRESS.test(addressOf(publication?.contact));

/** What an address is without `mailto:`, as it stands in links. */
const addressOf = (contact = ''): string => contact.replace(/^mailto:/i, '');

/** Who sends mails of a house: its name and address; the authors where it has no name, an address that leads nowhere where it has none. */
export function senderOf(house: House, byline: readonly { name: string }[]): Mail['from'] {
  const { name = byline.map((author) => author.name).join(', '), contact = '' } = house.publication ?? {};
  return { name, address: hasSender(house) ? addressOf(contact) : 'newsroom@nutgraf.invalid' };
}

/** The mail of a story, whose two texts are its briefs. */
export function mailOf(story: Story, house: House, html: string, text: string, mark: string | undefined): Mail {
  const subject = story.newsletter?.subject ?? story.headline ?? story.slug;
  return {
    subject: mark === undefined ? subject : `${mark}: ${subject}`,
    from: senderOf(house, story.byline),
    date: momentOf(story.updated ?? story.published),
    name: story.slug,
    html,
    text,
  };
}

/** A date as a moment; a missing time or zone is midnight and UTC, a missing date the first second of 1970: no clock is read. */
export function momentOf(date: string | undefined): Date {
  const parts = date === undefined ? undefined : parseDate(date);
  if (!parts) return new Date(0);
  const { year, month = 1, day = 1, time = '00:00:00', zone = 'Z' } = parts;
  return new Date(isoDate({ year, month, day, time, zone }));
}
