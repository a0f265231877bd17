import * as z from 'zod/mini';
import type { Maker } from '../languages/language.js';
import { fileFacts, otherNames } from '../schema/facts.js';
import {
  about,
  choice,
  date,
  fields,
  flag,
  id,
  lang,
  line,
  list,
  moment,
  optional,
  prose,
  slug,
  url,
  word,
} from '../schema/fields.js';
import { groupOf } from '../schema/shape.js';
import { section } from '../sections/index.js';
import { image, natures } from '../sections/kind.js';
import type { FileText, Located } from '../yaml/file-text.js';
import { fieldFor, sourceFieldFor } from './names.js';

const statuses = ['draft', 'ready', 'held', 'killed'] as const;

const name = line({ title: 'Name', description: 'A person or an organisation', example: 'Jane Smith' });

const author = fields(
  {
    name,
    role: optional(line({ title: 'Role', description: 'What the person does', example: 'Seoul correspondent' })),
    url: optional(url({ title: 'Page', description: 'The person’s own page' })),
  },
  { title: 'Author', description: 'A name with a role or a page' },
);

/** Who wrote something: a name, or a list of names and entries. */
export const byline = about(
  z.union([
    name,
    list(z.union([name, author]), { title: 'Authors', description: 'Names, or entries with name, role and url' }),
  ]),
  { title: 'Byline', description: 'Who wrote it: a name, or a list of names', example: 'Jane Smith' },
);

export const source = fields(
  {
    id: id({ title: 'Id', description: 'The short name by which the story cites it, as in [@scmp]', example: 'scmp' }),
    outlet: optional(
      line({
        title: 'Outlet',
        description: 'Who published it; a source that has none needs a title',
        example: 'South China Morning Post',
      }),
    ),
    title: optional(line({ title: 'Title', description: 'The title of the article or document' })),
    url: optional(url({ title: 'Link', description: 'Its address', example: 'https://www.scmp.com/news/1' })),
    author: optional(line({ title: 'Author', description: 'Who wrote it' })),
    published: optional(date({ title: 'Published', description: 'When it was published', example: '2025-10-05' })),
    accessed: optional(date({ title: 'Accessed', description: 'When you read it', example: '2025-10-06' })),
    archive: optional(url({ title: 'Archive', description: 'The address of an archived copy' })),
    via: optional(
      line({
        title: 'Via',
        description: 'The agency that it copies: the id of a listed source, or a name',
        example: 'Reuters',
      }),
    ),
    paywall: optional(flag({ title: 'Paywall', description: 'Whether readers have to pay', example: true })),
    lang: optional(
      lang({
        title: 'Language',
        description: 'The language that it is in, where it differs from the story’s',
        example: 'ko',
      }),
    ),
    kind: optional(
      choice(['outlet', 'agency', 'document', 'data', 'interview', 'social'], {
        title: 'Kind',
        description: 'What sort of source it is; default: outlet',
      }),
    ),
  },
  { title: 'Source', description: 'Where the story has something from' },
);

export const correction = fields(
  {
    date: date({ title: 'Date', description: 'When it was corrected', example: '2025-10-07' }),
    text: prose({ title: 'Text', description: 'What was wrong and what is right' }),
    kind: optional(
      choice(['correction', 'clarification'], {
        title: 'Kind',
        description: 'What sort it is; default: correction',
      }),
    ),
    section: optional(line({ title: 'Section', description: 'The section that it concerns' })),
    was: optional(line({ title: 'Was', description: 'The words that were wrong' })),
    now: optional(line({ title: 'Now', description: 'The words that replace them' })),
  },
  { title: 'Correction', description: 'A correction, printed with the brief' },
);

/**
 * The story file, version 1: the one definition from which validation, types, the JSON Schema, the docs and the
 * interview come.
 */
