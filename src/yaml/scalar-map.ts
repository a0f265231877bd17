import type { Scalar } from 'yaml';

/**
 * For each UTF-16 unit of a scalar's value, the offset in the source at which it stands, in every style: plain,
 * quoted, literal and folded. Absent where the value and its source cannot be brought together.
 */
export function valueOffsets(text: string, node: Scalar): Int32Array | undefined {
  const value = String(node.value);
  const [start, end] = node.range ?? [0, 0];
  switch (node.type) {
    case 'QUOTE_DOUBLE':
      return doubleQuoted(text, value, start + 1, end);
    case 'QUOTE_SINGLE':
      return align(text, value, start + 1, end, Number.POSITIVE_INFINITY, true);
    case 'BLOCK_LITERAL':
    case 'BLOCK_FOLDED':
      return block(text, value, start, end);
    default:
      return align(text, value, start, end, Number.POSITIVE_INFINITY, false);
  }
}

function block(text: string, value: string, start: number, end: number): Int32Array | undefined {
  const header = /^[^\n]*\n/.exec(text.slice(start, end))?.[0];
  if (header === undefined) return value === '' ? new Int32Array(0) : undefined;
  const body = start + header.length;
  const indent = /^(?: *\n)*( *)/.exec(text.slice(body, end))?.[1]?.length ?? 0;
  const explicit = /^[|>][-+]?(\d)/.exec(header)?.[1];
  const parent = explicit ? Math.max(0, indent - leadingSpaces(value)) : indent;
  return align(text, value, skipSpaces(text, body, end, parent), end, parent, false);
}

function leadingSpaces(value: string): number {
  return /^(?: *\n)*( *)/.exec(value)?.[1]?.length ?? 0;
}

function skipSpaces(text: string, from: number, end: number, most: number): number {
  let at = from;
  while (at < end && at - from < most && (text[at] === ' ' || (text[at] === '\t' && most === Number.POSITIVE_INFINITY)))
    at++;
  return at;
}

/**
 * Walks value and source together. A line break of the source is a line break of the value, a space where it folds, or
 * nothing; the indentation after it is skipped.
 */
function align(
  text: string,
  value: string,
  from: number,
  end: number,
  indent: number,
  doubledQuote: boolean,
): Int32Array | undefined {
  const offsets = new Int32Array(value.length);
  let at = from;
  for (let i = 0; i < value.length; i++) {
    const want = value[i];
    while (text[at] !== want) {
      if (at >= end) return trailing(offsets, i, value, end);
      if (text[at] === '\n') {
        if (want === ' ') break;
        at = skipSpaces(text, at + 1, end, indent);
      } else if (text[at] === ' ' || text[at] === '\t') at++;
      else return undefined;
    }
    offsets[i] = at;
    if (text[at] === '\n') at = skipSpaces(text, at + 1, end, indent);
    else if (doubledQuote && want === "'") at += 2;
    else at++;
  }
  return offsets;
}

/** A block's last line break may stand past its range. */
function trailing(offsets: Int32Array, from: number, value: string, end: number): Int32Array | undefined {
  if (value.slice(from).trim() !== '') return undefined;
  return offsets.fill(end, from);
}

const ESCAPE_LENGTH: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };

function doubleQuoted(text: string, value: string, from: number, end: number): Int32Array | undefined {
  const offsets = new Int32Array(value.length);
  let at = from;
  let i = 0;
  while (i < value.length) {
    if (at >= end) return undefined;
    const char = text[at] ?? '';
    if (char === '\\' && text[at + 1] === '\n') {
      at = skipSpaces(text, at + 2, end, Number.POSITIVE_INFINITY);
    } else if (char === '\\') {
      const length = ESCAPE_LENGTH[text[at + 1] ?? ''] ?? 2;
      const units = length === 10 && Number.parseInt(text.slice(at + 2, at + 10), 16) > 0xffff ? 2 : 1;
      for (let k = 0; k < units; k++) offsets[i++] = at;
      at += length;
    } else if (char === '\n') {
      // One line break folds to a space; of more, the first is dropped.
      const breaks = /^(?:\n[ \t]*)+/.exec(text.slice(at, end))?.[0] ?? '\n';
      const count = breaks.split('\n').length - 1;
      for (let k = 0; k < Math.max(1, count - 1); k++) offsets[i++] = at;
      at += breaks.length;
    } else if (char === value[i]) {
      offsets[i++] = at++;
    } else if (char === ' ' || char === '\t') at++;
    else return undefined;
  }
  return offsets;
}
