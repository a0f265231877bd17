import { statSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from './discover.js';
import { InputError } from './input.js';
import { readRegular, reason } from './read.js';

/** Reads a folder of templates: name without the extension (`html/sections/timeline`) to text. */
export function readTemplates(folder: string): Map<string, string> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError(`there is no templates folder "${folder}"`);
  const root = folder === '.' ? '' : `${folder.replace(/\/+$/, '')}/`;
  const names = [...filesBelow(folder)].filter((file) => file.endsWith('.hbs')).map((file) => file.slice(root.length));
  if (names.length === 0)
    throw new InputError(`there is no template in "${folder}": a template’s name is like html/brief.hbs`);
  return new Map(names.sort().map((name) => [name.slice(0, -4), readTemplate(join(folder, name))]));
}

function readTemplate(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readRegular(path));
  } catch (error) {
    throw new InputError(
      `cannot read the template "${path}": ${error instanceof TypeError ? 'it is not UTF-8' : reason(error)}`,
    );
  }
}
