import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Assembled, type AssembleOptions, assemble } from '../assemble.js';
import { type Diagnostic, hasErrors } from '../diagnostics.js';
import { TemplateError } from '../render/template-error.js';
import { collision, quickSlug, Slugs } from './collisions.js';
import { readStory } from './read.js';
import { isSameFile, prepareFolder, WriteError, writeWhole } from './write.js';

export interface BuildOptions extends AssembleOptions {
  files: readonly string[];
  folder: string;
  /** Stops after the first story with errors. */
  failFast: boolean;
  /** Gives a story's bytes, or why it cannot be read. */
  read?: (file: string) => Uint8Array | Diagnostic;
  /** Called after each story. */
  onStory?: (story: BuiltStory) => void;
  /** Checked between stories. */
  signal?: AbortSignal;
}

export interface BuiltStory {
  file: string;
  /** The briefs' paths, those that were the same already included. */
  briefs: string[];
  diagnostics: Diagnostic[];
  refused?: string;
}

export interface BuildResult {
  built: number;
  failed: number;
  refused: number;
  /** Stories that were looked at; fewer than there are where the build was stopped. */
  seen: number;
  unreadable: boolean;
  /** Where names collide nothing was built, and these say so. */
  collisions: Diagnostic[];
}

/**
 * Many stories to a folder. A bad story does not stop the others; names that collide are refused before anything is
 * written. Nothing is kept of a story once it is done. Throws WriteError and TemplateError.
 */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const read = options.read ?? readStory;
  const result: BuildResult = {
    built: 0,
    failed: 0,
    refused: 0,
    seen: 0,
    unreadable: false,
    collisions: findCollisions(options, read),
  };
  if (result.collisions.length > 0) return result;
  prepareFolder(options.folder);
  let last = performance.now();
  for (const file of options.files) {
    if (options.signal?.aborted) break;
    const story = buildOne(file, options, read);
    result.seen++;
    if (story.refused !== undefined) result.refused++;
    if (hasErrors(story.diagnostics)) result.failed++;
    else if (story.refused === undefined || story.briefs.length > 0) result.built++;
    result.unreadable ||= story.diagnostics.some(({ rule }) => rule === 'unreadable');
    options.onStory?.(story);
    if (options.failFast && result.failed > 0) break;
    if (performance.now() - last > 20) {
      await setImmediate(); // lets a signal in
      last = performance.now();
    }
  }
  return result;
}

function buildOne(file: string, options: BuildOptions, read: NonNullable<BuildOptions['read']>): BuiltStory {
  const bytes = read(file);
  if (!(bytes instanceof Uint8Array)) return { file, briefs: [], diagnostics: [bytes] };
  let assembled: Assembled;
  try {
    assembled = assemble(bytes, file, options);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { file, briefs: [], diagnostics: [templateFailed(file, error)] };
  }
  const { briefs, diagnostics, refused } = assembled;
  const paths = briefs.map(({ name, text }) => {
    const path = join(options.folder, name);
    if (basename(file) === name && isSameFile(file, path))
      throw new WriteError(`"${path}" is the story itself; build into another folder`);
    writeWhole(path, text);
    return path;
  });
  return { file, briefs: paths, diagnostics, ...(refused === undefined ? {} : { refused }) };
}

/** A template that fails for one story may do well for the next. */
function templateFailed(file: string, { template, line, message }: TemplateError): Diagnostic {
  const place = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  return {
    ...place,
    severity: 'error',
    rule: 'template-failed',
    message: `${template}.hbs:${line}: ${message}`,
    hint: 'mend the template, or give the story what it asks for',
  };
}

function findCollisions({ files, levels }: BuildOptions, read: NonNullable<BuildOptions['read']>): Diagnostic[] {
  if (files.length < 2) return [];
  const slugs = new Slugs();
  for (const file of files) {
    const bytes = read(file);
    const slug = bytes instanceof Uint8Array ? quickSlug(bytes, file, levels) : undefined;
    if (slug !== undefined) slugs.add(slug, file);
  }
  return slugs.collisions().flatMap((one) => {
    const bytes = read(one.file);
    return bytes instanceof Uint8Array ? [collision(bytes, one)] : [];
  });
}
