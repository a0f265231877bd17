import { columns } from '../../formats/columns.js';
import { visible } from '../terminal.js';

/** A table in plain text, indented by two columns; wide characters take the room that they take in a terminal. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly ('left' | 'right')[],
): string[] {
  const all = [head, ...rows].map((row) => row.map(visible));
  const widths = head.map((_, i) => Math.max(...all.map((row) => columns(row[i] ?? ''))));
  const cell = (text: string, i: number) => {
    const room = ' '.repeat((widths[i] ?? 0) - columns(text));
    return align[i] === 'right' ? room + text : text + room;
  };
  return all.map((row) => `  ${row.map(cell).join('  ')}`.trimEnd());
}
