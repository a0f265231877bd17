import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { InputError } from './input.js';
import { reason } from './read.js';

/** Reads a folder of templates: name without the extension (`html/sections/timeline`) to text. */
export async function readTemplates(folder: string): Promise<Map<string, string>> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError(`there is no templates folder "${folder}"`);
  const names = await glob('**/*.hbs', { cwd: folder, followSymbolicLinks: false });
  if (names.length === 0)
    throw new InputError(`there is no template in "${folder}": a template’s name is like html/brief.hbs`);
  return new Map(names.sort().map((name) => [name.slice(0, -4), readTemplate(join(folder, name))]));
}

function readTemplate(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    throw new InputError(
      `cannot read the template "${path}": ${error instanceof TypeError ? 'it is not UTF-8' : reason(error)}`,
    );
  }
}
