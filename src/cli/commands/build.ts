import { relative } from 'node:path';
import { type BuildResult, type BuiltStory, build as buildStories } from '../../batch/build.js';
import { discover, filesOfShard } from '../../batch/discover.js';
import { InputError, STDIN } from '../../batch/input.js';
import { keysOf } from '../../batch/key.js';
import { runnerFor } from '../../batch/runner.js';
import { isGone } from '../../batch/stamp.js';
import type { Diagnostic } from '../../diagnostics.js';
import { isEdition } from '../../edition/name.js';
import { usualFormats } from '../../formats/list.js';
import { EXIT, UsageError } from '../errors.js';
import { toJson } from '../json.js';
import { type BriefFlags, briefFrom, formatsOf, patienceOf, wholeNumber } from '../options.js';
import { createProgress, type Progress } from '../progress.js';
import { plural, pretty, ruleCounts } from '../report/pretty.js';
import { inside, type Settings, type SettingsOptions, settingsFor, settingsNamed } from '../settings.js';
import { tellSender } from '../tell.js';
import { type Terminal, visible } from '../terminal.js';
import { readUserTemplates, templatesFolder, templatesFor } from '../user-templates.js';
import { WORKER } from '../worker-script.js';

export interface BuildCommandOptions extends SettingsOptions, BriefFlags {
  to?: string | undefined;
  output?: string | undefined;
  failFast?: boolean | undefined;
  dryRun?: boolean | undefined;
  force?: boolean | undefined;
  prune?: boolean | undefined;
  verify?: boolean | undefined;
  watch?: boolean | undefined;
  stream?: boolean | undefined;
  shard?: string | undefined;
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
  if (options.stream) return streamed(paths, options, terminal);
  const stop = stopOnSignal();
  try {
    if (options.watch) return await watched(paths, options, terminal, version, stop);
    return await once(paths, options, terminal, version, stop);
  } finally {
    stop.dispose();
  }
}

/** What the options and the settings say of how briefs are made. */
async function making(options: BuildCommandOptions, settings: Settings, terminal: Terminal) {
  const { config, house, pathFor } = settings;
  const formats = options.to === undefined ? (config.formats ?? usualFormats) : formatsOf(options.to);
  const name = options.draft ? 'drafts' : (config.output ?? 'briefs');
  const usual = config.output === undefined ? name : pathFor(name);
  const folder = options.output ?? usual;
  const brief = briefFrom(options, formats, house, terminal);
  const ours = templatesFolder(options.templates, settings);
  const userTemplates = await readUserTemplates(options.templates, settings);
  const templates = () => templatesFor(formats, brief.template, userTemplates);
  if (brief.template !== 'brief' || userTemplates.size > 0) await templates(); // says at once what is wrong with them
  return { brief, folder, userTemplates, ours, templates };
}

async function once(
  paths: readonly string[],
  options: BuildCommandOptions,
  terminal: Terminal,
  version: string,
  stop: Stop,
): Promise<number> {
  const wanted = paths.length > 0 ? paths : ['stories'];
  const all = discover(wanted, options.prune);
  const settings = await settingsFor(all.length > 0 ? all : wanted.map(inside), options, terminal);
  if (!settings) return EXIT.findings;
  const edition = all.find(isEdition);
  if (edition !== undefined) throw new UsageError(`"${edition}" is an edition: nutgraf edition makes it`);
  const files = shardOf(all, options.shard);
  const { userTemplates, ours: _, ...common } = await making(options, settings, terminal);
  const progress = createProgress(terminal, options.quiet === true || options.json === true);
  const few = files.length <= MOST_NAMED;
  const named = !options.quiet && few;
  const warnings: Pick<Diagnostic, 'rule' | 'file' | 'count'>[] = [];
  const result = await buildStories({
    ...common,
    files,
    keys: keysOf({ brief: common.brief, program: __dirname, version, userTemplates }),
    failFast: options.failFast ?? false,
    dry: options.dryRun ?? false,
    force: options.force ?? false,
    prune: options.prune ?? false,
    verify: options.verify ?? false,
    ...(files.includes(STDIN) ? { stdin: await terminal.stdin(stop.signal) } : {}),
    runner: runnerFor({
      script: WORKER,
      userTemplates,
      workers: options.jobs === undefined ? undefined : Math.max(1, wholeNumber(options.jobs, '--jobs')),
      patience: patienceOf(options.timeout),
    }),
    onStory: options.json
      ? (story) => terminal.out(`${toJson(story)}\n`)
      : (story) => {
          if (story.status === 'unchanged' && story.diagnostics.length === 0) return;
          const isShown = ({ severity }: Diagnostic) => few || severity === 'error';
          warnings.push(
            ...story.diagnostics
              .filter((diagnostic) => !isShown(diagnostic))
              .map(({ rule, file, count = 1 }) => ({ rule, file, count })),
          );
          tell({ ...story, diagnostics: story.diagnostics.filter(isShown) }, progress, terminal.colour.talk, named);
        },
    onProgress: progress.update,
    onRemark: (remark) => progress.talk(visible(remark)),
    signal: stop.signal,
  });
  progress.end();
  if (warnings.length > 0) terminal.talk(`warnings, which nutgraf check shows: ${ruleCounts(warnings)}`);
  if (!options.quiet && result.built > 0) tellSender(common.brief, terminal);
  if (named)
    for (const path of result.removed)
      terminal.talk(`${visible(relative('', path) || path)} ${options.dryRun ? 'would be removed' : 'is removed'}`);
  if (result.stopped !== undefined) terminal.talk(`nutgraf: ${visible(result.stopped)}`);
  if (options.json) terminal.out(`${toJson({ summary: numbers(result, files.length) })}\n`);
  if (!options.quiet || result.failed > 0 || stop.code() || result.stopped !== undefined)
    terminal.talk(summary(result, files.length, common.folder, options.dryRun ?? false) + settingsNamed(settings));
  return stop.code() ?? exitCode(result);
}

