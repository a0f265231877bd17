import type { BriefView, TemplatedFormat } from '../formats/format.js';
import { release } from '../prose/lines.js';
import { TemplateError } from './template-error.js';

/** How many characters of a correction must be found in the brief. */
const ENOUGH = 20;

/**
 * Holds a template to what no brief may leave out: the mark of one that is not for publication, and corrections. Throws
 * TemplateError.
 */
export function holdToPrinted(
  text: string,
  template: string,
  format: TemplatedFormat,
  mark: string | undefined,
  stories: readonly BriefView[],
): void {
  const corrections = stories.flatMap((story) => story['corrections'] as { date: { text: string }; text: string }[]);
  if (mark === undefined && corrections.length === 0) return; // most briefs
  const squeezedBrief = squeezed(text);
  if (mark !== undefined && !squeezedBrief.includes(squeezed(format.text(mark))))
    throw new TemplateError(
      `${format.name}/${template}`,
      `it does not print {{mark}}, so the brief would not say that it is a draft: ${mark}`,
    );
  for (const { date, text: correction } of corrections)
    if (!squeezedBrief.includes(squeezed(release(correction)).slice(0, ENOUGH)))
      throw new TemplateError(`${format.name}/${template}`, `it does not print the correction of ${date.text}`);
}

/** A text without spaces, tags and the ways to write a quotation mark, all of which the steps to a format may change. */
const squeezed = (text: string) =>
  text
    .replace(/<[^<>]*>|\s+/g, '')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"');
