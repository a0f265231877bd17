import { markOf } from '../desk/embargo.js';
import type { BriefView, Mark, TemplatedFormat } from '../formats/format.js';
import { templatedFormats } from '../formats/index.js';
import type { House } from '../house/house.js';
import { type Words, wordsFor } from '../house/words.js';
import type { Mail } from '../mail/eml.js';
import { momentOf, senderOf } from '../mail/story.js';
import { mailFile } from '../mail/writer.js';
import { type Prose, parseProse } from '../prose/parse.js';
import { citations } from '../prose/tree.js';
import { Numbering } from '../render/numbering.js';
import { holdToPrinted } from '../render/printed.js';
import { TemplateError } from '../render/template-error.js';
import type { Templates } from '../render/templates.js';
import { createView, Writer } from '../render/view.js';
import { sectionsOf } from '../sections/each.js';
import type { Section } from '../sections/index.js';
import { authorsOf, type Story } from '../story/story.js';
import { mapTexts, textsOf } from '../story/walk.js';
import type { Edition } from './load.js';
import { type Depth, editionSchema } from './schema.js';

/** A sound story of an edition. */
export interface EditionStory {
  story: Story;
  prose: (text: string) => Prose;
  depth: Depth;
  /** Where readers find it, if the edition says so. */
  url?: string | undefined;
}

export interface EditionOptions {
  templates: Templates;
  house?: House;
  width?: number;
  now: Date;
  draft?: boolean | undefined;
  unsent?: boolean | undefined;
}

/** One format of an edition, and how many bytes each of its stories has in it. */
export interface EditionBrief {
  text: string;
  sizes: { slug: string; bytes: number }[];
}

const TEMPLATE = 'pages/edition';

/** Marks in a format that are taken out again, by which the size of each story is told. */
const START = '\u{F0000}';
const END = '\u{F0001}';

/** Makes the formats of an edition. `stories` are those that it names, in its order. Throws TemplateError. */
export class EditionBriefs {
  readonly #edition: Edition;
  readonly #stories: readonly EditionStory[];
  readonly #options: EditionOptions;
  readonly #ids: ReadonlyMap<EditionStory, ReadonlyMap<string, string>>;
  readonly #sources: Story['sources'];
  readonly #made = new Map<string, EditionBrief>();

  constructor(edition: Edition, stories: readonly EditionStory[], options: EditionOptions) {
    this.#edition = edition;
    this.#stories = stories.map((one) => ({ ...one, story: printed(one, edition.date) }));
    this.#options = options;
    const { sources, ids } = merged(this.#stories);
    this.#sources = sources;
    this.#ids = ids;
  }

  /** The subject of its mail. */
  get subject(): string {
    const { title, subject = title } = this.#edition;
    return this.#mark === undefined ? subject : `${this.#mark}: ${subject}`;
  }

  /** What mail programs show beside the subject. */
  get preheader(): string | undefined {
    return this.#edition.preheader;
  }

  /** A mail of the edition. */
  mail(): Mail {
    const { title, date, slug } = this.#edition;
    return {
      subject: this.subject,
      from: senderOf(this.#options.house ?? {}, [{ name: title }]),
      date: momentOf(date),
      name: slug,
      html: this.of('email').text,
      text: this.of('txt').text,
      unsent: this.#options.unsent,
    };
  }

  /** The edition in a format: html, md, txt, email or eml. */
  of(name: string): EditionBrief {
    const known =
      this.#made.get(name) ?? (name === 'eml' ? { text: mailFile(this.mail()), sizes: [] } : this.#make(name));
    this.#made.set(name, known);
    return known;
  }

  get #mark(): string | undefined {
    const { draft = false, now } = this.#options;
    const marks = this.#stories.map(({ story }) => markOf(story, draft, now)).filter((mark) => mark !== undefined);
    return marks.find((mark) => mark.startsWith('EMBARGOED')) ?? marks[0];
  }

  #make(name: string): EditionBrief {
    const format = templatedFormats.find((one) => one.name === name);
    if (!format) throw new TemplateError(name, `an edition has no format "${name}"`);
    const { templates, width = 72 } = this.#options;
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
    const { edition, house, has } = {
      edition: this.#edition,
      house: this.#options.house,
      has: (part: string) => this.#options.templates.has(format.name, part),
    };
    const numbering = new Numbering(this.#sources.map(({ id }) => id));
    const { words } = wordsFor(edition.lang, this.#options.house);
    const views = this.#stories.map((one) => ({ one, view: this.#storyView(one, format, numbering, words) }));
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
    const own = mapTexts(edition, writer.text, editionSchema) as { sections: Record<string, unknown>[] } & BriefView;
    const masthead = house?.publication?.name;
    let next = 0;
    const sections = edition.sections.map((section, i) => {
      const count = section.kind === 'stories' ? section.stories.length : 0;
      const stories = views.slice(next, next + count).map(({ view }) => view);
      next += count;
      const heading = headingOf(section, words);
      return {
        text: null,
        image: null,
        ...own.sections[i],
        kind: section.kind,
        heading: heading === undefined ? null : format.text(heading),
        // Without a heading only a line says that something else starts here.
        divided: heading === undefined && i > 0,
        anchor: format.name === 'email' || section.heading === undefined ? null : `part-${i + 1}`,
        stories,
      };
    });
    const contents = sections.flatMap((section) => [
      ...(section.heading !== null && (section.kind === 'note' || section.kind === 'events')
        ? [{ headline: section.heading, anchor: section.anchor }]
        : []),
      ...section.stories.map((view) => ({ headline: view['title'], anchor: view['anchor'] })),
    ]);
    const view = {
      ...around,
      masthead: masthead === undefined || masthead === edition.title ? null : format.text(masthead),
      number: edition.number === undefined ? null : format.text(words.number.replace('{}', () => edition.number ?? '')),
      intro: own['intro'],
      outro: own['outro'],
      footer: own['footer'],
      contents: edition.contents ? contents : [],
      sections,
    };
    return { view, stories: views.map((one) => one.view) };
  }

  #storyView(one: EditionStory, format: TemplatedFormat, numbering: Numbering, words: Words): BriefView {
    const { story, prose, depth } = one;
    const ids = this.#ids.get(one) as ReadonlyMap<string, string>;
    const has = (part: string) => this.#options.templates.has(format.name, part);
    const mark = (id: string): Mark | undefined => numbering.mark(ids.get(id) ?? id);
    const { draft = false, now } = this.#options;
    const view = createView(story, format, prose, {
      has,
      house: this.#options.house,
      level: 4,
      numbering: { mark },
      mark: markOf(story, draft, now),
    });
    const link = this.#linkOf(one, format);
    const label = depth === 'full' ? words.link : words.readMore;
    return {
      ...view,
      depth,
      start: format.name === 'email' ? START : '',
      end: format.name === 'email' ? END : '',
      // Mail programs do not follow links within a mail.
      anchor: format.name === 'email' ? null : `story-${story.slug}`,
      link: link === undefined ? null : { url: format.url(link), label: format.text(label), more: depth === 'brief' },
    };
  }

  /** Where readers find a story; without an address of the briefs, they are beside the page, and nowhere for a mail. */
  #linkOf({ story, depth, url }: EditionStory, format: TemplatedFormat): string | undefined {
    if (url !== undefined || depth === 'full') return url;
    const { base } = this.#edition;
    const file = `${story.slug}.html`;
    if (base === undefined) return format.name === 'html' || format.name === 'md' ? file : undefined;
    return new URL(file, base.endsWith('/') ? base : `${base}/`).href;
  }
}

