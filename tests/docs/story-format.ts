import * as z from 'zod/mini';
import { wordsFor } from '../../src/languages/words.js';
import { textFields } from '../../src/schema/fields.js';
import { type Schema, unwrap } from '../../src/schema/walk.js';
import { kinds } from '../../src/sections/index.js';
import { common } from '../../src/sections/kind.js';
import { correction, source, storySchema } from '../../src/story/schema.js';

/** `docs/story-format.md`, from the schema alone. */
export function storyFormat(): string {
  const { headings } = wordsFor('en').words;
  const parts = [
    '# The story file, version 1',
    '<!-- Generated from the schema in src/story/ and src/sections/. Run `npm test -- -u` after a change. -->',
    GUIDE,
    '## The story’s own fields',
    table(storySchema),
    '## Sources',
    table(source),
    '## Corrections',
    table(correction),
    '## Section kinds',
    'Every section has `kind`, and may have:',
    table({ _zod: { def: { type: 'object', shape: common } } } as unknown as Schema, ['kind']),
    ...kinds.map((kind) => {
      const heading = headings[kind.kind];
      const lead =
        `${kind.description}. ${heading ? `Its heading is “${heading}” where the story gives none.` : ''}`.trim();
      const own = Object.fromEntries(
        Object.entries(kind.schema._zod.def.shape).filter(
          ([name, field]) => name !== 'kind' && (common as Record<string, unknown>)[name] !== field,
        ),
      );
      return `### \`${kind.kind}\`\n\n${lead}${Object.keys(own).length === 0 ? '' : `\n\n${table({ _zod: { def: { type: 'object', shape: own } } } as unknown as Schema)}`}`;
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

export function table(schema: Schema, without: string[] = []): string {
  const rows = Object.entries((unwrap(schema) as z.core.$ZodObject)._zod.def.shape)
    .filter(([name]) => !without.includes(name))
    .flatMap(([name, field]) => rowsOf(name, field, field._zod.def.type === 'optional'));
  return ['| field | what it holds | notes |', '| --- | --- | --- |', ...rows].join('\n');
}

/** A field's row, and those of the fields below it. */
function rowsOf(name: string, field: Schema, mayMiss: boolean): string[] {
  const schema = unwrap(field);
  const meta = z.globalRegistry.get(schema as z.core.$ZodType);
  const example = (meta?.['examples'] as unknown[] | undefined)?.[0];
  const notes = [
    mayMiss ? '' : '**required**',
    String(meta?.description ?? ''),
    example === undefined
      ? ''
      : `such as \`${typeof example === 'object' ? JSON.stringify(example) : String(example)}\``,
  ].filter(Boolean);
  const row = `| \`${name}\` | ${shapeOf(schema)} | ${notes.join('; ').replaceAll('|', '\\|')} |`;
  const below = schema._zod.def.type === 'array' ? unwrap((schema as z.core.$ZodArray)._zod.def.element) : schema;
  if (below._zod.def.type !== 'object' || name === 'sources' || name === 'corrections') return [row];
  const prefix = below === schema ? `${name}.` : `${name}[].`;
  return [
    row,
    ...Object.entries((below as z.core.$ZodObject)._zod.def.shape).flatMap(([child, inner]) =>
      rowsOf(prefix + child, inner, inner._zod.def.type === 'optional'),
    ),
  ];
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

function shapeOf(schema: Schema): string {
  const { def } = schema._zod;
  if (def.type === 'enum') return [...(schema._zod.values ?? [])].map((value) => `\`${String(value)}\``).join(', ');
  if (def.type === 'boolean') return '`true` or `false`';
  if (def.type === 'object') return 'fields';
  if (def.type === 'array') return `list of ${shapeOf(unwrap((def as z.core.$ZodArrayDef).element))}`;
  if (def.type === 'union') {
    const { options, discriminator } = def as z.core.$ZodDiscriminatedUnionDef;
    return discriminator ? 'sections' : options.map((option) => shapeOf(unwrap(option))).join(' or ');
  }
  if (def.type === 'record') return 'names and values';
  return TYPES[textFields.get(schema)?.type ?? 'line'];
}
