import { relative } from 'node:path';
import { type BuildResult, type BuiltStory, build as buildStories } from '../../batch/build.js';
import { discover } from '../../batch/discover.js';
import { STDIN } from '../../batch/input.js';
import { readStory } from '../../batch/read.js';
import { EXIT } from '../errors.js';
import { allowed, formatsOf, wholeNumber } from '../options.js';
import { plural, pretty } from '../report/pretty.js';
import { type Terminal, visible } from '../terminal.js';
import { templatesFor } from './shared.js';

export interface BuildCommandOptions {
  to: string;
  output: string;
  template?: string | undefined;
  templates?: string | undefined;
  width?: string | undefined;
  allow?: string | undefined;
  failFast?: boolean | undefined;
  quiet?: boolean | undefined;
}

/** Above this many stories only what is wrong is named, and a summary. */
const MOST_NAMED = 50;

/** `nutgraf build`: many stories to a folder. */
export async function build(paths: string[], options: BuildCommandOptions, terminal: Terminal): Promise<number> {
  const formats = formatsOf(options.to);
  const levels = allowed(options.allow);
  const width = options.width === undefined ? 72 : wholeNumber(options.width, '--width');
  const files = discover(paths.length > 0 ? paths : ['stories']);
  const templates = await templatesFor(formats, options.template ?? 'brief', options.templates);
  const stdin = files.includes(STDIN) ? await terminal.stdin() : new Uint8Array();
  const stop = stopOnSignal();
  const result = await buildStories({
    files,
    folder: options.output,
    formats,
    templates,
    template: options.template ?? 'brief',
    width,
    levels,
    now: terminal.now(),
    failFast: options.failFast ?? false,
    read: (file) => (file === STDIN ? stdin : readStory(file)),
    onStory: (story) => tell(story, terminal, !options.quiet && files.length <= MOST_NAMED),
    signal: stop.signal,
  });
  stop.dispose();
  if (result.collisions.length > 0) terminal.talk(pretty(result.collisions, terminal.colour.talk).trimEnd());
  if (!options.quiet || result.failed > 0 || stop.code()) terminal.talk(summary(result, files.length, options.output));
  return stop.code() ?? exitCode(result);
}

function tell({ file, briefs, diagnostics, refused }: BuiltStory, terminal: Terminal, named: boolean): void {
  if (diagnostics.length > 0) terminal.talk(pretty(diagnostics, terminal.colour.talk).trimEnd());
  if (refused !== undefined) terminal.talk(`${visible(file)}: held back: ${visible(refused)}`);
  if (named && briefs.length > 0)
    terminal.talk(`${visible(file)} → ${briefs.map((path) => visible(relative('', path) || path)).join(', ')}`);
}

function summary(result: BuildResult, total: number, folder: string): string {
  if (result.collisions.length > 0) return 'nothing was built: the names of briefs collide';
  const parts = [
    result.seen < total
      ? `stopped: built ${result.built} of ${plural(total, 'story')}`
      : `built ${plural(result.built, 'story')} into ${visible(folder)}`,
  ];
  if (result.failed > 0) parts.push(`${plural(result.failed, 'story')} with errors not built`);
  if (result.refused > 0) parts.push(`${result.refused} held back`);
  return parts.join('; ');
}

function exitCode(result: BuildResult): number {
  if (result.unreadable) return EXIT.disk;
  if (result.failed > 0 || result.collisions.length > 0) return EXIT.findings;
  return result.refused > 0 && result.built === 0 ? EXIT.refused : EXIT.ok;
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** On a signal the current story is finished, and the build ends. */
function stopOnSignal(): { signal: AbortSignal; code: () => number | undefined; dispose: () => void } {
  const controller = new AbortController();
  let code: number | undefined;
  const handlers = Object.entries(SIGNALS).map(([name, exit]) => {
    const handler = () => {
      code ??= exit;
      controller.abort();
    };
    process.on(name, handler);
    return () => process.off(name, handler);
  });
  const dispose = () => {
    for (const off of handlers) off();
  };
  return { signal: controller.signal, code: () => code, dispose };
}
