/** What a file is, in messages about it. */
export interface FileKind {
  /** With its article: "a story". */
  name: string;
  /** Without it. */
  noun: string;
  /** What such a file starts with: the hint when a file is something else. */
  starts: string;
  /** Whether `nutgraf import` makes such files of text and Markdown. */
  importable?: boolean | undefined;
}
