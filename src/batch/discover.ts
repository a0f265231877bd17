import { statSync } from 'node:fs';
import { glob } from 'tinyglobby';
import { InputError, STDIN } from './input.js';

/**
 * The story files that a list of paths stands for, sorted and each once: a file is itself whatever its name, a folder
 * gives its `*.story.yaml` and `*.story.yml` at any depth, `-` is standard input. Throws InputError for a path that is
 * not there, and for a folder without stories.
 */
export async function discover(paths: readonly string[]): Promise<string[]> {
  const files = new Set<string>();
  for (const path of paths) {
    if (path === STDIN) {
      files.add(STDIN);
      continue;
    }
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) throw new InputError(`there is no file or folder "${path}"`);
    if (!stat.isDirectory()) {
      files.add(path);
      continue;
    }
    const found = await storiesBelow(path);
    if (found.length === 0) throw new InputError(`there is no story in "${path}": a story’s name ends in .story.yaml`);
    for (const file of found) files.add(file);
  }
  return [...files].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

async function storiesBelow(folder: string): Promise<string[]> {
  const names = await glob(['**/*.story.yaml', '**/*.story.yml'], {
    cwd: folder,
    dot: false,
    followSymbolicLinks: false,
    onlyFiles: false,
    ignore: ['**/node_modules/**'],
  });
  return names.map((name) => (folder === '.' ? name : `${folder.replace(/\/+$/, '')}/${name}`));
}
