import { existsSync, readFileSync, rmSync } from 'node:fs';
import { writeWhole } from '../../batch/write.js';
import type { Diagnostic } from '../../diagnostics.js';
import { plainValue, updateStory } from '../../story/edit.js';
import { loadStory } from '../../story/load.js';
import type { Path } from '../../story/places.js';

/** The first line of a draft: what it is, and the file that it is to become. */
const DRAFT_LINE = /^# nutgraf draft(?: of (.*))?\n/;

export type Value = Record<string, unknown>;

/**
 * A story while it is being written: its file's text, changed byte by byte with each answer, and a draft on disk that
 * always holds the last answer.
 */
export class Session {
  readonly draft: string;
  #text: string;
  #target: string | undefined;

  constructor(text: string, draft: string, target: string | undefined) {
    this.#text = text;
    this.draft = draft;
    this.#target = target;
  }

  /** A draft that an earlier session left. */
  static resume(draft: string): Session {
    const text = readFileSync(draft, 'utf8');
    return new Session(text.replace(DRAFT_LINE, ''), draft, DRAFT_LINE.exec(text)?.[1]);
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
    writeWhole(this.draft, `# nutgraf draft${this.#target === undefined ? '' : ` of ${this.#target}`}\n${this.#text}`);
  }

  problems(): Diagnostic[] {
    return loadStory(this.#text, this.#target ?? 'story.yaml').diagnostics;
  }

  /** Writes the story to its file, and takes the draft away. */
  save(target: string): void {
    writeWhole(target, this.#text);
    this.discard();
  }

  discard(): void {
    rmSync(this.draft, { force: true });
  }

  get hasDraft(): boolean {
    return existsSync(this.draft);
  }
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
  else group[step] = made;
  return Object.keys(group).length > 0 || path.length === 1 ? group : undefined;
}
