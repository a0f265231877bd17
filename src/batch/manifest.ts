import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, lstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics.js';
import { readRegular } from './read.js';
import { isSame, stampOf, statOf } from './stamp.js';
import { readState, stateOf } from './state.js';
import { temporaryName } from './write.js';

const FORMAT = 'nutgraf briefs 2\n';

export const MANIFEST = 'manifest';

/** What tells one state of a file from another without reading it: size, times in milliseconds, inode. */
export type Stamp = [size: number, modified: number, changed: number, inode: number];

/** The stamp of no file. */
export const NEVER: Stamp = [0, 0, 0, 0];

/** A brief that was made, by the key of all that it depends on but the story itself. */
export interface Made {
  format: string;
  key: string;
  name: string;
  stamp: Stamp;
  hash: string;
}

/** What a build remembers of a story that has no errors. */
export interface Entry {
  /** Its path, as seen from the folder of the briefs. */
  file: string;
  stamp: Stamp;
  hash: string;
  slug: string;
  briefs: Made[];
  /** Briefs that the story made earlier and makes no more, by name and hash. */
  left: [name: string, hash: string][];
  warnings: Diagnostic[];
}

/** The names of all briefs that a story is known to have made, those that it makes no more included. */
export const briefsOf = ({ briefs, left }: Entry): string[] => [
  ...briefs.map(({ name }) => name),
  ...left.map(([name]) => name),
];

/** A file's contents, told from all others. */
export const hashOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('base64url').slice(0, 22);

/** What every build asks of every story, in columns: read at once, whatever stands in the lines. */
interface Columns {
  /** When the build began that wrote them, in milliseconds. */
  at: number;
  /** The stamp of the folder of the briefs, after the last of them was written. */
  folder: Stamp;
  files: string[];
  /** Four numbers a story. */
  stamps: number[];
  slugs: string[];
  /** For each story, which of `states` it is in. */
  stateOf: number[];
  states: State[];
  /** The length of each story's line in bytes. */
  lengths: number[];
}

/** What many stories have in common: which briefs they have, by which keys, and whether there is anything else to say of them. */
export interface State {
  /** By format. */
  keys: Record<string, string>;
  /** Whether there are neither warnings to repeat nor briefs that are left over. */
  isQuiet: boolean;
}

/** What is remembered of a story without a look at its line. */
export interface Glance {
  stamp: Stamp;
  slug: string;
  state: State;
}

/** The rest of what is remembered of a story. */
type Line = [
  hash: string,
  briefs: [format: string, key: string, name: string, stamp: Stamp, hash: string][],
  left: [name: string, hash: string][],
  warnings: Diagnostic[],
];

const noColumns = (at: number): Columns => ({
  at,
  folder: NEVER,
  files: [],
  stamps: [],
  slugs: [],
  stateOf: [],
  states: [],
  lengths: [],
});

/**
 * The memory of the last build, as it stands on disk: a line that says what the file is, a line of JSON a story, a line with
 * their columns, and one with the hash of all before it. A story's line is only read when it is asked for.
 */
export class Manifest {
  readonly #lines: Buffer;
  readonly #columns: Columns;
  /** Where each story stands; made when they are asked for in another order. */
  #places: Map<string, number> | undefined;
  #next = 0;
  /** Where each line starts; made when the first is asked for. */
  #starts: number[] | undefined;

  private constructor(lines: Buffer, columns: Columns) {
    this.#lines = lines;
    this.#columns = columns;
  }

