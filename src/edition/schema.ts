import * as z from 'zod/mini';
import { otherNames } from '../schema/facts.js';
import {
  about,
  choice,
  date,
  fields,
  flag,
  folderUrl,
  lang,
  line,
  list,
  optional,
  prose,
  slug,
  url,
} from '../schema/fields.js';
import { groupOf } from '../schema/shape.js';
import { image } from '../sections/kind.js';
import { fieldFor } from '../story/names.js';
import { byline } from '../story/schema.js';

/** How much of a story an edition prints. */
const depth = choice(['full', 'brief', 'headline'], {
  title: 'Depth',
  description: 'full prints the whole story; brief its headline, dek and key points or summary; headline that alone',
});

const storyName = line({
  title: 'Story',
  description: 'A story file, or the name of one beside the edition without its .story.yaml',
  example: 'harbour-ferry',
});

const entry = fields(
  {
    story: storyName,
    depth: optional(depth),
    url: optional(
      url({
        title: 'Address',
        description: 'Where readers find the story, if it is not under base; its headline links there',
        example: 'https://example.org/ferry',
      }),
    ),
  },
  { title: 'Entry', description: 'A story with its depth and address' },
);

const heading = optional(line({ title: 'Heading', description: 'The heading over the block' }));

/** A kind of block, told from the others by its name. */
function block<Name extends string, Shape extends z.core.$ZodShape>(
  kind: Name,
  shape: Shape,
  title: string,
  description: string,
) {
  return about(z.strictObject({ kind: about(z.literal(kind), { title: 'Kind', description }), ...shape }), {
    title,
    description,
  });
}

const words = {
  heading,
  text: prose({ title: 'Text', description: 'Paragraphs in Markdown' }),
  image: optional(image),
};

const blocks = [
  block(
    'stories',
    {
      heading,
      text: optional(prose({ title: 'Text', description: 'What stands before the stories' })),
      depth: optional(depth),
      stories: list(z.union([storyName, entry]), { title: 'Stories', description: 'The stories, in order' }),
    },
    'Stories',
    'Several stories',
  ),
  block('note', words, 'Note', 'Words of one’s own, such as “one more thing”'),
  block(
    'sponsor',
    { ...words, text: optional(words.text) },
    'Sponsor',
    'What a sponsor says, in words or a picture; headed so that readers can tell',
  ),
  block('events', words, 'Events', 'What is on'),
] as const;

/** The edition file: one newsletter of several stories. */
export const editionSchema = fields(
  {
    title: line({ title: 'Title', description: 'What the newsletter is called', example: 'The Ellery Morning' }),
    number: optional(line({ title: 'Number', description: 'The number of the edition', example: '42' })),
    date: date({ title: 'Date', description: 'When it goes out', example: '2025-10-07' }),
    byline: optional(byline),
    lang: optional(lang({ title: 'Language', description: 'The edition’s language; default: en', example: 'en-GB' })),
    slug: optional(slug({ title: 'Slug', description: 'The name of its files; default: the edition file’s name' })),
    subject: optional(line({ title: 'Subject', description: 'The mail’s subject; default: the title' })),
    preheader: optional(
      line({ title: 'Preheader', description: 'The line that mail programs show beside the subject' }),
    ),
    base: optional(
      folderUrl({
        title: 'Base',
        description: 'The address of the folder where the briefs are; links to stories lead there',
        example: 'https://example.org/briefs/',
      }),
    ),
    contents: optional(
      flag({
        title: 'Contents',
        description: 'Whether what is in it is listed at the top: headlines, and headings of notes',
      }),
    ),
    intro: optional(prose({ title: 'Intro', description: 'What the edition opens with' })),
    sections: list(z.discriminatedUnion('kind', blocks), {
      title: 'Sections',
      description: 'Stories and notes, in order',
    }),
    outro: optional(prose({ title: 'Outro', description: 'What the edition ends with' })),
    footer: optional(prose({ title: 'Footer', description: 'Who sends it, and how to leave the list' })),
  },
  { title: 'Edition', description: 'A nutgraf edition, version 1' },
);

/** The edition file, for those who read and walk it. */
export const editionShape = groupOf(editionSchema);

otherNames.set(editionShape, fieldFor);

export type EditionInput = z.output<typeof editionSchema>;
export type Depth = z.output<typeof depth>;
