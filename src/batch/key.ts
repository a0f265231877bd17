import { readdirSync } from 'node:fs';
import { baseOf, hasOption, partsOf } from '../formats/list.js';
import type { House } from '../house.js';
import { hashOf } from './manifest.js';

/** All that briefs depend on but their stories. */
export interface Dependencies {
  formats: readonly string[];
  /** The folder of the program; its files are named by their contents. */
  program: string;
  version: string;
  template: string;
  width: number;
  house: House;
  draft: boolean;
  unsent: boolean;
  /** The newsroom's own templates, by name. */
  own: ReadonlyMap<string, string>;
}

/** By format, what its briefs depend on as one word: it changes where the program, the templates or the options do. */
export function keysOf({
  formats,
  program,
  version,
  template,
  width,
  house,
  draft,
  unsent,
  own,
}: Dependencies): Record<string, string> {
  const files = readdirSync(program).filter((name) => name.endsWith('.cjs'));
  const tool = [version, process.version, ...files.sort()];
  return Object.fromEntries(
    formats.map((format) => {
      const folders = partsOf(format).flatMap((part) => [part, baseOf(part)]);
      const ours = [...own]
        .filter(([name]) => folders.includes(name.split('/')[0] ?? ''))
        .sort(([a], [b]) => (a < b ? -1 : 1));
      const all = [
        tool,
        format,
        template,
        hasOption(format, 'width') ? width : 0,
        house,
        draft,
        hasOption(format, 'unsent') && unsent,
        ours,
      ];
      return [format, hashOf(Buffer.from(JSON.stringify(all))).slice(0, 12)];
    }),
  );
}
