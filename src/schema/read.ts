import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { ShapeRuleName } from '../shape-rules.js';
import type { FileText, Located, Range, TextEdit } from '../yaml/file-text.js';
import { type Path, Places } from '../yaml/places.js';
import type { YamlTree } from '../yaml/yaml.js';
import { otherNames } from './facts.js';
import { curly, namedEntry, placeFor, typeHint } from './hints.js';
import { nearest } from './nearest.js';
import type { GroupShape, KindsShape, ListShape, RecordShape, Shape, TextShape } from './shape.js';
import { exampleHint, fileKind, groupName, quote, valueName, wanted } from './wording.js';

/**
 * Reads a YAML tree by a shape: the value, where each part of it stands, and all that is wrong with it. The shape
 * decides what is allowed. Wrong fields are left out, and placeholders stand in for required lists, groups and list
 * entries; with findings, the value may be inspected but not used.
 */
export function readByShape(
  shape: GroupShape,
  tree: YamlTree,
  file: FileText,
): { value: unknown; places: Places; findings: Located[] } {
  const reader = new Reader(tree, file, `the ${fileKind(shape).noun}`);
  const value = tree.root ? reader.read(tree.root, shape, [], tree.root.range?.[0] ?? 0) : undefined;
  return { value, places: reader.places, findings: reader.findings };
}

class Reader {
  readonly findings: Located[] = [];
  readonly places: Places;
  readonly #tree: YamlTree;
  readonly #file: FileText;
  /** What the file is called: "the story". */
  readonly #whole: string;

  constructor(tree: YamlTree, file: FileText, whole: string) {
    this.#whole = whole;
    this.#tree = tree;
    this.#file = file;
    this.places = new Places(file);
  }

