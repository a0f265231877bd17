import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from 'yaml';
import type { ShapeRuleName } from '../shape-rules.js';
import { type BadCharacter, badCharacters } from './characters.js';
import { cutTexts } from './comments.js';
import type { FileText, Located, Range } from './file-text.js';
import { type Quoted, quotedHint } from './quoting.js';
import { valueOffsets } from './scalar-map.js';

const MAX_ALIASES = 100;
const MAX_EXPANDED = 20_000;

/**
 * What YAML accepts and a journalist did not mean: text cut off by a comment, words taken for an anchor, a tag or an
 * alias, a key given twice. Each is a rule of its own, with its place. Fills `anchors` on the way.
 */
export function trapFindings(file: FileText, document: Document.Parsed, anchors: Map<string, Node>): Located[] {
  const root = document.contents as Node | null;
  if (!root) return [];
  const traps = new Traps(file, anchors);
  traps.directives(document);
  traps.node(root, 0);
  for (const error of document.errors) if (error.code === 'TAG_RESOLVE_FAILED') traps.tag(error.pos[0]);
  traps.unusedAnchors();
  return [...cutTexts(file), ...traps.findings];
}

class Traps {
  readonly findings: Located[] = [];
  readonly #file: FileText;
  readonly #text: string;
  readonly #anchors: Map<string, Node>;
  readonly #anchorRanges = new Map<string, Range>();
  readonly #open = new Set<string>();
  readonly #used = new Set<string>();
  readonly #sizes = new Map<string, number>();
  readonly #tags = new Set<number>();
  #aliases = 0;

  constructor(file: FileText, anchors: Map<string, Node>) {
    this.#file = file;
    this.#text = file.text;
    this.#anchors = anchors;
  }

