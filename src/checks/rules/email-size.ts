import type { Rule } from '../rule.js';

/** Reported where mails are made. */
export const emailSize = {
  name: 'email-size',
  level: 'error',
  description:
    'The HTML of a mail is larger than Gmail shows: it cuts a mail at 102 KB without a word, and readers miss the end, sources and corrections with it. At 80 % of that it is a warning. Told by `build`, `render` and `edition` where they make mails; a comment anywhere in the file accepts it.',
  options: { most: { value: 102, description: 'The most kilobytes (of 1,024 bytes)' } },
  bad: '# a mail of 130 KB',
  good: '# a mail of 60 KB: fewer stories in full, or shorter ones',
} as const satisfies Rule;
