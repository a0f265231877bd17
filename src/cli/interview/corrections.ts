import { plural } from '../report/pretty.js';
import { entriesOf, type Interview } from './interview.js';
import type { SessionValue } from './session.js';

/** Offers to put the right words into the story too, where the wrong ones of the last correction still stand. */
export async function offerChange(it: Interview): Promise<void> {
  const { was, now } = entriesOf(it, ['corrections']).at(-1) ?? {};
  if (typeof was !== 'string' || typeof now !== 'string' || was.trim() === '' || was === now) return;
  const { headline, dek, sections } = it.session.story;
  let count = 0;
  const changed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(changed);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, changed(item)]));
    if (typeof value !== 'string' || !value.includes(was)) return value;
    count += value.split(was).length - 1;
    return value.replaceAll(was, () => now);
  };
  const next: SessionValue = { headline: changed(headline), dek: changed(dek), sections: changed(sections) };
  if (count === 0) return;
  const answer = await it.runner.choose(`“${was}” is still in the story, in ${plural(count, 'place')}`, [
    { value: 'change', name: `Change it to “${now}”` },
    { value: 'leave', name: 'Leave it as it is' },
  ]);
  if (answer !== 'change') return;
  it.session.mark();
  for (const [name, value] of Object.entries(next)) if (value !== undefined) it.session.set([name], value);
}
