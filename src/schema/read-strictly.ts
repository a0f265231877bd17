import { type Diagnostic, hasErrors } from '../diagnostics.js';
import { type ShapeRule, shapeRules } from '../shape-rules.js';
import type { FileText, Located, Range } from '../yaml/file-text.js';
import { layoutFindings } from '../yaml/layout.js';
import { type Path, Places } from '../yaml/places.js';
import { type ReadOn, readOn } from '../yaml/read-on.js';
import { parseYaml } from '../yaml/yaml.js';
import { fileFacts } from './facts.js';
import { readByShape } from './read.js';
import type { GroupShape } from './shape.js';
import { fileKind } from './wording.js';

/** A file that was read by a shape, as far as it could be. */
export interface Document {
  text: FileText;
  /** What it says; absent where nothing of it could be read. Only sound where `broken` is false. */
  value?: unknown;
  readonly places: Places;
  /** Whether it has a value at a path, be it a wrong one. */
  has: (path: Path) => boolean;
  /** What is wrong with its shape. */
  findings: Diagnostic[];
  broken: boolean;
  /** Whether a line's value was put aside so that the rest could be read. */
  aside: (line: number) => boolean;
  /** The place of a value, or of a part of a text, for a message about it. */
  place: (path: Path, within?: Range) => Diagnostic;
}

/** Reads a file with all that is wrong in it, and where each value stands. */
export function readStrictly(text: FileText, shape: GroupShape, stray: Located[]): Document {
  const kind = fileKind(shape);
  const whole = parseYaml(text, kind);
  const more = whole.root ? undefined : readOn(text, whole.findings, kind);
  const tree = more?.tree ?? whole;
  // Without line ends that we know, the file is one line, and all else follows from that.
  const [oldMac] = text.text.includes('\n') ? [] : stray.filter(({ rule }) => rule === 'control-character');
  const isOneLine = oldMac !== undefined && text.text[oldMac.range[0]] === '\r';
  const all = isOneLine ? [oldMac] : [...stray, ...whole.findings];
  const { value, places, findings } = tree.root
    ? readByShape(shape, tree, text)
    : { value: undefined, places: new Places(text), findings: [] };
  const strange = findings.filter(({ rule }) => rule === 'unknown-kind').map(({ range }) => text.text.slice(...range));
  const mistaken = strange.length > 0 ? fileFacts.get(shape)?.mistaken?.(strange, text) : undefined;
  const read = mistaken ? [mistaken] : withoutRepeats(findings, tree.findings);
  all.push(...(more ? outside(more, text, [...tree.findings, ...read]) : read));
  const diagnostics = laidOut(text, all).map((finding) => text.diagnostic(finding.range, finding));
  return {
    text,
    value,
    places,
    has: (path) => places.has(path),
    findings: diagnostics,
    broken: value === undefined || hasErrors(diagnostics),
    aside: (line) => more?.lines.has(line) ?? false,
    place: (path, within) => text.diagnostic(places.range(path, within), { rule: '', message: '' }),
  };
}

/** Drops findings about values that were put aside. */
function outside({ lines }: ReadOn, text: FileText, findings: Located[]): Located[] {
  return findings.filter(({ range }) => !lines.has(text.position(range[0]).line));
}

/** Findings without those that a misplaced line brings with it: they would be gone once the line is right. */
function laidOut(text: FileText, findings: Located[]): Located[] {
  const facts = (finding: Located): ShapeRule => shapeRules[finding.rule];
  const tab = findings.find(({ rule }) => rule === 'tab-indent');
  if (tab) return findings.filter((finding) => finding.range[0] <= tab.range[0] || !facts(finding).follows);
  if (!findings.some((finding) => facts(finding).follows)) return findings;
  const lineOf = ({ range }: Located) => text.position(range[0]).line;
  const inParagraphs = new Set(findings.filter(({ rule }) => rule === 'unquoted-colon').map(lineOf));
  const layout = layoutFindings(text).filter((finding) => !inParagraphs.has(lineOf(finding)));
  if (layout.length === 0) return findings;
  const isBroken = findings.some((finding) => facts(finding).stumbles);
  const stumbled = new Set(findings.filter((finding) => facts(finding).follows).map(lineOf));
  const counting = layout.filter((finding) => {
    const { counts } = facts(finding);
    if (counts === 'line') return stumbled.has(lineOf(finding)) || stumbled.has(lineOf(finding) + 1);
    return counts === undefined || isBroken;
  });
  return counting.length === 0 ? findings : [...counting, ...findings.filter((finding) => !facts(finding).follows)];
}

/** A value that a trap has already explained is not reported as empty or of the wrong type too. */
function withoutRepeats(findings: Located[], traps: Located[]): Located[] {
  return findings.filter(({ range }) => !traps.some((trap) => trap.range[0] <= range[0] && range[0] < trap.range[1]));
}