  /** The manifest of a folder; empty where there is none, and where it cannot be trusted, with why. Throws WriteError. */
  static read(folder: string): { manifest: Manifest; trouble?: string } {
    const empty = new Manifest(Buffer.alloc(0), noColumns(0));
    const bytes = readState(folder, MANIFEST);
    if (!bytes) return { manifest: empty };
    const end = bytes.lastIndexOf('\n', bytes.length - 2) + 1;
    if (bytes.subarray(end).toString('latin1') !== `${hashOf(bytes.subarray(0, end))}\n`)
      return { manifest: empty, trouble: 'is damaged' };
    if (!bytes.subarray(0, FORMAT.length).equals(Buffer.from(FORMAT)))
      return { manifest: empty, trouble: 'is of another version' };
    const columns = bytes.lastIndexOf('\n', end - 2) + 1;
    return {
      manifest: new Manifest(
        bytes.subarray(FORMAT.length, columns),
        JSON.parse(bytes.subarray(columns, end).toString('utf8')) as Columns,
      ),
    };
  }

  get size(): number {
    return this.#columns.files.length;
  }

  /** When the build began that wrote it, in milliseconds. */
  get at(): number {
    return this.#columns.at;
  }

  /** The stamp of the folder of the briefs when that build was done. */
  get folder(): Stamp {
    return this.#columns.folder;
  }

  files(): readonly string[] {
    return this.#columns.files;
  }

  #placeOf(file: string): number | undefined {
    const { files } = this.#columns;
    if (files[this.#next] === file) return this.#next++;
    this.#places ??= new Map(files.map((name, i) => [name, i]));
    const place = this.#places.get(file);
    if (place !== undefined) this.#next = place + 1;
    return place;
  }

  glance(file: string): Glance | undefined {
    const i = this.#placeOf(file);
    if (i === undefined) return undefined;
    const { stamps, slugs, states, stateOf } = this.#columns;
    const state = states[stateOf[i] as number] as State;
    return { stamp: stamps.slice(4 * i, 4 * i + 4) as Stamp, slug: slugs[i] as string, state };
  }

  get(file: string): Entry | undefined {
    const glance = this.glance(file);
    const line = this.line(file);
    if (!glance || !line) return undefined;
    const [hash, briefs, left, warnings] = JSON.parse(line.toString('utf8')) as Line;
    return {
      file,
      stamp: glance.stamp,
      hash,
      slug: glance.slug,
      briefs: briefs.map(([format, key, name, made, content]) => ({ format, key, name, stamp: made, hash: content })),
      left,
      warnings,
    };
  }

  /** A story's line as it stands. */
  line(file: string): Buffer | undefined {
    const place = this.#placeOf(file);
    if (place === undefined) return undefined;
    const { lengths } = this.#columns;
    this.#starts ??= startsOf(lengths);
    const start = this.#starts[place] as number;
    return this.#lines.subarray(start, start + (lengths[place] as number));
  }
}

function startsOf(lengths: readonly number[]): number[] {
  let start = 0;
  return lengths.map((length) => {
    start += length;
    return start - length;
  });
}

/**
 * Writes a manifest a story at a time; the old one stands until the new one is whole, and where nothing has changed it
 * stays.
 */
export class ManifestWriter {
  readonly #folder: string;
  readonly #path: string;
  /** Where it is as long as it is not whole; there is no such file before. */
  readonly #temporary: string;
  readonly #old: Manifest;
  readonly #columns: Columns;
  /** How many of the old one's first stories are kept, as long as there is nothing else to write. */
  #same = 0;
  /** The states that stories were added in, by their text; and where each state stands among those of the columns. */
  readonly #states = new Map<string, State>();
  readonly #numbers = new Map<State, number>();
  #descriptor: number | undefined;
  readonly #hash = createHash('sha256');
  #pending: Buffer[] = [];
  #size = 0;

  /** `at` is when the build began: what changes later than that is not trusted by its stamp. */
  constructor(folder: string, at: number, old: Manifest) {
    const state = stateOf(folder);
    this.#folder = folder;
    this.#path = join(state, MANIFEST);
    this.#temporary = join(state, temporaryName());
    this.#old = old;
    this.#columns = noColumns(Math.floor(at));
  }

