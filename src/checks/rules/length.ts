import type { Finding } from '../rule.js';

/** What is to be said of a line with more characters than it may have. */
export function* tooLong(field: string, text: string | undefined, most: number): Generator<Finding> {
  const characters = [...(text ?? '')];
  if (characters.length <= most) return;
  const end = (text ?? '').length;
  yield {
    path: [field],
    within: [characters.slice(0, most).join('').length, end],
    message: `the ${field} has ${characters.length} characters; ${most} are the most`,
    hint: `cut ${characters.length - most}`,
  };
}
