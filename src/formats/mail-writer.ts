import type { Mail } from './eml.js';

let write: ((mail: Mail) => string) | undefined;

/** Loads what writes mails, which takes its time and is seldom wanted. */
export async function loadMailWriter(): Promise<void> {
  write ??= (await import('./eml.js')).writeEml;
}

/** A mail as a file; what writes it must have been loaded. */
export function mailFile(mail: Mail): string {
  if (!write) throw new Error('the mail writer is not loaded');
  return write(mail);
}
