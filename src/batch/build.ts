import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Diagnostic, hasErrors } from '../diagnostics.js';
import { extensionOf, formatNames } from '../formats/list.js';
import type { Templates } from '../render/templates.js';
import { ForeignFileError, foreignFiles, isForeign } from './foreign.js';
import { STDIN } from './input.js';
import { lock } from './lock.js';
import { briefsIn, type Entry, holds, MANIFEST, type Made, Manifest, ManifestWriter, NEVER } from './manifest.js';
import type { Outcome, Shared } from './one.js';
import { isSettled, type Plan, type Planned, plan, refreshed } from './plan.js';
import { readStory, reason } from './read.js';
import { inline, type Runner } from './runner.js';
import { isGone, statOf } from './stamp.js';
import { stateOf } from './state.js';
import { makeFolder, removeEmpty, sweep, WriteError, writeWhole } from './write.js';

export interface BuildOptions extends Omit<Shared, 'durable' | 'dry'> {
  /** Loads the templates, where a brief is to be made in this thread. */
  templates: () => Promise<Templates>;
  files: readonly string[];
  /** Stops after the first story with errors. */
  failFast?: boolean;
  /** Makes the briefs, says what would be done, and writes nothing. */
  dry?: boolean;
  /** Overwrites files that nutgraf has not made. */
  force?: boolean;
  /** Removes the briefs that stories which are gone have left. */
  prune?: boolean;
  /** Reads all briefs that were made earlier, and makes those again that are not as they were made. */
  verify?: boolean;
  /** The text of standard input, where that is one of the files. */
  stdin?: Uint8Array;
  /** Who does how many stories; default: this thread, one after another. */
  runner?: ((tasks: number) => Runner) | undefined;
  /** Called for each story, in the order of the files. */
  onStory?: (story: BuiltStory) => void;
  /** Called with how many stories are done, of how many. */
  onProgress?: (done: number, total: number) => void;
  /** Called with what is not about one story. */
  onRemark?: (remark: string) => void;
  /** Checked between stories. */
  signal?: AbortSignal;
}

export interface BuiltStory {
  file: string;
  /** `planned` is what would be built. */
  status: 'built' | 'unchanged' | 'failed' | 'held back' | 'planned';
  /** The paths of the briefs that were made, those that were the same already included. */
  briefs: string[];
  diagnostics: Diagnostic[];
  refused?: string;
}

export interface BuildResult {
  built: number;
  unchanged: number;
  failed: number;
  refused: number;
  removed: string[];
  /** Stories that were looked at; fewer than there are where the build was stopped. */
  seen: number;
  /** The rules of the diagnostics that were told. */
  rules: Set<string>;
  /** Why the disk took no more. */
  stopped?: string;
}

/**
 * Many stories to a folder, as far as they are not there already. A bad story does not stop the others; of stories whose
 * names collide none is built. Nothing is kept of a story once it is done but a line of the manifest.
 * Throws WriteError, LockedError, and ForeignFileError before anything is written.
 */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const { folder } = options;
  if (options.dry) {
    if (statOf(folder)) forOneKind(folder, options.brief.draft);
    const manifest = manifestOf(options);
    const todo = await planOf(options, manifest);
    await refuseForeign(todo, options, manifest);
    return await new Build(options, todo, manifest, undefined).run();
  }
  makeFolder(folder);
  const state = stateOf(folder);
  makeFolder(state);
  const free = lock(folder);
  try {
    const isNew = forOneKind(folder, options.brief.draft);
    sweep(state);
    const manifest = manifestOf(options);
    const at = Date.now();
    const todo = await planOf(options, manifest);
    await refuseForeign(todo, options, manifest);
    if (isNew && options.brief.draft) writeWhole(join(state, DRAFTS), '', { scratch: state });
    return await new Build(options, todo, manifest, new ManifestWriter(folder, at, manifest)).run();
  } finally {
    free();
    removeEmpty(state);
  }
}

/** In the state folder of drafts, so that briefs for readers and drafts never stand in one folder. */
const DRAFTS = 'drafts';

