import { readdirSync } from 'node:fs';
import type { BriefOptions } from '../brief-options.js';
import { baseOf, hasOption, partsOf } from '../formats/list.js';
import { hashOf } from './manifest.js';

/** All that briefs depend on but their stories. */
export interface Dependencies {
  brief: BriefOptions;
  /** The folder of the program; its files are named by their contents. */
  program: string;
  version: string;
  /** The newsroom's own templates, by name. */
  userTemplates: ReadonlyMap<string, string>;
}

/**
 * By format, a hash of all that its briefs depend on but the story. Each option counts for each format, except those
 * that `formats/list` ties to one, and `now`, which every build checks itself.
 */
export function keysOf({ brief, program, version, userTemplates }: Dependencies): Record<string, string> {
  const files = readdirSync(program).filter((name) => name.endsWith('.cjs'));
  const tool = [version, process.version, ...files.sort()];
  const { formats, now: _, width, unsent, ...options } = brief;
  return Object.fromEntries(
    formats.map((format) => {
      const folders = partsOf(format).flatMap((part) => [part, baseOf(part)]);
      const ours = [...userTemplates]
        .filter(([name]) => folders.includes(name.split('/')[0] ?? ''))
        .sort(([a], [b]) => (a < b ? -1 : 1));
      const special = [hasOption(format, 'width') && width, hasOption(format, 'unsent') && unsent];
      const all = [tool, format, options, special, ours];
      return [format, hashOf(Buffer.from(JSON.stringify(all))).slice(0, 12)];
    }),
  );
}
