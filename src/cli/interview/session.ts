import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createFile, replaceFile } from '../../batch/change.js';
import { InputError } from '../../batch/input.js';
import { readStory } from '../../batch/read.js';
import { TakenError, WriteError, writeWhole } from '../../batch/write.js';
import { loadStory } from '../../checks/load.js';
import { type Diagnostic, fault } from '../../diagnostics.js';
import { literal } from '../../prose/pattern.js';
import { shapeRule } from '../../shape-rules.js';
import { EditError, plainStory, updateStory } from '../../story/edit.js';
import { decode } from '../../yaml/decode.js';
import type { Path } from '../../yaml/places.js';

/**
 * The first line of a draft: what it is, the file that it is to become, the state of that file which it changes, and the part of the
 * story at which it was left.
 */
const DRAFT_LINE =
  /^# nutgraf draft(?: of ("(?:[^"\\\n]|\\.)*"|[^"\n]*?))?(?: \(changes ([0-9a-f]{16})\))?(?: at ([\w.-]+))?\n/;

export type SessionValue = Record<string, unknown>;

/**
 * A story while it is being written: its file's text, changed byte by byte with each answer, and a draft on disk that
 * always holds the last answer.
 */
export class Session {
  #draft: string;
  /** Whether the draft is this session's own. */
  #isBegun = false;
  #text: string;
  readonly #target: string | undefined;
  readonly #base: string | undefined;

  /** `base` is the fingerprint of the file that is changed; absent for a new story. */
  constructor(text: string, draft: string, target: string | undefined, base?: string) {
    this.#base = base;
    this.#text = text;
    this.#draft = draft;
    this.#target = target;
  }

