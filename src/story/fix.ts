import type { Diagnostic } from '../diagnostics.js';
import type { House } from '../house/house.js';
import { FileText } from './file-text.js';
import { loadStory } from './load.js';

/** More fixes in one file than this are a mistake. */
const MOST = 1000;

/** A story file's text with what can be mended safely, and the findings that are mended by it; all else is as it was. */
export interface Fixed {
  text: string;
  fixed: Diagnostic[];
}

/**
 * Mends what a finding has a fix for, one after another, each time reading the text anew. A fix that does not make its
 * finding go away is not made. `text` is as in the file, line ends included, without a byte order mark.
 */
export function fixStory(text: string, file: string, house: House): Fixed {
  let current = text;
  const fixed: Diagnostic[] = [];
  const tried = new Set<string>();
  for (let i = 0; i < MOST; i++) {
    const next = loadStory(current, file, house).diagnostics.find((one) => one.fix && !tried.has(key(one)));
    if (!next) break;
    tried.add(key(next));
    const changed = applied(current, next);
    const still = loadStory(changed, file, house).diagnostics.some((one) => key(one) === key(next));
    if (still || changed === current) continue;
    current = changed;
    fixed.push(next);
  }
  return { text: current, fixed };
}

const key = ({ rule, line, column, message }: Diagnostic) => `${line}:${column} ${rule} ${message}`;

/** Columns count from the start of a line, so that what ends a line does not matter. */
function applied(text: string, { file, fix }: Diagnostic): string {
  if (!fix) return text;
  const place = new FileText(file, text);
  return (
    text.slice(0, place.offset(fix.line, fix.column)) + fix.text + text.slice(place.offset(fix.endLine, fix.endColumn))
  );
}
