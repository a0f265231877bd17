import type { BriefOptions } from '../brief-options.js';
import type { Mail } from '../formats/eml.js';
import type { BriefView, Mark, TemplatedFormat } from '../formats/format.js';
import { limitedPartOf, partsOf } from '../formats/list.js';
import { momentOf, senderOf } from '../formats/mail.js';
import type { Words } from '../languages/language.js';
import { wordsFor } from '../languages/words.js';
import { parseProse } from '../prose/parse.js';
import { Numbering } from '../render/numbering.js';
import { holdToPrinted } from '../render/printed.js';
import { TemplateError } from '../render/template-error.js';
import type { Templates } from '../render/templates.js';
import { createView, Writer } from '../render/view.js';
import { mapTexts } from '../schema/walk.js';
import { DRAFT, markOf } from '../story/embargo.js';
import { authorsOf, type Story } from '../story/story.js';
import { type EditionStory, printed } from './depth.js';
import type { Edition } from './load.js';
import { editionShape } from './schema.js';
import { mergedSources } from './sources.js';

/** One format of an edition, and how many bytes each of its stories has in it. */
export interface EditionBrief {
  text: string;
  sizes: { slug: string; bytes: number }[];
}

const TEMPLATE = 'pages/edition';

/** Noncharacters around each story of a mail: its size is measured by them, then they are removed. */
const START = '\uFDD3';
const END = '\uFDD4';

/** Makes the formats of an edition. `stories` are those that it names, in its order. Throws TemplateError. */
export class EditionBriefs {
  readonly #edition: Edition;
  readonly #stories: readonly EditionStory[];
  readonly #options: BriefOptions;
  readonly #templates: Templates;
  readonly #ids: ReadonlyMap<EditionStory, ReadonlyMap<string, string>>;
  readonly #sources: Story['sources'];
  readonly #made = new Map<string, EditionBrief>();

