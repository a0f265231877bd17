import type { Diagnostic, Severity } from '../diagnostics.js';
import type { ShapeRuleName } from '../shape-rules.js';

/** A half-open range of UTF-16 offsets into a source text. */
export type Range = readonly [start: number, end: number];

/** A replacement for a range of the text. */
export interface TextEdit {
  range: Range;
  text: string;
}

export interface TextFinding {
  rule: string;
  message: string;
  hint?: string | undefined;
  severity?: Severity;
  /** The field that it is about. */
  path?: readonly (string | number)[] | undefined;
  /** A change of the text that fixes it, and loses no word. */
  fix?: TextEdit | undefined;
}

/** A finding at a range of the text. */
export interface Located extends TextFinding {
  rule: ShapeRuleName;
  range: Range;
}

/** The text of one file, able to say at which line and column an offset stands. */
export class FileText {
  readonly file: string;
  readonly text: string;
  #lineStarts: number[] | undefined;
  /** The place that was asked for last. */
  #last = { line: -1, offset: 0, column: 1 };

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  get #starts(): number[] {
    if (!this.#lineStarts) {
      this.#lineStarts = [0];
      for (let i = this.text.indexOf('\n'); i >= 0; i = this.text.indexOf('\n', i + 1)) {
        this.#lineStarts.push(i + 1);
      }
    }
    return this.#lineStarts;
  }

  /** Line and column, both from 1; the column counts code points. */
  position(offset: number): { line: number; column: number } {
    const starts = this.#starts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    // Places are mostly asked for in their order: on a long line only what is new is counted.
    const known = this.#last;
    const isBehind = known.line === low && known.offset <= offset;
    const from = isBehind ? known.offset : (starts[low] ?? 0);
    const column = (isBehind ? known.column : 1) + codePoints(this.text.slice(from, offset));
    this.#last = { line: low, offset, column };
    return { line: low + 1, column };
  }

  /** The offset of a line and column, as `position` gives them. */
  offset(line: number, column: number): number {
    return this.lineStart(line) + [...this.line(line)].slice(0, column - 1).join('').length;
  }

  /** The offset at which a line (from 1) starts. */
  lineStart(line: number): number {
    return this.#starts[line - 1] ?? this.text.length;
  }

  /** How many lines there are. */
  get lines(): number {
    return this.#starts.length;
  }

  /** The text of a line (from 1), without its end. */
  line(line: number): string {
    const end = this.#starts[line];
    return this.text.slice(this.lineStart(line), end === undefined ? undefined : end - 1);
  }

  diagnostic([start, end]: Range, finding: TextFinding): Diagnostic {
    const place = this.#place([start, end]);
    return {
      file: this.file,
      ...place,
      severity: finding.severity ?? 'error',
      rule: finding.rule,
      ...(finding.path ? { path: finding.path } : {}),
      message: finding.message,
      ...(finding.hint === undefined ? {} : { hint: finding.hint }),
      ...(finding.fix ? { fix: { ...this.#place(finding.fix.range), text: finding.fix.text } } : {}),
      source: this.line(place.line),
    };
  }

  #place([start, end]: Range) {
    const from = this.position(start);
    const to = this.position(Math.max(start, end));
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  }
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
