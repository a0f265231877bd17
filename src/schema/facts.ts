import type { FileText, Located } from '../yaml/file-text.js';
import type { Shape } from './shape.js';

/** What is known of the files that a shape describes, beyond their fields. */
interface FileFacts {
  /** What such a file starts with, in words. */
  starts?: string;
  /** Whether `nutgraf import` makes such files. */
  importable?: boolean;
  /** Tells what a file with unknown kinds really is; undefined if it cannot. */
  mistaken?: (kinds: readonly string[], text: FileText) => Located | undefined;
}

/** The facts about files, by the shape of the whole file. */
export const fileFacts = new WeakMap<Shape, FileFacts>();

/** By group of fields: translates another house's field name into ours. */
export const otherNames = new WeakMap<Shape, (name: string) => string | undefined>();
