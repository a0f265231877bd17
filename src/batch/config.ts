import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError, STDIN } from './input.js';

const CONFIG_FILE = 'nutgraf.config.yaml';

/** The house's settings that count for a file: the nearest `nutgraf.config.yaml` in its folder and those above it. Throws InputError where it has another ending. */
export function findConfig(file: string): string | undefined {
  let folder = file === STDIN ? resolve() : dirname(resolve(file));
  for (;;) {
    const path = join(folder, CONFIG_FILE);
    if (existsSync(path)) return path;
    const other = join(folder, CONFIG_FILE.replace('.yaml', '.yml'));
    if (existsSync(other)) throw new InputError(`"${other}" is not read: call the settings ${CONFIG_FILE}`);
    const parent = dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}