  #add(range: Range, rule: ShapeRuleName, message: string, way?: string | Quoted): void {
    this.findings.push({ range, rule, message, ...(typeof way === 'string' ? { hint: way } : way) });
  }

  /** Lines that start with % before `---`: YAML takes them for orders to itself, and nothing of them is left. */
  directives(document: Document.Parsed): void {
    if (document.directives?.docStart !== true) return;
    const head = this.#text.slice(0, this.#text.search(/^---(?=\s|$)/m));
    for (const match of head.matchAll(/^%(?!YAML[ \t]+1\.\d)[^\n]*/gm)) {
      const tag = match[0].startsWith('%TAG');
      this.#add(
        [match.index, match.index + match[0].length],
        tag ? 'tag' : 'directive',
        tag
          ? '%TAG changes what words mean; there are no tags here'
          : 'a line that starts with % before "---" is taken for an order to YAML and would vanish',
        'delete the line, or put it in a field',
      );
    }
  }

  /** Looks at a node and all below it; gives how many nodes it stands for once its aliases are filled in. */
  node(node: Node, start: number): number {
    if (isAlias(node)) return this.#alias(node.source, node.range ?? [start, start]);
    const anchor = node.anchor;
    const from = node.range?.[0] ?? start;
    if (anchor) this.#declare(anchor, node, from);
    if (node.tag) this.tag(this.#tagStart(from));
    let size = 1;
    if (isMap(node)) size += this.#map(node.items as Pair<Node, Node | null>[]);
    else if (isSeq(node)) for (const item of node.items as Node[]) size += this.node(item, from);
    else if (isScalar(node)) this.#scalar(node);
    if (anchor) {
      this.#open.delete(anchor);
      this.#sizes.set(anchor, size);
    }
    return size;
  }

  #map(pairs: Pair<Node, Node | null>[]): number {
    let size = 0;
    const seen = new Map<string, Range>();
    for (const { key, value } of pairs) {
      const range: Range = key.range ? [key.range[0], key.range[1]] : [0, 0];
      if (isScalar(key)) this.#key(String(key.value), range, key, seen);
      else
        this.#add(
          range,
          'complex-key',
          'the name of a field must be a word, not a list or a group',
          'write it as "name: value"',
        );
      if (isScalar(key) && key.anchor)
        this.#add(
          range,
          'anchor-of-name',
          `&${key.anchor} stands for the name of this field, not for its value`,
          `write the value out where *${key.anchor} is, and delete &${key.anchor}`,
        );
      size += this.node(key, range[0]);
      if (value) size += this.node(value, range[1]);
    }
    return size;
  }

  #key(name: string, range: Range, key: Scalar, seen: Map<string, Range>): void {
    if (name === '<<' && key.type === 'PLAIN') {
      this.#add(range, 'merge-key', 'YAML’s merge key << has no place here', 'write the fields out');
      return;
    }
    const earlier = seen.get(name);
    if (earlier) {
      const { line } = this.#file.position(earlier[0]);
      this.#add(
        range,
        'duplicate-key',
        `"${name}" is given twice; the first is on line ${line}`,
        'keep one of the two',
      );
    } else seen.set(name, range);
  }

  #declare(name: string, node: Node, from: number): void {
    const at = this.#text.lastIndexOf(`&${name}`, from);
    const range: Range = [at, at + name.length + 1];
    if (this.#anchors.has(name)) {
      this.#add(range, 'duplicate-anchor', `the anchor &${name} is given twice`, 'write the value out instead');
      return;
    }
    this.#anchors.set(name, node);
    this.#anchorRanges.set(name, range);
    this.#open.add(name);
  }

  #alias(name: string, range: readonly number[]): number {
    const at: Range = [range[0] ?? 0, range[1] ?? 0];
    this.#used.add(name);
    if (this.#open.has(name)) {
      this.#add(at, 'alias-cycle', `*${name} refers to the value that it stands in`, 'write the value out');
      return 1;
    }
    const size = this.#sizes.get(name);
    if (size === undefined) {
      this.#add(
        at,
        'undefined-alias',
        `a value that starts with * refers to a YAML anchor, and there is no &${name}`,
        quotedHint(this.#file, at[0]),
      );
      return 1;
    }
    this.#aliases++;
    if (this.#aliases === MAX_ALIASES + 1) {
      this.#add(at, 'too-many-aliases', `more than ${MAX_ALIASES} aliases`, 'write the values out');
    } else if (size > MAX_EXPANDED && this.#aliases <= MAX_ALIASES) {
      this.#add(at, 'too-many-aliases', `*${name} stands for ${size} values`, 'write the values out');
    }
    return Math.min(size, Number.MAX_SAFE_INTEGER / 1000);
  }

  /** A tag by the offset at which it starts. */
  tag(start: number): void {
    if (this.#tags.has(start)) return;
    this.#tags.add(start);
    const word = /^[^\s,[\]{}]*/.exec(this.#text.slice(start, start + 2000))?.[0] ?? '!';
    this.#add(
      [start, start + word.length],
      'tag',
      `${word} is taken for a YAML tag and would vanish; there are no tags here`,
      quotedHint(this.#file, start),
    );
  }

  /** The offset of the tag that stands before a value. */
  #tagStart(value: number): number {
    const before = /(![^\s,[\]{}]*)\s*(?:&\S+\s+)?$/.exec(this.#text.slice(Math.max(0, value - 2000), value));
    return before ? value - before[0].length : value;
  }

  unusedAnchors(): void {
    for (const [name, range] of this.#anchorRanges) {
      if (this.#used.has(name)) continue;
      this.#add(
        range,
        'unused-anchor',
        `&${name} is taken for a YAML anchor and would vanish`,
        quotedHint(this.#file, range[0]),
      );
    }
  }

  #scalar(node: Scalar): void {
    const [start, end] = node.range ?? [0, 0];
    if (node.type === 'QUOTE_DOUBLE') this.#escapes(node, start, end);
    if (node.type === 'BLOCK_FOLDED') this.#folded(start, end);
  }

  /** A list under `>`, which joins its lines into one. */
  #folded(start: number, end: number): void {
    const text = this.#text.slice(start, end);
    // Lines that stand further in than the text keep their line breaks.
    const [, indent = ''] = /\n( *)\S/.exec(text) ?? [];
    const entry = `${indent}(?:[-*+]|\\d{1,3}[.)])[ \\t]\\S`;
    const match = new RegExp(`^${entry}[^\\n]*(?=\\n${entry})`, 'm').exec(text);
    if (!match) return;
    const at = start + match.index + indent.length;
    this.findings.push({
      range: [at, start + match.index + match[0].length],
      rule: 'folded-list',
      message: 'the text starts with >, which joins the lines of this list into one',
      hint: 'start the text with | in place of >',
      severity: 'warning',
    });
  }

  /** Characters that an escape such as `\x1b` puts into the text; typed ones were found before parsing. */
  #escapes(node: Scalar, start: number, end: number): void {
    const raw = this.#text.slice(start, end);
    if (!raw.includes('\\')) return;
    const value = String(node.value);
    const bad = badCharacters(value);
    if (bad.length === 0) return;
    const [{ index, rule, name }] = bad as [BadCharacter];
    const at = valueOffsets(this.#text, node)?.[index] ?? start;
    const sequence = /^\\(?:x..|u....|U........|.)/.exec(this.#text.slice(at, at + 10))?.[0];
    if (!sequence) return; // typed as such, and found before parsing
    const more = bad.length > 1 ? `, and ${bad.length - 1} more of the kind` : '';
    const { line, column } = this.#file.position(start);
    this.#add(
      [at, at + sequence.length],
      rule,
      `the escape ${sequence} puts ${name} into the text${more}`,
      `delete it; the text starts at ${this.#file.file}:${line}:${column}`,
    );
  }
}
