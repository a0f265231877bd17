import { realpathSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { findConfig } from '../batch/config.js';
import { STDIN } from '../batch/input.js';
import { readStory } from '../batch/read.js';
import { isGone } from '../batch/stamp.js';
import type { House } from '../house.js';
import type { Config } from '../settings/config.js';
import type { Path } from '../yaml/places.js';
import { UsageError } from './errors.js';
import { allowed } from './options.js';
import { printFindings } from './tell.js';
import { type Terminal, visible } from './terminal.js';

/** What a house's settings and the command line say together. */
export interface Settings {
  config: Config;
  house: House;
  /** The settings file, where there is one. */
  file?: string;
  lineOf: (path: Path) => number | undefined;
  /** A path in the settings is meant from their own folder. */
  pathFor: (path: string) => string;
}

/** The settings that count, for the end of a summary; empty where there are none. */
export const settingsNamed = ({ file }: Settings): string =>
  file === undefined ? '' : ` (settings: ${visible(relative('', file) || file)})`;

/** A made-up path in a folder, to find the folder's settings. */
export const inside = (folder: string): string => join(folder, 'any.story.yaml');
export const HERE: string = inside('.');

export interface SettingsOptions {
  config?: string | undefined;
  allow?: string | undefined;
  strictPath?: boolean | undefined;
}

/**
 * The settings for some stories: those of the file named, else of the nearest one above them. Undefined where they hold
 * errors, which are told. Throws UsageError where stories of one run have different settings.
 */
export async function settingsFor(
  files: readonly string[],
  { config: named, allow, strictPath }: SettingsOptions,
  terminal: Terminal,
): Promise<Settings | undefined> {
  const file = named ?? settingsAbove(files);
  const none: Settings = { config: {}, house: {}, lineOf: () => undefined, pathFor: (path) => path };
  const whole = file === undefined ? none : await readSettings(file, terminal);
  const read = whole && strictPath ? { ...whole, house: { ...whole.house, strictPath } } : whole;
  if (!read || allow === undefined) return read;
  const { levels = {} } = read.house;
  const off = Object.entries(levels).filter(([, level]) => level === 'off');
  return {
    ...read,
    house: { ...read.house, levels: { ...levels, ...(await allowed(allow)), ...Object.fromEntries(off) } },
  };
}

async function readSettings(file: string, terminal: Terminal): Promise<Settings | undefined> {
  const { readConfig, houseOf } = await import('../settings/config.js'); // most runs have no settings
  const bytes = readStory(file);
  if (!(bytes instanceof Uint8Array)) throw new UsageError(`cannot use the settings "${file}": ${bytes.message}`);
  const { config, diagnostics, lineOf } = readConfig(bytes, relative('', file) || file);
  await printFindings(diagnostics, terminal);
  if (!config) return undefined;
  const folder = dirname(file);
  const pathFor = (path: string) => {
    const whole = resolve(folder, path);
    if (leadsOut(folder, whole))
      throw new UsageError(`the settings "${file}" name "${path}", a link out of their folder`);
    return relative('', whole) || '.';
  };
  return { config, house: houseOf(config), file, lineOf, pathFor };
}

/** Whether links on the way to a path, as far as it is there, lead out of a folder. */
function leadsOut(folder: string, path: string): boolean {
  let there = path;
  while (isGone(there) && dirname(there) !== there) there = dirname(there);
  const [root, real] = [realpathSync(folder), realpathSync(there)];
  return real !== root && /^\.\.(?:[\\/]|$)/.test(relative(root, real));
}

function settingsAbove(files: readonly string[]): string | undefined {
  const folders = new Map(files.map((file) => [file === STDIN ? file : dirname(file), file]));
  const settingsFiles = new Map([...folders.values()].map((file) => [findConfig(file), file]));
  const [first, second] = [...settingsFiles];
  if (first && second) {
    const name = ([config, file]: [string | undefined, string]) =>
      `"${file}" (${config === undefined ? 'none' : relative('', config) || config})`;
    throw new UsageError(
      `the stories have different settings: ${name(first)} and ${name(second)}; run them one folder at a time, or name the settings with --config`,
    );
  }
  return first?.[0];
}
