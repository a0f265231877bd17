import type { Story } from '../story/story.js';

/** The checked story with its defaults, for other programs: prose is Markdown as typed, dates are as typed. */
export function writeJson(story: Story): string {
  return `${JSON.stringify(story, null, 2)}\n`;
}
