import { explainRule, ruleNames } from '../../checks/explain.js';
import { nearest } from '../../schema/nearest.js';
import { EXIT, UsageError } from '../errors.js';
import type { Terminal } from '../terminal.js';

/** `nutgraf explain`: what a rule finds, with an example. */
export function explain(name: string, terminal: Terminal): number {
  const text = explainRule(name);
  if (text === undefined) {
    const near = nearest(name, ruleNames);
    throw new UsageError(
      `there is no rule "${name}"${near ? `; did you mean "${near}"?` : ''} (docs/rules.md lists them all)`,
    );
  }
  terminal.out(`${text}\n`);
  return EXIT.ok;
}
