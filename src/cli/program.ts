import { Command, Option, type OptionValues } from '@commander-js/extra-typings';
import { BRIEF_DEFAULTS } from '../brief-options.js';
import { filesWith, serviceNames } from '../edition/files.js';
import { feedFiles } from '../feed/files.js';
import { formatNames, usualFormats } from '../formats/list.js';
import type { Terminal } from './terminal.js';

/** What commands are given. */
export interface Context {
  terminal: Terminal;
  version: string;
  /** Takes a command's exit code. */
  finish: (code: number) => void;
}

const ALLOW = 'make these rules warnings for this run, comma-separated';
const TEMPLATES = 'folder whose templates replace ours, file by file (html/brief.hbs …)';
const SET = 'an answer: a field’s path and value, such as sections.0.text=…; may be given often';
const FROM = 'a YAML file of answers, as they stand in a story';
const CONFIG = 'the house’s settings (default: nutgraf.config.yaml in the story’s folder or above)';
const DRAFT = 'mark each brief as DRAFT or EMBARGOED, and those of drafts and held stories too';
const UNSENT = 'with --to eml: mails that open as drafts, to be sent from a mail program';
const NOW = 'the time by which embargoes are judged (default: the clock’s)';
const TIMEOUT = 'give a story up that takes longer';
const WIDTH = `columns of plain text; 0 leaves lines as they are (default: ${BRIEF_DEFAULTS.width})`;

/** For tests of the quick ways of reading, which give the same. */
const STRICT_PATH = new Option('--strict-path').hideHelp();

/** The formats that templates make. */
const TEMPLATED = formatNames(({ templates }) => templates);

/** `html, md or txt`. */
const anyOf = (names: readonly string[]): string => names.join(', ').replace(/, ([^,]*)$/, ' or $1');

/** Adds the options of all commands that make briefs: `BriefFlags`. */
function briefFlags<Args extends unknown[], Options extends OptionValues>(command: Command<Args, Options>) {
  return command
    .option('--templates <folder>', TEMPLATES)
    .option('--width <columns>', WIDTH)
    .option('--draft', DRAFT)
    .option('--unsent', UNSENT)
    .option('--now <time>', NOW);
}

