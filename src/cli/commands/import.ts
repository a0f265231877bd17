import { statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { assemble } from '../../assemble.js';
import { findConfig } from '../../batch/config.js';
import { STDIN } from '../../batch/input.js';
import { readStory } from '../../batch/read.js';
import { makeFolder } from '../../batch/write.js';
import { loadStory } from '../../checks/load.js';
import { type Diagnostic, ownFault } from '../../diagnostics.js';
import type { OwnHeadings } from '../../importing/aliases.js';
import { type Imported, type ImportFormat, importFormats, importStory } from '../../importing/import.js';
import { ImportError, LOST } from '../../importing/manuscript.js';
import type { Templates } from '../../render/templates.js';
import { isSlug } from '../../schema/fields.js';
import { nearest } from '../../schema/nearest.js';
import { slugOf } from '../../story/story.js';
import { codeOf, EXIT, UsageError } from '../errors.js';
import { writeNew } from '../new-file.js';
import { guardStory } from '../output.js';
import { importSummary, noteLine } from '../report/imported.js';
import { plural, summaryLine } from '../report/pretty.js';
import { printFindings } from '../tell.js';
import { type Terminal, visible } from '../terminal.js';
import { templatesFor } from '../user-templates.js';

export interface ImportCommandOptions {
  output?: string | undefined;
  from?: string | undefined;
  base?: string | undefined;
  config?: string | undefined;
  linksToSources?: boolean | undefined;
  force?: boolean | undefined;
  quiet?: boolean | undefined;
  verbose?: boolean | undefined;
}

/** `nutgraf import`: what exists to story files, with a report of what is not in them. */
export async function importCommand(
  paths: string[],
  options: ImportCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const from = formatNamed(options.from);
  if (options.base !== undefined && !/^https?:\/\//i.test(options.base))
    throw new UsageError('--base needs a web address: https://…');
  if (/\.edition\.ya?ml$|\.hbs$|(?:^|[\\/])nutgraf\.config\.ya?ml$/i.test(options.output ?? ''))
    throw new UsageError(
      `import makes stories; "${options.output}" has the name of an edition, of settings or of a template`,
    );
  const folder =
    options.output !== undefined && (options.output.endsWith('/') || isFolder(options.output))
      ? options.output
      : undefined;
  if (paths.length > 1 && folder === undefined) throw new UsageError('several files need a folder: -o FOLDER/');
  const templates = await templatesFor(['txt'], 'plain');
  let worst: number = EXIT.ok;
  const written = new Set<string>();
  for (const path of paths) {
    const houseHeadings = await headingsFor(path, options.config, terminal);
    const code = houseHeadings
      ? await importFile(
          path,
          { ...options, from, folder, headings: houseHeadings, inputs: paths, written },
          templates,
          terminal,
        )
      : EXIT.findings;
    worst = Math.max(worst, code);
  }
  return worst;
}

interface ImportJob extends ImportCommandOptions {
  from: ImportFormat | undefined;
  folder: string | undefined;
  headings: OwnHeadings;
  inputs: readonly string[];
  /** The files that this run has written. */
  written: Set<string>;
}

async function importFile(path: string, options: ImportJob, templates: Templates, terminal: Terminal): Promise<number> {
  const bytes = path === STDIN ? await terminal.stdin() : readStory(path);
  if (!(bytes instanceof Uint8Array)) {
    await printFindings([bytes], terminal);
    return codeOf([bytes]);
  }
  const { from, base, linksToSources, headings } = options;
  const how = { from, base, linksToSources, headings };
  let imported: Imported;
  try {
    imported = importStory(bytes, path, how);
  } catch (error) {
    const finding = error instanceof ImportError ? refusal(path, error) : ownFault(path, error);
    await printFindings([finding], terminal);
    return codeOf([finding]);
  }
  const targetOf = ({ story }: Imported) =>
    options.folder === undefined
      ? options.output
      : join(
          options.folder,
          `${isSlug(story.slug ?? '') ? story.slug : slugOf(path.replace(/\.[a-z0-9]+$/i, ''))}.story.yaml`,
        );
  let target = targetOf(imported);
  if (target !== undefined && options.written.has(target) && imported.story.slug !== undefined) {
    imported = importStory(bytes, path, { ...how, withoutSlug: true });
    target = targetOf(imported);
  }
  if (target === undefined || target === '-') terminal.out(imported.text);
  else {
    if (options.written.has(target)) {
      terminal.talk(
        `${visible(path)}: "${visible(target)}" was written in this run already; give the story a slug of its own`,
      );
      return EXIT.findings;
    }
    options.written.add(target);
    try {
      guardStory(target, options.inputs);
      makeFolder(dirname(target));
      writeNew(target, imported.text, options.force);
    } catch (error) {
      if (!(error instanceof UsageError) || options.inputs.length === 1) throw error;
      terminal.talk(`${visible(path)}: ${visible(error.message)}`);
      return EXIT.usage;
    }
  }
  if (!options.quiet) tell(path, target, imported, templates, options.verbose ?? false, terminal);
  return EXIT.ok;
}

function tell(
  path: string,
  target: string | undefined,
  imported: Imported,
  templates: Templates,
  verbose: boolean,
  terminal: Terminal,
): void {
  const { notes, story, format, text } = imported;
  if (verbose) for (const note of notes) terminal.talk(noteLine(path, note));
  const where = target === undefined || target === '-' ? '' : ` → ${visible(target)}`;
  const parts = [
    plural(story.sections.length, 'section'),
    ...(story.sources ? [plural(story.sources.length, 'source')] : []),
  ];
  terminal.talk(`${visible(path)}${where}: ${parts.join(', ')} from ${format}; ${proof(imported, templates)}`);
  if (!verbose) for (const line of importSummary(imported)) terminal.talk(line);
  const { diagnostics } = loadStory(text, target ?? path);
  if (diagnostics.length > 0) terminal.talk(`  check: ${summaryLine(diagnostics)}`);
  if (!verbose) return;
  const lines = diagnostics
    .slice(0, 20)
    .map(
      ({ line, column, severity, rule, message }) => `  ${line}:${column}: ${severity} ${rule}: ${visible(message)}`,
    );
  for (const line of lines) terminal.talk(line);
  if (diagnostics.length > 20) terminal.talk(`  and ${diagnostics.length - 20} more`);
}

/** What the bare text of the new story says of the input: the same bytes, or the same words. */
function proof({ text, input, format, notes }: Imported, templates: Templates): string {
  if (format === 'json') return 'what a story has no field for is under extra';
  if (notes.some(({ message }) => message === LOST)) return 'some words of the input are not in it';
  const { briefs } = assemble(text, 'import.story.yaml', {
    formats: ['txt'],
    templates,
    template: 'plain',
    house: { levels: { 'missing-headline': 'warning' } },
    now: new Date(0),
  });
  const same = briefs[0]?.text === input.replace(/\n$/, '');
  return same
    ? 'render --to txt --template plain gives the same text back, byte for byte'
    : 'no word is lost; --verbose lists what was left out';
}

function refusal(file: string, { rule, message, hint, line, column }: ImportError): Diagnostic {
  return { file, line, column, endLine: line, endColumn: column, severity: 'error', rule, message, hint };
}

/** The desk's own headings, from the settings that count for a file; undefined where those are wrong, which are reported. */
async function headingsFor(
  path: string,
  named: string | undefined,
  terminal: Terminal,
): Promise<OwnHeadings | undefined> {
  const file = named ?? findConfig(path);
  if (file === undefined) return {};
  const bytes = readStory(file);
  const { readConfig } = await import('../../settings/config.js');
  const { config, diagnostics } =
    bytes instanceof Uint8Array ? readConfig(bytes, relative('', file) || file) : { diagnostics: [bytes] };
  await printFindings(diagnostics, terminal);
  return config && (config.import?.headings ?? {});
}

function formatNamed(name: string | undefined): ImportFormat | undefined {
  if (name === undefined) return undefined;
  const known = importFormats.find((format) => format === name);
  if (known) return known;
  const near = nearest(name, importFormats);
  throw new UsageError(
    `--from can be ${importFormats.join(', ')}, not "${name}"${near ? `; did you mean "${near}"?` : ''}`,
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
