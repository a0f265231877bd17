import type { Diagnostic } from '../diagnostics.js';
import type { House } from '../house.js';
import type { Path } from '../yaml/places.js';
import { isWaived, type Report } from './checker.js';
import { optionIn } from './rule.js';
import { emailSize } from './rules/email-size.js';

/** A mail above this share of the limit gets a warning. */
const NEAR = 0.8;

/** What is to be said of a mail's size, at a path of the file that it is made of, unless that file accepts it. */
export function sizeFinding(html: string, path: Path, house: House, report: Report): Diagnostic | undefined {
  const most = 1024 * optionIn(emailSize, 'most', house);
  const bytes = new TextEncoder().encode(html).length;
  if (bytes <= NEAR * most) return undefined;
  const size = (count: number) => `${Math.round(count / 1024)} KB`;
  const finding = report(emailSize.name, {
    path,
    isOfFile: true,
    isWarning: bytes <= most,
    message: `the mail’s HTML has ${size(bytes)}; Gmail cuts mails at ${size(most)} and shows no more`,
    hint: 'leave something out, or link to it',
  });
  return finding && !isWaived(finding) ? finding : undefined;
}