/**
 * Refuses files that nutgraf has not made where briefs would stand: those that neither a build remembers nor have the same
 * bytes. An input is never overwritten. Throws ForeignFileError.
 */
async function refuseForeign({ stories }: Plan, options: BuildOptions, manifest: Manifest): Promise<void> {
  const { folder, files, force, signal, runner = () => inline } = options;
  const doubtful = stories.filter(({ unknown = [] }) => unknown.length > 0);
  if (doubtful.length === 0) return;
  const known = briefsIn(folder, { manifest });
  const tasks = doubtful.filter(({ unknown = [] }) => !unknown.every((name) => known.has(name)));
  const inputs = new Set(files.map((file) => resolve(file)));
  const foreign: string[] = [];
  let at = 0;
  const stop = signal ?? new AbortController().signal;
  for await (const outcome of runner(tasks.length)(tasks, { ...options, dry: true }, stop)) {
    const { unknown = [] } = tasks[at++] as Planned;
    for (const { name, hash } of outcome?.made?.briefs ?? []) {
      const path = join(folder, name);
      if (!unknown.includes(name) || known.has(name) || !isForeign(path, hash)) continue;
      if (inputs.has(resolve(path))) throw new ForeignFileError(`"${path}" is one of the stories; name another folder`);
      if (!force) foreign.push(path);
    }
  }
  if (foreign.length > 0) throw foreignFiles(foreign, 'briefs');
}

/** Refuses drafts in a folder of briefs for readers, and the other way round; gives whether it has neither. Throws WriteError. */
function forOneKind(folder: string, draft: boolean): boolean {
  const state = stateOf(folder);
  const holdsBriefs = !isGone(join(state, MANIFEST));
  const holdsDrafts = !isGone(join(state, DRAFTS));
  if (holdsBriefs && draft && !holdsDrafts)
    throw new WriteError(`"${folder}" holds briefs for readers; give drafts another folder: -o drafts`);
  if (holdsDrafts && !draft) throw new WriteError(`"${folder}" holds drafts; give briefs for readers another folder`);
  return !holdsDrafts && !holdsBriefs;
}

const nothing = (): BuildResult => ({
  built: 0,
  unchanged: 0,
  failed: 0,
  refused: 0,
  removed: [],
  seen: 0,
  rules: new Set(),
});

function manifestOf({ folder, onRemark }: BuildOptions): Manifest {
  const { manifest, trouble } = Manifest.read(folder);
  if (trouble)
    onRemark?.(
      `what is remembered of the last build ${trouble}; everything is built again, and briefs that stories which are gone have left are not known`,
    );
  return manifest;
}

const planOf = (options: BuildOptions, manifest: Manifest): Promise<Plan> =>
  plan(options.files, options.brief.formats, options, manifest, options.verify ?? false, (file, scratch) =>
    file === STDIN && options.stdin ? options.stdin : readStory(file, scratch),
  );

/** One run over a plan. Without a writer it only says what it would do. */
class Build {
  readonly #options: BuildOptions;
  readonly #plan: Plan;
  readonly #old: Manifest;
  readonly #writer: ManifestWriter | undefined;
  readonly #result = nothing();
  #stale = 0;

  constructor(options: BuildOptions, todo: Plan, old: Manifest, writer: ManifestWriter | undefined) {
    this.#options = options;
    this.#plan = todo;
    this.#old = old;
    this.#writer = writer;
  }

