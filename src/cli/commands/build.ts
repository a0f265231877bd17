import { join, relative } from 'node:path';
import { type BuildResult, type BuiltStory, build as buildStories, runnerFor } from '../../batch/build.js';
import { discover } from '../../batch/discover.js';
import { STDIN } from '../../batch/input.js';
import { keysOf } from '../../batch/key.js';
import { processors } from '../../batch/pool.js';
import { EXIT } from '../errors.js';
import { allowed, formatsOf, wholeNumber } from '../options.js';
import { plural, pretty } from '../report/pretty.js';
import { type Terminal, visible } from '../terminal.js';
import { ownTemplates, templatesFor } from './shared.js';

export interface BuildCommandOptions {
  to: string;
  output: string;
  template?: string | undefined;
  templates?: string | undefined;
  width?: string | undefined;
  allow?: string | undefined;
  failFast?: boolean | undefined;
  dryRun?: boolean | undefined;
  prune?: boolean | undefined;
  json?: boolean | undefined;
  jobs?: string | undefined;
  timeout?: string | undefined;
  quiet?: boolean | undefined;
}

/** Above this many stories only what is wrong is named, and a summary. */
const MOST_NAMED = 50;

/** `nutgraf build`: many stories to a folder. */
export async function build(
  paths: string[],
  options: BuildCommandOptions,
  terminal: Terminal,
  version: string,
): Promise<number> {
  const formats = formatsOf(options.to);
  const levels = await allowed(options.allow);
  const width = options.width === undefined ? 72 : wholeNumber(options.width, '--width');
  const files = discover(paths.length > 0 ? paths : ['stories']);
  const template = options.template ?? 'brief';
  const own = await ownTemplates(options.templates);
  const templates = () => templatesFor(formats, template, own);
  if (template !== 'brief' || own.size > 0) await templates(); // says at once what is wrong with them
  const stop = stopOnSignal();
  const result = await buildStories({
    files,
    folder: options.output,
    formats,
    templates,
    template,
    width,
    levels,
    keys: keysOf({ formats, program: __dirname, version, template, width, levels, own }),
    now: terminal.now(),
    failFast: options.failFast ?? false,
    dryRun: options.dryRun ?? false,
    prune: options.prune ?? false,
    ...(files.includes(STDIN) ? { stdin: await terminal.stdin() } : {}),
    runner: runnerFor({
      script: join(__dirname, 'worker.cjs'),
      own,
      workers: options.jobs === undefined ? processors() : wholeNumber(options.jobs, '--jobs'),
      patience: 1000 * wholeNumber(options.timeout ?? '60', '--timeout'),
    }),
    onStory: options.json
      ? (story) => terminal.out(`${JSON.stringify(story)}\n`)
      : (story) => tell(story, terminal, !options.quiet && files.length <= MOST_NAMED),
    onRemark: (remark) => terminal.talk(visible(remark)),
    signal: stop.signal,
  });
  stop.dispose();
  if (result.collisions.length > 0) terminal.talk(pretty(result.collisions, terminal.colour.talk).trimEnd());
  if (result.stopped !== undefined) terminal.talk(`nutgraf: ${visible(result.stopped)}`);
  const sum = summary(result, files.length, options.output, options.dryRun ?? false);
  if (options.json) terminal.out(`${JSON.stringify({ summary: numbers(result, files.length) })}\n`);
  if (!options.quiet || result.failed > 0 || stop.code() || result.stopped !== undefined) terminal.talk(sum);
  return stop.code() ?? exitCode(result);
}

function tell({ file, status, briefs, diagnostics, refused }: BuiltStory, terminal: Terminal, named: boolean): void {
  if (diagnostics.length > 0) terminal.talk(pretty(diagnostics, terminal.colour.talk).trimEnd());
  if (refused !== undefined) terminal.talk(`${visible(file)}: held back: ${visible(refused)}`);
  if (!named) return;
  if (status === 'planned') terminal.talk(`${visible(file)} would be built`);
  if (briefs.length > 0)
    terminal.talk(`${visible(file)} → ${briefs.map((path) => visible(relative('', path) || path)).join(', ')}`);
}

function numbers({ built, unchanged, failed, refused, removed, collisions }: BuildResult, stories: number) {
  return { stories, built, unchanged, failed, heldBack: refused, removed, collisions };
}

function summary(result: BuildResult, total: number, folder: string, dryRun: boolean): string {
  if (result.collisions.length > 0) return 'nothing was built: the names of briefs collide';
  const { built, unchanged, failed, refused, removed, seen } = result;
  const where = visible(folder);
  const parts = [];
  if (dryRun) parts.push(`would build ${plural(seen - unchanged, 'story')} into ${where}`);
  else if (seen < total) parts.push(`stopped: built ${built} of ${plural(total, 'story')}`);
  else if (built > 0 || unchanged === 0) parts.push(`built ${plural(built, 'story')} into ${where}`);
  if (unchanged > 0) parts.push(`${plural(unchanged, 'story')} unchanged${parts.length > 0 ? '' : ` in ${where}`}`);
  if (failed > 0) parts.push(`${plural(failed, 'story')} with errors not built`);
  if (refused > 0) parts.push(`${refused} held back`);
  if (removed.length > 0) parts.push(`${plural(removed.length, 'brief')} ${dryRun ? 'would be removed' : 'removed'}`);
  return parts.join('; ');
}

function exitCode({ rules, failed, collisions, refused, built, unchanged, stopped }: BuildResult): number {
  if (rules.has('nutgraf-failed')) return EXIT.bug;
  if (stopped !== undefined || rules.has('unreadable') || rules.has('unwritable')) return EXIT.disk;
  if (failed > 0 || collisions.length > 0) return EXIT.findings;
  return refused > 0 && built + unchanged === 0 ? EXIT.refused : EXIT.ok;
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