  #add(path: Path, range: Range, rule: ShapeRuleName, message: string, hint?: string, fix?: TextEdit): undefined {
    this.findings.push({ path, range, rule, message, hint, fix });
    return undefined;
  }

  /** `at` is where the value stands, or would stand if it were there. */
  read(raw: Node | null, shape: Shape, path: Path, at: number): unknown {
    const node = isAlias(raw) ? this.#tree.anchors.get(raw.source) : raw;
    const range = this.#range(raw, at);
    this.places.set(path, range, node === raw ? (node ?? undefined) : undefined);
    if (shape.type === 'anything') return node ? plainValue(node, this.#tree.anchors) : '';
    if (!node || isNull(node)) return this.#null(shape, path, range);
    switch (shape.type) {
      case 'group':
        return isMap(node) ? this.#group(node, shape, path) : this.#mismatch(node, shape, path, range);
      case 'list':
        if (isSeq(node)) return this.#list(node, shape, path);
        this.#mismatch(node, shape, path, range);
        return isMap(node) ? namedStandIns(node, shape) : undefined;
      case 'record':
        return isMap(node) ? this.#record(node, shape, path) : this.#mismatch(node, shape, path, range);
      case 'kinds':
        return isMap(node) ? this.#byKind(node, shape, path, range) : this.#mismatch(node, shape, path, range);
      case 'union': {
        const fits = isSeq(node) ? ['list'] : isMap(node) ? ['group'] : ['text', 'choice'];
        const option = shape.options.find(({ type }) => fits.includes(type));
        return option ? this.read(node, option, path, at) : this.#mismatch(node, shape, path, range);
      }
      default: {
        if (!isScalar(node)) return this.#mismatch(node, shape, path, range);
        const text = String(node.value);
        if (shape.type === 'text') return this.#text(text, shape, path, range);
        return shape.type === 'flag' ? this.#flag(text, path, range) : this.#choice(text, shape.values, path, range);
      }
    }
  }

  #range(node: Node | null, at: number): Range {
    const [start, end] = node?.range ?? [at, at];
    if (node && (isMap(node) || isSeq(node)) && !(node as { flow?: boolean }).flow) {
      const { line } = this.#file.position(start);
      return [start, Math.min(end, this.#file.lineStart(line) + this.#file.line(line).length)];
    }
    return [start, end];
  }

  #group(node: YAMLMap, shape: GroupShape, path: Path): unknown {
    const value: Record<string, unknown> = {};
    if (typeof path.at(-1) === 'number' && this.#namedEntry(node, shape, path)) return undefined;
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      if (!isScalar(pair.key)) continue; // reported by the rule `complex-key`
      const name = String(pair.key.value);
      const field = shape.fields.get(name);
      if (!field) {
        this.#unknown(pair.key, name, shape, node, path);
        continue;
      }
      if (Object.hasOwn(value, name)) continue; // reported by the rule `duplicate-key`
      const read = this.read(pair.value, field.shape, [...path, name], this.#valueStart(pair.key));
      if (read !== undefined) value[name] = read;
    }
    this.#missing(node, shape, path);
    for (const [name, standIn] of required(shape)) value[name] ??= standIn;
    return value;
  }

  /** An entry of a list that is named by what it is about, `- 2019: It opened.`, reported once with how to write it. */
  #namedEntry(node: YAMLMap, shape: GroupShape, path: Path): boolean {
    const [pair, more] = node.items as Pair<Node, Node | null>[];
    const way = pair && !more ? namedEntry(pair, shape) : undefined;
    if (!pair || way === undefined) return false;
    const [start, end] = (pair.key as Scalar).range ?? [0, 0];
    const name = quote(String((pair.key as Scalar).value));
    const hint = `write - ${way}`;
    this.#add(
      path,
      [start, end],
      'unknown-field',
      `${this.#subject(path)} has no field ${name}: each value needs the name of its field`,
      hint,
    );
    return true;
  }

  /** Where a value would stand that is not there: after the colon and one space. */
  #valueStart(key: Scalar): number {
    const end = key.range?.[1] ?? 0;
    const colon = /^\s*:/.exec(this.#file.text.slice(end, end + 100));
    return end + (colon?.[0].length ?? 0);
  }

  #unknown(key: Scalar, name: string, shape: GroupShape, node: YAMLMap, path: Path): void {
    const known = [...shape.fields.keys()];
    if (name === '<<' && key.type === 'PLAIN') return; // reported by the rule `merge-key`
    const [start, end] = key.range ?? [0, 0];
    const explicit = /\?[ \t]+$/.exec(this.#file.text.slice(Math.max(0, start - 20), start));
    const title = groupName(shape);
    const fieldFor = otherNames.get(shape);
    const other = fieldFor?.(name);
    const alias =
      other === undefined ? undefined : known.find((field) => field === other || fieldFor?.(field) === other);
    const meant = nearest(name, known) ?? alias;
    const near = meant !== undefined && node.has(meant) ? undefined : meant;
    const flow =
      /[,{]\s*$/.test(this.#file.text.slice(Math.max(0, start - 20), start)) &&
      !/^\s*:/.test(this.#file.text.slice(end, end + 20));
    const hint = flow
      ? 'a text with a comma in it needs quotes inside { }'
      : near
        ? `did you mean "${near}"?`
        : meant !== undefined
          ? `"${meant}" is there already: keep one of the two`
          : (placeFor(name, shape) ?? `${title} may have: ${known.join(', ')}`);
    this.#add(
      [...path, name],
      [start - (explicit?.[0].length ?? 0), end],
      'unknown-field',
      `unknown field ${quote(name)} in ${title}`,
      hint,
      // Another house's name for a field that the story has not yet.
      alias === undefined || node.has(alias) || explicit ? undefined : { range: [start, end], text: alias },
    );
  }

  #missing(node: YAMLMap, { fields }: GroupShape, path: Path): void {
    const present = new Set(
      (node.items as Pair<Node>[]).map((pair) => (isScalar(pair.key) ? String(pair.key.value) : '')),
    );
    for (const [name, { shape, isOptional }] of fields) {
      if (isOptional || present.has(name)) continue;
      this.#add(
        [...path, name],
        this.places.range(path),
        'missing-field',
        `${this.#subject(path)} has no "${name}"`,
        exampleHint(name, shape),
      );
    }
  }

  #subject(path: Path): string {
    if (path.length === 0) return this.#whole;
    return `"${path.map((step) => (typeof step === 'number' ? step + 1 : step)).join(' → ')}"`;
  }

  #list(node: YAMLSeq, shape: ListShape, path: Path): unknown {
    const values = (node.items as (Node | null)[]).map(
      (item, i) =>
        this.read(item, shape.item, [...path, i], item?.range?.[0] ?? node.range?.[0] ?? 0) ?? placeholder(shape.item),
    );
    if (values.length === 0)
      return this.#add(
        path,
        this.places.range(path),
        'empty-list',
        `"${String(path.at(-1))}" is an empty list`,
        'add an item, or delete the field',
      );
    return values;
  }

  #record(node: YAMLMap, { key, value: valueShape }: RecordShape, path: Path): unknown {
    const entries: [string, unknown][] = [];
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      if (!isScalar(pair.key)) continue;
      const name = String(pair.key.value);
      if (key.type === 'text' && key.problem(name) !== undefined) {
        const [start, end] = pair.key.range ?? [0, 0];
        const message = `${quote(name)} cannot stand under "${String(path.at(-1))}"`;
        this.#add([...path, name], [start, end], key.rule, message, key.hint(name));
      }
      const value = this.read(pair.value, valueShape, [...path, name], this.#valueStart(pair.key));
      if (value !== undefined) entries.push([name, value]);
    }
    return Object.fromEntries(entries);
  }

  /** One of several groups of fields, told apart by a field such as `kind`. */
  #byKind(node: YAMLMap, { by, kinds }: KindsShape, path: Path, range: Range): unknown {
    const pair = (node.items as Pair<Node, Node | null>[]).find(({ key }) => isScalar(key) && key.value === by);
    if (!pair) {
      const known = [...kinds.keys()];
      const [only, more] = node.items as Pair<Node, Node | null>[];
      const key = !more && isScalar(only?.key) ? only.key : undefined;
      const named = String(key?.value ?? '');
      if (key && kinds.has(named)) {
        return this.#add(
          path,
          [key.range?.[0] ?? 0, key.range?.[1] ?? 0],
          'unknown-field',
          `${this.#subject(path)} is named by its kind, and has no "${by}"`,
          `write "- ${by}: ${named}", and its fields in the column of "${by}"`,
        );
      }
      this.#add(
        [...path, by],
        range,
        'missing-field',
        `${this.#subject(path)} has no "${by}"`,
        `add ${by}: with one of ${known.join(', ')}`,
      );
      return this.#common(node, by, kinds, path);
    }
    const kind = isScalar(pair.value) ? String(pair.value.value) : '';
    const group = kinds.get(kind);
    if (group) return this.#group(node, group, path);
    const place = this.#range(pair.value, this.#valueStart(pair.key as Scalar));
    const near = nearest(kind, kinds.keys());
    const all = `the kinds are ${[...kinds.keys()].join(', ')}`;
    this.#add(
      [...path, by],
      place,
      'unknown-kind',
      kind === '' ? `"${by}" is empty` : `unknown kind ${quote(kind)}`,
      near ? `did you mean "${near}"? ${all}` : all,
    );
    return this.#common(node, by, kinds, path);
  }

  /** Without a kind only the fields that all kinds share can be told right from wrong. */
  #common(node: YAMLMap, by: string, kinds: KindsShape['kinds'], path: Path): unknown {
    const [first, ...others] = kinds.values();
    const value: Record<string, unknown> = { ...standInFor(by, kinds) };
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      const name = isScalar(pair.key) ? String(pair.key.value) : '';
      const field = others.every(({ fields }) => fields.has(name)) ? first?.fields.get(name) : undefined;
      if (field && !Object.hasOwn(value, name))
        value[name] = this.read(pair.value, field.shape, [...path, name], this.#valueStart(pair.key as Scalar));
    }
    return value;
  }

  #flag(text: string, path: Path, range: Range): unknown {
    if (text === 'true' || text === 'false') return text === 'true';
    const message = `"${String(path.at(-1))}" must be true or false`;
    return this.#add(path, range, 'wrong-type', message, 'write true or false, without quotes');
  }

  #text(text: string, { problem, rule, hint }: TextShape, path: Path, range: Range): unknown {
    const message = problem(text);
    if (message === undefined) return text;
    const isEmpty = rule === 'empty-text';
    const shown = text.trim() === '' || isEmpty ? '' : `: ${quote(text)}`;
    const way = curly(text) ?? hint(text) ?? (isEmpty ? 'write the text, or delete the field' : undefined);
    return this.#add(path, range, rule, `${valueName(path)} ${message}${shown}`, way);
  }

  #choice(text: string, values: readonly string[], path: Path, range: Range): unknown {
    if (values.includes(text)) return text;
    const near = nearest(text, values);
    const all = `it can be ${values.join(', ')}`;
    return this.#add(
      path,
      range,
      'wrong-value',
      `${valueName(path)} cannot be ${quote(text)}`,
      near ? `did you mean "${near}"? ${all}` : all,
    );
  }

  #null(shape: Shape, path: Path, range: Range): undefined {
    const name = valueName(path);
    const typed = this.#file.text.slice(...range);
    if (typed.startsWith('#')) return undefined; // reported by the rule `comment-cuts-text`
    // The words after "#" of an empty value are reported where they stand.
    if (/^[ \t]*#[^\s#]/.test(this.#file.text.slice(range[1], range[1] + 100))) return undefined;
    if (typed.trim() !== '') {
      return this.#add(
        path,
        range,
        'null-text',
        `${name} is ${typed}, which YAML reads as nothing`,
        `to have the text write "${typed}"; else delete the field`,
      );
    }
    return this.#add(
      path,
      range,
      'empty-text',
      `${name} is empty`,
      exampleHint(path.at(-1), shape) ?? 'write a value, or delete the field',
    );
  }

  #mismatch(node: Node, shape: Shape, path: Path, range: Range): undefined {
    const name = valueName(path);
    const got = isSeq(node) ? 'a list' : isMap(node) ? 'a group of fields' : 'text';
    return this.#add(
      path,
      range,
      'wrong-type',
      `${name} must be ${wanted(shape)}, not ${got}`,
      typeHint(node, shape, path),
    );
  }
}

