import { decode } from '../yaml/decode.js';
import { ImportError, type Note } from './manuscript.js';

/** Bytes 80 to 9F of windows-1252; those that it leaves open are control characters (encoding.spec.whatwg.org). */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/** The labels of windows-1252, by which browsers read latin1 and ascii too. Node takes them for Latin-1. */
const WINDOWS =
  /^(?:ansi_x3\.4-1968|ascii|cp1252|cp819|csisolatin1|ibm819|iso-8859-1|iso-ir-100|iso8859-1|iso88591|iso_8859-1(?::1987)?|l1|latin-?1|us-ascii|windows-1252|x-cp1252)$/i;

const windowsCharacters = (text: string) =>
  text.replace(/[\u0080-\u009F]/g, (char) => HIGH[char.charCodeAt(0) - 0x80] ?? char);

/** Bytes to text. A page that says what it is encoded in is believed where it is not UTF-8. Throws ImportError. */
export function textFrom(content: Uint8Array | string, notes: Note[]): string {
  if (typeof content === 'string') return content.replaceAll('\r\n', '\n');
  const decoded = decode(content);
  if (decoded.ok) return decoded.text;
  const head = new TextDecoder('latin1').decode(content.subarray(0, 2048));
  const charset = /(?:<meta[^>]+charset|<\?xml[^>]+encoding)\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1];
  if (decoded.rule === 'bad-encoding' && charset !== undefined && !/^utf-?8$/i.test(charset)) {
    try {
      const text = WINDOWS.test(charset)
        ? windowsCharacters(new TextDecoder('latin1').decode(content))
        : new TextDecoder(charset, { fatal: true }).decode(content);
      notes.push({ kind: 'changed', message: `read as ${charset}, as the page says` });
      return text.replaceAll('\r\n', '\n');
    } catch {
      // An unknown or untrue name: what UTF-8 stumbles on is reported below.
    }
  }
  throw new ImportError(decoded.rule, decoded.message, decoded.hint, decoded.line, decoded.column);
}

/**
 * Characters that were read as Latin-1 once and are the marks of windows-1252: `don\u0092t` is `don’t`, as browsers read it.
 */
export function readWindowsMarks(text: string, notes: Note[]): string {
  const read = windowsCharacters(text);
  if (read !== text) {
    const matches = [...text.matchAll(/[\u0080-\u009F]/g)].filter(([char]) => windowsCharacters(char) !== char);
    const names = [...new Set(matches.map(([char]) => `U+00${char.charCodeAt(0).toString(16).toUpperCase()}`))].join(
      ', ',
    );
    notes.push({
      kind: 'changed',
      message: `${matches.length} characters (${names}) are read as the marks of Windows`,
    });
  }
  return read;
}
