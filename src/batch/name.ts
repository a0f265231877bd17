import { lstatSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Names of files may be any bytes. A byte that is no part of a UTF-8 character stands in our strings as U+DC80 to U+DCFF (as in
 * Python, PEP 383), so that every file can be named and read.
 */
export function nameOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (Buffer.from(text).equals(bytes)) return text;
  let name = '';
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((size) => isCharacter(bytes.subarray(at, at + size))) ?? 0;
    name += length > 0 ? bytes.toString('utf8', at, at + length) : String.fromCharCode(0xdc00 + (bytes[at] as number));
    at += Math.max(1, length);
  }
  return name;
}

function isCharacter(bytes: Buffer): boolean {
  const text = bytes.toString('utf8');
  return [...text].length === 1 && Buffer.from(text).equals(bytes);
}

/** A byte that is no part of a character. */
const ODD = /[\uDC80-\uDCFF]/u;

/** A path as the system knows it. */
export function onDisk(path: string): string | Buffer {
  if (!ODD.test(path)) return path;
  return Buffer.concat(
    [...path].map((char) =>
      ODD.test(char) ? Buffer.from([(char.codePointAt(0) as number) - 0xdc00]) : Buffer.from(char),
    ),
  );
}

/** The path that was meant by an argument in which odd bytes are lost, as Node gives it; the argument where there is none. */
export function pathMeant(argument: string): string {
  if (!argument.includes('\uFFFD') || lstatSync(argument, { throwIfNoEntry: false })) return argument;
  const parent = dirname(argument);
  const folder = parent.includes('\uFFFD') ? pathMeant(parent) : parent;
  if (!basename(argument).includes('\uFFFD')) return join(folder, basename(argument));
  try {
    const names = readdirSync(onDisk(folder), { encoding: 'buffer' });
    const matches = names.filter((name) => name.toString('utf8') === basename(argument));
    return matches.length === 1 ? join(folder, nameOf(matches[0] as Buffer)) : argument;
  } catch {
    return argument;
  }
}
