import { load } from 'virtual:lazy/src/schema/read-strictly';
import { type Diagnostic, sortDiagnostics } from '../diagnostics.js';
import { decode, normalizeLines, refusal } from '../yaml/decode.js';
import { FileText } from '../yaml/file-text.js';
import type { Path } from '../yaml/places.js';
import { readPlain } from '../yaml/plain.js';
import { strayCharacters } from '../yaml/stray.js';
import { valueFrom } from './read-plain.js';
import type { Document } from './read-strictly.js';
import type { GroupShape } from './shape.js';

export type { Document } from './read-strictly.js';

/**
 * Reads a file by the shape that it should have. If it is not text, returns that finding alone. Never throws for its
 * content. `isStrict` skips the quick path for plain files.
 */
export function openDocument(
  shape: GroupShape,
  content: Uint8Array | string,
  file: string,
  isStrict = false,
): Document | Diagnostic {
  const decoded = typeof content === 'string' ? { ok: true as const, text: normalizeLines(content) } : decode(content);
  if (!decoded.ok) return refusal(decoded, file);
  const text = new FileText(file, decoded.text);
  const stray = strayCharacters(text);
  const plain = isStrict || stray.length > 0 ? undefined : readPlain(text.text);
  const value = plain && valueFrom(shape, plain);
  return value === undefined ? load().readStrictly(text, shape, stray) : plainDocument(text, shape, value);
}

/** A plain file with nothing wrong in its shape. It is read strictly when a finding asks where a value stands. */
function plainDocument(text: FileText, shape: GroupShape, value: unknown): Document {
  let strict: Document | undefined;
  const whole = () => {
    strict ??= load().readStrictly(text, shape, []);
    return strict;
  };
  return {
    text,
    value,
    get places() {
      return whole().places;
    },
    has: (path) => valueAt(value, path) !== undefined,
    findings: [],
    broken: false,
    aside: () => false,
    place: (path, within) => whole().place(path, within),
  };
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, step) => (at as Record<string | number, unknown> | undefined)?.[step], value);
}

export const isDocument = (opened: Document | Diagnostic): opened is Document => 'places' in opened;

/** A file that no rules look at. */
export interface Read {
  /** Absent where there are errors. */
  value?: unknown;
  diagnostics: Diagnostic[];
  place: Document['place'];
  has: (path: Path) => boolean;
}

/** Reads a file that is no story, such as settings, as strictly as one. */
export function readDocument(shape: GroupShape, content: Uint8Array, file: string): Read {
  const opened = openDocument(shape, content, file);
  if (!isDocument(opened)) return { diagnostics: [opened], place: () => opened, has: () => false };
  const { value, has, findings, broken, place } = opened;
  return { ...(broken ? {} : { value }), diagnostics: sortDiagnostics(findings), place, has };
}
