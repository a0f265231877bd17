/** Longer prose goes below its field, as a block. */
const LONG = 100;

/** A text, list or group on one line, for the inside of brackets. */
export function writeFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeFlow).join(', ')}]`;
  if (isGroup(value))
    return `{ ${Object.entries(value)
      .map(([name, child]) => `${writeKey(name)}: ${writeFlow(child)}`)
      .join(', ')} }`;
  return typeof value === 'string' ? writeLine(value, true, false) : String(value);
}

/**
 * A text as a scalar: plain where YAML reads it as it was typed, in quotes or as a block where it does not. `indent` is
 * that of a block's lines; without it the text stays on one line.
 */
export function writeText(text: string, options: { prose?: boolean; date?: boolean; indent?: string }): string {
  const { prose = false, date = false, indent } = options;
  if (prose && indent !== undefined && (text.includes('\n') || text.length > LONG || !isPlain(text, false, date))) {
    const block = writeBlock(text, indent);
    if (block !== undefined) return block;
  }
  return writeLine(text, false, date);
}

/** The name of a field, in quotes where YAML needs them. */
export function writeKey(name: string): string {
  return /^[\p{L}_][\p{L}\p{M}\p{N}_-]*$/u.test(name) && isPlain(name, true, false) ? name : quotedText(name);
}

function writeLine(text: string, flow: boolean, date: boolean): string {
  return isPlain(text, flow, date) ? text : quotedText(text);
}

/** A text in quotes: single ones where it has double ones or backslashes in it. */
export function quotedText(text: string): string {
  const simple = !/[\0-\x1F\x7F-\x9F\u2028\u2029\uFEFF\p{Cs}]/u.test(text);
  return simple && /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}

/** Words and numbers that YAML 1.1 or 1.2 takes for something else than text. */
const NOT_TEXT =
  /^(?:~|null|true|false|yes|no|on|off|y|n|=|<<|[-+]?(?:\.inf|\.nan)|[-+]?[\d.][\d._:]*(?:e[-+]?\d+)?|0[xo][\da-f_]+|[\d-]+[t\s][\d:.\s+z-]*|\d{4}-\d\d?-\d\d?)$/i;

/** Whether every YAML reader reads the unquoted text as exactly these characters. */
function isPlain(text: string, flow: boolean, date: boolean): boolean {
  if (text === '' || text !== text.trim() || /[\0-\x1F\x7F-\xA0\u2028\u2029\uFEFF\p{Cs}]/u.test(text)) return false;
  if (/^[-?:,[\]{}#&*!|>'"%@`：]/.test(text) || /:(?:\s|$)|\s#/.test(text) || /^(?:\.\.\.|<{7}|={7})/.test(text))
    return false;
  if (flow && /[,[\]{}]|:["']/.test(text)) return false;
  return date ? !/^(?:~|null|[\d.]+)$/i.test(text) || /^\d{4}$/.test(text) : !NOT_TEXT.test(text);
}

/** A text as a literal block; undefined where a block could not keep it to the character. */
function writeBlock(text: string, indent: string): string | undefined {
  if (/[\0-\x08\x0B-\x1F\x7F-\x9F\u2028\u2029\uFEFF]/.test(text) || text.trim() === '') return undefined;
  const [, body = '', ends = ''] = /^([\s\S]*?)(\n*)$/.exec(text) ?? [];
  if (/^\n*[ \t]/.test(body) || /\n[ \t]+$/.test(body) || /^[ \t?-]{90}/m.test(body)) return undefined;
  const mark = ends === '\n' ? '|' : ends === '' ? '|-' : '|+';
  const lines = body.split('\n').map((line) => (line === '' ? '' : indent + line));
  return `${mark}\n${lines.join('\n')}${'\n'.repeat(Math.max(0, ends.length - 1))}`;
}

/** Whether a value is a group of fields. */
export function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
