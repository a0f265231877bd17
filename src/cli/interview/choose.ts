import { PassThrough } from 'node:stream';
import inquirer from 'inquirer';
import type { Input } from '../../tui/keyboard.js';
import type { Entry } from '../../tui/list.js';
import type { Glyphs } from '../../tui/prompt.js';
import { visible } from '../terminal.js';

/** Keys as a menu reads them. */
const BYTES: Readonly<Record<string, string>> = {
  up: '\x1b[A',
  down: '\x1b[B',
  enter: '\r',
  newline: '\r',
  tab: '\x1b[B',
  'shift-tab': '\x1b[A',
};

/**
 * A menu by inquirer over the keyboard that all prompts share: it is given a key at a time, and nothing once it has an answer, so
 * that what is typed ahead reaches the next prompt. Gives undefined for Esc and Ctrl-D. `next` gives the inputs; what it throws ends
 * the menu.
 */
export async function choose(
  message: string,
  entries: readonly Entry[],
  next: () => Promise<Input>,
  output: NodeJS.WritableStream,
  glyphs: Glyphs,
): Promise<string | undefined> {
  // A stream that is no terminal: from one, inquirer drops what was typed before its first picture.
  const bytesIn = new PassThrough();
  const ask = inquirer.createPromptModule({ input: bytesIn as never, output: output as never });
  let isAnswered = false;
  const asked = ask([
    {
      type: 'select',
      name: 'answer',
      message: visible(message),
      loop: false,
      pageSize: 15,
      choices: entries.map(({ value, name, more }) => ({
        value,
        name: visible(name),
        ...(more ? { description: visible(more) } : {}),
      })),
      theme: { prefix: { idle: glyphs.active, done: glyphs.done }, icon: { cursor: glyphs.pointer } },
    },
  ] as never) as Promise<{ answer: string }> & { ui: { close: () => void } };
  const answer = asked
    .then(({ answer: value }) => value)
    .catch(() => undefined)
    .finally(() => {
      isAnswered = true;
    });
  try {
    while (!isAnswered) {
      const input = await Promise.race([next(), answer.then(() => undefined)]);
      if (!input) break;
      if (input.type === 'key' && (input.key === 'esc' || input.key === 'ctrl-d')) break;
      const bytes = input.type === 'key' ? BYTES[input.key] : undefined;
      if (bytes !== undefined) bytesIn.write(bytes);
      if (bytes === '\r') return await answer; // the next key is for the next prompt
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  } finally {
    if (!isAnswered) asked.ui.close();
    bytesIn.end();
  }
  return isAnswered ? answer : undefined;
}