export const storySchema = fields(
  {
    headline: optional(
      line({
        title: 'Headline',
        description: 'What the story says, in one line',
        example: 'North Korea tests the waters for a summit',
      }),
    ),
    kicker: optional(line({ title: 'Kicker', description: 'A word or two over the headline', example: 'Diplomacy' })),
    dek: optional(
      line({
        title: 'Dek',
        description: 'One or two sentences below the headline',
        example: 'A rare New York visit revives talk of a Trump–Kim meeting.',
      }),
    ),
    slug: optional(
      slug({
        title: 'Slug',
        description: 'The name of the brief’s files; default: the story file’s name',
        example: 'north-korea-new-york',
      }),
    ),
    byline: optional(byline),
    dateline: optional(line({ title: 'Dateline', description: 'Where it was reported from', example: 'SEOUL' })),
    series: optional(line({ title: 'Series', description: 'The series that it belongs to' })),
    published: optional(
      date({
        title: 'Published',
        description: 'A day, or a day and time; a missing zone stays missing',
        example: '2025-10-06T09:30:00+09:00',
      }),
    ),
    updated: optional(date({ title: 'Updated', description: 'When it was last changed', example: '2025-10-07' })),
    embargo: optional(
      moment({
        title: 'Embargo',
        description: 'No brief for readers is made before this hour',
        example: '2025-10-06T06:00:00+09:00',
      }),
    ),
    status: optional(
      choice(statuses, {
        title: 'Status',
        description: 'only a story that is ready makes a brief for readers',
      }),
    ),
    lang: optional(
      lang({
        title: 'Language',
        description: 'The story’s language, a BCP 47 tag; default: en',
        example: 'en-GB',
      }),
    ),
    genre: optional(choice(natures, { title: 'Genre', description: 'What the story is' })),
    tags: optional(
      list(word({ title: 'Tag', description: 'A word to find the story by', example: 'diplomacy' }), {
        title: 'Tags',
        description: 'Words to find the story by',
        example: ['north-korea', 'diplomacy'],
      }),
    ),
    image: optional(image),
    sections: list(section, { title: 'Sections', description: 'What the brief says, section by section' }),
    corrections: optional(
      list(correction, {
        title: 'Corrections',
        description: 'What has been corrected; every brief prints them',
      }),
    ),
    disclosure: optional(prose({ title: 'Disclosure', description: 'An interest that readers should know of' })),
    backstory: optional(prose({ title: 'Backstory', description: 'How the story was made' })),
    made_with: optional(
      choice(['people', 'people-and-ai', 'ai'] as const satisfies readonly Maker[], {
        title: 'Made with',
        description: 'Whether people, software or both wrote it; printed',
      }),
    ),
    ednote: optional(prose({ title: 'Note to editors', description: 'Never printed in a brief' })),
    newsletter: optional(
      fields(
        {
          subject: optional(
            line({
              title: 'Subject',
              description: 'The mail’s subject; default: the headline',
            }),
          ),
          preheader: optional(
            line({
              title: 'Preheader',
              description: 'The line that mail programs show beside it; default: the dek',
            }),
          ),
        },
        { title: 'Newsletter', description: 'What a mail says about the story' },
      ),
    ),
    translations: optional(
      about(
        z.record(
          lang({ title: 'Language', description: 'The language of the translation', example: 'ko' }),
          slug({ title: 'Slug', description: 'The slug of the story in that language' }),
        ),
        {
          title: 'Translations',
          description: 'The story in other languages: a language and a slug',
          example: { ko: 'north-korea-new-york-ko' },
        },
      ),
    ),
    sources: optional(list(source, { title: 'Sources', description: 'Where the story has what it says from' })),
    extra: optional(
      about(z.record(z.string(), z.unknown()), {
        title: 'Extra',
        description: 'Anything else; reaches templates and JSON untouched',
      }),
    ),
  },
  { title: 'Story', description: 'A nutgraf story, version 1' },
);

/** The story file, for those who read, write and walk it. */
export const storyShape = groupOf(storySchema);

otherNames.set(storyShape, fieldFor);
otherNames.set(groupOf(source), sourceFieldFor);
fileFacts.set(storyShape, {
  starts: 'a story starts with a headline: and sections:',
  importable: true,
  mistaken: editionFinding,
});

/** An edition that has the name of a story: its sections are stories. */
function editionFinding(kinds: readonly string[], text: FileText): Located | undefined {
  if (!kinds.some((kind) => /^["']?stories\b/.test(kind))) return undefined;
  return {
    range: [0, text.line(1).length],
    rule: 'not-a-story',
    message: 'this is an edition: it has sections of kind stories',
    hint: 'give the file a name that ends in .edition.yaml',
  };
}

/** A story as it stands in its file, checked. */
export type StoryInput = z.output<typeof storySchema>;
export type SourceInput = z.output<typeof source>;
export type CorrectionInput = z.output<typeof correction>;
