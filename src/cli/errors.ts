import { type Diagnostic, hasErrors, OWN_FAULT } from '../diagnostics.js';

/** The command line is wrong: said in a sentence, exit 2. */
export class UsageError extends Error {}

/** How a command ends, as `docs/commands.md` tells. */
export const EXIT = { ok: 0, findings: 1, usage: 2, refused: 3, disk: 4, bug: 70 } as const;

/** How a command ends that found this: the gravest of it counts. */
export function codeOf(diagnostics: readonly Diagnostic[]): number {
  const has = (name: string) => diagnostics.some(({ rule }) => rule === name);
  if (has(OWN_FAULT)) return EXIT.bug;
  if (has('unreadable') || has('unwritable')) return EXIT.disk;
  return hasErrors(diagnostics) ? EXIT.findings : EXIT.ok;
}