  add({ file, stamp, hash, slug, briefs, left, warnings }: Entry): void {
    const line: Line = [
      hash,
      briefs.map((made) => [made.format, made.key, made.name, made.stamp, made.hash]),
      left,
      warnings,
    ];
    const keys = Object.fromEntries(briefs.map(({ format, key }) => [format, key]));
    this.#begin();
    const state = this.#state({ keys, isQuiet: left.length === 0 && warnings.length === 0 });
    this.#put(file, { stamp, slug, state }, Buffer.from(`${JSON.stringify(line)}\n`));
  }

  /** What is remembered of a story is still true. */
  keep(file: string): void {
    if (this.#descriptor === undefined && this.#old.files()[this.#same] === file) {
      this.#same++;
      return;
    }
    if (!this.#old.glance(file)) return;
    this.#begin();
    this.#copy(file);
  }

  /** The new file, open, with all that was kept in it. */
  #begin(): number {
    if (this.#descriptor !== undefined) return this.#descriptor;
    this.#descriptor = openSync(this.#temporary, 'wx');
    this.#push(Buffer.from(FORMAT));
    for (const file of this.#old.files().slice(0, this.#same)) this.#copy(file);
    return this.#descriptor;
  }

  #copy(file: string): void {
    const glance = this.#old.glance(file);
    const line = this.#old.line(file);
    if (glance && line) this.#put(file, glance, line);
  }

  /** The same object for equal states. */
  #state(state: State): State {
    const text = JSON.stringify(state);
    const known = this.#states.get(text) ?? state;
    this.#states.set(text, known);
    return known;
  }

  #put(file: string, { stamp, slug, state }: Glance, line: Buffer): void {
    const columns = this.#columns;
    let number = this.#numbers.get(state);
    if (number === undefined) {
      number = columns.states.push(state) - 1;
      this.#numbers.set(state, number);
    }
    columns.files.push(file);
    columns.stamps.push(...stamp);
    columns.slugs.push(slug);
    columns.stateOf.push(number);
    columns.lengths.push(line.length);
    this.#push(line);
  }

  #push(bytes: Buffer): void {
    this.#pending.push(bytes);
    this.#size += bytes.length;
    if (this.#descriptor !== undefined && this.#size > 1 << 18) this.#flush(this.#descriptor);
  }

  #flush(descriptor: number): void {
    const bytes = Buffer.concat(this.#pending);
    this.#hash.update(bytes);
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    this.#pending = [];
    this.#size = 0;
  }

  /** Puts the new manifest in the old one's place, where it is another. */
  finish(): void {
    const folder = stampOfFolder(this.#folder);
    if (this.#descriptor === undefined) {
      if (this.#same === 0) {
        rmSync(this.#path, { force: true }); // there is nothing to be remembered
        return;
      }
      if (this.#same === this.#old.size && isSame(folder, this.#old.folder)) return;
    }
    const descriptor = this.#begin();
    this.#columns.folder = folder;
    this.#push(Buffer.from(`${JSON.stringify(this.#columns)}\n`));
    this.#flush(descriptor);
    const end = Buffer.from(`${this.#hash.copy().digest('base64url').slice(0, 22)}\n`);
    this.#pending = [end];
    this.#flush(descriptor);
    fsyncSync(descriptor);
    closeSync(descriptor);
    this.#descriptor = undefined;
    renameSync(this.#temporary, this.#path);
  }

  /** Leaves the old manifest as it is. */
  drop(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    rmSync(this.#temporary, { force: true });
  }
}

/** The stamp of a folder, which changes when a file in it is made, replaced or removed; that of none where it cannot be asked. */
export function stampOfFolder(folder: string): Stamp {
  const stat = statOf(folder);
  return stat ? stampOf(stat) : NEVER;
}

/** Whether a file has the contents that a hash is of. */
export function holds(path: string, hash: string): boolean {
  try {
    return lstatSync(path).isFile() && hashOf(readRegular(path)) === hash;
  } catch {
    return false;
  }
}

/** The names of the briefs that builds into a folder have made. */
export function briefsIn(folder: string, { manifest } = Manifest.read(folder)): ReadonlySet<string> {
  return new Set(manifest.files().flatMap((file) => briefsOf(manifest.get(file) as Entry)));
}
