import type { Diagnostic } from '../../diagnostics.js';

/** What some rules find, in the words of somebody who writes stories and not files. */
const WORDS: Readonly<Record<string, string>> = {
  'tracking-parameter': 'has a tracking code',
  'unused-source': 'not cited',
  'missing-headline': 'no headline yet',
  'invalid-url': 'not a web address',
  'invalid-date': 'not a date',
  'invalid-lang': 'not a language',
  'empty-text': 'empty',
  'out-of-order': 'out of order',
  'incomplete-section': 'nothing in it yet',
  'duplicate-id': 'two of this name',
  'insecure-link': 'an address with http:',
};

/** A finding in a few words. */
export function inWords({ rule, message, path }: Diagnostic): string {
  if (rule === 'missing-field' && path === undefined) return 'nothing in it yet';
  if (rule === 'missing-field') return `no ${quoted(message) ?? 'part'} yet`;
  if (rule === 'unknown-source') return `no source “${quoted(message) ?? ''}”`;
  return WORDS[rule] ?? message.replace(/^the /, '').replace(/"([^"]*)"/g, '“$1”');
}

/** A finding in a sentence, with the way out. */
export function inSentence({ message, hint }: Diagnostic): string {
  const plain = (text: string) => text.replace(/^the /, '').replace(/"([^"]*)"/g, '“$1”');
  return hint === undefined ? plain(message) : `${plain(message)}. ${plain(hint)}`;
}

const quoted = (message: string): string | undefined =>
  /"([^"]*)"\s*$/.exec(message)?.[1] ?? /"([^"]*)"/.exec(message)?.[1];
