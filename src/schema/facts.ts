import type { Node } from 'yaml';
import type { FileText, Located } from '../yaml/file-text.js';
import type { Shape } from './shape.js';

/** What is known of the files that a shape describes, beyond their fields. */
interface FileFacts {
  /** What such a file starts with, in words. */
  starts?: string;
  /** Whether `nutgraf import` makes such files. */
  importable?: boolean;
  /** What a file is in truth that has an unknown kind in it. */
  mistaken?: (root: Node, text: FileText) => Located | undefined;
}

/** The facts about files, by the shape of the whole file. */
export const fileFacts = new WeakMap<Shape, FileFacts>();

/** For a group of fields, the field that another house's name stands for. */
export const otherNames = new WeakMap<Shape, (name: string) => string | undefined>();
