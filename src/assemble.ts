import { isEmbargoed, markOf, refusal } from './desk/embargo.js';
import { type Diagnostic, hasErrors } from './diagnostics.js';
import { templatedFormats } from './formats/index.js';
import { writeJson } from './formats/json.js';
import { release } from './formats/lines.js';
import type { House } from './house/house.js';
import { TemplateError } from './render/template-error.js';
import type { Templates } from './render/templates.js';
import { createView } from './render/view.js';
import { loadStory } from './story/load.js';

export interface AssembleOptions {
  /** The names of the formats wanted: html, md, txt, json. */
  formats: readonly string[];
  templates: Templates;
  /** The whole template to use; `brief` where nothing is said. */
  template?: string;
  /** Columns of plain text; 0 for no wrapping, 72 where nothing is said. */
  width?: number;
  /** What the desk does its own way. */
  house?: House;
  /** The time by which an embargo is judged. */
  now: Date;
  /** Makes briefs for the desk, each with a mark, also of stories that may not be published. */
  draft?: boolean | undefined;
}

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
  /** Why a sound story made no brief for readers: embargo, held or killed. */
  refused?: string;
  /** True where the briefs would be others at another time, though nothing has changed. */
  timed?: boolean;
}

/**
 * One story file to its briefs. Pure: no disk, no terminal, no clock. What is wrong with the story comes back as
 * diagnostics; a template that is missing or fails throws TemplateError.
 */
export function assemble(content: Uint8Array | string, file: string, options: AssembleOptions): Assembled {
  const { story, diagnostics, prose } = loadStory(content, file, options.house);
  if (!story || hasErrors(diagnostics)) return { briefs: [], diagnostics };
  const { now, draft = false, house } = options;
  const refused = draft ? undefined : refusal(story, now);
  const mark = markOf(story, draft, now);
  const timed = draft && isEmbargoed(story, now);
  const result = { diagnostics, slug: story.slug, ...(refused ? { refused } : {}), ...(timed ? { timed } : {}) };
  const briefs: Brief[] = [];
  for (const name of options.formats) {
    if (name === 'json') {
      briefs.push({ format: name, name: `${story.slug}.json`, text: writeJson(story, draft ? mark : undefined) });
      continue;
    }
    const format = templatedFormats.find((one) => one.name === name);
    if (!format) throw new TemplateError(name, `there is no format "${name}"`);
    if (refused) continue;
    const template = options.template ?? 'brief';
    const view = createView(story, format, prose, { has: (part) => options.templates.has(name, part), house, mark });
    const text = format.finish(options.templates.render(format, template, view), template, {
      width: options.width ?? 72,
    });
    if (mark !== undefined && !squeezed(text).includes(squeezed(format.text(mark))))
      throw new TemplateError(
        `${name}/${template}`,
        `it does not print {{mark}}, so the brief would not say that it is a draft: ${mark}`,
      );
    for (const { date, text: said } of view['corrections'] as { date: { text: string }; text: string }[])
      if (!squeezed(text).includes(squeezed(release(said)).slice(0, ENOUGH)))
        throw new TemplateError(`${name}/${template}`, `it does not print the correction of ${date.text}`);
    briefs.push({ format: name, name: `${story.slug}.${format.extension}`, text });
  }
  return { ...result, briefs };
}

/** So much of a correction tells it from all else. */
const ENOUGH = 20;

/** A text without its spaces, which a format's line breaks may have changed. */
const squeezed = (text: string) => text.replace(/\s+/g, '');
