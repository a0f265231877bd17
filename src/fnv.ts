/** The usual start of FNV-1a, 32 bits. */
const OFFSET = 0x811c9dc5;

/**
 * A number of 32 bits that tells one row of numbers from another: FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/). It is
 * the same everywhere and keeps nothing secret. `start` gives another row of such numbers.
 */
export function fnv1a(units: ArrayLike<number>, start = OFFSET): number {
  let hash = start;
  for (let i = 0; i < units.length; i++) hash = Math.imul(hash ^ (units[i] as number), 0x01000193);
  return hash >>> 0;
}

/** The same as eight hexadecimal digits. */
export const fnvHex = (units: ArrayLike<number>, start?: number): string =>
  fnv1a(units, start).toString(16).padStart(8, '0');