  /** A draft that an earlier session left. */
  static resume(draft: string): Session {
    const bytes = readStory(draft);
    if (!(bytes instanceof Uint8Array)) throw new InputError(`"${draft}": ${bytes.message}`);
    const decoded = decode(bytes);
    if (!decoded.ok) throw new InputError(`${draft}:${decoded.line}:${decoded.column}: ${decoded.message}`);
    const [whole, named, base, place] = DRAFT_LINE.exec(decoded.text) ?? [];
    if (whole === undefined) throw new InputError(`"${draft}" is no draft of nutgraf`);
    const target = named?.startsWith('"') ? (JSON.parse(named) as string) : named;
    const text = decoded.text.slice(whole.length);
    // What is not answered yet is missing; what has another shape is for an editor.
    const wrong = shapeless(text, draft);
    if (wrong)
      throw new InputError(`${draft}:${wrong.line + 1}:${wrong.column}: ${wrong.message}; fix it in an editor`);
    const session = new Session(text, draft, target, base);
    session.#isBegun = true;
    session.place = place?.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step)) ?? [];
    return session;
  }

  /** The part of the story that is being written, so that a draft is gone on with there. */
  place: Path = [];

  /** The file that holds every answer. */
  get draft(): string {
    return this.#draft;
  }

  get text(): string {
    return this.#text;
  }

  get target(): string | undefined {
    return this.#target;
  }

  #story: { text: string; value: unknown } | undefined;

  get story(): SessionValue {
    if (this.#story?.text !== this.#text) this.#story = { text: this.#text, value: plainStory(this.#text) };
    const { value } = this.#story;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as SessionValue) : {};
  }

  get(path: Path): unknown {
    return path.reduce<unknown>((value, step) => (value as SessionValue | undefined)?.[step], this.story);
  }

  /** The story with another value at a path. */
  with(path: Path, value: unknown): SessionValue {
    return withValue(this.story, path, value) as SessionValue;
  }

  /**
   * Takes an answer, and saves the draft; undefined takes the field out. What cannot be put into the file without altering other parts
   * of it is kept in comments at the end of the draft, and is a problem from then on.
   */
  set(path: Path, value: unknown): void {
    const place = path.join('.');
    try {
      this.#text = updateStory(this.#text, this.with(path, value));
      this.#aside.delete(place);
    } catch (error) {
      if (!(error instanceof EditError)) throw error;
      this.#aside.set(place, { value, why: `line ${error.line}: ${error.message}`, path });
    }
    this.replace(this.#text);
  }

  /** Answers that could not be put into the file, by their places. */
  readonly #aside = new Map<string, { value: unknown; why: string; path: Path }>();

  /** Another short name for a source, in its citations too; gives in how many places. */
  renameSource(from: string, to: string): number {
    let count = 0;
    const cited = new RegExp(`(?<=\\[[^[\\]\\n]*@)${literal(from)}(?![\\p{L}\\p{N}_-])`, 'gu');
    const renamed = (value: unknown, name: string): unknown => {
      if (Array.isArray(value)) return value.map((item) => renamed(item, name));
      if (typeof value === 'object' && value !== null)
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renamed(item, key)]));
      if (typeof value !== 'string') return value;
      if ((name === 'source' || name === 'via') && value === from) {
        count++;
        return to;
      }
      return value.replace(cited, () => {
        count++;
        return to;
      });
    };
    const { sources, ...story } = this.story;
    const next = { ...(renamed(story, '') as SessionValue), sources: renamed(sources, 'sources') };
    for (const [name, value] of Object.entries(next)) if (value !== undefined) this.set([name], value);
    return count;
  }

  /** How the story was before each step, and after those that were taken back. */
  readonly #before: string[] = [];
  #after: string[] = [];

  /** Begins a step that one undo takes back. */
  mark(): void {
    if (this.#before.at(-1) !== this.#text) this.#before.push(this.#text);
    this.#after = [];
  }

  /** Takes the last step back, or makes it again; false where there is none. */
  travel(isBack: boolean): boolean {
    const [from, to] = isBack ? [this.#before, this.#after] : [this.#after, this.#before];
    let text = from.pop();
    while (text === this.#text) text = from.pop();
    if (text === undefined) return false;
    to.push(this.#text);
    this.#aside.clear();
    this.replace(text);
    return true;
  }

  /** Takes another text of the story, and saves the draft. */
  replace(text: string): void {
    this.#text = text;
    const of = this.#target === undefined ? '' : ` of ${JSON.stringify(this.#target)}`;
    const changes = this.#base === undefined ? '' : ` (changes ${this.#base})`;
    const at = this.place.length === 0 ? '' : ` at ${this.place.join('.')}`;
    const aside = [...this.#aside].map(
      ([place, { value }]) => `# not in the story yet: ${place}: ${JSON.stringify(value)}\n`,
    );
    try {
      this.#keep(`# nutgraf draft${of}${changes}${at}\n${this.#text}${aside.join('')}`);
    } catch (error) {
      if (!(error instanceof WriteError) || this.#isAway) throw error;
      // Its folder is gone, or full: the words go where there is room.
      this.#isAway = true;
      this.#isBegun = false;
      this.#draft = join(tmpdir(), basename(this.#draft));
      this.replace(text);
    }
  }

  #isAway = false;

  /** Writes the draft; the first time to a name that no other session has taken meanwhile. */
  #keep(text: string): void {
    if (this.#isBegun) {
      writeWhole(this.#draft, text);
      return;
    }
    for (let i = 2; !this.#isBegun; i++) {
      try {
        createFile(this.#draft, text);
        this.#isBegun = true;
      } catch (error) {
        if (!(error instanceof TakenError)) throw error;
        this.#draft = this.#draft.replace(/(?:-\d+)?(?=\.(?:yaml|draft)$)/, `-${i}`);
      }
    }
  }

  problems(): Diagnostic[] {
    const file = this.#target ?? 'story.yaml';
    const aside = [...this.#aside.values()].map(({ why, path }) => ({
      ...fault(file, 'unwritable', `what you typed cannot be put here, ${why}`, 'change it in an editor'),
      path,
    }));
    return [...aside, ...loadStory(this.#text, file).diagnostics];
  }

  /** Whether the session changes a story that was there before it. */
  get changesFile(): boolean {
    return this.#base !== undefined;
  }

  /**
   * Writes the story to its file and takes the draft away: over the file that it changes, if that is as it was read, else to a
   * new one, or where `force` is set over any. Throws ChangedError, TakenError and WriteError.
   */
  save(target: string, force = false): void {
    const changes = target === this.#target && this.#base !== undefined;
    if (!existsSync(target) && !changes) createFile(target, this.#text);
    else {
      const bom = changes && existsSync(target) && readFileSync(target).subarray(0, 3).equals(BOM) ? '\uFEFF' : '';
      if (!changes && !force) throw new TakenError(`"${target}" is there already`);
      replaceFile(target, bom + this.#text, (now) => force || fingerprintOf(now) === this.#base);
    }
    if (this.#aside.size === 0) this.discard(); // else the draft has words that the story has not
  }

  discard(): void {
    if (this.#isBegun) rmSync(this.#draft, { force: true });
  }

  get hasDraft(): boolean {
    return this.#isBegun && existsSync(this.#draft);
  }
}

const BOM = Buffer.from('\uFEFF');

/** Why an interview cannot go on with a text: it is no YAML, or has values of another type. */
export const shapeless = (text: string, file: string): Diagnostic | undefined =>
  text.trim() === '' ? undefined : loadStory(text, file).diagnostics.find(({ rule }) => isShapeless(rule));

/** Whether the interview cannot go on from what a rule finds: no YAML, or values of another type. */
function isShapeless(rule: string): boolean {
  const cause = shapeRule(rule)?.cause;
  if (rule === 'empty-file' || cause === undefined) return false;
  return cause !== 'shape' || rule === 'wrong-type' || rule === 'duplicate-key';
}

/** Tells one state of a file from another. */
export const fingerprintOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 16);

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
  const group: SessionValue = { ...(value as SessionValue | undefined) };
  const made = withValue(group[step], rest, next);
  if (made === undefined) delete group[step];
  else Object.defineProperty(group, step, { value: made, configurable: true, enumerable: true, writable: true }); // `__proto__` too
  return Object.keys(group).length > 0 || path.length === 1 ? group : undefined;
}
