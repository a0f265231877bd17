import { EXIT } from '../../src/cli/errors.js';
import { createProgram } from '../../src/cli/program.js';
import type { Terminal } from '../../src/cli/terminal.js';

const MEANING: Record<keyof typeof EXIT, string> = {
  ok: 'fine',
  findings: 'the stories, or templates, have errors',
  usage: 'the command line is wrong',
  refused:
    'refused: the story, or each of those that were asked for, is held, killed or under embargo; or another nutgraf builds into the folder, or changes the file',
  disk: 'a file could not be read or written',
  bug: 'a mistake in nutgraf itself',
};

/** `docs/commands.md`: what `--help` says of each command, and the exit codes. */
export function commandsPage(): string {
  const program = createProgram({ terminal: {} as Terminal, version: '', finish: () => {} });
  const pages = [program, ...program.commands].map((command) => {
    let text = '';
    command.configureOutput({ writeOut: (piece) => (text += piece), getOutHelpWidth: () => 100 });
    command.outputHelp();
    return `## nutgraf${command === program ? '' : ` ${command.name()}`}\n\n\`\`\`text\n${text.trimEnd()}\n\`\`\``;
  });
  const codes = Object.entries(EXIT).map(([name, code]) => `| ${code} | ${MEANING[name as keyof typeof EXIT]} |`);
  return `# Commands

<!-- Generated from src/cli/program.ts. Run \`npm test -- -u\` after a change. -->

What you ask for goes to standard output, what is said about it to standard error. \`-\` is standard input or output.
Colours appear in a terminal only, and never with \`NO_COLOR\`, \`--no-color\` or \`TERM=dumb\`.

${pages.join('\n\n')}

Of each file 50 findings of a rule are reported, and one more that counts the rest; in JSON its \`count\` says how many it stands for.

## Exit codes

| code | meaning |
| --- | --- |
${codes.join('\n')}
| 130, 143, 129 | stopped by Ctrl-C, SIGTERM or SIGHUP |
`;
}
