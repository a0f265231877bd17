import type { Story } from '../story/story.js';

/**
 * The checked story with its defaults, for other programs: prose is Markdown as typed, dates are as typed. `mark` says that
 * it is not for publication.
 */
export function writeJson(story: Story, mark?: string): string {
  return `${JSON.stringify(mark === undefined ? story : { mark, ...story }, null, 2)}\n`;
}
