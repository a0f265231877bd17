import { createTwoFilesPatch } from 'diff';
import { ChangedError, changeFile, replaceFile } from '../../batch/change.js';
import { type Checked, checkOne } from '../../batch/check.js';
import { STDIN } from '../../batch/input.js';
import { LockedError } from '../../batch/lock.js';
import { WriteError } from '../../batch/write-error.js';
import { fixText } from '../../checks/fix.js';
import { loadStory } from '../../checks/load.js';
import { fault } from '../../diagnostics.js';
import type { House } from '../../house.js';
import { UsageError } from '../errors.js';
import { plural } from '../report/pretty.js';
import { type Terminal, visible } from '../terminal.js';
import { readForChange } from './authoring.js';

/** Fixes story files, or shows what would be fixed, and says what is wrong with each then. */
export async function* fixAll(
  files: readonly string[],
  house: House,
  dryRun: boolean,
  show: (patch: string) => void,
  terminal: Terminal,
): AsyncGenerator<Checked> {
  if (files.includes(STDIN)) throw new UsageError('--fix needs files; standard input cannot be changed');
  for (const file of files) {
    const made = await fixedFile(file, house, dryRun);
    if (!('text' in made)) {
      yield { diagnostics: [made], waived: [] };
      continue;
    }
    const { read, text, fixed } = made;
    for (const { line, column, rule, message } of fixed)
      terminal.talk(visible(`${file}:${line}:${column}: ${dryRun ? 'would fix' : 'fixed'} ${rule}: ${message}`));
    if (fixed.length > 0) {
      if (dryRun) show(patch(file, read.text, text));
      terminal.talk(`${visible(file)}: ${plural(fixed.length, 'fix')} ${dryRun ? 'would be made' : 'made'}`);
    }
    yield checkOne(file, house, Buffer.from(read.bom + text, 'utf8'));
  }
}

/** Fixes a file; a finding where it cannot be read or written. Only a file with something to fix is held meanwhile. */
async function fixedFile(file: string, house: House, dryRun: boolean) {
  const fixes = () => {
    const read = readForChange(file);
    if (!('text' in read)) return read;
    return { read, ...fixText(read.text, (text) => loadStory(text, file, house).diagnostics) };
  };
  const made = fixes();
  if (!('text' in made) || made.fixed.length === 0 || dryRun) return made;
  try {
    return await changeFile(file, () => {
      const again = fixes();
      if (!('text' in again)) return again;
      const before = Buffer.from(again.read.bom + again.read.text);
      replaceFile(file, again.read.bom + again.text, (now) => before.equals(now));
      return again;
    });
  } catch (error) {
    const isKnown = error instanceof WriteError || error instanceof LockedError || error instanceof ChangedError;
    if (!isKnown) throw error;
    return fault(file, 'unwritable', error.message, 'check the file and its folder, and try again');
  }
}

/** A unified diff; what a terminal would obey is shown. */
function patch(file: string, before: string, after: string): string {
  const text = createTwoFilesPatch(file, file, before, after, undefined, undefined, { context: 2 });
  return text
    .split('\n')
    .filter((line) => !/^(?:Index: .*|=+)$/.test(line))
    .map((line) => line.replace(/\r$/, '').split('\t').map(visible).join('\t'))
    .join('\n');
}
