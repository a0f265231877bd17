/** What a file is, in messages about it. */
export interface FileKind {
  /** With its article: "a story". */
  name: string;
  /** Without it. */
  noun: string;
  /** What it starts with: the way out where it is nothing of the kind. */
  starts: string;
  /** Whether `nutgraf import` makes such files of text and Markdown. */
  importable?: boolean | undefined;
}
