import { sectionsOf } from '../../sections/each.js';
import type { Rule } from '../rule.js';

export const unmadeCorrection = {
  name: 'unmade-correction',
  level: 'warning',
  description:
    'A correction says that words were wrong, and the story still has them; or it names a section that the story has not.',
  bad: 'headline: Ferry stops\nsections:\n  - kind: summary\n    text: The vote was 8 to 5.\ncorrections:\n  - { date: 2025-10-07, text: The vote was 7 to 6., was: 8 to 5, now: 7 to 6 }',
  good: 'headline: Ferry stops\nsections:\n  - kind: summary\n    text: The vote was 7 to 6.\ncorrections:\n  - { date: 2025-10-07, text: The vote was 7 to 6., was: 8 to 5, now: 7 to 6 }',
  *check({ story, texts }) {
    if (story.corrections.length === 0) return;
    const headings = [...sectionsOf(story.sections)].flatMap(({ section: { heading, kind, id } }) => [
      heading,
      kind,
      id,
    ]);
    const printed = texts.filter(({ path }) => path[0] === 'sections' || path[0] === 'headline' || path[0] === 'dek');
    for (const [i, { was, now, section }] of story.corrections.entries()) {
      if (was !== undefined && !now?.includes(was) && printed.some(({ text }) => holdsWords(text, was)))
        yield {
          path: ['corrections', i, 'was'],
          message: 'these words were wrong, and still stand in the story',
          hint: `correct them where they stand${now === undefined ? '' : `: ${now}`}`,
        };
      if (
        section !== undefined &&
        !headings.some((heading) => heading !== undefined && plain(heading) === plain(section))
      )
        yield {
          path: ['corrections', i, 'section'],
          message: 'no section has this heading',
          hint: `the sections are ${headings
            .filter((_, at) => at % 3 === 0)
            .map((heading) => heading ?? '(without a heading)')
            .join(', ')}`,
        };
    }
  },
} as const satisfies Rule;

const plain = (text: string) => text.normalize('NFKC').replaceAll('’', "'").trim().toLowerCase();

/** Whether a text has words, and not only as parts of others. */
function holdsWords(text: string, words: string): boolean {
  const joins = /[\p{L}\p{N}]/u;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const [before, after] = [text.charAt(at - 1), text.charAt(at + words.length)];
    if (!(joins.test(before) && joins.test(words.charAt(0))) && !(joins.test(after) && joins.test(words.slice(-1))))
      return true;
  }
  return false;
}
