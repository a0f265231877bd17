import { dirname, join, resolve } from 'node:path';
import { checkAll } from '../../batch/check-all.js';
import { collisionsIn } from '../../batch/collisions.js';
import { discover, isStoryOrEdition } from '../../batch/discover.js';
import { STDIN } from '../../batch/input.js';
import { mismatchesIn, Outlets } from '../../batch/outlets.js';
import { readStory } from '../../batch/read.js';
import { Slugs } from '../../batch/slugs.js';
import type { Waived } from '../../checks/checker.js';
import { type Diagnostic, sortDiagnostics, summarize } from '../../diagnostics.js';
import { isEdition } from '../../edition/name.js';
import { codeOf, EXIT, UsageError } from '../errors.js';
import { patienceOf, timeOf, wholeNumber } from '../options.js';
import { json } from '../report/json.js';
import { plural, pretty, ruleCounts, summaryLine, waivedLines } from '../report/pretty.js';
import { type SettingsOptions, settingsFor, settingsNamed } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { WORKER } from '../worker-script.js';

/** With more findings than this they are also counted by rule. */
const MOST_READ = 50;

const FORMATS = ['pretty', 'json', 'github', 'sarif', 'junit'];

export interface CheckOptions extends SettingsOptions {
  format: string;
  maxWarnings?: string | undefined;
  quiet?: boolean | undefined;
  now?: string | undefined;
  fix?: boolean | undefined;
  dryRun?: boolean | undefined;
  timeout?: string | undefined;
}

/** `nutgraf check`: all problems of all files in one run. */
export async function check(
  paths: string[],
  options: CheckOptions,
  terminal: Terminal,
  version: string,
): Promise<number> {
  if (!FORMATS.includes(options.format))
    throw new UsageError(`--format can be ${FORMATS.join(', ')}, not "${options.format}"`);
  const most =
    options.maxWarnings === undefined ? Number.POSITIVE_INFINITY : wholeNumber(options.maxWarnings, '--max-warnings');
  const named = discover(paths.length > 0 ? paths : ['stories'], false, isStoryOrEdition);
  const files = named.filter((file) => !isEdition(file));
  const editions = named.filter(isEdition);
  const settings = await settingsFor(named, options, terminal);
  if (!settings) return EXIT.findings;
  const now = timeOf(options.now, terminal.now);
  if (options.dryRun && !options.fix) throw new UsageError('--dry-run shows what --fix would do: give both');
  const stdin = files.includes(STDIN) ? await terminal.stdin() : new Uint8Array();
  const read = (file: string) => (file === STDIN ? stdin : readStory(file));
  const findings: Diagnostic[] = [];
  const accepted: Waived[] = [];
  const slugs = new Slugs();
  const outlets = new Outlets();
  let at = 0;
  // Where standard output holds a report for programs, the changes are talk.
  const show = (patch: string) => (options.format === 'pretty' ? terminal.out(patch) : terminal.talk(patch.trimEnd()));
  const checked = options.fix
    ? (await import('./fix.js')).fixAll(files, settings.house, options.dryRun ?? false, show, terminal)
    : checkAll(
        files,
        settings.house,
        stdin,
        WORKER,
        options.timeout === undefined ? undefined : patienceOf(options.timeout),
      );
  for await (const { diagnostics, waived: some, slug, labels = [] } of checked) {
    for (const diagnostic of diagnostics) findings.push(diagnostic);
    for (const waiver of some) accepted.push(waiver);
    if (slug !== undefined) slugs.add(slug, files[at] as string);
    outlets.add(labels, at);
    at++;
  }
  if (editions.length > 0) {
    const { checkEdition } = await import('../../batch/edition.js'); // few runs have one
    if (options.fix) terminal.talk('--fix fixes stories; editions are only checked');
    const reported = new Set(files.map((file) => resolve(file)));
    const editionsBySlug = new Map<string, string>();
    for (const file of editions) {
      // Editions of several folders are made into several too; stories are not.
      const rivalOf = (slug: string) => slugs.get(slug) ?? editionsBySlug.get(join(dirname(file), slug));
      const { slug, diagnostics, waived } = checkEdition(file, settings.house, now, reported, rivalOf);
      if (slug !== undefined) editionsBySlug.set(join(dirname(file), slug), file);
      findings.push(...diagnostics);
      accepted.push(...waived);
      for (const diagnostic of [...diagnostics, ...waived]) reported.add(resolve(diagnostic.file));
    }
  }
  findings.push(...collisionsIn(slugs, read).values());
  for (const [index, mismatches] of outlets.mismatches(settings.house)) {
    const file = files[index] as string;
    const bytes = read(file);
    if (bytes instanceof Uint8Array)
      for (const mismatch of mismatchesIn(bytes, file, mismatches, settings.house))
        ('reason' in mismatch ? accepted : findings).push(mismatch as Waived);
  }
  const diagnostics = sortDiagnostics(findings);
  const waived = sortDiagnostics(accepted);
  if (options.format === 'json') terminal.out(json(diagnostics, waived));
  else if (options.format === 'junit') terminal.out((await import('../report/junit.js')).junit(diagnostics, named));
  else if (options.format === 'sarif')
    terminal.out((await import('../report/sarif.js')).sarif(diagnostics, waived, version));
  else if (options.format === 'github') terminal.out((await import('../report/github.js')).github(diagnostics));
  else {
    terminal.out(pretty(diagnostics, terminal.colour.out));
    if (!options.quiet && diagnostics.length > MOST_READ) terminal.out(`by rule: ${ruleCounts(diagnostics)}\n`);
    if (!options.quiet)
      terminal.out(
        `${waivedLines(waived)}${counted(files.length, editions.length)} checked: ${summaryLine(diagnostics, waived)}${settingsNamed(settings)}\n`,
      );
  }
  const { warnings } = summarize(diagnostics);
  if (warnings > most) terminal.talk(`${plural(warnings, 'warning')}, and --max-warnings allows ${most}`);
  return codeOf(diagnostics) || (warnings > most ? EXIT.findings : EXIT.ok);
}

function counted(stories: number, editions: number): string {
  const both = editions > 0 ? [plural(editions, 'edition')] : [];
  return [...(stories > 0 || editions === 0 ? [plural(stories, 'story')] : []), ...both].join(' and ');
}
