import type { House } from './house.js';

/**
 * How briefs are made: the same for each story of a run. Plain data that goes whole to threads, to the keys by which a
 * build knows what is out of date, and to `assemble`, so that none of them can forget an option.
 */
export interface BriefOptions {
  /** The names of the formats wanted. */
  formats: readonly string[];
  /** The whole template to use. */
  template: string;
  /** Columns of plain text; 0 for no wrapping. */
  width: number;
  /** What the desk does its own way. */
  house: House;
  /** The time by which an embargo is judged. */
  now: Date;
  /** Makes briefs for the desk, each with a mark, also of stories that may not be published. */
  draft: boolean;
  /** Makes mail files that open as drafts, to be sent from a mail program. */
  unsent: boolean;
}

/** Options of which some may be left out. */
export type SomeBriefOptions = Pick<BriefOptions, 'formats' | 'now'> & {
  [Name in Exclude<keyof BriefOptions, 'formats' | 'now'>]?: BriefOptions[Name] | undefined;
};

/** The default of each option. */
export const BRIEF_DEFAULTS: Omit<BriefOptions, 'formats' | 'now'> = {
  template: 'brief',
  width: 72,
  house: {},
  draft: false,
  unsent: false,
};

/** All options, with the defaults for those that are left out. */
export function briefOptions(options: SomeBriefOptions): BriefOptions {
  const set = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...BRIEF_DEFAULTS, ...(Object.fromEntries(set) as SomeBriefOptions) } as BriefOptions;
}
