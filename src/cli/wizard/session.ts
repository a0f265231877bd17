import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { isMap, isSeq, type Node, parseDocument, type Scalar } from 'yaml';
import { InputError } from '../../batch/input.js';
import { writeWhole } from '../../batch/write.js';
import type { Diagnostic } from '../../diagnostics.js';
import { plainValue, updateStory } from '../../story/edit.js';
import { FileText } from '../../story/file-text.js';
import { loadStory } from '../../story/load.js';
import type { Path } from '../../story/places.js';

/** The first line of a draft: what it is, the file that it is to become, and the state of that file which it changes. */
const DRAFT_LINE = /^# nutgraf draft(?: of (.*?))?(?: \(changes ([0-9a-f]{16})\))?\n/;

export type Value = Record<string, unknown>;

/**
 * A story while it is being written: its file's text, changed byte by byte with each answer, and a draft on disk that
 * always holds the last answer.
 */
export class Session {
  readonly draft: string;
  #text: string;
  readonly #target: string | undefined;
  readonly #base: string | undefined;

  /** `base` is the fingerprint of the file that is changed; absent for a new story. */
  constructor(text: string, draft: string, target: string | undefined, base?: string) {
    this.#base = base;
    this.#text = text;
    this.draft = draft;
    this.#target = target;
  }

  /** A draft that an earlier session left. */
  static resume(draft: string): Session {
    const text = readFileSync(draft, 'utf8');
    if (!DRAFT_LINE.test(text)) throw new InputError(`"${draft}" is no draft of nutgraf`);
    const [, target, base] = DRAFT_LINE.exec(text) ?? [];
    return new Session(text.replace(DRAFT_LINE, ''), draft, target, base);
  }

  get text(): string {
    return this.#text;
  }

  get target(): string | undefined {
    return this.#target;
  }

  get story(): Value {
    const value = plainValue(this.#text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Value) : {};
  }

  get(path: Path): unknown {
    return path.reduce<unknown>((value, step) => (value as Value | undefined)?.[step], this.story);
  }

  /** Takes an answer, and saves the draft; undefined takes the field out. Throws EditError. */
  set(path: Path, value: unknown): void {
    this.#text = updateStory(this.#text, withValue(this.story, path, value) as Value);
    const of = this.#target === undefined ? '' : ` of ${this.#target}`;
    const changes = this.#base === undefined ? '' : ` (changes ${this.#base})`;
    writeWhole(this.draft, `# nutgraf draft${of}${changes}\n${this.#text}`);
  }

  problems(): Diagnostic[] {
    return loadStory(this.#text, this.#target ?? 'story.yaml').diagnostics;
  }

  /** Whether a file that is there is the one that this session changes, and as it was when it was read. */
  mayReplace(target: string): boolean {
    return target === this.#target && this.#base !== undefined && fingerprint(target) === this.#base;
  }

  /** Whether the session changes a story that was there before it. */
  get changesFile(): boolean {
    return this.#base !== undefined;
  }

  /** The path of the field that a problem is about; empty where it is about the story as a whole. */
  fieldOf({ line, column, rule, message }: Diagnostic): Path {
    if (rule === 'missing-headline') return ['headline'];
    const place = new FileText('', this.#text).offset(line, column);
    const missing = rule === 'missing-field' ? / has no "([^"]+)"/.exec(message)?.[1] : undefined;
    const path: (string | number)[] = [];
    let node: unknown = parseDocument(this.#text).contents;
    for (;;) {
      const inside = (one: Node | null | undefined) => !!one?.range && one.range[0] <= place && place <= one.range[1];
      if (isMap<Scalar, Node>(node)) {
        const pair = node.items.find(({ key, value }) => inside(key) || inside(value));
        if (missing !== undefined && (!pair || (pair.key.range?.[0] ?? 0) === place)) return [...path, missing];
        if (!pair) return path;
        path.push(String(pair.key.value));
        node = pair.value;
      } else if (isSeq<Node>(node)) {
        const at = node.items.findIndex(inside);
        if (at < 0) return path;
        path.push(at);
        node = node.items[at];
      } else return path;
    }
  }

  /** Writes the story to its file, through a link where it is one, and takes the draft away. */
  save(target: string): void {
    const there = existsSync(target);
    const bom = there && readFileSync(target, 'utf8').startsWith('\uFEFF') ? '\uFEFF' : '';
    writeWhole(there ? realpathSync(target) : target, bom + this.#text);
    this.discard();
  }

  discard(): void {
    rmSync(this.draft, { force: true });
  }

  get hasDraft(): boolean {
    return existsSync(this.draft);
  }
}

/** Tells one state of a file from another. */
export function fingerprint(file: string): string | undefined {
  return existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16) : undefined;
}

/** A copy of a value with another value at a path; groups and lists that end up empty are taken out. */
export function withValue(value: unknown, path: Path, next: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return next;
  if (typeof step === 'number') {
    const list = Array.isArray(value) ? [...value] : [];
    const made = withValue(list[step], rest, next);
    if (made === undefined) list.splice(step, 1);
    else list[step] = made;
    return list.length > 0 ? list : undefined;
  }
  const group: Value = { ...(value as Value | undefined) };
  const made = withValue(group[step], rest, next);
  if (made === undefined) delete group[step];
  else Object.defineProperty(group, step, { value: made, configurable: true, enumerable: true, writable: true }); // `__proto__` too
  return Object.keys(group).length > 0 || path.length === 1 ? group : undefined;
}
