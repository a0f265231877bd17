import * as z from 'zod/mini';
import type { Nature } from '../languages/language.js';
import { type About, about, choice, fields, id, line, optional, prose, ref, url } from '../schema/fields.js';

export const natures = ['news', 'analysis', 'background', 'opinion', 'explainer'] as const satisfies readonly Nature[];

export const image = fields(
  {
    src: url({
      ask: 'more',
      label: 'Address',
      prompt: 'Paste the address of the picture',
      title: 'Address',
      description: 'The address of the picture',
      example: 'https://example.org/summit.jpg',
    }),
    alt: optional(
      line({
        ask: 'more',
        label: 'It shows',
        prompt: 'What the picture shows, for those who cannot see it',
        title: 'Description',
        description: 'What the picture shows, for those who cannot see it',
      }),
    ),
    caption: optional(
      line({
        ask: 'more',
        label: 'Caption',
        prompt: 'The line under the picture',
        title: 'Caption',
        description: 'The line under the picture',
      }),
    ),
    link: optional(
      url({
        ask: 'more',
        label: 'Link',
        prompt: 'Where the picture leads',
        title: 'Link',
        description: 'Where the picture leads',
        example: 'https://example.org/',
      }),
    ),
    credit: optional(
      line({
        ask: 'more',
        label: 'Credit',
        prompt: 'Who made the picture',
        title: 'Credit',
        description: 'Who made the picture',
        example: 'Jane Smith/Agency',
      }),
    ),
  },
  {
    title: 'Picture',
    description: 'A picture with its words',
    ask: 'more',
    label: 'Picture',
    prompt: 'A picture with its words',
  },
);

export type ImageInput = z.output<typeof image>;

/** The paragraphs of a section. */
export const paragraphs = {
  title: 'Text',
  description: 'Paragraphs in Markdown, with citations such as [@scmp]',
  ask: 'first',
  label: 'Text',
  prompt: 'A paragraph or two. Type [@ to cite a source',
} as const satisfies About;

/** The source of an entry, where it has one. */
export const entrySource = optional(
  ref({
    title: 'Source',
    description: 'The id of the listed source that has it',
    ask: 'first',
    label: 'Source',
    prompt: 'Type to find a source',
  }),
);

/** The fields that every kind of section may have. */
export const common = {
  heading: optional(
    line({
      ask: 'more',
      label: 'Heading',
      prompt: 'In place of the usual heading',
      title: 'Heading',
      description: 'Replaces the house’s heading for this kind of section',
    }),
  ),
  id: optional(
    id({
      ask: 'never',
      title: 'Anchor',
      description: 'A name for links to the section; the page’s anchor is s- and this name',
      example: 'papers',
    }),
  ),
  nature: optional(
    choice(natures, {
      ask: 'more',
      label: 'What it is',
      prompt: 'Where it is not what the story is',
      title: 'Nature',
      description: 'What the section is, where it differs from the story’s genre',
    }),
  ),
  text: optional(prose(paragraphs)),
  image: optional(image),
};

/** What a kind may find wrong: a section that says nothing, or items in the wrong order. */
type SectionRule = 'incomplete-section' | 'out-of-order';

/** Says that something is wrong at a path below the section, such as `['items', 2, 'date']`. */
export type SectionReport = (
  rule: SectionRule,
  path: readonly (string | number)[],
  message: string,
  hint?: string,
) => void;

/**
 * A kind of section, as one file says it. A new kind is one such file, a line in `index.ts`, and a heading in each file
 * of `languages/`.
 */
export interface Kind<Name extends string = string, Shape extends z.core.$ZodShape = z.core.$ZodShape> {
  kind: Name;
  title: string;
  description: string;
  /** What one of its entries is called, and several. */
  entries?: readonly [one: string, many: string] | undefined;
  schema: z.ZodMiniObject<Shape & { kind: z.ZodMiniLiteral<Name> }, z.core.$strict>;
  /** What the fields' own types cannot say. */
  check?: ((section: never, report: SectionReport) => void) | undefined;
}

export function defineKind<const Name extends string, Shape extends z.core.$ZodShape>(definition: {
  kind: Name;
  title: string;
  description: string;
  entries?: readonly [one: string, many: string];
  fields: Shape;
  check?: (section: z.output<z.ZodMiniObject<Shape>>, report: SectionReport) => void;
}): Kind<Name, Shape> {
  const { kind, title, description, entries, fields: kindFields, check } = definition;
  const name = about(z.literal(kind), { title: 'Kind', description });
  const schema = about(z.strictObject({ kind: name, ...kindFields }), { title, description }) as unknown as Kind<
    Name,
    Shape
  >['schema'];
  return { kind, title, description, entries, schema, check: check as Kind['check'] };
}

/** Reports a section that has neither text nor items. */
export function textOrItems(section: { text?: unknown; items?: unknown }, report: SectionReport): void {
  if (section.text === undefined && section.items === undefined) {
    report('incomplete-section', [], 'the section has neither text nor items', 'add text: or items:');
  }
}
