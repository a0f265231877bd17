import { nearest } from '../../schema/nearest.js';
import type { Trouble } from '../../tui/box.js';
import { type Interview, sourceChoices } from './interview.js';

/** Two citations with a comma between them, in one pair of brackets. */
const WITH_COMMA = /(\[@[\p{L}\p{N}_-]+),(\s*@[\p{L}\p{N}_-]+)/u;

/** What is cited, without a reading of the whole text: it is looked at with every letter. */
const CITED = /(?<=\[[^[\]\n]{0,300})@([\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*)(?=[^[\]\n]{0,300}\])/gu;

/** A citation that is not one as it stands, or of a source that is not listed; and what is right, or nearest. */
export function citationTrouble(text: string, it: Interview): Trouble | undefined {
  if (!text.includes('[@')) return undefined;
  const [, first = '', second = ''] = WITH_COMMA.exec(text) ?? [];
  if (first !== '')
    return {
      problem: `two sources have a semicolon between them: ${first};${second}]`,
      fix: { label: 'put it there', text: text.replace(WITH_COMMA, '$1;$2') },
    };
  const sources = sourceChoices(it);
  const known = new Set(sources.map(({ value }) => value));
  for (const [, id = ''] of text.matchAll(CITED)) {
    if (known.has(id)) continue;
    const near = nearest(id, known);
    const name = sources.find(({ value }) => value === near)?.name;
    if (near === undefined) return { problem: `no source “${id}”` };
    return {
      problem: `no source “${id}” – did you mean ${near}${name === near ? '' : ` (${name})`}?`,
      fix: {
        label: `use ${near}`,
        text: text.replace(new RegExp(`@${id}(?![\\p{L}\\p{M}\\p{N}_-])`, 'gu'), `@${near}`),
      },
    };
  }
  return undefined;
}
