import { STDIN } from '../batch/input.js';
import { readStory } from '../batch/read.js';
import { type Loaded, loadStory } from '../checks/load.js';
import { hasErrors } from '../diagnostics.js';
import type { House } from '../house.js';
import type { Story } from '../story/story.js';
import { codeOf, EXIT } from './errors.js';
import { printFindings } from './tell.js';
import type { Terminal } from './terminal.js';

/** A sound story with its file. */
export interface Sound extends Loaded {
  file: string;
  story: Story;
}

/** Reads stories one after another; reports and skips those with errors. Gives the exit code. */
export async function eachStory(
  files: readonly string[],
  house: House,
  terminal: Terminal,
  use: (story: Sound) => void | Promise<void>,
): Promise<number> {
  let code: number = EXIT.ok;
  for (const file of files) {
    const bytes = file === STDIN ? await terminal.stdin() : readStory(file);
    if (!(bytes instanceof Uint8Array)) {
      await printFindings([bytes], terminal);
      code = Math.max(code, codeOf([bytes]));
      continue;
    }
    const loaded = loadStory(bytes, file, house);
    if (loaded.story) {
      await use({ ...loaded, file, story: loaded.story });
      continue;
    }
    await printFindings(
      loaded.diagnostics.filter((diagnostic) => hasErrors([diagnostic])),
      terminal,
    );
    code = Math.max(code, codeOf(loaded.diagnostics));
  }
  return code;
}
