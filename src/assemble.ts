import { type BriefOptions, briefOptions, type SomeBriefOptions } from './brief-options.js';
import { type Loaded, loadStory } from './checks/load.js';
import { sizeFinding } from './checks/mail-size.js';
import { type Diagnostic, hasErrors } from './diagnostics.js';
import { extensionOf, limitedPartOf, partsOf } from './formats/list.js';
import { mailOf } from './formats/mail.js';
import { holdToPrinted } from './render/printed.js';
import type { Templates } from './render/templates.js';
import { createView } from './render/view.js';
import { isEmbargoed, markOf, notPublic } from './story/embargo.js';
import type { Story } from './story/story.js';

/** How briefs are made, and by which templates. */
export type AssembleOptions = SomeBriefOptions & { templates: Templates };

export interface Brief {
  format: string;
  /** The file name: slug and extension. */
  name: string;
  text: string;
}

/** What became of one story file. There are briefs where it has no errors and may be published. */
export interface Assembled {
  briefs: Brief[];
  diagnostics: Diagnostic[];
  /** The story's slug, where it has no errors. */
  slug?: string;
  /** Why a sound story made no brief for readers: a draft, held, killed or under embargo. */
  refused?: string;
  /** True where the briefs would be others at another time, though nothing has changed. */
  timed?: boolean;
}

/**
 * One story file to its briefs. Pure: no disk, no terminal, no clock. What is wrong with the story comes back as
 * diagnostics; a template that is missing or fails throws TemplateError.
 */
export function assemble(content: Uint8Array | string, file: string, options: AssembleOptions): Assembled {
  const brief = briefOptions(options);
  const { now, draft, house } = brief;
  const { story, diagnostics: findings, prose, report } = loadStory(content, file, house);
  const diagnostics = [...findings];
  if (!story || hasErrors(diagnostics)) return { briefs: [], diagnostics };
  const refused = draft ? undefined : notPublic(story, now);
  const mark = draft ? markOf(story, now) : undefined;
  const timed = draft && isEmbargoed(story, now);
  const result = { diagnostics, slug: story.slug, ...(refused ? { refused } : {}), ...(timed ? { timed } : {}) };
  if (refused) return { ...result, briefs: [] };
  const briefs: Brief[] = [];
  const made = new StoryBriefs(story, prose, mark, brief, options.templates);
  for (const format of brief.formats) {
    const text = made.text(format);
    const limited = limitedPartOf(format);
    const size = limited ? sizeFinding(made.text(limited), ['headline'], house, report) : undefined;
    if (size && !diagnostics.some(({ rule }) => rule === size.rule)) diagnostics.push(size);
    briefs.push({ format, name: `${story.slug}.${extensionOf(format)}`, text });
  }
  // A mail that would be cut is not made; nor is anything else then, so that all formats say the same.
  return hasErrors(diagnostics) ? { briefs: [], diagnostics } : { ...result, briefs };
}

/** The briefs of one sound story. */
class StoryBriefs {
  readonly #story: Story;
  readonly #prose: Loaded['prose'];
  readonly #mark: string | undefined;
  readonly #options: BriefOptions;
  readonly #templates: Templates;
  readonly #made = new Map<string, string>();

  constructor(
    story: Story,
    prose: Loaded['prose'],
    mark: string | undefined,
    options: BriefOptions,
    templates: Templates,
  ) {
    this.#story = story;
    this.#prose = prose;
    this.#mark = mark;
    this.#options = options;
    this.#templates = templates;
  }

  /** A brief's text; each is made once, whatever else is made of it. */
  text(name: string): string {
    const known = this.#made.get(name) ?? this.#text(name);
    this.#made.set(name, known);
    return known;
  }

  #text(name: string): string {
    const { template, width, house, unsent } = this.#options;
    const templates = this.#templates;
    const format = templates.format(name);
    const mark = this.#mark;
    if ('write' in format) return format.write(this.#story, mark);
    if ('writeMail' in format) {
      const [html = '', text = ''] = partsOf(name).map((part) => this.text(part));
      return format.writeMail({ ...mailOf(this.#story, house, html, text, mark), unsent });
    }
    const view = createView(this.#story, format, this.#prose, {
      has: (part) => templates.has(name, part),
      house,
      mark,
    });
    const text = format.finish(templates.render(format, template, view), template, { width });
    holdToPrinted(text, template, format, mark, [view]);
    return text;
  }
}