/** Anything, as it was typed: text stays text. */
export function plainValue(node: Node, anchors: ReadonlyMap<string, Node>): unknown {
  if (isAlias(node)) {
    const target = anchors.get(node.source);
    return target ? plainValue(target, anchors) : undefined;
  }
  if (isSeq(node)) return (node.items as Node[]).map((item) => plainValue(item, anchors));
  if (isMap(node)) {
    return Object.fromEntries(
      (node.items as Pair<Node, Node | null>[]).map(({ key, value }) => [
        isScalar(key) ? String(key.value) : '',
        value ? plainValue(value, anchors) : '',
      ]),
    );
  }
  return isScalar(node) ? String(node.value) : '';
}

/** Stand-ins for the entries of a list that was written as a group, by their names, so that what refers to one finds it. */
function namedStandIns(node: YAMLMap, { item }: ListShape): unknown[] | undefined {
  if (item.type !== 'group' || !item.fields.has('id')) return undefined;
  return (node.items as Pair<Node>[]).flatMap(({ key }) => (isScalar(key) ? [{ id: String(key.value) }] : []));
}

/** Placeholders for a group's required lists and groups, so that later checks find something there. */
function required(group: GroupShape): readonly [name: string, standIn: object][] {
  const known = standIns.get(group);
  if (known) return known;
  const requiredFields = [...group.fields].flatMap(([name, { shape, isOptional }]): [string, object][] => {
    const value = isOptional ? '' : placeholder(shape);
    return typeof value === 'string' ? [] : [[name, value]];
  });
  standIns.set(group, requiredFields);
  return requiredFields;
}

const standIns = new WeakMap<GroupShape, readonly [string, object][]>();

/** What stands for a value that could not be read; in a list it keeps the others in their places. */
function placeholder(shape: Shape): object | string {
  switch (shape.type) {
    case 'list':
      return [];
    case 'record':
      return {};
    case 'group':
      return Object.fromEntries(required(shape));
    case 'kinds':
      return standInFor(shape.by, shape.kinds);
    default:
      return '';
  }
}

/** A placeholder section of the simplest kind: one with a text. */
function standInFor(by: string, kinds: KindsShape['kinds']): object {
  const kind = ['text', 'note'].find((name) => kinds.has(name)) ?? [...kinds.keys()][0] ?? '';
  const group = kinds.get(kind);
  return { ...(group ? Object.fromEntries(required(group)) : {}), [by]: kind };
}

/** YAML's null, typed without quotes or left out. */
function isNull(node: Node): boolean {
  return isScalar(node) && node.type === 'PLAIN' && /^(?:~|null|Null|NULL|)$/.test(String(node.value));
}
