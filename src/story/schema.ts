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
  partialDate,
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

const name = line({
  title: 'Name',
  description: 'A person or an organisation',
  example: 'Jane Smith',
  ask: 'more',
  label: 'Name',
  prompt: 'A person or an organisation',
});

const author = fields(
  {
    name,
    role: optional(
      line({
        ask: 'more',
        label: 'Role',
        prompt: 'What the person does',
        title: 'Role',
        description: 'What the person does',
        example: 'Seoul correspondent',
      }),
    ),
    url: optional(
      url({
        title: 'Page',
        description: 'The person’s own page',
        ask: 'more',
        label: 'Page',
        prompt: 'The person’s own page',
      }),
    ),
  },
  { title: 'Author', description: 'A name with a role or a page' },
);

/** Who wrote something: a name, or a list of names and entries. */
export const byline = about(
  z.union([
    name,
    list(z.union([name, author]), { title: 'Authors', description: 'Names, or entries with name, role and url' }),
  ]),
  {
    title: 'Byline',
    description: 'Who wrote it: a name, or a list of names',
    example: 'Jane Smith',
    ask: 'first',
    label: 'By',
    prompt: 'Names, with commas between them',
  },
);

export const source = fields(
  {
    id: id({
      ask: 'more',
      label: 'Short name',
      prompt: 'The name by which the story cites it',
      title: 'Id',
      description: 'The short name by which the story cites it, as in [@scmp]',
      example: 'scmp',
    }),
    outlet: optional(
      line({
        ask: 'first',
        label: 'Outlet',
        prompt: 'Who published it',
        title: 'Outlet',
        description: 'Who published it; a source that has none needs a title',
        example: 'South China Morning Post',
      }),
    ),
    title: optional(
      line({
        ask: 'first',
        label: 'Headline',
        prompt: 'The title of the article or document',
        title: 'Title',
        description: 'The title of the article or document',
      }),
    ),
    url: optional(
      url({
        ask: 'first',
        label: 'Link',
        prompt: 'Paste its address',
        title: 'Link',
        description: 'Its address',
        example: 'https://www.scmp.com/news/1',
      }),
    ),
    author: optional(
      line({ ask: 'more', label: 'Author', prompt: 'Who wrote it', title: 'Author', description: 'Who wrote it' }),
    ),
    published: optional(
      partialDate({
        ask: 'first',
        label: 'Date',
        prompt: '3 Oct, Oct 2025 or 2025',
        title: 'Published',
        description: 'When it was published: a day, a month or a year',
        example: '2025-10-05',
      }),
    ),
    accessed: optional(
      date({
        ask: 'more',
        label: 'Read on',
        prompt: 'The day on which you read it',
        title: 'Accessed',
        description: 'When you read it',
        example: '2025-10-06',
      }),
    ),
    archive: optional(
      url({
        ask: 'more',
        label: 'Archived at',
        prompt: 'The address of an archived copy',
        title: 'Archive',
        description: 'The address of an archived copy',
      }),
    ),
    via: optional(
      line({
        ask: 'more',
        label: 'Agency',
        prompt: 'The agency that it copies',
        title: 'Via',
        description: 'The agency that it copies: the id of a listed source, or a name',
        example: 'Reuters',
      }),
    ),
    paywall: optional(
      flag({
        ask: 'more',
        label: 'Readers pay',
        prompt: 'Whether readers have to pay',
        title: 'Paywall',
        description: 'Whether readers have to pay',
        example: true,
      }),
    ),
    lang: optional(
      lang({
        ask: 'more',
        label: 'Language',
        prompt: 'Where it is not the language of the story',
        title: 'Language',
        description: 'The language that it is in, where it differs from the story’s',
        example: 'ko',
      }),
    ),
    kind: optional(
      choice(['outlet', 'agency', 'document', 'data', 'interview', 'social'], {
        ask: 'first',
        label: 'What',
        prompt: 'What sort of source it is',
        title: 'Kind',
        description: 'What sort of source it is; default: outlet',
      }),
    ),
  },
  { title: 'Source', description: 'Where the story has something from' },
);