/** The command line. Each command is loaded when it is called. */
export function createProgram({ terminal, version, finish }: Context) {
  const program = new Command('nutgraf')
    .description('Assembles sourced story briefs: one YAML file in, HTML, Markdown and plain text out.')
    .version(version, '-V, --version', 'print the version')
    .option('--no-color', 'no colours')
    .option('--debug', 'show where a failure of nutgraf itself happened')
    .showHelpAfterError('(nutgraf --help shows the commands)');

  program
    .command('check')
    .description('Say what is wrong in story files, and where')
    .argument('[paths...]', 'story files, folders of *.story.yaml, or - (default: stories/)')
    .option('--format <name>', 'pretty, json, github (annotations in a workflow), sarif or junit', 'pretty')
    .option('--allow <rules>', ALLOW)
    .addOption(STRICT_PATH)
    .option('--now <time>', NOW)
    .option('--config <file>', CONFIG)
    .option('--max-warnings <n>', 'fail where there are more warnings')
    .option('--timeout <seconds>', TIMEOUT)
    .option(
      '--fix',
      'fix what can be fixed without losing a word: missing quotes, other names of fields, tracking in addresses',
    )
    .option('-n, --dry-run', 'with --fix: show the changes, and make none')
    .option('-q, --quiet', 'no summary')
    .addHelpText(
      'before',
      examples('nutgraf check', 'nutgraf check story.yaml', 'nutgraf check --format json stories/ > report.json'),
    )
    .action(async (paths, options) =>
      finish(await (await import('./commands/check.js')).check(paths, options, terminal, version)),
    );

  briefFlags(
    program
      .command('render')
      .description('Assemble one brief, on standard output or in a file')
      .argument('<story>', 'a story file, or - for standard input')
      .option('--to <format>', `${anyOf(formatNames())} (default: by the name of -o, else txt)`)
      .option('--template <name>', 'brief, or: fragment (html), frontmatter (md), plain (txt), one of yours')
      .option('-o, --output <file>', 'write to a file; - is standard output'),
  )
    .option('--allow <rules>', ALLOW)
    .addOption(STRICT_PATH)
    .option('--timeout <seconds>', `${TIMEOUT} (default, with templates of your own: 60)`)
    .option('--config <file>', CONFIG)
    .addHelpText(
      'before',
      examples(
        'nutgraf render story.yaml',
        'nutgraf render story.yaml --to html -o story.html',
        'nutgraf render - --to md < story.yaml',
      ),
    )
    .action(async (story, options) =>
      finish(await (await import('./commands/render.js')).render(story, options, terminal)),
    );

  briefFlags(
    program
      .command('build')
      .description('Assemble the briefs of many stories into a folder')
      .argument('[paths...]', 'story files, folders of *.story.yaml, or - (default: stories/)')
      .option('--to <formats>', `comma-separated: ${formatNames().join(', ')} (default: ${usualFormats})`)
      .option('-o, --output <folder>', 'where the briefs go (default: briefs)')
      .option('--template <name>', 'the whole template to use for each format', 'brief'),
  )
    .option('--allow <rules>', ALLOW)
    .addOption(STRICT_PATH)
    .option('--config <file>', CONFIG)
    .option('--fail-fast', 'stop at the first story with errors')
    .option('--watch', 'build again after each change, until Ctrl-C')
    .option('--shard <i/n>', 'only the i-th of n parts of the stories')
    .option(
      '--stream',
      'stories on standard input (JSON lines or YAML documents), a line of JSON for each on standard output',
    )
    .option(
      '-j, --jobs <n>',
      'threads that work at once (default: by the number of stories, at most as many as processors)',
    )
    .option('--timeout <seconds>', `${TIMEOUT} (default: 60)`)
    .option('-n, --dry-run', 'say what would be done, and do nothing')
    .option('-f, --force', 'overwrite files in the folder that nutgraf has not made')
    .option('--prune', 'remove the briefs that stories left which are gone, renamed or held back')
    .option('--verify', 'read all briefs in the folder, and make those again that somebody has changed')
    .option('--json', 'a line of JSON for each story on standard output')
    .option('-q, --quiet', 'only say what is wrong')
    .addHelpText(
      'before',
      examples('nutgraf build', 'nutgraf build --to html,txt archive/ -o public/', 'nutgraf build a.yaml b.yaml'),
    )
    .action(async (paths, options) =>
      finish(await (await import('./commands/build.js')).build(paths, options, terminal, version)),
    );

  program
    .command('sources')
    .description('Say who says what in stories: sources and attribution, section by section')
    .argument('[paths...]', 'story files, folders of *.story.yaml, or - (default: stories/)')
    .option('--unattributed', 'list the sentences that have no source')
    .option('--json', 'for programs')
    .option('--allow <rules>', ALLOW)
    .addOption(STRICT_PATH)
    .option('--config <file>', CONFIG)
    .addHelpText(
      'before',
      examples('nutgraf sources', 'nutgraf sources story.yaml --unattributed', 'nutgraf sources --json stories/'),
    )
    .action(async (paths, options) =>
      finish(await (await import('./commands/sources.js')).sources(paths, options, terminal)),
    );

  program
    .command('new')
    .description('Write a story by answering questions; or by flags, where nobody can be asked')
    .argument('[file]', 'the story file (default: by the slug, in stories/ where there is one)')
    .option('-o, --output <file>', 'the same as [file]; - is standard output')
    .option('--headline <text>')
    .option('--slug <slug>')
    .option('--dek <text>')
    .option('--byline <name>')
    .option('--date <day>', 'when it is published: 2025-10-06')
    .option('--lang <tag>', 'the story’s language: en-GB')
    .option('--set <path=value...>', SET)
    .option('--from <answers>', FROM)
    .option('--resume [draft]', 'go on with a draft; the newest one here where none is named')
    .option('--no-input', 'ask nothing')
    .option('--plain', 'ask line by line, for screen readers and simple terminals')
    .option('--edition', 'write an edition file of the stories in its folder instead, to be completed')
    .option('-f, --force', 'overwrite a file that is there')
    .addHelpText(
      'before',
      examples(
        'nutgraf new',
        'nutgraf new stories/ferry.story.yaml',
        'nutgraf new --resume',
        'nutgraf new a.story.yaml --headline "Bridge closes" --set sections.0.kind=summary sections.0.text="On Monday."',
      ),
    )
    .action(async (file, options) =>
      finish(await (await import('./commands/new.js')).newStory(file, options, terminal, version)),
    );

  program
    .command('edit')
    .description('Change a story by answering questions; the rest stays byte for byte')
    .argument('<story>', 'a story file')
    .option('--set <path=value...>', SET)
    .option('--from <answers>', FROM)
    .option('--no-input', 'ask nothing')
    .option('--plain', 'ask line by line, for screen readers and simple terminals')
    .addHelpText(
      'before',
      examples('nutgraf edit ferry.story.yaml', 'nutgraf edit ferry.story.yaml --set updated=2025-10-07'),
    )
    .action(async (story, options) =>
      finish(await (await import('./commands/edit.js')).edit(story, options, terminal)),
    );

  program
    .command('add')
    .description('Add one source or one section to a story; the rest stays byte for byte')
    .argument('<what>', 'source or section')
    .argument('<story>', 'a story file')
    .option('--kind <kind>', 'the section’s kind')
    .option('--set <path=value...>', 'a field of what is added, such as outlet=Reuters')
    .option('--from <answers>', FROM)
    .option('--no-input', 'ask nothing')
    .option('--plain', 'ask line by line, for screen readers and simple terminals')
    .addHelpText(
      'before',
      examples(
        'nutgraf add source ferry.story.yaml',
        'nutgraf add source ferry.story.yaml --set id=ap outlet=AP url=https://apnews.com/1',
        'nutgraf add section ferry.story.yaml --kind next --set text="The council meets in May."',
      ),
    )
    .action(async (what, story, options) =>
      finish(await (await import('./commands/edit.js')).add(what, story, options, terminal)),
    );

  briefFlags(
    program
      .command('edition')
      .description('Make one newsletter of several stories')
      .argument('[file]', 'an edition file, <name>.edition.yaml, or -')
      .option('--to <formats>', `comma-separated: ${Object.keys(filesWith(feedFiles)).join(', ')} (default: txt)`)
      .option('--esp <name>', `also the file for a mail service: ${anyOf(serviceNames)}`)
      .option('--from <stories...>', 'write an edition file of these stories')
      .option('-f, --force', 'overwrite files that nutgraf has not made; with --from, an edition file')
      .option('-o, --output <folder>', 'where the files go, or the one file (default: standard output)'),
  )
    .option('--timeout <seconds>', 'give up after so many (default, with templates of your own: 60)')
    .option('--allow <rules>', ALLOW)
    .addOption(STRICT_PATH)
    .option('--config <file>', CONFIG)
    .option('-q, --quiet', 'only say what is wrong')
    .addHelpText(
      'before',
      examples(
        'nutgraf edition --from stories/*.story.yaml -o stories/monday.edition.yaml',
        'nutgraf edition stories/monday.edition.yaml',
        'nutgraf edition stories/monday.edition.yaml --to html,txt,eml -o out/',
      ),
    )
    .action(async (file, options) =>
      finish(await (await import('./commands/edition.js')).edition(file, options, terminal)),
    );

  program
    .command('feed')
    .description('Make an RSS, Atom or JSON feed of stories')
    .argument('[paths...]', 'story files, folders of *.story.yaml, or - (default: stories/)')
    .option(
      '--to <formats>',
      `comma-separated: ${Object.keys(feedFiles).join(', ')} (default: by the name of -o, else rss)`,
    )
    .option('--base <url>', 'the address of the folder where the briefs are (default: that of the publication)')
    .option('--title <text>', 'what the feed is called (default: the publication’s name)')
    .option('--limit <number>', 'no more stories than this, the newest (default: all)')
    .option(
      '-o, --output <folder>',
      'where feed.rss, feed.atom and feed.json go, or the file of one feed (default: standard output)',
    )
    .option('-f, --force', 'overwrite files in the folder that nutgraf has not made')
    .option('--templates <folder>', TEMPLATES)
    .option('--allow <rules>', ALLOW)
    .addOption(STRICT_PATH)
    .option('--now <time>', NOW)
    .option('--config <file>', CONFIG)
    .addHelpText(
      'before',
      examples(
        'nutgraf feed --base https://example.org/briefs/ -o public/',
        'nutgraf feed stories/ --to rss,atom -o public/',
      ),
    )
    .action(async (paths, options) =>
      finish(await (await import('./commands/feed.js')).feed(paths, options, terminal)),
    );

  program
    .command('correct')
    .description('Add a correction to a story, and say when it was updated; the rest stays byte for byte')
    .argument('<story>', 'a story file')
    .option('--text <prose>', 'what was wrong and what is right')
    .option('--was <words>', 'the words that were wrong')
    .option('--now <words>', 'the words that replace them')
    .option('--section <heading>', 'the section that it concerns')
    .option('--kind <kind>', 'correction or clarification')
    .option('--date <day>', 'when it was corrected (default: today)')
    .option('--no-input', 'ask nothing')
    .option('--plain', 'ask line by line, for screen readers and simple terminals')
    .addHelpText(
      'before',
      examples(
        'nutgraf correct ferry.story.yaml',
        'nutgraf correct ferry.story.yaml --text "The vote was 7 to 6." --was "8 to 5" --now "7 to 6"',
      ),
    )
    .action(async (story, options) =>
      finish(await (await import('./commands/edit.js')).correct(story, options, terminal)),
    );

  program
    .command('corrections')
    .description('The public log of what stories have corrected, numbered, the newest first')
    .argument('[paths...]', 'story files, folders of *.story.yaml, or - (default: stories/)')
    .option(
      '--to <format>',
      `${anyOf(formatNames(({ audience }) => audience !== 'mail'))} (default: by the name of -o, else txt)`,
    )
    .option('-o, --output <file>', 'write to a file; - is standard output')
    .option('--templates <folder>', TEMPLATES)
    .option('--allow <rules>', ALLOW)
    .addOption(STRICT_PATH)
    .option('--config <file>', CONFIG)
    .addHelpText(
      'before',
      examples('nutgraf corrections', 'nutgraf corrections archive/ --to html -o corrections.html'),
    )
    .action(async (paths, options) =>
      finish(await (await import('./commands/corrections.js')).corrections(paths, options, terminal)),
    );

  program
    .command('import')
    .description('Make a story file of a text, Markdown, a web page, ArchieML or JSON')
    .argument('<files...>', 'what to import, or - for standard input')
    .option('-o, --output <file>', 'write to a file, or into a folder; - is standard output')
    .option('--from <format>', 'text, markdown, html, archieml or json (default: by name and content)')
    .option('--links-to-sources', 'make links to other sites, and groups such as (CNN / AP), sources and citations')
    .option('--base <url>', 'the page’s own address, by which relative links are made whole')
    .option('--config <file>', 'the house’s settings (default: nutgraf.config.yaml in the input’s folder or above)')
    .option('-f, --force', 'overwrite a file that is there')
    .option('-v, --verbose', 'the report whole: each note with its line and words')
    .option('-q, --quiet', 'no report')
    .addHelpText(
      'before',
      examples(
        'nutgraf import brief.txt -o stories/brief.story.yaml',
        'nutgraf import page.html --links-to-sources > page.story.yaml',
        'nutgraf import archive/*.md -o stories/',
      ),
    )
    .action(async (files, options) =>
      finish(await (await import('./commands/import.js')).importCommand(files, options, terminal)),
    );

  program
    .command('diff')
    .description('Say what two versions of a story say differently, and which correction may be due')
    .argument('<before>', 'a story file')
    .argument('<after>', 'a later version of it')
    .option('--json', 'for programs')
    .option('--allow <rules>', ALLOW)
    .addOption(STRICT_PATH)
    .option('--config <file>', CONFIG)
    .addHelpText('before', examples('nutgraf diff ferry-1.story.yaml ferry-2.story.yaml'))
    .action(async (before, after, options) =>
      finish(await (await import('./commands/diff.js')).diff(before, after, options, terminal)),
    );

  program
    .command('templates')
    .description('Check whether templates print what a brief has to: corrections, the mark of a draft, every field')
    .argument('<what>', 'check')
    .option('--templates <folder>', TEMPLATES)
    .option('--to <formats>', `comma-separated: ${TEMPLATED.join(', ')}`, TEMPLATED.join())
    .option('--config <file>', CONFIG)
    .option('--json', 'for programs')
    .addHelpText('before', examples('nutgraf templates check --templates ours'))
    .action(async (what, options) =>
      finish(await (await import('./commands/templates.js')).templates(what, options, terminal)),
    );

  program
    .command('explain')
    .description('Say what a rule finds, with an example')
    .argument('<rule>', 'the name of a rule, as check says it')
    .addHelpText('before', examples('nutgraf explain comment-cuts-text'))
    .action(async (rule) => finish((await import('./commands/explain.js')).explain(rule, terminal)));

  program
    .command('config')
    .description('Show the settings that count for stories')
    .argument('[paths...]', 'story files or folders (default: this folder)')
    .option('--show-origin', 'where each is set')
    .option('--json', 'for programs')
    .option('--config <file>', CONFIG)
    .addHelpText('before', examples('nutgraf config --show-origin', 'nutgraf config stories/'))
    .action(async (paths, options) =>
      finish(await (await import('./commands/config.js')).showConfig(paths, options, terminal)),
    );

  program
    .command('schema')
    .description('Print the JSON Schema of a story file, for editors')
    .option('--edition', 'that of an edition file')
    .addHelpText('before', examples('nutgraf schema > story.schema.json'))
    .action(async (options) => finish(await (await import('./commands/schema.js')).schema(options, terminal)));

  program.addHelpText(
    'before',
    examples('nutgraf check', 'nutgraf render story.yaml --to html -o story.html', 'nutgraf build stories/ -o briefs/'),
  );
  return program;
}

function examples(...lines: string[]): string {
  return `Examples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}
