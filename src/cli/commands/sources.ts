import { discover } from '../../batch/discover.js';
import { type Attribution, attribution, type Remark } from '../../desk/attribution.js';
import { eachStory } from '../each-story.js';
import { EXIT } from '../errors.js';
import { toJson } from '../json.js';
import { plural } from '../report/pretty.js';
import { table } from '../report/table.js';
import { type SettingsOptions, settingsFor } from '../settings.js';
import { type Terminal, visible } from '../terminal.js';

export interface SourcesOptions extends SettingsOptions {
  json?: boolean | undefined;
  unattributed?: boolean | undefined;
}

/** `nutgraf sources`: who says what in stories, section by section. */
export async function sources(paths: string[], options: SourcesOptions, terminal: Terminal): Promise<number> {
  const files = discover(paths.length > 0 ? paths : ['stories']);
  const settings = await settingsFor(files, options, terminal);
  if (!settings) return EXIT.findings;
  let count = 0;
  // A story at a time: an archive is too large to be held.
  const code = await eachStory(files, settings.house, terminal, async (story) => {
    const report = { file: story.file, ...attribution(story) };
    const start = count++ === 0 ? '{\n  "stories": [\n' : ',\n';
    await terminal.outAndWait(
      options.json ? `${start}${indented(toJson(report, 2))}` : `${page(report, options.unattributed ?? false)}\n`,
    );
  });
  if (options.json) terminal.out(count === 0 ? '{\n  "stories": []\n}\n' : '\n  ]\n}\n');
  else if (count > 0) terminal.out('This counts sources; it does not say whether they are right.\n');
  return code;
}

/** JSON as it stands in a list in an object. */
const indented = (json: string): string => json.replace(/^/gm, '    ');

function page(story: Attribution & { file: string }, listAll: boolean): string {
  const { file, headline, sections, unused, unlisted, vague, miscounted, single, positions } = story;
  const lines = [visible(`${file}: ${headline ?? story.slug}`), ''];
  lines.push(
    ...table(
      ['section', 'sentences', 'attributed', 'sources'],
      [
        ...sections.map((section) => [
          section.heading ?? section.kind,
          String(section.sentences),
          String(section.attributed),
          section.sources.length === 0 ? '–' : section.sources.join(', '),
        ]),
        [
          'all',
          String(story.sentences),
          String(story.attributed),
          `${plural(story.outlets, 'outlet')}, ${story.independent} independent`,
        ],
      ],
      ['left', 'right', 'right', 'left'],
    ),
  );
  const copies = story.sources.filter(({ via }) => via !== null);
  const places = (title: string, remarks: readonly Remark[]) => {
    if (remarks.length === 0) return;
    lines.push('', `  ${title}`);
    for (const { line, column, text } of remarks)
      lines.push(`    ${visible(`${file}:${line}:${column}: ${text.replace(/\s+/g, ' ')}`)}`);
  };
  if (copies.length > 0)
    lines.push(
      '',
      `  Copies: ${visible(copies.map(({ outlet, id, via }) => `${outlet ?? id} via ${via}`).join('; '))}`,
    );
  if (unused.length > 0) lines.push('', `  Listed and never used: ${visible(unused.join(', '))}`);
  if (single.length > 0) lines.push('', `  On one source alone: ${visible(single.join('; '))}`);
  places('Named and not listed', unlisted);
  places('Vague, without a source in the sentence', vague);
  places('Miscounted', miscounted);
  if (listAll)
    places(
      'Without a source',
      sections.flatMap((section) => section.unattributed),
    );
  if (positions.length > 0) {
    lines.push('', '  Press review, by position');
    const rows = positions.map(({ position, outlets }) => [position ?? '–', outlets.join(', ')]);
    lines.push(...table(['position', 'outlets'], rows, ['left', 'left']).map((line) => `  ${line}`));
  }
  return `${lines.join('\n')}\n`;
}
