/** What is wrong where a rule of shape is broken; it decides what else can still be said of the file. */
type Cause =
  /** The file cannot be read or written, or is none of ours. */
  | 'file'
  /** The value of one line, which YAML cannot read: with it out of the way it can read the rest. */
  | 'value'
  /** How lines are laid out: their columns, dashes and tabs. */
  | 'layout'
  /** What YAML can read, and the format has no place for. */
  | 'shape';

/** A rule about the form of a file. Breaking it is an error unless its finding sets another severity. */
export interface ShapeRule {
  cause: Cause;
  /** What it finds, and why that matters. */
  description: string;
  /** A story, or a part of one, that breaks it, and the same put right; absent where the fault is not in the text. */
  bad?: string;
  good?: string;
  /** Whether it may follow from a line that stands in the wrong place, and be gone once that is right. */
  follows?: true;
  /** Whether YAML itself stumbled over the line. */
  stumbles?: true;
  /**
   * Reported only if YAML itself fails on the same line ('line') or somewhere in the file ('file'); otherwise the line
   * may simply be text.
   */
  counts?: 'line' | 'file';
}

/** All rules of shape, by name. Those with a level are in `checks/rules/`. */
export const shapeRules = {
  'bad-encoding': {
    cause: 'file',
    description:
      'Bytes that are not UTF-8, so that nobody can say which characters were meant. Nothing is replaced or guessed.',
  },
  'file-too-large': {
    cause: 'file',
    description: 'A file of more than 5,000,000 bytes, which is no story and would stop a batch.',
  },
  'not-a-file': { cause: 'file', description: 'A folder, a device or a pipe in place of a file.' },
  unreadable: { cause: 'file', description: 'A file that is not there any more, or that may not be read.' },
  unwritable: {
    cause: 'file',
    description: 'A brief that cannot be written: the disk is full, or the place is taken.',
  },
  'no-answer': {
    cause: 'file',
    description:
      'A story that was given up because it took too long. A template of your own that loops is the usual cause.',
  },
  'template-failed': {
    cause: 'file',
    description: 'A template that failed for this story. The message names the template and its line.',
  },
  'nutgraf-failed': {
    cause: 'file',
    description: 'A mistake in nutgraf itself. The other files go on. Please report it, with the file.',
  },
  'nothing-to-import': {
    cause: 'file',
    description: 'An input of nutgraf import in which there is no text, or none that a story could be made of.',
  },
  'invalid-json': {
    cause: 'file',
    description: 'An input of nutgraf import that is no JSON, though it starts like it.',
  },
  'empty-file': { cause: 'file', description: 'A file that holds nothing, or comments alone.', bad: '# Later' },
  'not-a-story': {
    cause: 'file',
    description: 'A file of something else: plain text, Markdown, a web page, an edition.',
    follows: true,
    bad: 'The bridge closes on Monday, the town council said.',
    good: 'headline: The bridge closes on Monday',
  },
  'second-document': {
    cause: 'file',
    description: 'A line of --- or ... with more below it. One file holds one story; YAML would read the first alone.',
    bad: 'headline: Bridge closes\nsections: [{ kind: summary, text: On Monday. }]\n---\nheadline: Ferry runs',
    good: 'headline: Bridge closes\nsections: [{ kind: summary, text: On Monday. }]',
  },
  'merge-conflict': {
    cause: 'file',
    description: 'Lines that a version control system left where two people changed the same place.',
    bad: '<<<<<<< HEAD\nheadline: Bridge closes\n=======\nheadline: Bridge to close\n>>>>>>> desk',
    good: 'headline: Bridge closes',
  },
  'too-deep': {
    cause: 'file',
    description:
      'Groups, lists or quotations nested so deep that nobody can have meant it. A story needs about eight levels.',
  },
  directive: {
    cause: 'file',
    description:
      'A line that starts with % before ---. YAML takes it for an order to itself, and its words would vanish.',
    bad: '%80 of voters said yes\n---\nheadline: Vote',
    good: 'headline: Vote',
  },
  'control-character': {
    cause: 'shape',
    description: 'A character that is invisible or moves the cursor, such as ESC or a lone carriage return.',
    bad: 'headline: Bridge\u0007 closes',
    good: 'headline: Bridge closes',
  },
  'bidi-control': {
    cause: 'shape',
    description: 'A character that turns the direction of text, so that readers see other words than the file holds.',
    bad: 'headline: Bridge \u202Ecloses',
    good: 'headline: Bridge closes',
  },
  'hidden-character': {
    cause: 'shape',
    description: 'A character that no reader sees: a tag letter outside a flag, a byte order mark within the text.',
    bad: 'headline: Bridge\uFEFF closes',
    good: 'headline: Bridge closes',
  },
  'lone-surrogate': {
    cause: 'shape',
    description: 'Half of a character, written as an escape. No file can hold it.',
    bad: 'headline: "Bridge \\ud83c closes"',
    good: 'headline: "Bridge 🌉 closes"',
  },
  'replacement-character': {
    cause: 'shape',
    description: 'The sign that a program puts where it could not read a character: a letter is lost here.',
    bad: 'headline: Caf\uFFFD closes',
    good: 'headline: Café closes',
  },
  'unquoted-colon': {
    cause: 'value',
    description: 'A text with a colon and a space in it. YAML reads what is before the colon as the name of a field.',
    bad: 'headline: Fire: bridge closes',
    good: 'headline: "Fire: bridge closes"',
  },
  'reserved-character': {
    cause: 'value',
    description: 'A text that starts with a sign which YAML keeps for itself, such as @ or `.',
    bad: 'headline: @mayor leaves',
    good: "headline: '@mayor leaves'",
  },
  'text-after-quote': {
    cause: 'value',
    description: 'Words behind a closing quotation mark. YAML ends the text there.',
    bad: 'headline: "No comment" says mayor',
    good: 'headline: "“No comment” says mayor"',
  },
  'text-after-bracket': {
    cause: 'value',
    description: 'A text that starts with a bracket. YAML reads a list, which ends before the other words.',
    bad: 'headline: [Update] Bridge closes',
    good: "headline: '[Update] Bridge closes'",
  },
  'text-after-block-mark': {
    cause: 'value',
    description: 'Words on the line of | or >, where the text has to start on the line below.',
    bad: 'dek: | The bridge closes.',
    good: 'dek: |\n  The bridge closes.',
  },
  'unclosed-quote': {
    cause: 'value',
    description: 'A quotation mark that is opened and never closed. YAML takes all that follows for its text.',
    bad: 'headline: "Bridge closes',
    good: 'headline: "Bridge closes"',
  },
  'bad-escape': {
    cause: 'value',
    description: 'A backslash between double quotes in front of a letter that YAML knows no meaning for.',
    bad: 'headline: "C:\\Storage is full"',
    good: "headline: 'C:\\Storage is full'",
  },
  'empty-anchor': {
    cause: 'value',
    description: 'A text that starts with & or * and a space.',
    bad: 'headline: & now the news',
    good: "headline: '& now the news'",
  },
  'undefined-alias': {
    cause: 'value',
    description: 'A text that starts with *. YAML looks for a value of that name, and there is none.',
    bad: 'headline: *Exclusive* on the bridge',
    good: "headline: '*Exclusive* on the bridge'",
  },
  'unused-anchor': {
    cause: 'value',
    description: 'A text that starts with &. YAML takes the word for a name, and it would vanish.',
    bad: 'headline: &Co closes its bridge',
    good: "headline: '&Co closes its bridge'",
  },
  'anchor-of-name': {
    cause: 'shape',
    description: 'A mark with & on the name of a field. It stands for the name, not for the value.',
    bad: '&x headline: Bridge closes\ndek: *x',
    good: 'headline: Bridge closes\ndek: Bridge closes',
  },
  'duplicate-anchor': {
    cause: 'shape',
    description: 'Two values marked with & and one name, so that nobody can say which one * means.',
    bad: 'headline: &x Bridge closes\ndek: &x On Monday',
    good: 'headline: Bridge closes\ndek: On Monday',
  },
  'alias-cycle': {
    cause: 'shape',
    description: 'A value that stands for itself.',
    bad: 'extra: &x { again: *x }',
    good: 'extra: { again: yes }',
  },
  'too-many-aliases': {
    cause: 'shape',
    description: 'More than 100 uses of marked values, or one that stands for thousands: a trap that eats memory.',
  },
  tag: {
    cause: 'value',
    description: 'A text that starts with an exclamation mark. YAML takes the word for an order, and it would vanish.',
    bad: 'headline: !Stop the bridge',
    good: "headline: '!Stop the bridge'",
  },
  'comment-cuts-text': {
    cause: 'value',
    description: 'Words behind a space and #. YAML takes them for a comment, and readers would not see them.',
    bad: 'headline: Bridge is #1 in the county',
    good: "headline: 'Bridge is #1 in the county'",
  },
  'folded-list': {
    cause: 'shape',
    description: 'A list in a text that starts with >, which joins its lines into one. This is a warning.',
    bad: 'dek: >\n  - One\n  - Two',
    good: 'dek: |\n  - One\n  - Two',
  },
  'tab-indent': {
    cause: 'layout',
    description: 'A tab at the start of a line. YAML is indented with spaces alone.',
    bad: 'sections:\n\t- kind: summary',
    good: 'sections:\n  - kind: summary',
  },
  'bad-indent': {
    cause: 'layout',
    description: 'A line that does not start in the column of the lines that it belongs to.',
    follows: true,
    stumbles: true,
    counts: 'file',
    bad: 'headline: Bridge closes\n  dek: On Monday',
    good: 'headline: Bridge closes\ndek: On Monday',
  },
  'odd-indent': {
    cause: 'layout',
    description: 'A space of another kind, as word processors paste it, where YAML knows only the ordinary one.',
    follows: true,
    bad: 'sections:\n\u00A0\u00A0- kind: summary\n\u00A0\u00A0\u00A0\u00A0text: On Monday.',
    good: 'sections:\n  - kind: summary\n    text: On Monday.',
  },
  'stray-dash': {
    cause: 'layout',
    description: 'A dash that does not stand in the column of the other dashes of its list, or where none belongs.',
    counts: 'line',
    bad: 'tags: [\n  - bridge\n]',
    good: 'tags:\n  - bridge',
  },
  'odd-dash': {
    cause: 'layout',
    description: 'A bullet or a long dash at the start of an entry, as word processors make it of a hyphen.',
    counts: 'line',
    bad: 'tags:\n  – bridge: closed\n  – ferry',
    good: 'tags:\n  - bridge\n  - ferry',
  },
  'dash-without-space': {
    cause: 'layout',
    description: 'A dash without the space behind it, so that it is a part of the word.',
    bad: 'sections:\n  -kind: summary\n   text: On Monday.',
    good: 'sections:\n  - kind: summary\n    text: On Monday.',
  },
  'missing-dash': {
    cause: 'layout',
    description: 'A field that starts an entry of a list, in the column of the dashes, and has none.',
    counts: 'file',
    bad: 'sections:\n  - kind: summary\n    text: On Monday.\n  kind: next\n    text: In May.',
    good: 'sections:\n  - kind: summary\n    text: On Monday.\n  - kind: next\n    text: In May.',
  },
  'colon-without-space': {
    cause: 'layout',
    description: 'The colon behind the name of a field without the space that YAML needs.',
    bad: 'headline:Bridge closes\ndek: On Monday',
    good: 'headline: Bridge closes\ndek: On Monday',
  },
  'full-width-colon': {
    cause: 'layout',
    description: 'A full-width colon, as Chinese and Japanese keyboards type it, behind the name of a field.',
    bad: 'headline：Bridge closes\ndek: On Monday',
    good: 'headline: Bridge closes\ndek: On Monday',
  },
  'missing-comma': {
    cause: 'layout',
    description: 'Two parts between brackets without a comma between them.',
    bad: 'sources: [{ id: a outlet: AP }]',
    good: 'sources: [{ id: a, outlet: AP }]',
  },
  'unclosed-bracket': {
    cause: 'layout',
    description: 'A bracket that is opened and never closed.',
    bad: 'tags: [bridge, ferry\nheadline: Bridge closes',
    good: 'tags: [bridge, ferry]\nheadline: Bridge closes',
  },
  'stray-bracket': {
    cause: 'layout',
    description: 'A bracket that closes nothing.',
    bad: 'tags: [bridge]]',
    good: 'tags: [bridge]',
  },
  'not-a-field': {
    cause: 'layout',
    description: 'A line that is neither a field nor a part of the text above it.',
    follows: true,
    stumbles: true,
    bad: 'headline: Bridge closes\nThe council said so.\ndek: On Monday',
    good: 'headline: Bridge closes\ndek: On Monday. The council said so.',
  },
  'complex-key': {
    cause: 'layout',
    description: 'A list or a group where the name of a field belongs.',
    follows: true,
    stumbles: true,
    bad: '? [headline]\n: Bridge closes',
    good: 'headline: Bridge closes',
  },
  'yaml-syntax': {
    cause: 'layout',
    description: 'Any other mistake that YAML cannot read past, in the words of its parser.',
    follows: true,
    stumbles: true,
  },
  'duplicate-key': {
    cause: 'shape',
    description: 'A field that a group has twice. YAML would keep the last, and the other words would be lost.',
    bad: 'headline: Bridge closes\nheadline: Bridge to close',
    good: 'headline: Bridge closes',
  },
  'merge-key': {
    cause: 'shape',
    description: 'The name << without quotes, by which YAML puts one group into another.',
    bad: 'extra: { <<: { a: b } }',
    good: 'extra: { a: b }',
  },
  'unknown-field': {
    cause: 'shape',
    description: 'A field that there is none of. Its words would reach no reader, so the name must be wrong.',
    follows: true,
    bad: 'headlin: Bridge closes',
    good: 'headline: Bridge closes',
  },
  'missing-field': {
    cause: 'shape',
    description: 'A field that a group has to have.',
    follows: true,
    bad: 'sources:\n  - outlet: AP',
    good: 'sources:\n  - id: ap\n    outlet: AP',
  },
  'unknown-kind': {
    cause: 'shape',
    description: 'A kind of section that there is none of.',
    bad: 'sections:\n  - kind: sumary\n    text: On Monday.',
    good: 'sections:\n  - kind: summary\n    text: On Monday.',
  },
  'wrong-type': {
    cause: 'shape',
    description: 'A list where a text belongs, a text where a list belongs, and so on.',
    follows: true,
    bad: 'headline: [Bridge, closes]',
    good: 'headline: Bridge closes',
  },
  'wrong-value': {
    cause: 'shape',
    description: 'A word that a field does not know.',
    bad: 'status: finished',
    good: 'status: ready',
  },
  'empty-text': {
    cause: 'shape',
    description: 'A field without a value, or with one that nobody can see.',
    follows: true,
    bad: 'headline:',
    good: 'headline: Bridge closes',
  },
  'null-text': {
    cause: 'shape',
    description: 'The word null or ~ without quotes, which YAML reads as nothing.',
    bad: 'headline: Null',
    good: 'headline: "Null"',
  },
  'empty-list': { cause: 'shape', description: 'A list without entries.', bad: 'tags: []', good: 'tags: [bridge]' },
  'incomplete-section': {
    cause: 'shape',
    description: 'A section that says nothing.',
    bad: 'sections:\n  - kind: coverage',
    good: 'sections:\n  - kind: coverage\n    text: All papers call it late.',
  },
  'invalid-date': {
    cause: 'shape',
    description: 'A date that does not exist, or is not written as year, month and day. 6/10 means two days.',
    bad: 'published: 6/10/2025',
    good: 'published: 2025-10-06',
  },
  'invalid-id': {
    cause: 'shape',
    description: 'An id with spaces or signs, which no citation could name.',
    bad: 'sources:\n  - { id: the ledger, outlet: The Ledger }',
    good: 'sources:\n  - { id: the-ledger, outlet: The Ledger }',
  },
  'invalid-lang': {
    cause: 'shape',
    description: 'A language that is not written as a tag.',
    bad: 'lang: english',
    good: 'lang: en',
  },
  'invalid-slug': {
    cause: 'shape',
    description: 'A slug that could not be the name of a file everywhere.',
    bad: 'slug: Bridge Closes!',
    good: 'slug: bridge-closes',
  },
  'invalid-url': {
    cause: 'shape',
    description: 'An address that no browser opens, or that is not one of the web.',
    bad: 'sources:\n  - { id: a, outlet: A, url: www.example.org }',
    good: 'sources:\n  - { id: a, outlet: A, url: https://www.example.org }',
  },
  'invalid-waiver': {
    cause: 'shape',
    description: 'A comment to nutgraf that it does not understand, that gives no reason, or that stands in a text.',
    bad: '# nutgraf: allow unused-source\nheadline: Bridge closes',
    good: '# nutgraf: allow unused-source — background reading\nheadline: Bridge closes',
  },
} as const satisfies Readonly<Record<string, ShapeRule>>;

export type ShapeRuleName = keyof typeof shapeRules;

/** The facts of a rule of shape; undefined for the name of another rule. */
export const shapeRule = (name: string): ShapeRule | undefined =>
  Object.hasOwn(shapeRules, name) ? shapeRules[name as ShapeRuleName] : undefined;
