import { discover } from '../../batch/discover.js';
import { BRIEF_DEFAULTS } from '../../brief-options.js';
import { correctionsLog, correctionsView, type Logged } from '../../desk/corrections.js';
import { extensionsOf, formatNames } from '../../formats/list.js';
import { notPublic } from '../../story/embargo.js';
import { eachStory, type Sound } from '../each-story.js';
import { EXIT, UsageError } from '../errors.js';
import { toJson } from '../json.js';
import { listOf } from '../options.js';
import { formatFor, guardOutput, writeOutput } from '../output.js';
import { type SettingsOptions, settingsFor } from '../settings.js';
import { type Terminal, visible } from '../terminal.js';
import { readUserTemplates, templatesFor } from '../user-templates.js';

export interface CorrectionsOptions extends SettingsOptions {
  to?: string | undefined;
  output?: string | undefined;
  templates?: string | undefined;
}

const FORMATS = extensionsOf(formatNames(({ audience }) => audience !== 'mail'));

const TEMPLATE = 'pages/corrections';

/** `nutgraf corrections`: the public log of what stories have corrected. */
export async function corrections(paths: string[], options: CorrectionsOptions, terminal: Terminal): Promise<number> {
  const [to, more] = options.to === undefined ? [] : listOf(options.to, Object.keys(FORMATS), 'format', '--to');
  if (more !== undefined) throw new UsageError('give --to one format');
  const name = formatFor(to, options.output, FORMATS, 'txt');
  const files = discover(paths.length > 0 ? paths : ['stories']);
  if (options.output !== undefined) guardOutput(options.output, files);
  const settings = await settingsFor(files, options, terminal);
  if (!settings) return EXIT.findings;
  const { house } = settings;
  const sound: Sound[] = [];
  const code = await eachStory(files, house, terminal, (story) => {
    if (story.story.corrections.length === 0) return;
    const why = notPublic(story.story, terminal.now());
    if (why === undefined) sound.push(story);
    else terminal.talk(`${visible(story.file)} is left out: ${visible(why)}`);
  });
  const log = correctionsLog(sound);
  const userTemplates = await readUserTemplates(options.templates, settings);
  const templates = await templatesFor([name], TEMPLATE, userTemplates);
  const format = templates.format(name);
  let text: string;
  if ('finish' in format) {
    text = format.finish(templates.render(format, TEMPLATE, correctionsView(log, format, house)), TEMPLATE, {
      width: BRIEF_DEFAULTS.width,
    });
  } else text = `${toJson({ corrections: log.map(plain) }, 2)}\n`;
  writeOutput(text, options.output, files, terminal);
  return code;
}

function plain({ number, story, correction }: Logged) {
  return { number, slug: story.slug, headline: story.headline ?? null, ...correction };
}
