import { load } from 'virtual:lazy/fast-string-width';

/** Text in which each character takes one column, so that nothing has to be measured. */
export const NARROW = /^[ -~\u00A1-\u00AC\u00AE-\u00FF\u2010-\u2015\u2018-\u201E\u2020-\u2022\u2026\u2030]*$/;

/** How many columns a text takes in a terminal. */
export function columns(text: string): number {
  return NARROW.test(text) ? text.length : load().default(text.normalize('NFC'));
}
