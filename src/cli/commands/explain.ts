import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearest } from '../../schema/nearest.js';
import { EXIT, UsageError } from '../errors.js';
import type { Terminal } from '../terminal.js';

/** `nutgraf explain`: what a rule finds, with an example, as `docs/rules.md` has it. */
export function explain(rule: string, terminal: Terminal): number {
  const pages = readFileSync(join(__dirname, '..', 'docs', 'rules.md'), 'utf8').split(/^(?=#{2,3} )/m);
  const names = pages.flatMap((page) => /^### `([a-z-]+)`/.exec(page)?.[1] ?? []);
  const page = pages.find((one) => one.startsWith(`### \`${rule}\``));
  if (page === undefined) {
    const near = nearest(rule, names);
    throw new UsageError(
      `there is no rule "${rule}"${near ? `; did you mean "${near}"?` : ''} (docs/rules.md lists them all)`,
    );
  }
  terminal.out(`${page.replace(/^### /, '').trimEnd()}\n`);
  return EXIT.ok;
}
