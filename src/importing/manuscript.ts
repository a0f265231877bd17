import type { RuleName } from '../checks/rules/index.js';
import type { Block } from '../prose/tree.js';

/**
 * One thing that an import did and its reader may not expect. Every word of the input that is not in the story is in the
 * `text` of a note.
 */
export interface Note {
  /**
   * `took` a field from the input's own; `changed` how something is written, `dropped` words or an address; `todo` what
   * the story still lacks.
   */
  kind: 'took' | 'changed' | 'dropped' | 'todo';
  /** The line of the input, from 1. */
  line?: number;
  message: string;
  /** The words that it is about, as they stood. */
  text?: string;
}

/** The message of the note that names words which are neither in the story nor in another note. */
export const LOST = 'not found in the story';

/** A piece of a text in reading order: a heading, or a block of prose. */
export type Part = Heading | Body | Picture | Rule;

export interface Heading {
  type: 'heading';
  /** From 1; undefined where the input has no levels. */
  level?: number;
  text: string;
  line: number;
}

export interface Body {
  type: 'block';
  block: Block;
  /** The block as it was typed, where a story's prose reads it as the same block. */
  typed?: string;
  line: number;
}

/** A picture that stands alone, as a story has it. */
export interface Image {
  src: string;
  alt?: string;
  caption?: string;
  link?: string;
  credit?: string;
}

/** Stands in a text, with a picture's number between two, for that picture; no text may hold such a character. */
export const PICTURE = '\uFDD5';

export interface Picture {
  type: 'picture';
  image: Image;
  line: number;
}

/** A line that parts what stands above it from what stands below. */
interface Rule {
  type: 'rule';
  line: number;
}

/** A field that the input names: its name as it stands there, and its value as text, list or group. */
export interface ManuscriptField {
  name: string;
  value: unknown;
  line: number;
}

/** A source that the input lists. */
type SourceValue = Record<string, string>;

/** What a reader makes of its input, before it is known which section is what. */
export interface Manuscript {
  fields: ManuscriptField[];
  parts: Part[];
  /** Sources that the input lists itself. */
  sources: SourceValue[];
  notes: Note[];
  /** The address of the page itself. */
  address?: string;
}

/** The input cannot be imported at all. */
export class ImportError extends Error {
  readonly rule: RuleName;
  readonly hint: string;
  readonly line: number;
  readonly column: number;

  constructor(rule: RuleName, message: string, hint: string, line = 1, column = 1) {
    super(message);
    this.rule = rule;
    this.hint = hint;
    this.line = line;
    this.column = column;
  }
}
