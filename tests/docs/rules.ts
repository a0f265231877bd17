import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Option } from '../../src/checks/rule.js';
import { rules } from '../../src/checks/rules/index.js';

/** `docs/rules.md`: the rules that have a level from their own files, the others by what they say in tests/cases. */
export function rulesPage(cases: string): string {
  const leveled = rules.map(
    ({ name, level, fixed, description, bad, good, options = {} }) =>
      `### \`${name}\` (${level})\n\n${description}${fixed ? ' It cannot be allowed.' : ''}${optionsText(options)}\n\n\`\`\`yaml\n# found\n${bad}\n\`\`\`\n\n\`\`\`yaml\n# fine\n${good}\n\`\`\``,
  );
  const names = new Set(rules.map(({ name }) => name));
  const said = examples(cases);
  const shape = [...said].filter(([name]) => !names.has(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  return `# Rules

<!-- Generated from src/checks/rules/ and tests/cases/. Run \`npm test -- -u\` after a change. -->

Each finding names its rule. An error refuses the story; a warning is told, and the brief is made.

## Rules with a level

\`--allow RULE\` makes one of these a warning for one run; [a house’s settings](config.md) give it another level for good.

${leveled.join('\n\n')}

## What a story file may not be

These are errors always: the file would lose words, or is not a story. Each is shown as \`nutgraf check\` says it.

${shape.map(([name, text]) => `### \`${name}\`\n\n\`\`\`text\n${text}\n\`\`\``).join('\n\n')}
`;
}

function optionsText(options: Readonly<Record<string, Option>>): string {
  return Object.entries(options)
    .map(([name, { description, value }]) => `\n\nOption \`${name}\`: ${description} (default: ${value}).`)
    .join('');
}

/** For each rule the first thing said by it in the case stories. */
function examples(cases: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(cases).sort()) {
    const file = join(cases, name, 'diagnostics.txt');
    if (!existsSync(file)) continue;
    for (const block of readFileSync(file, 'utf8').split(/^(?=story\.yaml:)/m)) {
      const rule = /^story\.yaml:\d+:\d+: \w+ ([a-z-]+):/.exec(block)?.[1];
      if (rule && !found.has(rule)) found.set(rule, block.trimEnd());
    }
  }
  return found;
}
