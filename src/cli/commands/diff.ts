import { Chalk } from 'chalk';
import { type Change, diffStories, type StoryDiff } from '../../desk/diff.js';
import { eachStory, type Sound } from '../each-story.js';
import { EXIT, UsageError } from '../errors.js';
import { toJson } from '../json.js';
import { type SettingsOptions, settingsFor } from '../settings.js';
import { type Terminal, visible } from '../terminal.js';

export interface DiffOptions extends SettingsOptions {
  json?: boolean | undefined;
}

/** `nutgraf diff`: what two versions of a story say differently, and which correction may be due. */
export async function diff(before: string, after: string, options: DiffOptions, terminal: Terminal): Promise<number> {
  if (before === '-' && after === '-') throw new UsageError('standard input is one story: name a file for the other');
  const settings = await settingsFor([after], options, terminal);
  if (!settings) return EXIT.findings;
  const sound: Sound[] = [];
  const code = await eachStory([before, after], settings.house, terminal, (story) => void sound.push(story));
  const [old, fresh] = sound;
  if (!old || !fresh) return code;
  const changes = diffStories(old.story, fresh.story);
  terminal.out(options.json ? `${toJson(changes, 2)}\n` : page(changes, before, after, terminal.colour.out));
  return EXIT.ok;
}

function page({ fields, sections, sources, suggestions }: StoryDiff, before: string, after: string, colour: boolean) {
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  const lines: string[] = [];
  const change = ({ was, now }: Change) => {
    if (was !== undefined) lines.push(chalk.red(`    - ${visible(was)}`));
    if (now !== undefined) lines.push(chalk.green(`    + ${visible(now)}`));
  };
  const heading = (text: string) => lines.push('', `  ${chalk.bold(visible(text))}`);
  for (const field of fields) {
    heading(field.field);
    change(field);
  }
  for (const { heading: text, kind, status, changes } of sections) {
    heading(`${text ?? kind}${status === 'changed' ? '' : ` (${status})`}`);
    for (const entry of changes) change(entry);
  }
  const { added, removed, changed } = sources;
  if (added.length + removed.length + changed.length > 0) heading('Sources');
  for (const id of removed) change({ was: id });
  for (const id of added) change({ now: id });
  for (const { id, field, was, now } of changed)
    change({
      ...(was === undefined ? {} : { was: `${id}, ${field}: ${was}` }),
      ...(now === undefined ? {} : { now: `${id}, ${field}: ${now}` }),
    });
  if (lines.length === 0) return 'the two say the same\n';
  for (const { reason, section, was, now, text } of suggestions) {
    lines.push(
      '',
      `  A ${reason} ${now === undefined ? 'was taken out' : 'changed'}. If readers had seen the old one, they are owed a correction:`,
    );
    const where = section === null ? '' : ` --section ${shell(section)}`;
    lines.push(
      `    nutgraf correct ${shell(after)} --text ${shell(text)} --was ${shell(was)}${now === undefined ? '' : ` --now ${shell(now)}`}${where}`,
    );
  }
  return `${visible(before)} → ${visible(after)}\n${lines.join('\n')}\n`;
}

/** A word for a shell (POSIX), whatever is in it. */
function shell(text: string): string {
  return /^[\w./-]+$/.test(text) && !text.startsWith('-') ? text : `'${visible(text).replaceAll("'", `'\\''`)}'`;
}
