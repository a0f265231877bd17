import { isEmbargoNotice } from '../../story/notices.js';
import type { Rule } from '../rule.js';

export const unsetEmbargo = {
  name: 'unset-embargo',
  level: 'error',
  description:
    'A line at the top of a text says that the story is under embargo, and the story has no `embargo:` and no status that holds it back: readers would get it, with that line.',
  bad: 'sections:\n  - kind: text\n    text: |\n      EMBARGOED UNTIL 00:01 GMT, 1 DECEMBER 2026\n\n      The unit has 14 beds.',
  good: 'embargo: 2026-12-01T00:01Z\nsections:\n  - kind: text\n    text: The unit has 14 beds.',
  *check({ story, texts }) {
    if (story.status !== 'ready' || story.embargo !== undefined) return;
    const [first] = texts.filter(({ type, path }) => type === 'prose' && path[0] === 'sections');
    const lines = first?.text.split('\n', LINES) ?? [];
    const at = lines.findIndex((line) => line.length < 250 && isEmbargoNotice(line));
    if (!first || at < 0) return;
    const start = lines.slice(0, at).join('\n').length + (at > 0 ? 1 : 0);
    yield {
      path: first.path,
      within: [start, start + (lines[at] as string).length],
      message: 'this line says that the story is under embargo, and the story has no embargo:',
      hint: 'write embargo: with day, hour and zone, or status: held, and take the line out of the text',
    };
  },
} as const satisfies Rule;

/** How many lines at the top of a text are looked at. */
const LINES = 8;
