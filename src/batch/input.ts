/** A name on the command line that leads to nothing. */
export class InputError extends Error {}

/** The name by which standard input is given and reported. */
export const STDIN = '-';
