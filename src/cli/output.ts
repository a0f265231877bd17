import { basename, dirname } from 'node:path';
import { readStory } from '../batch/read.js';
import { statOf } from '../batch/stamp.js';
import { isSameFile, makeFolder, writeWhole } from '../batch/write.js';
import { loadStory } from '../checks/load.js';
import { UsageError } from './errors.js';
import type { Terminal } from './terminal.js';

/** Names of what people write themselves: stories and editions, settings, templates. No output has such a name. */
const WRITTEN = /\.(?:ya?ml|hbs)$/i;

/** Whether an output is to be one file, not a folder, by its name. */
export const isFileName = (output: string): boolean =>
  /\.(?:html|md|txt|eml|json|rss|atom|xml|ya?ml|hbs)$/i.test(output);

/** Where several formats have one extension, the first is meant by a name alone. */
export type Extensions = Readonly<Record<string, string>>;

const lastOf = (name: string) => /\.[^.]+$/.exec(name)?.[0].toLowerCase();

/**
 * The format of one output: what `--to` says, else what the name of the file says, else `usual`. `extensions` are those of
 * the formats, such as `email.html`. Throws UsageError where the two contradict each other.
 */
export function formatFor(
  to: string | undefined,
  output: string | undefined,
  extensions: Extensions,
  usual: string,
): string {
  const ends = (format: string) => `.${extensions[format]}`;
  const name = output === undefined ? '' : basename(output).toLowerCase();
  const last = lastOf(name)
    ?.replace(/^\.markdown$/, '.md')
    .replace(/^\.x?html?$/, '.html');
  const all = Object.keys(extensions).filter((format) => lastOf(ends(format)) === last);
  if (to === undefined && last !== undefined && all.length === 0)
    throw new UsageError(`"${output}" has the ending of no format that is made here; name one with --to`);
  if (to === undefined) return all.find((format) => name.endsWith(ends(format))) ?? all[0] ?? usual;
  if (all.length > 0 && !all.includes(to))
    throw new UsageError(`"${output}" is the name of a file in ${all[0]}, and --to says ${to}; change one of the two`);
  return to;
}

/**
 * Refuses to write an output over what somebody has written: a story, an edition, settings, a template, and each of the
 * inputs. Throws UsageError.
 */
export function guardOutput(output: string, inputs: readonly string[]): void {
  if (WRITTEN.test(output))
    throw new UsageError(
      `"${output}" is the name of a story, an edition, settings or a template; give -o another name`,
    );
  if (isStory(output)) throw new UsageError(`"${output}" holds a story; give -o another name`);
  guardInputs(output, inputs);
}

/** Whether a file that is there is a story, whatever its name; JSON may be a brief as well. */
function isStory(file: string): boolean {
  if (/\.json$/i.test(file) || !statOf(file)?.isFile()) return false;
  const bytes = readStory(file);
  if (!(bytes instanceof Uint8Array) || !/^(?:headline|sections)[ \t]*:/m.test(Buffer.from(bytes).toString('latin1')))
    return false;
  return loadStory(bytes, file).story !== undefined;
}

/** Refuses to write a story over what is none by its name, and over an input. Throws UsageError. */
export function guardStory(output: string, inputs: readonly string[]): void {
  if (/\.hbs$|\.edition\.ya?ml$|(?:^|[\\/])nutgraf\.config\.ya?ml$/i.test(output))
    throw new UsageError(`"${output}" is the name of an edition, settings or a template; give the story another name`);
  guardInputs(output, inputs);
}

/** Refuses to write over one of the inputs. Throws UsageError. */
function guardInputs(output: string, inputs: readonly string[]): void {
  if (inputs.some((input) => isSameFile(input, output)))
    throw new UsageError(`"${output}" is itself an input; give -o another name`);
}

/** Writes an output where it was asked for: to a file, or to standard output. Throws UsageError and WriteError. */
export function writeOutput(
  text: string,
  output: string | undefined,
  inputs: readonly string[],
  terminal: Terminal,
): void {
  if (output === undefined || output === '-') {
    terminal.out(text);
    return;
  }
  if (/^\/dev\/(?:stdout|fd\/1)$/.test(output)) terminal.out(text);
  if (/^\/dev\/(?:stdout|fd\/1|null)$/.test(output)) return;
  guardOutput(output, inputs);
  makeFolder(dirname(output));
  writeWhole(output, text);
}