/** The heading of a section. Readers are to see that a sponsor speaks, whatever the heading is. */
function headingOf(section: Edition['sections'][number], { sponsor, events, colon }: Words): string | undefined {
  const { kind, heading } = section;
  if (kind === 'sponsor') return heading === undefined ? sponsor : `${sponsor}${colon}${heading}`;
  return heading ?? (kind === 'events' ? events : undefined);
}

/** What an edition of a day prints of a story at its depth. Corrections are always printed. */
function printed({ story, depth }: EditionStory, date: string): Story {
  const sections = depth === 'full' ? story.sections : depth === 'brief' ? core(story) : [];
  const { image, genre, backstory, made_with, disclosure, dateline, series, updated } = story;
  // The edition’s own day need not be said again.
  const published = updated === undefined && story.published === date ? undefined : story.published;
  const whole = depth === 'full' ? { image, genre, backstory, made_with, dateline, series, published, updated } : {};
  const entry = depth === 'headline' ? {} : { dek: story.dek, disclosure };
  return {
    slug: story.slug,
    lang: story.lang,
    status: story.status,
    headline: story.headline,
    embargo: story.embargo,
    kicker: story.kicker,
    ...entry,
    ...whole,
    byline: depth === 'full' ? story.byline : [],
    tags: [],
    sections: sections.map(withoutAnchor),
    corrections: story.corrections,
    sources: story.sources,
  };
}

/** A section without its own anchor and those in it, which several stories may have. */
function withoutAnchor(section: Section): Section {
  const inner = section.kind === 'group' ? { sections: section.sections.map(withoutAnchor) } : {};
  return { ...section, id: undefined, ...inner } as Section;
}

/** Whether an edition prints a story's headline alone. */
export const isBare = ({ story }: EditionStory): boolean => story.dek === undefined && core(story).length === 0;

/** Key points, else the summary, without a heading: what a brief entry says. */
function core({ sections }: Story): Section[] {
  const all = [...sectionsOf(sections)].map(({ section }) => section);
  const found = all.find(({ kind }) => kind === 'key-points') ?? all.find(({ kind }) => kind === 'summary');
  return found ? [{ ...found, heading: undefined } as Section] : [];
}

/** All sources of the stories, each once: those of stories in full, and those that the others cite. */
function merged(stories: readonly EditionStory[]) {
  const sources: Story['sources'] = [];
  const byIdentity = new Map<string, string>();
  const taken = new Set<string>();
  const ids = new Map<EditionStory, Map<string, string>>();
  for (const one of stories) {
    const used = one.depth === 'full' ? undefined : citedIn(one);
    const own = new Map<string, string>();
    ids.set(one, own);
    const outlets = new Map(one.story.sources.map(({ id, outlet, title }) => [id, outlet ?? title ?? id]));
    for (const { id: ownId, via, ...given } of one.story.sources) {
      if (used && !used.has(ownId)) continue;
      // Whom a source copies is named by its outlet, since its id is another story's too.
      const rest = via === undefined ? given : { ...given, via: outlets.get(via) ?? via };
      const identity = JSON.stringify(rest);
      let id = byIdentity.get(identity);
      if (id === undefined) {
        id = ownId;
        for (let i = 2; taken.has(id); i++) id = `${ownId}-${i}`;
        taken.add(id);
        byIdentity.set(identity, id);
        sources.push({ ...rest, id });
      }
      own.set(ownId, id);
    }
  }
  return { sources, ids };
}

function citedIn({ story, prose }: EditionStory): Set<string> {
  const { sources: _, ...printedOnly } = story;
  const cited = new Set<string>();
  for (const { text, type } of textsOf({ ...printedOnly, sources: [] })) {
    if (type === 'ref') cited.add(text.normalize('NFC'));
    if (type === 'prose') for (const { id } of citations(prose(text).blocks)) cited.add(id);
  }
  return cited;
}
