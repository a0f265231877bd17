import { existsSync, lstatSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { InputError, STDIN } from './input.js';
import { onDisk } from './name.js';
import { isSameFile } from './write.js';

const CONFIG_FILE = 'nutgraf.config.yaml';

/**
 * The house's settings that count for a file: the nearest `nutgraf.config.yaml` in its folder and those above it, up to the
 * root of its repository or the home folder. Throws InputError where it has another ending, and where it may be a stranger's.
 */
export function findConfig(file: string): string | undefined {
  const start = file === STDIN ? resolve() : dirname(resolve(file));
  for (let folder = start; ; folder = dirname(folder)) {
    const path = join(folder, CONFIG_FILE);
    if (existsSync(onDisk(path))) return trusted(path, start);
    const other = join(folder, CONFIG_FILE.replace('.yaml', '.yml'));
    if (existsSync(onDisk(other))) throw new InputError(`"${other}" is not read: call the settings ${CONFIG_FILE}`);
    if (existsSync(onDisk(join(folder, '.git'))) || isHome(folder) || dirname(folder) === folder) return undefined;
  }
}

/** Whether a folder is the user's home; some users have none. */
function isHome(folder: string): boolean {
  try {
    return isSameFile(folder, homedir());
  } catch {
    return false;
  }
}

/**
 * Settings say where briefs go and what templates make them, so whoever may write them may write in the user's name. They count
 * where they belong to the user, the system or the owner of the stories' folder, and not everybody may put them there.
 */
function trusted(path: string, folder: string): string {
  const user = process.getuid?.();
  if (user === undefined) return path; // a system without owners of this kind
  const [link, file] = [lstatSync(onDisk(path)), statSync(onDisk(path))];
  const owners = new Set([user, 0, statSync(onDisk(folder), { throwIfNoEntry: false })?.uid]);
  if (!owners.has(link.uid) || !owners.has(file.uid)) throw strange(path, 'belong to somebody else');
  const isOpen = (each: string) => ((statSync(onDisk(each), { throwIfNoEntry: false })?.mode ?? 0) & 0o002) !== 0;
  if ((isOpen(path) || isOpen(dirname(path))) && !isOpen(folder))
    throw strange(path, 'are such as everybody may write');
  return path;
}

const strange = (path: string, why: string) =>
  new InputError(`the settings "${path}" ${why}; if they are meant, name them: --config ${path}`);
