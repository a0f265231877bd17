import type { Entry } from '../../tui/list.js';
import type { Prompt } from '../../tui/prompt.js';
import type { Path } from '../../yaml/places.js';
import type { Session, SessionValue } from './session.js';

/** Who asks: on a screen, or line by line. */
export interface Asker {
  /** Asks, until there is an answer; `onPause` keeps what was typed so far. Throws Stopped. */
  run: <Answer>(prompt: Prompt<Answer>, onPause?: () => void) => Promise<Answer>;
  /** One of a few; undefined where none was chosen. Throws Stopped. */
  choose: (message: string, entries: readonly Entry[]) => Promise<string | undefined>;
  /** Gives a text to an editor; undefined where there is none. */
  edit: (text: string) => string | undefined;
  start: () => void;
  stop: () => void;
}

/** What an interview works with. */
export interface Interview {
  runner: Asker;
  session: Session;
  /** Today, as a story has it: 2025-10-06. */
  today: string;
  /** The text brief of the story as it is. */
  preview: () => Promise<string>;
}

/** The entries of a list of the story. */
export function entriesOf({ session }: Interview, path: Path): SessionValue[] {
  const list = session.get(path);
  if (!Array.isArray(list)) return [];
  return list.map((entry: unknown) => (typeof entry === 'object' && entry !== null ? (entry as SessionValue) : {}));
}

/** The sources that can be cited, as they are offered. */
export function sourceChoices(it: Interview): { value: string; name: string; more: string }[] {
  return entriesOf(it, ['sources'])
    .filter(({ id }) => id !== undefined && id !== '')
    .map(({ id, outlet, title, author, published }) => ({
      value: String(id),
      name: String(outlet ?? title ?? author ?? id),
      more: [
        ...(outlet !== undefined && title !== undefined ? [`“${title}”`] : []),
        ...(published ? [String(published)] : []),
      ].join(', '),
    }));
}
