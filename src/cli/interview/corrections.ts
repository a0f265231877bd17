import { literal } from '../../prose/pattern.js';
import { textsOf } from '../../schema/walk.js';
import { storyShape } from '../../story/schema.js';
import { plural } from '../report/pretty.js';
import { entriesOf, type Interview } from './interview.js';

/** Offers to put the right words into the story too, where the wrong ones of the last correction still stand. */
export async function offerChange(it: Interview): Promise<void> {
  const { session } = it;
  const { was, now } = entriesOf(it, ['corrections']).at(-1) ?? {};
  if (typeof was !== 'string' || typeof now !== 'string' || was.trim() === '' || was === now) return;
  const { headline, dek, sections } = session.story;
  if (!Array.isArray(sections) || session.problems().some(({ severity }) => severity === 'error')) return;
  const words = new RegExp(`(?<![\\p{L}\\p{N}])${literal(was)}(?![\\p{L}\\p{N}])`, 'gu');
  const texts = textsOf({ headline, dek, sections }, storyShape).filter(
    ({ text, type }) => (type === 'prose' || type === 'line') && text.search(words) >= 0,
  );
  const count = texts.reduce((sum, { text }) => sum + (text.match(words)?.length ?? 0), 0);
  if (count === 0) return;
  const answer = await it.runner.choose(`“${was}” is still in the story, in ${plural(count, 'place')}`, [
    { value: 'change', name: `Change it to “${now}”` },
    { value: 'leave', name: 'Leave it as it is' },
  ]);
  if (answer !== 'change') return;
  session.mark();
  for (const { text, path } of texts)
    session.set(
      path,
      text.replace(words, () => now),
    );
}