  async run(): Promise<BuildResult> {
    const { signal, onRemark } = this.#options;
    const result = this.#result;
    try {
      await this.#stories();
      if (!signal?.aborted && result.stopped === undefined) this.#others();
      else for (const key of this.#unasked()) this.#carry(key);
    } catch (error) {
      this.#writer?.drop();
      throw error;
    }
    if (this.#stale > 0) {
      const [briefs, are] = this.#stale === 1 ? ['brief', 'is'] : ['briefs', 'are'];
      onRemark?.(
        `${this.#stale} ${briefs} of stories that are gone, renamed or held back ${are} still there; --prune removes them`,
      );
    }
    try {
      this.#writer?.finish();
    } catch (error) {
      this.#writer?.drop();
      result.stopped ??= `cannot write what is to be remembered: ${reason(error)}`;
    }
    return result;
  }

  async #stories(): Promise<void> {
    const { stories } = this.#plan;
    const { failFast, signal, onProgress, runner = () => inline } = this.#options;
    const idle = stories.some(({ formats }) => formats.length === 0);
    const tasks = idle ? stories.filter(({ formats }) => formats.length > 0) : stories;
    const stop = new AbortController();
    const stopWith = () => stop.abort();
    if (signal?.aborted) stop.abort();
    signal?.addEventListener('abort', stopWith);
    const outcomes = runner(tasks.length)(tasks, this.#options, stop.signal)[Symbol.asyncIterator]();
    try {
      for (const story of stories) {
        if (story.collision) this.#failed(story.file, story.key, [story.collision]);
        else if (story.formats.length === 0) this.#unchanged(story);
        else {
          const { value: outcome } = await outcomes.next();
          if (!outcome) {
            this.#carry(story.key);
            continue;
          }
          this.#done(story, outcome);
        }
        this.#result.seen++;
        onProgress?.(this.#result.seen, stories.length);
        if (this.#result.stopped !== undefined || (failFast && this.#result.failed > 0)) stop.abort();
      }
    } finally {
      signal?.removeEventListener('abort', stopWith);
      await outcomes.return?.();
    }
  }

  #unchanged({ file, key, moved, silent }: Planned): void {
    this.#result.unchanged++;
    if (silent && !moved) {
      this.#writer?.keep(key);
      this.#tell(file, 'unchanged', [], []);
      return;
    }
    const entry = this.#old.get(key) as Entry;
    const left = this.#withoutLeft(file, entry.left);
    if (moved) this.#writer?.add({ ...(refreshed(file, key, this.#options, this.#old) ?? entry), left });
    else if (left.length < entry.left.length) this.#writer?.add({ ...entry, left });
    else this.#writer?.keep(key);
    this.#tell(
      file,
      'unchanged',
      [],
      entry.warnings.map((warning) => ({ ...warning, file })),
    );
  }

  #done({ file, key }: Planned, outcome: Outcome): void {
    const { made, refused, timed, diagnostics, briefs, stop } = outcome;
    const old = this.#old.get(key);
    if (stop !== undefined) this.#result.stopped = stop;
    if (hasErrors(diagnostics)) {
      this.#failed(file, key, diagnostics);
      return;
    }
    if (made) {
      // Briefs of formats that were not asked for are still right where the story is as it was; else they are ours, but old.
      // Of a story that is held back nothing but what was made now may stay.
      const others = (old?.slug === made.slug && refused === undefined ? old.briefs : [])
        .filter((brief) => !made.briefs.some(({ format }) => format === brief.format))
        .map((brief) => (old?.hash === made.hash ? brief : { ...brief, key: '' }));
      const all = [...made.briefs, ...others];
      const left = this.#withoutLeft(file, leftBy(old, new Set(all.map(({ name }) => name))));
      const entry = { file: key, ...made, briefs: all, left, warnings: diagnostics };
      if (refused !== undefined) this.#unknownBriefs(made.slug, all, left);
      // An embargo ends without a change of the file, so such a story is looked at each time.
      this.#writer?.add(refused === undefined && !timed ? entry : { ...entry, ...UNSETTLED });
    }
    if (refused === undefined) this.#result.built++;
    else this.#result.refused++;
    const done = this.#writer ? 'built' : 'planned';
    this.#tell(file, refused === undefined ? done : 'held back', briefs, diagnostics, refused);
  }

