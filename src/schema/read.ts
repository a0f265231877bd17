import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import * as z from 'zod/mini';
import type { FileText, Located, Range, TextEdit } from '../yaml/file-text.js';
import { type Path, Places } from '../yaml/places.js';
import type { YamlTree } from '../yaml/yaml.js';
import { otherNames, textFields } from './fields.js';
import { curly, namedEntry, placeFor, typeHint } from './hints.js';
import { nearest } from './nearest.js';
import { kindOf, type Schema, unwrap } from './walk.js';
import { exampleHint, fileKind, groupName, quote, valueName, wanted } from './wording.js';

/**
 * Reads a YAML tree by a zod schema: the value, where each part of it stands, and all that is wrong with it.
 * The schema alone says what is allowed; this says it in words, at the place. A field that is wrong is left out of the
 * value; stand-ins keep entries of lists in their places and are there for lists and groups that must be, so where
 * something was found the value is only good for looking on.
 */
export function readBySchema(
  schema: Schema,
  tree: YamlTree,
  file: FileText,
): { value: unknown; places: Places; findings: Located[] } {
  const reader = new Reader(tree, file, `the ${fileKind(schema).noun}`);
  const value = tree.root ? reader.read(tree.root, schema, [], tree.root.range?.[0] ?? 0) : undefined;
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

  #add(range: Range, rule: string, message: string, hint?: string, fix?: TextEdit): undefined {
    this.findings.push({ range, rule, message, hint, fix });
    return undefined;
  }

  /** `at` is where the value stands, or would stand if it were there. */
  read(given: Node | null, wrapped: Schema, path: Path, at: number): unknown {
    const node = isAlias(given) ? this.#tree.anchors.get(given.source) : given;
    const schema = unwrap(wrapped);
    const range = this.#range(given, at);
    this.places.set(path, range, node === given ? (node ?? undefined) : undefined);
    if (schema._zod.def.type === 'unknown') return node ? this.#plain(node) : '';
    if (!node || isNull(node)) return this.#null(schema, path, range);
    const { def } = schema._zod;
    switch (def.type) {
      case 'object':
        return isMap(node)
          ? this.#object(node, schema as z.core.$ZodObject, path)
          : this.#mismatch(node, schema, path, range);
      case 'array':
        if (isSeq(node)) return this.#array(node, schema as z.core.$ZodArray, path);
        this.#mismatch(node, schema, path, range);
        return isMap(node) ? namedStandIns(node, schema as z.core.$ZodArray) : undefined;
      case 'record':
        return isMap(node)
          ? this.#record(node, schema as z.core.$ZodRecord, path)
          : this.#mismatch(node, schema, path, range);
      case 'union':
        return this.#union(node, schema as z.core.$ZodUnion, path, at);
      default:
        return isScalar(node)
          ? this.#leaf(String(node.value), schema, path, range)
          : this.#mismatch(node, schema, path, range);
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

  #object(node: YAMLMap, schema: z.core.$ZodObject, path: Path): unknown {
    const { shape } = schema._zod.def;
    const value: Record<string, unknown> = {};
    if (typeof path.at(-1) === 'number' && this.#namedEntry(node, schema, path)) return undefined;
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      if (!isScalar(pair.key)) continue; // told by the rule `complex-key`
      const name = String(pair.key.value);
      const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
      if (!field) {
        this.#unknown(pair.key, name, Object.keys(shape), schema, node);
        continue;
      }
      if (Object.hasOwn(value, name)) continue; // told by the rule `duplicate-key`
      const read = this.read(pair.value, field, [...path, name], this.#valueStart(pair.key));
      if (read !== undefined) value[name] = read;
    }
    this.#missing(node, shape, path);
    for (const [name, standIn] of required(shape)) value[name] ??= standIn;
    return value;
  }

  /** An entry of a list that is named by what it is about, `- 2019: It opened.`, reported once with how to write it. */
  #namedEntry(node: YAMLMap, schema: Schema, path: Path): boolean {
    const [pair, more] = node.items as Pair<Node, Node | null>[];
    const way = pair && !more ? namedEntry(pair, schema) : undefined;
    if (!pair || way === undefined) return false;
    const [start, end] = (pair.key as Scalar).range ?? [0, 0];
    const name = quote(String((pair.key as Scalar).value));
    const hint = `write - ${way}`;
    this.#add(
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

  #unknown(key: Scalar, name: string, known: string[], schema: Schema, node: YAMLMap): void {
    if (name === '<<' && key.type === 'PLAIN') return; // reported by the rule `merge-key`
    const [start, end] = key.range ?? [0, 0];
    const explicit = /\?[ \t]+$/.exec(this.#file.text.slice(Math.max(0, start - 20), start));
    const title = groupName(schema);
    const fieldFor = otherNames.get(schema);
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
          : (placeFor(name, schema) ?? `${title} may have: ${known.join(', ')}`);
    this.#add(
      [start - (explicit?.[0].length ?? 0), end],
      'unknown-field',
      `unknown field ${quote(name)} in ${title}`,
      hint,
      // Another house's name for a field that the story has not yet.
      alias === undefined || node.has(alias) || explicit ? undefined : { range: [start, end], text: alias },
    );
  }

  #missing(node: YAMLMap, shape: z.core.$ZodShape, path: Path): void {
    const present = new Set(
      (node.items as Pair<Node>[]).map((pair) => (isScalar(pair.key) ? String(pair.key.value) : '')),
    );
    for (const [name, field] of Object.entries(shape)) {
      if (field._zod.optin === 'optional' || present.has(name)) continue;
      this.#add(
        this.places.range(path),
        'missing-field',
        `${this.#subject(path)} has no "${name}"`,
        exampleHint(name, field),
      );
    }
  }

  #subject(path: Path): string {
    if (path.length === 0) return this.#whole;
    return `"${path.map((step) => (typeof step === 'number' ? step + 1 : step)).join(' → ')}"`;
  }

  #array(node: YAMLSeq, schema: z.core.$ZodArray, path: Path): unknown {
    const values = (node.items as (Node | null)[]).map(
      (item, i) =>
        this.read(item, schema._zod.def.element, [...path, i], item?.range?.[0] ?? node.range?.[0] ?? 0) ??
        placeholder(schema._zod.def.element),
    );
    if (values.length === 0)
      return this.#add(
        this.places.range(path),
        'empty-list',
        `"${String(path.at(-1))}" is an empty list`,
        'add an item, or delete the field',
      );
    return values;
  }

  #record(node: YAMLMap, schema: z.core.$ZodRecord, path: Path): unknown {
    const entries: [string, unknown][] = [];
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      if (!isScalar(pair.key)) continue;
      const name = String(pair.key.value);
      const { keyType, valueType } = schema._zod.def;
      if (!z.safeParse(keyType, name).success) {
        const [start, end] = pair.key.range ?? [0, 0];
        const field = textFields.get(keyType as z.core.$ZodType);
        this.#add(
          [start, end],
          field?.rule ?? 'wrong-value',
          `${quote(name)} cannot stand under "${String(path.at(-1))}"`,
          field?.hint?.(name),
        );
      }
      const value = this.read(pair.value, valueType, [...path, name], this.#valueStart(pair.key));
      if (value !== undefined) entries.push([name, value]);
    }
    return Object.fromEntries(entries);
  }

  #union(node: Node, schema: z.core.$ZodUnion, path: Path, at: number): unknown {
    const { options, discriminator } = schema._zod.def as z.core.$ZodDiscriminatedUnionDef;
    if (discriminator) return this.#byKind(node, schema, discriminator, path, at);
    const fits = isSeq(node) ? 'array' : isMap(node) ? 'object' : 'string';
    const option = options.find((one) => {
      const { type } = unwrap(one)._zod.def;
      return type === fits || (fits === 'string' && type === 'enum');
    });
    return option ? this.read(node, option, path, at) : this.#mismatch(node, schema, path, this.#range(node, at));
  }

  /** One of several groups of fields, told apart by the field `kind`. */
  #byKind(node: Node, schema: z.core.$ZodUnion, discriminator: string, path: Path, at: number): unknown {
    const range = this.#range(node, at);
    if (!isMap(node)) return this.#mismatch(node, schema, path, range);
    const options = new Map(schema._zod.def.options.map((option) => [kindOf(option, discriminator), option]));
    const pair = (node.items as Pair<Node, Node | null>[]).find(
      ({ key }) => isScalar(key) && key.value === discriminator,
    );
    if (!pair) {
      const known = [...options.keys()];
      const [only, more] = node.items as Pair<Node, Node | null>[];
      const key = !more && isScalar(only?.key) ? only.key : undefined;
      const named = String(key?.value ?? '');
      if (key && options.has(named)) {
        return this.#add(
          [key.range?.[0] ?? 0, key.range?.[1] ?? 0],
          'unknown-field',
          `${this.#subject(path)} is named by its kind, and has no "${discriminator}"`,
          `write "- ${discriminator}: ${named}", and its fields in the column of "${discriminator}"`,
        );
      }
      this.#add(
        range,
        'missing-field',
        `${this.#subject(path)} has no "${discriminator}"`,
        `add ${discriminator}: with one of ${known.join(', ')}`,
      );
      return this.#common(node, schema, path);
    }
    const kind = isScalar(pair.value) ? String(pair.value.value) : '';
    const option = options.get(kind);
    if (option) return this.read(node, option, path, at);
    const place = this.#range(pair.value, this.#valueStart(pair.key as Scalar));
    const near = nearest(kind, options.keys());
    const all = `the kinds are ${[...options.keys()].join(', ')}`;
    this.#add(
      place,
      'unknown-kind',
      kind === '' ? `"${discriminator}" is empty` : `unknown kind ${quote(kind)}`,
      near ? `did you mean "${near}"? ${all}` : all,
    );
    return this.#common(node, schema, path);
  }

  /** Without a kind only the fields that all kinds share can be told right from wrong. */
  #common(node: YAMLMap, schema: z.core.$ZodUnion, path: Path): unknown {
    const shapes = schema._zod.def.options.map((option) => (option as z.core.$ZodObject)._zod.def.shape);
    const value: Record<string, unknown> = { ...(placeholder(schema) as object) };
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      const name = isScalar(pair.key) ? String(pair.key.value) : '';
      const field = shapes.every((shape) => Object.hasOwn(shape, name)) ? shapes[0]?.[name] : undefined;
      if (field && !Object.hasOwn(value, name))
        value[name] = this.read(pair.value, field, [...path, name], this.#valueStart(pair.key as Scalar));
    }
    return value;
  }

  #leaf(text: string, schema: Schema, path: Path, range: Range): unknown {
    const { def } = schema._zod;
    const name = String(path.at(-1));
    if (def.type === 'boolean') {
      if (text === 'true' || text === 'false') return text === 'true';
      return this.#add(range, 'wrong-type', `"${name}" must be true or false`, `write true or false, without quotes`);
    }
    if (def.type === 'enum' || def.type === 'literal') return this.#choice(text, schema, path, range);
    const result = z.safeParse(schema, text);
    if (result.success) return text;
    const field = textFields.get(schema as z.core.$ZodType);
    const message = result.error.issues[0]?.message ?? 'is not valid';
    const shown = text.trim() === '' || field?.rule === 'empty-text' ? '' : `: ${quote(text)}`;
    const label = valueName(path);
    return this.#add(
      range,
      field?.rule ?? 'wrong-value',
      `${label} ${message}${shown}`,
      curly(text) ??
        field?.hint?.(text) ??
        (field?.rule === 'empty-text' ? 'write the text, or delete the field' : undefined),
    );
  }

  #choice(text: string, schema: Schema, path: Path, range: Range): unknown {
    const values = [...(schema._zod.values ?? [])].map(String);
    if (values.includes(text)) return text;
    const near = nearest(text, values);
    const all = `it can be ${values.join(', ')}`;
    return this.#add(
      range,
      'wrong-value',
      `${valueName(path)} cannot be ${quote(text)}`,
      near ? `did you mean "${near}"? ${all}` : all,
    );
  }

  #null(schema: Schema, path: Path, range: Range): undefined {
    const name = valueName(path);
    const typed = this.#file.text.slice(...range);
    if (typed.startsWith('#')) return undefined; // told by the rule `comment-cuts-text`
    // The words after "#" of an empty value are reported where they stand.
    if (/^[ \t]*#[^\s#]/.test(this.#file.text.slice(range[1], range[1] + 100))) return undefined;
    if (typed.trim() !== '') {
      return this.#add(
        range,
        'null-text',
        `${name} is ${typed}, which YAML reads as nothing`,
        `to have the text write "${typed}"; else delete the field`,
      );
    }
    return this.#add(
      range,
      'empty-text',
      `${name} is empty`,
      exampleHint(path.at(-1), schema) ?? 'write a value, or delete the field',
    );
  }

  #mismatch(node: Node, schema: Schema, path: Path, range: Range): undefined {
    const name = valueName(path);
    const got = isSeq(node) ? 'a list' : isMap(node) ? 'a group of fields' : 'text';
    return this.#add(
      range,
      'wrong-type',
      `${name} must be ${wanted(schema)}, not ${got}`,
      typeHint(node, schema, path),
    );
  }

  /** Anything, as it was typed: text stays text. */
  #plain(node: Node): unknown {
    if (isAlias(node)) {
      const target = this.#tree.anchors.get(node.source);
      return target ? this.#plain(target) : undefined;
    }
    if (isSeq(node)) return (node.items as Node[]).map((item) => this.#plain(item));
    if (isMap(node)) {
      return Object.fromEntries(
        (node.items as Pair<Node, Node | null>[]).map(({ key, value }) => [
          isScalar(key) ? String(key.value) : '',
          value ? this.#plain(value) : '',
        ]),
      );
    }
    return isScalar(node) ? String(node.value) : '';
  }
}

