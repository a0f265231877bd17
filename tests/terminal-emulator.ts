import { graphemes, widthOf } from '../src/tui/rows.js';

/** What a terminal of so many columns shows of what is sent to it: as much of ECMA-48 as the screen uses. */
export class Emulator {
  readonly columns: number;
  rows: string[][] = [[]];
  row = 0;
  column = 0;
  sent = 0;

  constructor(columns: number) {
    this.columns = columns;
  }

  write = (text: string): void => {
    this.sent += Buffer.byteLength(text);
    for (let at = 0; at < text.length; ) {
      const rest = text.slice(at, at + 200);
      const [sequence, parameters = '', final = ''] = /^\x1b\[([?\d;]*)([A-Za-z])/.exec(rest) ?? [];
      if (sequence !== undefined) {
        this.#control(final, parameters);
        at += sequence.length;
        continue;
      }
      const [char = ''] = [...graphemes(rest)];
      at += char.length;
      if (char === '\r\n') {
        this.column = 0;
        this.row++;
      } else if (char === '\r') this.column = 0;
      else if (char === '\n') this.row++;
      else {
        const width = widthOf(char);
        if (this.column + width >= this.columns)
          throw new Error(`the last column is touched by ${JSON.stringify(char)}`);
        const line = this.#line();
        while (line.length < this.column) line.push(' ');
        line.splice(this.column, width, char, ...Array<string>(Math.max(0, width - 1)).fill(''));
        this.column += width;
      }
      this.#line();
    }
  };

  #line(): string[] {
    while (this.rows.length <= this.row) this.rows.push([]);
    return this.rows[this.row] as string[];
  }

  #control(final: string, parameters: string): void {
    const count = Number(parameters || 1);
    if (final === 'A') this.row = Math.max(0, this.row - count);
    else if (final === 'B') {
      if (this.row + count >= this.rows.length) throw new Error('the cursor is moved below what there is');
      this.row += count;
    } else if (final === 'G') this.column = count - 1;
    else if (final === 'K') this.#line().length = Math.min(this.#line().length, this.column);
    else if (final === 'J') {
      this.#line().length = Math.min(this.#line().length, this.column);
      this.rows.length = this.row + 1;
    } else if (!'mhl'.includes(final)) throw new Error(`unknown sequence ${final}`);
  }

  get lines(): string[] {
    const lines = this.rows.map((cells) => cells.join('').trimEnd());
    while (lines.at(-1) === '') lines.pop();
    return lines;
  }
}