  #failed(file: string, key: string, diagnostics: Diagnostic[]): void {
    this.#result.failed++;
    this.#writer?.keep(key);
    this.#tell(file, 'failed', [], diagnostics);
  }

  #tell(file: string, status: BuiltStory['status'], briefs: string[], diagnostics: Diagnostic[], refused?: string) {
    for (const { rule } of diagnostics) this.#result.rules.add(rule);
    this.#options.onStory?.({ file, status, briefs, diagnostics, ...(refused === undefined ? {} : { refused }) });
  }

  /** Warns of files named like a held-back story's briefs that no build remembers making. */
  #unknownBriefs(slug: string, made: readonly Made[], left: Entry['left']): void {
    const known = new Set([...made.map(({ name }) => name), ...left.map(([name]) => name)]);
    for (const format of formatNames()) {
      const name = `${slug}.${extensionOf(format)}`;
      const path = join(this.#options.folder, name);
      if (known.has(name) || isGone(path) || this.#result.removed.includes(path)) continue;
      this.#options.onRemark?.(
        `${path} is there, and the story of its name is held back; delete it if it is its brief`,
      );
    }
  }

  /** What is remembered of stories that were not asked for: those that are gone leave their briefs behind. */
  #others(): void {
    const overwritten: string[] = [];
    for (const key of this.#unasked()) {
      const file = join(this.#options.folder, key);
      if (!isGone(file)) {
        const holder = this.#plan.slugs.get(this.#old.glance(key)?.slug ?? '');
        if (holder === undefined || holder === file) this.#carry(key);
        else overwritten.push(file);
        continue;
      }
      const entry = this.#old.get(key) as Entry;
      const left = this.#withoutLeft(file, leftBy(entry, new Set()));
      if (left.length > 0) this.#writer?.add({ ...entry, briefs: [], left });
    }
    if (overwritten.length === 0) return;
    const [first] = overwritten;
    this.#options.onRemark?.(
      `briefs of ${overwritten.length} other ${overwritten.length === 1 ? 'story' : 'stories'} had the same names and are overwritten: ${first}${overwritten.length > 1 ? ' …' : ''}`,
    );
  }

  /** The stories that are remembered, but were not asked for. */
  #unasked(): string[] {
    if (this.#plan.others === 0) return [];
    const asked = new Set(this.#plan.stories.map(({ key }) => key));
    return this.#old.files().filter((key) => !asked.has(key));
  }

  /** Keeps the entry of a story that was not looked at; resets its stamp if it could not be trusted. */
  #carry(key: string): void {
    const glance = this.#old.glance(key);
    if (!glance) return;
    if (isSettled(glance.stamp, this.#old.at)) this.#writer?.keep(key);
    else this.#writer?.add({ ...(this.#old.get(key) as Entry), stamp: UNSETTLED.stamp });
  }

  /** Takes away what a story has left, where that is wanted and it is as we made it; gives what stays. */
  #withoutLeft(file: string, left: Entry['left']): Entry['left'] {
    const { folder, prune, onRemark } = this.#options;
    const { formats } = this.#options.brief;
    return left.filter(([name, hash]) => {
      const path = join(folder, name);
      const [slug = '', extension = ''] = name.split('.');
      const holder = this.#plan.slugs.get(slug);
      if (isGone(path)) return false;
      // Another story has the name now: what it makes is its own, and what it does not make may become so.
      if (holder !== undefined && holder !== file) return !formats.includes(extension);
      if (!prune) {
        this.#stale++;
        return true;
      }
      if (!holds(path, hash)) {
        onRemark?.(`${path} was changed by someone else; it is left alone`);
        return false;
      }
      if (this.#writer) rmSync(path, { force: true });
      this.#result.removed.push(path);
      return false;
    });
  }
}

/** A stamp and hash that match no file. */
const UNSETTLED = { stamp: NEVER, hash: '' };

/** Briefs of a story that it makes no more. */
function leftBy(old: Entry | undefined, made: ReadonlySet<string>): Entry['left'] {
  const all: Entry['left'] = [
    ...(old?.left ?? []),
    ...(old?.briefs ?? []).map(({ name, hash }): [string, string] => [name, hash]),
  ];
  return all.filter(([name]) => !made.has(name) && NAME.test(name));
}

/** The name of a brief; nothing else is ever taken away. */
const NAME = /^[a-z0-9][a-z0-9-]*\.(?:email\.)?[a-z]+$/;
