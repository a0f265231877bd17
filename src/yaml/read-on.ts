import { shapeRules } from '../shape-rules.js';
import type { FileKind } from './file-kind.js';
import { FileText, type Located } from './file-text.js';
import { leadOf } from './quoting.js';
import { parseYaml, type YamlTree } from './yaml.js';

/** After this many broken values, reading on is given up. */
const MOST_REPAIRS = 100;

/** A file whose broken values have been put aside, so that all else that is wrong in it can be told in the same run. */
export interface ReadOn {
  tree: YamlTree;
  text: FileText;
  /** The lines whose values are not those of the file. */
  lines: ReadonlySet<number>;
}

/**
 * Reads on in a file whose syntax is broken: each broken value becomes a quoted text of the same length, so that every
 * other character keeps its place. Undefined where something else than a value is broken.
 */
export function readOn(file: FileText, broken: readonly Located[], kind: FileKind): ReadOn | undefined {
  const lines = new Set<number>();
  let text = file.text;
  let findings = broken;
  for (let round = 0; round < 20; round++) {
    const before = lines.size;
    for (const { range, rule } of findings) {
      if (shapeRules[rule].cause !== 'value') return undefined;
      const { line } = file.position(range[0]);
      if (!lines.has(line)) text = withoutValue(file, text, line);
      lines.add(line);
    }
    if (lines.size === before || lines.size > MOST_REPAIRS) return undefined;
    const patched = new FileText(file.file, text);
    const tree = parseYaml(patched, kind);
    if (tree.root) return { tree, text: patched, lines };
    findings = tree.findings;
  }
  return undefined;
}

function withoutValue(file: FileText, text: string, line: number): string {
  const whole = file.line(line);
  const start = file.lineStart(line) + leadOf(whole).length;
  const length = file.lineStart(line) + whole.length - start;
  const filler = length >= 3 ? `"${'-'.repeat(length - 2)}"` : '-'.repeat(length);
  return text.slice(0, start) + filler + text.slice(start + length);
}
