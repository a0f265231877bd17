import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, lstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics.js';
import { readRegular } from './read.js';
import { readState, stateOf } from './state.js';
import { temporaryName } from './write.js';

const FORMAT = 'nutgraf briefs 1';

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

/**
 * The memory of the last build, as it stands on disk: a line of JSON a story, between a line that says what the file is
 * and one with the hash of all before it. Held as bytes; a story's line is only read when it is asked for.
 */
export class Manifest {
  readonly #bytes: Buffer;
  /** Where each story's line starts and ends. */
  readonly #lines = new Map<string, readonly [start: number, end: number]>();
  /** When the build began that wrote it, in milliseconds. */
  readonly at: number;

  private constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  /** The manifest of a folder; empty where there is none, and where it cannot be trusted, with why. Throws WriteError. */
  static read(folder: string): { manifest: Manifest; trouble?: string } {
    const empty = new Manifest(Buffer.alloc(0), 0);
    const bytes = readState(folder, MANIFEST);
    if (!bytes) return { manifest: empty };
    const end = bytes.lastIndexOf('\n', bytes.length - 2) + 1;
    if (bytes.subarray(end).toString('latin1') !== `${hashOf(bytes.subarray(0, end))}\n`)
      return { manifest: empty, trouble: 'is damaged' };
    const first = bytes.indexOf('\n');
    const [, at] = new RegExp(`^${FORMAT} (\\d+)$`).exec(bytes.subarray(0, first).toString('latin1')) ?? [];
    if (at === undefined) return { manifest: empty, trouble: 'is of another version' };
    const manifest = new Manifest(bytes, Number(at));
    for (let start = first + 1; start < end; ) {
      const stop = bytes.indexOf('\n', start);
      // A line starts with the story's path as a JSON string.
      const quote = endOfString(bytes, start + 1);
      manifest.#lines.set(JSON.parse(bytes.subarray(start + 1, quote).toString('utf8')) as string, [start, stop]);
      start = stop + 1;
    }
    return { manifest };
  }

  get size(): number {
    return this.#lines.size;
  }

  files(): IterableIterator<string> {
    return this.#lines.keys();
  }

  get(file: string): Entry | undefined {
    const place = this.#lines.get(file);
    if (!place) return undefined;
    const [path, stamp, hash, slug, briefs, left, warnings] = JSON.parse(
      this.#bytes.subarray(...place).toString('utf8'),
    ) as Line;
    return {
      file: path,
      stamp,
      hash,
      slug,
      briefs: briefs.map(([format, key, name, made, content]) => ({ format, key, name, stamp: made, hash: content })),
      left,
      warnings,
    };
  }

  /** A story's line as it stands. */
  line(file: string): Buffer | undefined {
    const place = this.#lines.get(file);
    return place && this.#bytes.subarray(place[0], place[1] + 1);
  }
}

type Line = [
  file: string,
  stamp: Stamp,
  hash: string,
  slug: string,
  briefs: [format: string, key: string, name: string, stamp: Stamp, hash: string][],
  left: [name: string, hash: string][],
  warnings: Diagnostic[],
];

/** The offset behind the JSON string that starts at `start`. */
function endOfString(bytes: Buffer, start: number): number {
  for (let at = start + 1; ; at++) {
    if (bytes[at] === 0x5c) at++;
    else if (bytes[at] === 0x22) return at + 1;
  }
}

/**
 * Writes a manifest a story at a time; the old one stands until the new one is whole, and where nothing has changed it
 * stays.
 */
export class ManifestWriter {
  readonly #path: string;
  /** Where it is as long as it is not whole; there is no such file before. */
  readonly #temporary: string;
  readonly #old: Manifest;
  #descriptor: number | undefined;
  #kept = 0;
  #added = 0;
  readonly #hash = createHash('sha256');
  #pending: Buffer[] = [];
  #size = 0;

  /** `at` is when the build began: what changes later than that is not trusted by its stamp. */
  constructor(folder: string, at: number, old: Manifest) {
    const state = stateOf(folder);
    this.#path = join(state, MANIFEST);
    this.#temporary = join(state, temporaryName());
    this.#old = old;
    this.#push(Buffer.from(`${FORMAT} ${Math.floor(at)}\n`));
  }

  add({ file, stamp, hash, slug, briefs, left, warnings }: Entry): void {
    const line: Line = [
      file,
      stamp,
      hash,
      slug,
      briefs.map((made) => [made.format, made.key, made.name, made.stamp, made.hash]),
      left,
      warnings,
    ];
    this.#added++;
    this.#descriptor ??= openSync(this.#temporary, 'wx');
    this.#push(Buffer.from(`${JSON.stringify(line)}\n`));
  }

  /** A line of the old manifest that is still true. */
  keep(line: Buffer): void {
    this.#kept++;
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
    if (this.#kept + this.#added === 0) {
      rmSync(this.#path, { force: true }); // there is nothing to be remembered
      return;
    }
    if (this.#descriptor === undefined && this.#kept === this.#old.size) return;
    this.#descriptor ??= openSync(this.#temporary, 'wx');
    this.#flush(this.#descriptor);
    const end = Buffer.from(`${this.#hash.copy().digest('base64url').slice(0, 22)}\n`);
    this.#pending = [end];
    this.#flush(this.#descriptor);
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
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
  return new Set([...manifest.files()].flatMap((file) => briefsOf(manifest.get(file) as Entry)));
}
