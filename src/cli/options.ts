import { type BriefOptions, briefOptions } from '../brief-options.js';
import { formatNames } from '../formats/list.js';
import type { House, Levels } from '../house.js';
import { instant, parseDate } from '../languages/dates.js';
import { nearest } from '../schema/nearest.js';
import { UsageError } from './errors.js';
import type { Terminal } from './terminal.js';

/** `--to html,md` to names of formats. */
export function formatsOf(value: string): string[] {
  return listOf(value, formatNames(), 'format', '--to');
}

/** `--allow RULE,…` to levels: each of the rules is a warning for this run. */
export async function allowed(value: string | undefined): Promise<Levels> {
  if (value === undefined) return {};
  const { rules } = await import('../checks/rules/index.js');
  const names = listOf(
    value,
    rules.filter(({ fixed }) => !fixed).map(({ name }) => name),
    'rule',
    '--allow',
  );
  return Object.fromEntries(names.map((name) => [name, 'warning']));
}

/** The members of a comma-separated option; throws UsageError for one that is not known. */
export function listOf(value: string, known: readonly string[], noun: string, option: string): string[] {
  const names = value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) throw new UsageError(`${option} needs a ${noun}: ${known.join(', ')}`);
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    throw new UsageError(
      `${option}: there is no ${noun} "${name}"${near ? `; did you mean "${near}"?` : ''} (${known.join(', ')})`,
    );
  }
  return [...new Set(names)];
}

/** `--now`: a time with a zone, in place of the clock's. */
export function timeOf(value: string | undefined, clock: () => Date): Date {
  if (value === undefined) return clock();
  const parts = parseDate(value);
  const time = parts && instant(parts);
  if (time === undefined)
    throw new UsageError(`--now needs a time with a zone, such as 2025-10-06T09:30:00Z, not "${value}"`);
  return new Date(time);
}

/** A whole number from an option. */
export function wholeNumber(value: string, option: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new UsageError(`${option} needs a whole number, not "${value}"`);
  return Number(value);
}

/** The flags that all commands that make briefs share, as typed. */
export interface BriefFlags {
  templates?: string | undefined;
  width?: string | undefined;
  draft?: boolean | undefined;
  unsent?: boolean | undefined;
  now?: string | undefined;
  /** Not for editions, which have a page of their own. */
  template?: string | undefined;
}

/** What options and settings say of how briefs are made. Throws UsageError. */
export function briefFrom(
  flags: BriefFlags,
  formats: readonly string[],
  house: House,
  terminal: Terminal,
): BriefOptions {
  const { width, draft, unsent, now, template } = flags;
  return briefOptions({
    formats,
    house,
    template,
    draft,
    unsent,
    width: width === undefined ? undefined : wholeNumber(width, '--width'),
    now: timeOf(now, terminal.now),
  } satisfies { [Name in keyof BriefOptions]: BriefOptions[Name] | undefined });
}

/** How long a story may take, in milliseconds, from an option in seconds. Throws UsageError. */
export const patienceOf = (seconds: string | undefined): number =>
  1000 * Math.max(1, wholeNumber(seconds ?? '60', '--timeout'));
