import type { Diagnostic } from '../diagnostics.js';
import type { House } from '../house.js';
import type { Verdict } from './checker.js';
import { levelIn, optionIn } from './rule.js';
import { emailSize } from './rules/email-size.js';

/** From this part of the limit on, a mail's size is a warning. */
const NEAR = 0.8;

/** What is to be said of a mail's size, at a place of the file that it is made of, unless that file accepts it. */
export function sizeFinding(
  html: string,
  place: Diagnostic,
  house: House,
  waives: Verdict['waives'],
): Diagnostic | undefined {
  const level = levelIn(emailSize, house);
  const most = 1024 * optionIn(emailSize, 'most', house);
  const bytes = new TextEncoder().encode(html).length;
  if (level === 'off' || bytes <= NEAR * most || waives(emailSize.name) !== undefined) return undefined;
  const size = (count: number) => `${Math.round(count / 1024)} KB`;
  return {
    ...place,
    severity: bytes > most ? level : 'warning',
    rule: emailSize.name,
    message: `the mail’s HTML has ${size(bytes)}; Gmail cuts mails at ${size(most)} and shows no more`,
    hint: 'leave something out, or link to it',
  };
}
