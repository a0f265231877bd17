import { type Diagnostic, hasErrors } from './diagnostics.js';
import { templatedFormats } from './formats/index.js';
import { writeJson } from './formats/json.js';
import type { House } from './house/house.js';
import { TemplateError } from './render/template-error.js';
import type { Templates } from './render/templates.js';
import { createView } from './render/view.js';
import { instant, parseDate } from './story/dates.js';
import { loadStory } from './story/load.js';
import type { Story } from './story/story.js';

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
}

/**
 * One story file to its briefs. Pure: no disk, no terminal, no clock. What is wrong with the story comes back as
 * diagnostics; a template that is missing or fails throws TemplateError.
 */
export function assemble(content: Uint8Array | string, file: string, options: AssembleOptions): Assembled {
  const { story, diagnostics, prose } = loadStory(content, file, options.house);
  if (!story || hasErrors(diagnostics)) return { briefs: [], diagnostics };
  const refused = refusal(story, options.now);
  const result = { diagnostics, slug: story.slug, ...(refused ? { refused } : {}) };
  const briefs: Brief[] = [];
  for (const name of options.formats) {
    if (name === 'json') {
      briefs.push({ format: name, name: `${story.slug}.json`, text: writeJson(story) });
      continue;
    }
    const format = templatedFormats.find((one) => one.name === name);
    if (!format) throw new TemplateError(name, `there is no format "${name}"`);
    if (refused) continue;
    const template = options.template ?? 'brief';
    const view = createView(story, format, prose, (part) => options.templates.has(name, part), options.house);
    const text = format.finish(options.templates.render(format, template, view), template, {
      width: options.width ?? 72,
    });
    briefs.push({ format: name, name: `${story.slug}.${format.extension}`, text });
  }
  return { ...result, briefs };
}

function refusal(story: Story, now: Date): string | undefined {
  if (story.status === 'held' || story.status === 'killed') return `the story is ${story.status}`;
  const until = story.embargo === undefined ? undefined : parseDate(story.embargo);
  const hour = until ? instant(until) : undefined;
  return hour !== undefined && now.getTime() < hour ? `the story is under embargo until ${story.embargo}` : undefined;
}
