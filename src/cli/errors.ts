/** The command line is wrong: said in a sentence, exit 2. */
export class UsageError extends Error {}

/** How a command ends, as `docs/commands.md` tells. */
export const EXIT = { ok: 0, findings: 1, usage: 2, refused: 3, disk: 4, bug: 70 } as const;
