import { isScalar, type Node } from 'yaml';
import type { FileText, Range } from './file-text.js';
import { valueOffsets } from './scalar-map.js';

export type Path = readonly (string | number)[];

/** Where each value of a story stands in its source. Rules speak in paths; only this knows offsets. */
export class Places {
  readonly #nodes = new Map<string, { range: Range; node: Node | undefined }>();
  readonly #file: FileText;
  /** Where each character of a text stands, for texts with findings. */
  readonly #offsets = new Map<Node, Int32Array>();

  constructor(file: FileText) {
    this.#file = file;
  }

  set(path: Path, range: Range, node?: Node): void {
    this.#nodes.set(key(path), { range, node });
  }

  /** Whether the file has a value at a path, be it a wrong one. */
  has(path: Path): boolean {
    return this.#nodes.has(key(path));
  }

  /**
   * The range of the value at a path; where the story does not have it, of the nearest value around it.
   * `within` narrows it to a part of a text: UTF-16 offsets into the value.
   */
  range(path: Path, within?: Range): Range {
    for (let length = path.length; length >= 0; length--) {
      const place = this.#nodes.get(key(path.slice(0, length)));
      if (!place) continue;
      if (within && length === path.length) return this.#part(place.range, place.node, within);
      return place.range;
    }
    return [0, 0];
  }

  #part(range: Range, node: Node | undefined, [start, end]: Range): Range {
    if (!isScalar(node)) return range;
    const offsets = this.#offsets.get(node) ?? valueOffsets(this.#file.text, node);
    if (offsets) this.#offsets.set(node, offsets);
    const from = offsets?.[start];
    const last = offsets?.[Math.max(start, end - 1)];
    if (from === undefined || last === undefined) return range;
    return [from, last + 1];
  }
}

function key(path: Path): string {
  return path.join('\0');
}
