import { CommanderError } from '@commander-js/extra-typings';
import { EXIT } from './errors.js';
import { createProgram } from './program.js';
import { createTerminal, hasLostOutput, type Terminal, visible } from './terminal.js';

/** Runs the command line; the exit code is set, never forced. */
export async function main(typed: readonly string[], version: string): Promise<void> {
  const argv = typed.some((argument) => argument.includes('\uFFFD')) ? await meant(typed) : typed; // few have such a name
  const terminal = createTerminal(!argv.includes('--no-color'));
  const finish = (code: number) => {
    process.exitCode = hasLostOutput() ? EXIT.disk : code;
  };
  const program = createProgram({ terminal, version, finish });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: terminal.out,
      writeErr: (text) => terminal.talk(text.trimEnd().split('\n').map(visible).join('\n')),
    });
  }
  try {
    if (argv.length === 0) program.help({ error: true });
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    finish(await explain(error, terminal, argv.includes('--debug')));
  }
}

/** Arguments with the names of files that are not UTF-8. */
async function meant(argv: readonly string[]): Promise<string[]> {
  const { pathMeant } = await import('../batch/name.js');
  return argv.map(pathMeant);
}

/** What went wrong outside the stories, in a sentence; gives the exit code. */
async function explain(error: unknown, terminal: Terminal, debug: boolean): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const known = (await import('./known-errors.js')).describe(error);
  if (debug && error instanceof Error) terminal.talk((error.stack ?? '').split('\n').map(visible).join('\n'));
  if (known) {
    terminal.talk(`nutgraf: ${visible(known.message)}`);
    return known.code;
  }
  const message = error instanceof Error ? error.message : String(error);
  terminal.talk(`nutgraf: this is a mistake in nutgraf itself, not in your story: ${visible(message)}`);
  if (!debug) terminal.talk('Please report it, with what --debug shows.');
  return EXIT.bug;
}
