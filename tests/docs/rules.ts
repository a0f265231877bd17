import { explainRule } from '../../src/checks/explain.js';
import { rules } from '../../src/checks/rules/index.js';
import { shapeRules } from '../../src/shape-rules.js';

const page = (names: readonly string[]) => names.map((name) => `### ${explainRule(name)}`).join('\n\n');

/** `docs/rules.md`: all rules, as `nutgraf explain` says them. */
export function rulesPage(): string {
  return `# Rules

<!-- Generated from src/checks/rules/ and src/shape-rules.ts. Run \`npm test -- -u\` after a change. -->

Each finding names its rule. An error refuses the story; a warning is told, and the brief is made. \`nutgraf explain RULE\` shows one.

## Rules with a level

\`--allow RULE\` makes one of these a warning for one run; [a house’s settings](config.md) give it another level for good.

${page(rules.map(({ name }) => name))}

## What a story file may not be

These are errors always: the file would lose words, or is not a story.

${page(Object.keys(shapeRules).sort())}
`;
}
