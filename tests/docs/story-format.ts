import * as z from 'zod/mini';
import { wordsFor } from '../../src/languages/words.js';
import { type Field, type GroupShape, groupOf, type Shape, textTypeOf } from '../../src/schema/shape.js';
import { kinds } from '../../src/sections/index.js';
import { common } from '../../src/sections/kind.js';
import { correction, source, storyShape } from '../../src/story/schema.js';

/** The fields that every kind of section may have. */
const shared = groupOf(z.strictObject(common));

/** `docs/story-format.md`, from the schema alone. */
export function storyFormat(): string {
  const { headings } = wordsFor('en').words;
  const parts = [
    '# The story file, version 1',
    '<!-- Generated from the schema in src/story/ and src/sections/. Run `npm test -- -u` after a change. -->',
    GUIDE,
    '## The story’s own fields',
    table(storyShape),
    '## Sources',
    table(groupOf(source)),
    '## Corrections',
    table(groupOf(correction)),
    '## Section kinds',
    'Every section has `kind`, and may have:',
    table(shared),
    ...kinds.map((kind) => {
      const heading = headings[kind.kind];
      const lead =
        `${kind.description}. ${heading ? `Its heading is “${heading}” where the story gives none.` : ''}`.trim();
      const kindFields = [...groupOf(kind.schema).fields].filter(
        ([name, field]) => name !== 'kind' && shared.fields.get(name)?.shape !== field.shape,
      );
      return `### \`${kind.kind}\`\n\n${lead}${kindFields.length === 0 ? '' : `\n\n${table({ type: 'group', fields: new Map(kindFields) })}`}`;
    }),
  ];
  return `${parts.join('\n\n')}\n`;
}

const GUIDE = `One YAML file, \`<slug>.story.yaml\`, is one story. Only \`sections\` must be there; a story for readers has a
\`headline\` too. A field that is not listed here is an error, with the name that was most likely meant; what programs of
your own need goes under \`extra\`.

**Text is text.** \`1984\`, \`1.10\` and \`Yes\` come out as typed. *One line* is plain text: \`*\` and \`_\` are characters.
*Prose* is Markdown: paragraphs, *emphasis*, **strong**, \`code\`, [links](https://example.org), \`<https://…>\`, lists,
block quotes, fenced code, and hard breaks (two spaces or \`\\\` at a line’s end). A list has dashes or numbers: \`+ 3 per cent\` and
\`>100 people\` are text, and so are stars within a word (\`f**k\`, \`3*3\`). Everything else stays as the characters
typed: HTML, images, headings, tables, entities such as \`&amp;\`, and anything that looks like a template.

**Citations** stand in prose: \`[@scmp]\`, or several, \`[@scmp; @bloomberg]\`. \`[@handle](https://…)\` is a link.
\`\\[@x]\` is text.

Sources are numbered in the order in which the brief first cites them; those that it never cites come last.

**Dates** are \`2025-10-06\`, or \`2025-10-06T09:30:00+09:00\`; a space for the \`T\`, a space before the zone and an hour of one digit are fine. A zone that is missing stays
missing.`;

export function table({ fields }: GroupShape): string {
  const rows = [...fields].flatMap(([name, field]) => rowsOf(name, field));
  return ['| field | what it holds | notes |', '| --- | --- | --- |', ...rows].join('\n');
}

/** A field's row, and those of the fields below it. */
function rowsOf(name: string, { shape, isOptional }: Field): string[] {
  const { description = '', example } = shape;
  const notes = [
    isOptional ? '' : '**required**',
    description,
    example === undefined
      ? ''
      : `such as \`${typeof example === 'object' ? JSON.stringify(example) : String(example)}\``,
  ].filter(Boolean);
  const row = `| \`${name}\` | ${typeOf(shape)} | ${notes.join('; ').replaceAll('|', '\\|')} |`;
  const below = shape.type === 'list' ? shape.item : shape;
  if (below.type !== 'group' || name === 'sources' || name === 'corrections') return [row];
  const prefix = below === shape ? `${name}.` : `${name}[].`;
  return [row, ...[...below.fields].flatMap(([child, inner]) => rowsOf(prefix + child, inner))];
}

const TYPES = {
  line: 'one line',
  prose: 'prose',
  url: 'web address',
  date: 'date',
  when: 'date or words',
  ref: 'id of a source',
  word: 'word',
} as const;

function typeOf(shape: Shape): string {
  switch (shape.type) {
    case 'choice':
      return shape.values.map((value) => `\`${value}\``).join(', ');
    case 'flag':
      return '`true` or `false`';
    case 'group':
      return 'fields';
    case 'list':
      return `list of ${typeOf(shape.item)}`;
    case 'kinds':
      return 'sections';
    case 'union':
      return shape.options.map(typeOf).join(' or ');
    case 'record':
      return 'names and values';
    default:
      return TYPES[textTypeOf(shape) ?? 'line'];
  }
}
