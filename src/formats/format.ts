import type { Publication } from '../house.js';
import type { DateParts } from '../languages/dates.js';
import type { Prose } from '../prose/parse.js';
import type { Block } from '../prose/tree.js';
import type { Story } from '../story/story.js';
import type { Mail } from './eml.js';
import type { FormatName } from './list.js';

/** One mention of a source, as a format marks it. */
export interface Mark {
  id: string;
  /** The id; if ids differ only in capitals, the later ones get a number, because footnotes ignore case. */
  label: string;
  /** The source's number in the brief, from 1. */
  number: number;
  /** Which mention of this source it is in the brief, from 1. */
  mention: number;
}

/** What a prose writer needs to know of the brief around it. */
export interface ProseContext {
  /** The mark for a cited id; undefined where no source has it. */
  mark: (id: string) => Mark | undefined;
}

/** Options of `finish`. */
interface Finish {
  /** Columns to wrap at; 0 leaves lines as they are. */
  width: number;
}

/** An output format, as it is loaded: one of templates, of a story's data, or of mails. */
export type Format = TemplatedFormat | DataFormat | MailFormat;

/** A format that holds a story's data. */
export interface DataFormat {
  name: FormatName;
  write: (story: Story, mark: string | undefined) => string;
}

/** A format that holds a mail, whose two texts are briefs of the formats that it is made of. */
export interface MailFormat {
  name: FormatName;
  writeMail: (mail: Mail) => string;
}

/**
 * An output format with templates: how each type of text is made safe in it, and how prose is written.
 * A new format is one such file, a line in `list.ts` and one in `index.ts`, and a folder of templates.
 */
export interface TemplatedFormat {
  name: FormatName;
  /** Whether links within a brief lead somewhere: mail programs do not follow them. */
  anchors: boolean;
  /** A line of plain text. */
  text: (text: string) => string;
  prose: (blocks: readonly Block[], context: ProseContext) => string;
  /** A web address as the format prints or links it. */
  url: (url: string) => string;
  /** A date as a template sees it; `text` is already in the story's language. */
  date: (parts: DateParts, text: string) => { iso: string; text: string };
  /** The mark of a citation outside prose. */
  cite: (marks: readonly Mark[]) => string;
  /** Functions for the format's templates; their names must not be those of fields. */
  helpers?: Readonly<Record<string, (...args: never[]) => string>>;
  /** More of the view, for this format alone. */
  extend?: (view: BriefView, facts: ViewFacts) => Record<string, unknown>;
  /** The last step: from what the template gave to the brief. */
  finish: (text: string, template: string, options: Finish) => string;
}

/** What `extend` may read beyond the view: the story's own words, not yet made safe. */
interface ViewFacts {
  story: Story;
  /** Gives all texts of the story as typed, but for those of its sources. */
  typed: () => string;
  prose: (text: string) => Prose;
  publication: Publication | undefined;
}

export interface SourceView {
  id: string;
  number: number;
  label: string;
  outlet: string | null;
  title: string | null;
  url: string | null;
  /** The source's mentions, from 1. */
  mentions: Mark[];
  [field: string]: unknown;
}

/** What a template sees of a story: every text made safe for the format, every field there. */
export interface BriefView {
  lang: string;
  dir: 'ltr' | 'rtl';
  sources: SourceView[];
  [field: string]: unknown;
}
