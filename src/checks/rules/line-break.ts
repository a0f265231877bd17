import type { Rule } from '../rule.js';

export const lineBreak = {
  name: 'line-break',
  level: 'warning',
  description: 'A field of one line has a line break in it. It is printed as a space.',
  bad: 'headline: "Council approves\\nbudget"',
  good: 'headline: Council approves budget',
  *checkTexts({ texts }) {
    for (const { text, type, path } of texts) {
      if (type !== 'line' || path[0] === 'extra' || !text.trim().includes('\n')) continue;
      yield {
        path,
        message: `"${String(path.at(-1))}" is one line; its line break is printed as a space`,
        hint: 'write it on one line',
      };
    }
  },
} as const satisfies Rule;
