import { lstatSync } from 'node:fs';
import { basename, join } from 'node:path';
import { assemble } from '../assemble.js';
import type { BriefOptions } from '../brief-options.js';
import { type Diagnostic, fault, firstOfEach, hasErrors, ownFault } from '../diagnostics.js';
import { TemplateError } from '../render/template-error.js';
import type { Templates } from '../render/templates.js';
import { hashOf, type Made, NEVER, type Stamp } from './manifest.js';
import { readStory } from './read.js';
import { stampOf, statOf } from './stamp.js';
import { stateOf } from './state.js';
import { isSameFile, WriteError, writeWhole } from './write.js';

/** What all stories of a build have in common, but for the templates. Plain data, so that it survives a worker boundary. */
export interface Shared {
  brief: BriefOptions;
  folder: string;
  /** By format, the key of all that its briefs depend on but the story itself. */
  keys: Readonly<Record<string, string>>;
  /** Whether each brief is forced to the disk; where there are many, the next build fixes what a power cut has broken. */
  durable: boolean;
  /** Makes the briefs and writes none of them. */
  dry?: boolean;
}

export interface Common extends Shared {
  templates: Templates;
}

/** One story, and the formats in which its briefs are to be made. */
export interface Task {
  file: string;
  formats: readonly string[];
}

/** What became of a task. Plain data, so that it survives a worker boundary. */
export interface Outcome {
  diagnostics: Diagnostic[];
  /** The briefs' paths, those that were the same already included. */
  briefs: string[];
  /** Why a sound story made no brief for readers. */
  refused?: string;
  /** True where the briefs would be others at another time, though nothing has changed. */
  timed?: boolean;
  /** What is to be remembered of a sound story; absent for one from standard input, but for a dry run. */
  made?: { stamp: Stamp; hash: string; slug: string; briefs: Made[] };
  /** Why no other brief can be written either: the disk is full, or read-only. */
  stop?: string;
}

/** Each thread reads one story at a time. */
const SCRATCH = Buffer.allocUnsafe(1 << 17);

/** Faults of a disk that the next brief would meet too. */
const HOPELESS = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'ENFILE', 'EMFILE']);

/** Makes the briefs of one story. What is wrong with it, its templates or its place on the disk is told, not thrown. */
export function buildOne({ file, formats }: Task, common: Common, content?: Uint8Array): Outcome {
  // The stamp is taken first: a story that is changed while it is read is then seen as changed the next time.
  const stat = content ? undefined : statOf(file);
  const bytes = content ?? readStory(file, SCRATCH);
  if (!(bytes instanceof Uint8Array)) return { diagnostics: [bytes], briefs: [] };
  try {
    const { briefs, diagnostics, refused, slug, timed } = assemble(bytes, file, {
      ...common.brief,
      formats,
      templates: common.templates,
    });
    const made: Made[] = [];
    const scratch = common.dry || briefs.length === 0 ? undefined : stateOf(common.folder);
    for (const { format, name, text } of briefs) {
      const path = join(common.folder, name);
      if (basename(file) === name && isSameFile(file, path))
        return {
          diagnostics: [fault(file, 'unwritable', `"${path}" is the story itself`, 'build into another folder')],
          briefs: [],
        };
      const content = Buffer.from(text, 'utf8');
      const hash = hashOf(content);
      const key = common.keys[format] as string;
      if (!common.dry) writeWhole(path, content, { scratch, durable: common.durable });
      made.push({ format, key, name, stamp: common.dry ? NEVER : stampOf(lstatSync(path)), hash });
    }
    const known = (stat || common.dry) && !hasErrors(diagnostics) && slug !== undefined;
    return {
      diagnostics: firstOfEach(diagnostics),
      briefs: made.map(({ name }) => join(common.folder, name)),
      ...(refused === undefined ? {} : { refused }),
      ...(timed ? { timed } : {}),
      ...(known ? { made: { stamp: stat ? stampOf(stat) : NEVER, hash: hashOf(bytes), slug, briefs: made } } : {}),
    };
  } catch (error) {
    const diagnostics = [failure(file, error)];
    const hopeless = error instanceof WriteError && HOPELESS.has(error.code ?? '');
    return { diagnostics, briefs: [], ...(hopeless ? { stop: error.message } : {}) };
  }
}

/** What went wrong with a story's briefs, as a finding about its file. */
export function failure(file: string, error: unknown): Diagnostic {
  if (error instanceof TemplateError) {
    const { template, line, message } = error;
    const hint = 'fix the template, or give the story what it asks for';
    return fault(file, 'template-failed', `${template}.hbs:${line}: ${message}`, hint);
  }
  if (error instanceof WriteError) return fault(file, 'unwritable', error.message, 'check the folder, and build again');
  return ownFault(file, error);
}
