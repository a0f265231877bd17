import type { Waived } from '../checks/checker.js';
import { loadStory } from '../checks/load.js';
import { levelIn } from '../checks/rule.js';
import { mayBeOne, outletMismatch } from '../checks/rules/outlet-mismatch.js';
import { siteOf } from '../checks/site.js';
import type { Diagnostic } from '../diagnostics.js';
import type { House } from '../house.js';
import type { Story } from '../story/story.js';

/** What a source is called, and at which site its address is; `index` is its place in the story's list. */
export interface Label {
  site: string;
  outlet: string;
  index: number;
}

/** The labels of a story's sources that have an address at a site of one outlet. */
export function labelsOf({ sources }: Story): Label[] {
  return sources.flatMap(({ url, outlet }, index) => {
    const site = url !== undefined && outlet !== undefined ? siteOf(url) : undefined;
    return site === undefined ? [] : [{ site, outlet: outlet as string, index }];
  });
}

/** A source whose label differs from what its site is called elsewhere. */
interface Mismatch {
  index: number;
  outlet: string;
  site: string;
  usual: string;
  count: number;
}

/** Gathers what sites are called, and tells which sources are called otherwise. */
export class Outlets {
  /** By site and label, the numbers of file and source of each use. */
  readonly #uses = new Map<string, Map<string, number[]>>();

  add(labels: readonly Label[], file: number): void {
    for (const { site, outlet, index } of labels) {
      const labelsAt = this.#uses.get(site) ?? new Map<string, number[]>();
      this.#uses.set(site, labelsAt);
      const uses = labelsAt.get(outlet) ?? [];
      labelsAt.set(outlet, uses);
      uses.push(file, index);
    }
  }

  /** By the number of the file, its sources that are called otherwise; none where the house does not want to know. */
  mismatches(house: House): Map<number, Mismatch[]> {
    const byFile = new Map<number, Mismatch[]>();
    if (levelIn(outletMismatch, house) === 'off') return byFile;
    for (const [site, labels] of this.#uses) {
      if (labels.size < 2) continue;
      // The label used most is right; where two are used alike, the one that came first.
      const [usual, uses] = [...labels].reduce((most, label) => (label[1].length > most[1].length ? label : most));
      for (const [outlet, places] of labels) {
        if (mayBeOne(outlet, usual)) continue;
        for (let i = 0; i < places.length; i += 2) {
          const file = places[i] as number;
          const all = byFile.get(file) ?? [];
          byFile.set(file, all);
          all.push({ index: places[i + 1] as number, outlet, site, usual, count: uses.length / 2 });
        }
      }
    }
    return byFile;
  }
}

/** The findings for the mismatches of a file; those that the story's own comments accept have a reason. */
export function mismatchesIn(
  bytes: Uint8Array,
  file: string,
  mismatches: readonly Mismatch[],
  house: House,
): (Diagnostic | Waived)[] {
  const { report } = loadStory(bytes, file, house);
  return mismatches.flatMap(({ outlet, site, usual, count, index }) => {
    const others = count === 1 ? 'another source calls' : `${count} other sources call`;
    const finding = report(outletMismatch.name, {
      path: ['sources', index, 'outlet'],
      message: `“${outlet}” is at ${site}, which ${others} “${usual}”`,
      hint: 'fix the label or the address; if both are right, add # nutgraf: allow outlet-mismatch — and why',
    });
    return finding ?? [];
  });
}