/** Builds after each change until a signal; what goes wrong is told, and the next change waited for. */
async function watched(
  paths: readonly string[],
  options: BuildCommandOptions,
  terminal: Terminal,
  version: string,
  stop: Stop,
): Promise<number> {
  if (paths.includes(STDIN)) throw new UsageError('--watch needs files; standard input ends');
  const { describe } = await import('../known-errors.js');
  const { watchPaths } = await import('../../batch/watch.js');
  const run = async () => {
    try {
      await once(paths, options, terminal, version, stop);
    } catch (error) {
      const known = describe(error);
      if (!known || error instanceof UsageError) throw error;
      terminal.talk(`nutgraf: ${visible(known.message)}`);
    }
  };
  const watchedPaths = paths.length > 0 ? paths : ['stories'];
  for (const path of watchedPaths) if (isGone(path)) throw new InputError(`there is no file or folder "${path}"`);
  // Says what is wrong with the command line before anything is watched.
  const now = discover(watchedPaths, true);
  const settings = await settingsFor(now.length > 0 ? now : watchedPaths.map(inside), options, terminal);
  if (!settings) return EXIT.findings;
  const { folder, ours } = await making(options, settings, terminal);
  const also = [ours, settings.file].filter((path) => path !== undefined);
  await watchPaths({
    paths: [...watchedPaths, ...also],
    output: folder,
    onStart: () => terminal.talk(`watching ${watchedPaths.map(visible).join(', ')}; Ctrl-C ends`),
    onChange: run,
    signal: stop.signal,
  });
  return stop.code() ?? EXIT.ok;
}

async function streamed(paths: string[], options: BuildCommandOptions, terminal: Terminal): Promise<number> {
  if (paths.some((path) => path !== STDIN)) throw new UsageError('--stream reads stories from standard input alone');
  const files = {
    watch: '--watch',
    dryRun: '--dry-run',
    force: '--force',
    prune: '--prune',
    verify: '--verify',
    shard: '--shard',
    failFast: '--fail-fast',
  } as const;
  for (const [name, option] of Object.entries(files))
    if (options[name as keyof typeof files]) throw new UsageError(`--stream writes no files; leave ${option} out`);
  const { stream } = await import('./stream.js');
  const settings = await settingsFor([STDIN], options, terminal);
  if (!settings) return EXIT.findings;
  const { brief, templates } = await making(options, settings, terminal);
  return stream({ ...brief, templates: await templates() }, terminal);
}

/** `2/4`: the stories of the second of four parts. */
function shardOf(files: string[], shard: string | undefined): string[] {
  if (shard === undefined) return files;
  const [, i = '', n = ''] = /^(\d{1,6})\/(\d{1,6})$/.exec(shard) ?? [];
  if (!(Number(i) >= 1 && Number(i) <= Number(n)))
    throw new UsageError(`--shard needs i/n, such as 2/4 for the second of four, not "${shard}"`);
  return filesOfShard(files, Number(i), Number(n));
}

function tell(
  { file, status, briefs, diagnostics, refused }: BuiltStory,
  to: Progress,
  colour: boolean,
  named: boolean,
) {
  if (diagnostics.length > 0) to.talk(pretty(diagnostics, colour).trimEnd());
  if (refused !== undefined) to.talk(`${visible(file)}: held back: ${visible(refused)}`);
  if (!named) return;
  if (status === 'planned') to.talk(`${visible(file)} would be built`);
  else if (briefs.length > 0)
    to.talk(`${visible(file)} → ${briefs.map((path) => visible(relative('', path) || path)).join(', ')}`);
}

function numbers({ built, unchanged, failed, refused, removed }: BuildResult, stories: number) {
  return { stories, built, unchanged, failed, heldBack: refused, removed };
}

function summary(result: BuildResult, total: number, folder: string, dryRun: boolean): string {
  const { built, unchanged, failed, refused, removed, seen } = result;
  const where = visible(folder);
  const parts = [];
  if (dryRun) parts.push(`would build ${plural(built, 'story')} into ${where}`);
  else if (seen < total) parts.push(`stopped: built ${built} of ${plural(total, 'story')}`);
  else if (built > 0 || unchanged === 0) parts.push(`built ${plural(built, 'story')} into ${where}`);
  if (unchanged > 0) parts.push(`${plural(unchanged, 'story')} unchanged${parts.length > 0 ? '' : ` in ${where}`}`);
  if (failed > 0) parts.push(`${plural(failed, 'story')} with errors ${dryRun ? 'would not be built' : 'not built'}`);
  if (refused > 0) parts.push(`${refused} ${dryRun ? 'would be held back' : 'held back'}`);
  if (removed.length > 0) parts.push(`${plural(removed.length, 'brief')} ${dryRun ? 'would be removed' : 'removed'}`);
  return parts.join('; ');
}

function exitCode({ rules, failed, refused, built, unchanged, stopped }: BuildResult): number {
  if (rules.has('nutgraf-failed')) return EXIT.bug;
  if (stopped !== undefined || rules.has('unreadable') || rules.has('unwritable')) return EXIT.disk;
  if (failed > 0) return EXIT.findings;
  return refused > 0 && built + unchanged === 0 ? EXIT.refused : EXIT.ok;
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

interface Stop {
  signal: AbortSignal;
  /** The exit code that the signal asks for, once it has come. */
  code: () => number | undefined;
  dispose: () => void;
}

/** On a signal the current story is finished, and the build ends. */
function stopOnSignal(): Stop {
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