/** Stand-ins for the entries of a list that was written as a group, by their names, so that what refers to one finds it. */
function namedStandIns(node: YAMLMap, schema: z.core.$ZodArray): unknown[] | undefined {
  const element = unwrap(schema._zod.def.element);
  if (element._zod.def.type !== 'object' || !('id' in (element as z.core.$ZodObject)._zod.def.shape)) return undefined;
  return (node.items as Pair<Node>[]).flatMap(({ key }) => (isScalar(key) ? [{ id: String(key.value) }] : []));
}

/** Stand-ins for the lists and groups that a group must have, so that whoever looks on finds them. */
function required(shape: z.core.$ZodShape): readonly [name: string, standIn: object][] {
  const known = standIns.get(shape);
  if (known) return known;
  const found = Object.entries(shape).flatMap(([name, field]): [string, object][] => {
    const value = field._zod.optin === 'optional' ? '' : placeholder(field);
    return typeof value === 'string' ? [] : [[name, value]];
  });
  standIns.set(shape, found);
  return found;
}

const standIns = new WeakMap<z.core.$ZodShape, readonly [string, object][]>();

/** What stands for a value that could not be read; in a list it keeps the others in their places. */
function placeholder(wrapped: Schema): object | string {
  const { def } = unwrap(wrapped)._zod;
  if (def.type === 'array') return [];
  if (def.type === 'record') return {};
  if (def.type === 'object') return Object.fromEntries(required((def as z.core.$ZodObjectDef).shape));
  if (def.type !== 'union') return '';
  const { options, discriminator } = def as z.core.$ZodDiscriminatedUnionDef;
  if (!discriminator) return '';
  // The kind of least consequence: one that has a text.
  const kinds = options.map((option) => kindOf(option, discriminator));
  const kind = ['text', 'note'].find((one) => kinds.includes(one)) ?? kinds[0] ?? '';
  const option = options.find((one) => kindOf(one, discriminator) === kind);
  return { ...(option ? (placeholder(option) as object) : {}), [discriminator]: kind };
}

/** YAML's null, typed without quotes or left out. */
function isNull(node: Node): boolean {
  return isScalar(node) && node.type === 'PLAIN' && /^(?:~|null|Null|NULL|)$/.test(String(node.value));
}
