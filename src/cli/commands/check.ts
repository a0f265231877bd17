import { join } from 'node:path';
import { type Checked, checkOne } from '../../batch/check.js';
import { collision } from '../../batch/collisions.js';
import { discover } from '../../batch/discover.js';
import { STDIN } from '../../batch/input.js';
import type { Task } from '../../batch/one.js';
import { inWorkers, processors } from '../../batch/pool.js';
import { readStory } from '../../batch/read.js';
import { noAnswer } from '../../batch/runner.js';
import { Slugs } from '../../batch/slugs.js';
import type { Work } from '../../batch/worker.js';
import { type Diagnostic, sortDiagnostics, summarize } from '../../diagnostics.js';
import type { Levels } from '../../story/load.js';
import { EXIT, UsageError } from '../errors.js';
import { allowed, wholeNumber } from '../options.js';
import { json } from '../report/json.js';
import { plural, pretty, summaryLine } from '../report/pretty.js';
import type { Terminal } from '../terminal.js';

const FORMATS = ['pretty', 'json', 'github', 'junit'];

export interface CheckOptions {
  format: string;
  allow?: string | undefined;
  maxWarnings?: string | undefined;
  quiet?: boolean | undefined;
}

/** Above this many stories several threads are faster than one. */
const WORTH_THREADS = 300;

async function* checked(files: readonly string[], levels: Levels, stdin: Uint8Array): AsyncIterable<Checked> {
  if (files.length < WORTH_THREADS || processors() < 2 || files.includes(STDIN)) {
    for (const file of files) yield checkOne(file, levels, file === STDIN ? stdin : undefined);
    return;
  }
  const results = inWorkers<Task, Checked>(
    files.map((file) => ({ file, formats: [] })),
    {
      script: join(__dirname, 'worker.cjs'),
      data: { kind: 'check', levels } satisfies Work,
      workers: processors(),
      patience: 60_000,
      failed: ({ file }, why) => ({ diagnostics: [noAnswer(file, why)] }),
    },
  );
  for await (const result of results) if (result) yield result;
}

/** `nutgraf check`: all problems of all files in one run. */
export async function check(paths: string[], options: CheckOptions, terminal: Terminal): Promise<number> {
  if (!FORMATS.includes(options.format))
    throw new UsageError(`--format can be ${FORMATS.join(', ')}, not "${options.format}"`);
  const levels = await allowed(options.allow);
  const most =
    options.maxWarnings === undefined ? Number.POSITIVE_INFINITY : wholeNumber(options.maxWarnings, '--max-warnings');
  const files = discover(paths.length > 0 ? paths : ['stories']);
  const stdin = files.includes(STDIN) ? await terminal.stdin() : new Uint8Array();
  const read = (file: string) => (file === STDIN ? stdin : readStory(file));
  const found: Diagnostic[] = [];
  const slugs = new Slugs();
  let at = 0;
  for await (const { diagnostics, slug } of checked(files, levels, stdin)) {
    found.push(...diagnostics);
    if (slug !== undefined) slugs.add(slug, files[at] as string);
    at++;
  }
  for (const one of slugs.collisions()) {
    const bytes = read(one.file);
    if (bytes instanceof Uint8Array) found.push(collision(bytes, one));
  }
  const diagnostics = sortDiagnostics(found);
  if (options.format === 'json') terminal.out(json(diagnostics));
  else if (options.format === 'junit') terminal.out((await import('../report/junit.js')).junit(diagnostics, files));
  else if (options.format === 'github') terminal.out((await import('../report/github.js')).github(diagnostics));
  else {
    terminal.out(pretty(diagnostics, terminal.colour.out));
    if (!options.quiet) terminal.out(`${plural(files.length, 'story')} checked: ${summaryLine(diagnostics)}\n`);
  }
  const { errors, warnings } = summarize(diagnostics);
  if (warnings > most) terminal.talk(`${plural(warnings, 'warning')}, and --max-warnings allows ${most}`);
  if (found.some(({ rule }) => rule === 'unreadable')) return EXIT.disk;
  return errors > 0 || warnings > most ? EXIT.findings : EXIT.ok;
}
