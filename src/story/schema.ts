import * as z from 'zod';
import { section } from '../sections/index.js';
import { image, natures } from '../sections/kind.js';
import { about, choice, date, fields, flag, id, lang, line, list, moment, prose, slug, url, word } from './fields.js';

export const statuses = ['draft', 'ready', 'held', 'killed'] as const;

const name = line({ title: 'Name', description: 'A person or an organisation', example: 'Jane Smith' });

const author = fields(
  {
    name,
    role: line({ title: 'Role', description: 'What the person does', example: 'Seoul correspondent' }).optional(),
    url: url({ title: 'Page', description: 'The person’s own page' }).optional(),
  },
  { title: 'Author', description: 'A name with a role or a page' },
);

export const source = fields(
  {
    id: id({ title: 'Id', description: 'The short name by which the story cites it, as in [@scmp]', example: 'scmp' }),
    outlet: line({ title: 'Outlet', description: 'Who published it; a source that has none needs a title', example: 'South China Morning Post' }).optional(),
    title: line({ title: 'Title', description: 'The title of the article or document' }).optional(),
    url: url({ title: 'Link', description: 'Its address', example: 'https://www.scmp.com/news/1' }).optional(),
    author: line({ title: 'Author', description: 'Who wrote it' }).optional(),
    published: date({ title: 'Published', description: 'When it was published', example: '2025-10-05' }).optional(),
    accessed: date({ title: 'Accessed', description: 'When you read it', example: '2025-10-06' }).optional(),
    archive: url({ title: 'Archive', description: 'The address of an archived copy' }).optional(),
    via: line({ title: 'Via', description: 'The agency that it copies: the id of a listed source, or a name', example: 'Reuters' }).optional(),
    paywall: flag({ title: 'Paywall', description: 'Whether readers have to pay', example: true }).optional(),
    lang: lang({ title: 'Language', description: 'The language that it is in, where it differs from the story’s', example: 'ko' }).optional(),
    kind: choice(['outlet', 'agency', 'document', 'data', 'interview', 'social'], {
      title: 'Kind',
      description: 'What sort of source it is; outlet where nothing is said',
    }).optional(),
  },
  { title: 'Source', description: 'Where the story has something from' },
);

export const correction = fields(
  {
    date: date({ title: 'Date', description: 'When it was corrected', example: '2025-10-07' }),
    text: prose({ title: 'Text', description: 'What was wrong and what is right' }),
    kind: choice(['correction', 'clarification'], { title: 'Kind', description: 'correction where nothing is said' }).optional(),
    section: line({ title: 'Section', description: 'The section that it concerns' }).optional(),
    was: line({ title: 'Was', description: 'The words that were wrong' }).optional(),
    now: line({ title: 'Now', description: 'The words that replace them' }).optional(),
  },
  { title: 'Correction', description: 'A correction, printed with the brief' },
);

/**
 * The story file, version 1: the one definition from which validation, types, the JSON Schema, the docs and the
 * interview come.
 */
export const storySchema = fields(
  {
    headline: line({ title: 'Headline', description: 'What the story says, in one line', example: 'North Korea tests the waters for a summit' }).optional(),
    kicker: line({ title: 'Kicker', description: 'A word or two over the headline', example: 'Diplomacy' }).optional(),
    dek: line({ title: 'Dek', description: 'One or two sentences below the headline', example: 'A rare New York visit revives talk of a Trump–Kim meeting.' }).optional(),
    slug: slug({ title: 'Slug', description: 'The name of the brief’s files; the story file’s name where nothing is said', example: 'north-korea-new-york' }).optional(),
    byline: about(
      z.union([name, list(z.union([name, author]), { title: 'Authors', description: 'Names, or entries with name, role and url' })]),
      { title: 'Byline', description: 'Who wrote it: a name, or a list of names', example: 'Jane Smith' },
    ).optional(),
    dateline: line({ title: 'Dateline', description: 'Where it was reported from', example: 'SEOUL' }).optional(),
    series: line({ title: 'Series', description: 'The series that it belongs to' }).optional(),
    published: date({ title: 'Published', description: 'A day, or a day and time; a missing zone stays missing', example: '2025-10-06T09:30:00+09:00' }).optional(),
    updated: date({ title: 'Updated', description: 'When it was last changed', example: '2025-10-07' }).optional(),
    embargo: moment({ title: 'Embargo', description: 'No brief for readers is made before this hour', example: '2025-10-06T06:00:00+09:00' }).optional(),
    status: choice(statuses, { title: 'Status', description: 'held and killed stories make no brief for readers' }).optional(),
    lang: lang({ title: 'Language', description: 'The story’s language, a BCP 47 tag; en where nothing is said', example: 'en-GB' }).optional(),
    genre: choice(natures, { title: 'Genre', description: 'What the story is' }).optional(),
    tags: list(word({ title: 'Tag', description: 'A word to find the story by', example: 'diplomacy' }), { title: 'Tags', description: 'Words to find the story by', example: ['north-korea', 'diplomacy'] }).optional(),
    image: image.optional(),
    sections: list(section, { title: 'Sections', description: 'What the brief says, section by section' }),
    corrections: list(correction, { title: 'Corrections', description: 'What has been corrected; every brief prints them' }).optional(),
    disclosure: prose({ title: 'Disclosure', description: 'An interest that readers should know of' }).optional(),
    backstory: prose({ title: 'Backstory', description: 'How the story was made' }).optional(),
    made_with: choice(['people', 'people-and-ai', 'ai'], { title: 'Made with', description: 'Whether people, software or both wrote it; printed' }).optional(),
    ednote: prose({ title: 'Note to editors', description: 'Never printed in a brief' }).optional(),
    newsletter: fields(
      {
        subject: line({ title: 'Subject', description: 'The mail’s subject; the headline where nothing is said' }).optional(),
        preheader: line({ title: 'Preheader', description: 'The line that mail programs show beside it; the dek where nothing is said' }).optional(),
      },
      { title: 'Newsletter', description: 'What a mail says about the story' },
    ).optional(),
    translations: about(z.record(lang({ title: 'Language', description: 'The language of the translation', example: 'ko' }), slug({ title: 'Slug', description: 'The slug of the story in that language' })), {
      title: 'Translations',
      description: 'The story in other languages: a language and a slug',
      example: { ko: 'north-korea-new-york-ko' },
    }).optional(),
    sources: list(source, { title: 'Sources', description: 'Where the story has what it says from' }).optional(),
    extra: about(z.record(z.string(), z.unknown()), { title: 'Extra', description: 'Anything else; reaches templates and JSON untouched' }).optional(),
  },
  { title: 'Story', description: 'A nutgraf story, version 1' },
);

/** A story as it stands in its file, checked. */
export type StoryInput = z.output<typeof storySchema>;
export type SourceInput = z.output<typeof source>;
export type CorrectionInput = z.output<typeof correction>;