export const correction = fields(
  {
    date: date({
      title: 'Date',
      description: 'When it was corrected',
      example: '2025-10-07',
      ask: 'first',
      label: 'Date',
      prompt: 'When it was corrected',
    }),
    text: prose({
      title: 'Text',
      description: 'What was wrong and what is right',
      ask: 'first',
      label: 'For readers',
      prompt: 'What was wrong and what is right',
    }),
    kind: optional(
      choice(['correction', 'clarification'], {
        title: 'Kind',
        description: 'What sort it is; default: correction',
        ask: 'more',
        label: 'Sort',
        prompt: 'A correction, or a clarification',
      }),
    ),
    section: optional(
      line({
        title: 'Section',
        description: 'The section that it concerns',
        ask: 'first',
        label: 'Where',
        prompt: 'The section that it concerns',
      }),
    ),
    was: optional(
      line({
        title: 'Was',
        description: 'The words that were wrong',
        ask: 'first',
        label: 'It said',
        prompt: 'The words that were wrong',
      }),
    ),
    now: optional(
      line({
        title: 'Now',
        description: 'The words that replace them',
        ask: 'first',
        label: 'It is',
        prompt: 'The words that are right',
      }),
    ),
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
        ask: 'first',
        label: 'Headline',
        prompt: 'Say it in one line',
        title: 'Headline',
        description: 'What the story says, in one line',
        example: 'North Korea tests the waters for a summit',
      }),
    ),
    kicker: optional(
      line({
        ask: 'more',
        label: 'Label',
        prompt: 'A word or two above the headline',
        title: 'Kicker',
        description: 'A word or two over the headline',
        example: 'Diplomacy',
      }),
    ),
    dek: optional(
      line({
        ask: 'first',
        label: 'Subheading',
        prompt: 'A line or two below the headline',
        title: 'Dek',
        description: 'One or two sentences below the headline',
        example: 'A rare New York visit revives talk of a Trump–Kim meeting.',
      }),
    ),
    slug: optional(
      slug({
        ask: 'more',
        label: 'File name',
        prompt: 'The name of the brief’s files',
        title: 'Slug',
        description: 'The name of the brief’s files; default: the story file’s name',
        example: 'north-korea-new-york',
      }),
    ),
    byline: optional(byline),
    dateline: optional(
      line({
        ask: 'more',
        label: 'Place',
        prompt: 'Where it was reported from',
        title: 'Dateline',
        description: 'Where it was reported from',
        example: 'SEOUL',
      }),
    ),
    series: optional(
      line({
        ask: 'more',
        label: 'Series',
        prompt: 'The series that it belongs to',
        title: 'Series',
        description: 'The series that it belongs to',
      }),
    ),
    published: optional(
      date({
        ask: 'first',
        label: 'Date',
        prompt: '3 Oct, 3.10.2025 or yesterday',
        title: 'Published',
        description: 'A day, or a day and time; a missing zone stays missing',
        example: '2025-10-06T09:30:00+09:00',
      }),
    ),
    updated: optional(
      date({ ask: 'never', title: 'Updated', description: 'When it was last changed', example: '2025-10-07' }),
    ),
    embargo: optional(
      moment({
        ask: 'more',
        label: 'Embargo',
        prompt: 'The day, hour and zone before which nothing goes out',
        title: 'Embargo',
        description: 'No brief for readers is made before this hour',
        example: '2025-10-06T06:00:00+09:00',
      }),
    ),
    status: optional(
      choice(statuses, {
        ask: 'more',
        label: 'Status',
        prompt: 'Only a story that is ready goes out',
        title: 'Status',
        description: 'only a story that is ready makes a brief for readers',
      }),
    ),
    lang: optional(
      lang({
        ask: 'first',
        label: 'Language',
        prompt: 'Type to find a language',
        title: 'Language',
        description: 'The story’s language, a BCP 47 tag; default: en',
        example: 'en-GB',
      }),
    ),
    genre: optional(
      choice(natures, {
        ask: 'more',
        label: 'Genre',
        prompt: 'What the story is',
        title: 'Genre',
        description: 'What the story is',
      }),
    ),
    tags: optional(
      list(word({ title: 'Tag', description: 'A word to find the story by', example: 'diplomacy' }), {
        title: 'Tags',
        ask: 'more',
        label: 'Tags',
        prompt: 'Words to find the story by, with commas between them',
        description: 'Words to find the story by',
        example: ['north-korea', 'diplomacy'],
      }),
    ),
    image: optional(image),
    sections: list(section, {
      title: 'Sections',
      description: 'What the brief says, section by section',
      ask: 'first',
      label: 'Sections',
      prompt: 'What the brief says',
    }),
    corrections: optional(
      list(correction, {
        title: 'Corrections',
        ask: 'outline',
        label: 'Corrections',
        prompt: 'What has been corrected',
        description: 'What has been corrected; every brief prints them',
      }),
    ),
    disclosure: optional(
      prose({
        ask: 'outline',
        label: 'Disclosure',
        prompt: 'An interest that readers should know of',
        title: 'Disclosure',
        description: 'An interest that readers should know of',
      }),
    ),
    backstory: optional(
      prose({
        ask: 'outline',
        label: 'Backstory',
        prompt: 'How the story was made',
        title: 'Backstory',
        description: 'How the story was made',
      }),
    ),
    made_with: optional(
      choice(['people', 'people-and-ai', 'ai'] as const satisfies readonly Maker[], {
        ask: 'outline',
        label: 'Made with',
        prompt: 'Whether people, software or both wrote it',
        title: 'Made with',
        description: 'Whether people, software or both wrote it; printed',
      }),
    ),
    ednote: optional(
      prose({
        ask: 'outline',
        label: 'For editors',
        prompt: 'Never printed in a brief',
        title: 'Note to editors',
        description: 'Never printed in a brief',
      }),
    ),
    newsletter: optional(
      fields(
        {
          subject: optional(
            line({
              ask: 'outline',
              label: 'Subject',
              prompt: 'The subject of the mail',
              title: 'Subject',
              description: 'The mail’s subject; default: the headline',
            }),
          ),
          preheader: optional(
            line({
              ask: 'outline',
              label: 'Preheader',
              prompt: 'The line that mail programs show beside it',
              title: 'Preheader',
              description: 'The line that mail programs show beside it; default: the dek',
            }),
          ),
        },
        {
          title: 'Newsletter',
          description: 'What a mail says about the story',
          ask: 'outline',
          label: 'Newsletter',
          prompt: 'What a mail says about the story',
        },
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
          ask: 'never',
          description: 'The story in other languages: a language and a slug',
          example: { ko: 'north-korea-new-york-ko' },
        },
      ),
    ),
    sources: optional(
      list(source, {
        title: 'Sources',
        description: 'Where the story has what it says from',
        ask: 'first',
        label: 'Sources',
        prompt: 'Where the story has what it says from',
      }),
    ),
    extra: optional(
      about(z.record(z.string(), z.unknown()), {
        title: 'Extra',
        ask: 'never',
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