  constructor(edition: Edition, stories: readonly EditionStory[], options: BriefOptions, templates: Templates) {
    this.#edition = edition;
    this.#stories = stories.map((story) => ({ ...story, story: printed(story, edition.date) }));
    this.#options = options;
    this.#templates = templates;
    const { sources, ids } = mergedSources(this.#stories);
    this.#sources = sources;
    this.#ids = ids;
  }

  /** The subject of its mail. */
  get subject(): string {
    const { title, subject = title } = this.#edition;
    return this.#mark === undefined ? subject : `${this.#mark}: ${subject}`;
  }

  /** The words in its language. */
  get words(): Words {
    return wordsFor(this.#edition.lang, this.#options.house).words;
  }

  /** What mail programs show beside the subject. */
  get preheader(): string | undefined {
    return this.#edition.preheader;
  }

  /** A mail of the edition, whose texts are two of its formats. */
  mail(): Mail {
    const { title, date, slug } = this.#edition;
    const [html = '', text = ''] = partsOf('eml').map((part) => this.of(part).text);
    return {
      subject: this.subject,
      from: senderOf(this.#options.house, [{ name: title }]),
      date: momentOf(date),
      name: slug,
      html,
      text,
      unsent: this.#options.unsent,
    };
  }

  /** The edition in a format: html, md, txt, email or eml. */
  of(name: string): EditionBrief {
    const known = this.#made.get(name) ?? this.#make(name);
    this.#made.set(name, known);
    return known;
  }

  get #mark(): string | undefined {
    const { draft, now } = this.#options;
    if (!draft) return undefined;
    const marks = this.#stories.map(({ story }) => markOf(story, now));
    return marks.find((mark) => mark.startsWith('EMBARGOED')) ?? marks[0] ?? DRAFT;
  }

  #make(name: string): EditionBrief {
    const { width } = this.#options;
    const templates = this.#templates;
    const format = templates.format(name);
    if ('writeMail' in format) return { text: format.writeMail(this.mail()), sizes: [] };
    if (!('finish' in format)) throw new TemplateError(name, `an edition has no format "${name}"`);
    const { view, stories } = this.#view(format);
    const marked = format.finish(templates.render(format, TEMPLATE, view), TEMPLATE, { width });
    holdToPrinted(marked, TEMPLATE, format, this.#mark, stories);
    return { text: marked.replaceAll(START, '').replaceAll(END, ''), sizes: this.#sizes(marked) };
  }

  #sizes(marked: string): EditionBrief['sizes'] {
    const parts = marked
      .split(START)
      .slice(1)
      .map((part) => part.split(END)[0] ?? '');
    return parts.map((part, i) => ({
      slug: this.#stories[i]?.story.slug ?? '',
      bytes: new TextEncoder().encode(part).length,
    }));
  }

  #view(format: TemplatedFormat): { view: BriefView; stories: BriefView[] } {
    const edition = this.#edition;
    const { house } = this.#options;
    const has = (part: string) => this.#templates.has(format.name, part);
    const numbering = new Numbering(this.#sources.map(({ id }) => id));
    const { words } = this;
    const views = this.#stories.map((story) => this.#storyView(story, format, numbering, words));
    const shell: Story = {
      slug: edition.slug,
      lang: edition.lang,
      headline: edition.title,
      published: edition.date,
      status: 'ready',
      newsletter: { subject: edition.subject, preheader: edition.preheader },
      byline: authorsOf(edition.byline),
      tags: [],
      sections: [],
      corrections: [],
      sources: this.#sources,
    };
    const around = createView(shell, format, parseProse, { has, house, mark: this.#mark, numbering });
    const writer = new Writer(shell, format, parseProse, { mark: () => undefined });
    const editionView = mapTexts(edition, writer.text, editionShape) as {
      sections: Record<string, unknown>[];
    } & BriefView;
    const masthead = house.publication?.name;
    let next = 0;
    const sections = edition.sections.map((section, i) => {
      const count = section.kind === 'stories' ? section.stories.length : 0;
      const stories = views.slice(next, next + count);
      next += count;
      const heading = headingOf(section, words);
      return {
        text: null,
        image: null,
        ...editionView.sections[i],
        kind: section.kind,
        heading: heading === undefined ? null : format.text(heading),
        // Without a heading only a line says that something else starts here.
        divided: heading === undefined && i > 0,
        anchor: !format.anchors || heading === undefined ? null : `part-${i + 1}`,
        stories,
      };
    });
    const view = {
      ...around,
      masthead: masthead === undefined || masthead === edition.title ? null : format.text(masthead),
      number: edition.number === undefined ? null : format.text(numbered(edition.number, words)),
      intro: editionView['intro'],
      outro: editionView['outro'],
      footer: editionView['footer'],
      contents: edition.contents ? sections.flatMap(contentsOf) : [],
      sections,
    };
    return { view, stories: views };
  }

  #storyView(entry: EditionStory, format: TemplatedFormat, numbering: Numbering, words: Words): BriefView {
    const { story, prose, depth } = entry;
    const ids = this.#ids.get(entry) as ReadonlyMap<string, string>;
    const has = (part: string) => this.#templates.has(format.name, part);
    const mark = (id: string): Mark | undefined => numbering.mark(ids.get(id) ?? id);
    const { draft, now } = this.#options;
    const view = createView(story, format, prose, {
      has,
      house: this.#options.house,
      level: 4,
      numbering: { mark },
      mark: draft ? markOf(story, now) : undefined,
    });
    const link = this.#linkOf(entry);
    const isMeasured = limitedPartOf(format.name) !== undefined;
    const label = depth === 'full' ? words.link : words.readMore;
    return {
      ...view,
      depth,
      start: isMeasured ? START : '',
      end: isMeasured ? END : '',
      anchor: format.anchors ? `story-${story.slug}` : null,
      link: link === undefined ? null : { url: format.url(link), label: format.text(label), more: depth === 'brief' },
    };
  }

  /** Where readers find a story. */
  #linkOf({ story, depth, url }: EditionStory): string | undefined {
    if (url !== undefined || depth === 'full') return url;
    const { base } = this.#edition;
    if (base === undefined) return undefined;
    return new URL(`${story.slug}.html`, base.endsWith('/') ? base : `${base}/`).href;
  }
}

/** Whether a text starts with a label itself. */
const saysAlready = (text: string, label: string): boolean => text.toLowerCase().startsWith(label.trim().toLowerCase());

/** The number with its label, unless it brings that itself. */
function numbered(number: string, words: Words): string {
  const [label = ''] = words.number.split('{}');
  return label.trim() !== '' && saysAlready(number, label) ? number : words.number.replace('{}', () => number);
}

/** The heading of a section. Readers are to see that a sponsor speaks, whatever the heading is. */
function headingOf(section: Edition['sections'][number], { sponsor, events, colon }: Words): string | undefined {
  const { kind, heading } = section;
  if (kind === 'sponsor')
    return heading === undefined || saysAlready(heading, sponsor)
      ? (heading ?? sponsor)
      : `${sponsor}${colon}${heading}`;
  return heading ?? (kind === 'events' ? events : undefined);
}

/** A section's lines in the table of contents: its stories, or the heading of a note; a sponsor has none. */
function contentsOf({
  kind,
  heading,
  anchor,
  stories,
}: {
  kind: string;
  heading: string | null;
  anchor: string | null;
  stories: BriefView[];
}) {
  if (kind !== 'note' && kind !== 'events')
    return stories.map((view) => ({ headline: view['title'], anchor: view['anchor'] }));
  return heading === null ? [] : [{ headline: heading, anchor }];
}
