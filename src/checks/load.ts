import { type Diagnostic, hasErrors, ownFault } from '../diagnostics.js';
import type { House } from '../house.js';
import { type Prose, proseOnce } from '../prose/parse.js';
import { isDocument, openDocument } from '../schema/document.js';
import { type StoryInput, storyShape } from '../story/schema.js';
import { resolveStory, type Story } from '../story/story.js';
import type { Range } from '../yaml/file-text.js';
import type { Path } from '../yaml/places.js';
import { Checker, type Verdict } from './checker.js';

/** A story file that was read: the story where it has no error, and everything found in it. */
export interface Loaded extends Verdict {
  story?: Story;
  /** Parses prose; each text of a story once, however many formats print it. */
  prose: (text: string) => Prose;
  /** Where a value, or a part of a text, stands: for a message about it. */
  place: (path: Path, within?: Range) => Diagnostic;
}

/**
 * A story file to a story. Never throws for what is in the file: all that is wrong comes back as diagnostics, sorted by
 * place. `house` says which rules count, and what a desk does its own way.
 */
export function loadStory(content: Uint8Array | string, file: string, house: House = {}): Loaded {
  const prose = proseOnce(house.strictPath);
  try {
    return load(content, file, house, prose);
  } catch (error) {
    return unread(ownFault(file, error), prose);
  }
}

/** A file of which nothing could be read, for one reason. */
function unread(finding: Diagnostic, prose: Loaded['prose']): Loaded {
  return { diagnostics: [finding], waived: [], report: () => undefined, place: () => finding, prose };
}

function load(content: Uint8Array | string, file: string, house: House, prose: Loaded['prose']): Loaded {
  const opened = openDocument(storyShape, content, file, house.strictPath);
  if (!isDocument(opened)) return unread(opened, prose);
  const { value, place } = opened;
  const checker = new Checker(opened, house, prose);
  if (value === undefined) return { ...checker.verdict(), prose, place };
  const input = { sections: [], ...(value as object) } as StoryInput;
  const story = resolveStory(input, file, house);
  checker.story(input, story);
  const verdict = checker.verdict();
  return { ...(hasErrors(verdict.diagnostics) ? {} : { story }), ...verdict, prose, place };
}
