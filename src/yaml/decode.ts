import type { Diagnostic } from '../diagnostics.js';
import type { ShapeRuleName } from '../shape-rules.js';

/** The largest story file read, in bytes. */
export const MAX_BYTES = 5_000_000;

export type Decoded =
  | { ok: true; text: string }
  | { ok: false; line: number; column: number; rule: ShapeRuleName; message: string; hint: string };

/**
 * Bytes of a file to text, strictly: UTF-8, or UTF-16 with a byte order mark. Line ends become `\n`.
 * Nothing is ever replaced by U+FFFD: bytes that are not text are refused with their line and column.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length > MAX_BYTES) {
    return refuse(
      'file-too-large',
      `the file is ${bytes.length} bytes; a file may have ${MAX_BYTES}`,
      'split it, or check that this is the right file',
    );
  }
  const foreign = foreignKind(bytes);
  if (foreign) return refuse('not-a-story', foreign[0], foreign[1]);
  const label = utf16Label(bytes);
  if (label) {
    try {
      return { ok: true, text: normalizeLines(new TextDecoder(label, { fatal: true }).decode(bytes)) };
    } catch {
      return refuse('bad-encoding', 'the file starts like UTF-16, but is not UTF-16', 'save the file as UTF-8');
    }
  }
  try {
    return { ok: true, text: normalizeLines(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return badByte(bytes);
  }
}

/** Why a file cannot be read as text, as a finding at its place. */
export function refusal(problem: Exclude<Decoded, { ok: true }>, file: string): Diagnostic {
  const { line, column, rule, message, hint } = problem;
  return { file, line, column, endLine: line, endColumn: column, severity: 'error', rule, message, hint };
}

function refuse(rule: ShapeRuleName, message: string, hint: string, line = 1, column = 1): Decoded {
  return { ok: false, line, column, rule, message, hint };
}

/** `\r\n` becomes `\n`: the same story gives the same bytes on every system. */
export function normalizeLines(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
}

function startsWith(bytes: Uint8Array, ...prefix: number[]): boolean {
  return prefix.every((byte, i) => bytes[i] === byte);
}

function utf16Label(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  return undefined;
}

/** If the first bytes are those of another file type: what it is, and what to do. */
function foreignKind(bytes: Uint8Array): [string, string] | undefined {
  const saveAs = 'open it in its own program and save the text as UTF-8';
  if (startsWith(bytes, 0xff, 0xfe, 0, 0) || startsWith(bytes, 0, 0, 0xfe, 0xff)) {
    return ['the file is UTF-32', 'save the file as UTF-8'];
  }
  if (startsWith(bytes, 0x50, 0x4b, 3, 4)) return ['this is a ZIP or Word (.docx) file, not text', saveAs];
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) return ['this is a PDF, not text', saveAs];
  if (startsWith(bytes, 0x7b, 0x5c, 0x72, 0x74, 0x66)) return ['this is a rich text (RTF) file, not YAML', saveAs];
  if (utf16Label(bytes)) return undefined;
  const head = bytes.subarray(0, 512);
  const nuls = head.filter((byte) => byte === 0).length;
  if (nuls > 2 && nuls * 4 > head.length) {
    return ['the file looks like UTF-16 without a byte order mark', 'save the file as UTF-8'];
  }
  return undefined;
}

function badByte(bytes: Uint8Array): Decoded {
  const offset = firstBadByte(bytes);
  const before = new TextDecoder('utf-8', { ignoreBOM: false }).decode(bytes.subarray(0, offset));
  const lastLine = before.slice(before.lastIndexOf('\n') + 1);
  const line = before.split('\n').length;
  const column = [...lastLine].length + 1;
  const hex = (bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return refuse(
    'bad-encoding',
    `the byte 0x${hex} is not UTF-8`,
    'save the file as UTF-8 (if it came from an older Windows program: iconv -f WINDOWS-1252 -t UTF-8)',
    line,
    column,
  );
}

/** The offset of the first byte that breaks UTF-8 (Unicode 16, table 3-7). */
function firstBadByte(bytes: Uint8Array): number {
  let i = 0;
  while (i < bytes.length) {
    const length = sequenceLength(bytes, i);
    if (length === 0) return i;
    i += length;
  }
  return i;
}

function sequenceLength(bytes: Uint8Array, i: number): number {
  const a = bytes[i] ?? 0;
  const b = bytes[i + 1] ?? 0;
  const trail = (k: number) => ((bytes[i + k] ?? 0) & 0xc0) === 0x80;
  if (a < 0x80) return 1;
  if (a >= 0xc2 && a <= 0xdf) return trail(1) ? 2 : 0;
  if (a >= 0xe0 && a <= 0xef) {
    const low = a === 0xe0 ? 0xa0 : 0x80;
    const high = a === 0xed ? 0x9f : 0xbf;
    return b >= low && b <= high && trail(2) ? 3 : 0;
  }
  if (a >= 0xf0 && a <= 0xf4) {
    const low = a === 0xf0 ? 0x90 : 0x80;
    const high = a === 0xf4 ? 0x8f : 0xbf;
    return b >= low && b <= high && trail(2) && trail(3) ? 4 : 0;
  }
  return 0;
}
