import { direct } from 'virtual:templates';
import type { BriefView, Format, TemplatedFormat } from '../formats/format.js';
import { loadFormats } from '../formats/index.js';
import { baseOf } from '../formats/list.js';
import { nearest } from '../schema/nearest.js';
import { anyOf } from './any-of.js';
import { type Basics, basicsWith, type DirectTemplate } from './direct.js';
import { TemplateError } from './template-error.js';

/** Formats with their templates: ours, and a newsroom's own in their place. */
export interface Templates {
  /** A format that is loaded. Throws TemplateError for another. */
  format: (name: string) => Format;
  /** Those formats that are made by templates. */
  formats: readonly TemplatedFormat[];
  has: (format: string, name: string) => boolean;
  /** The whole templates of a format: brief, and what stands beside it. */
  names: (format: string) => string[];
  render: (format: TemplatedFormat, name: string, view: BriefView) => string;
}

/** The templates of a format, by name without the format's; parts are among them. */
export type Environment = ReadonlyMap<string, (view: object) => string>;

/** Where templates come from: ours as they were compiled with nutgraf, or by way of Handlebars. */
export interface TemplateSource {
  /** The names of all templates, with that of their format. */
  names: readonly string[];
  environment: (format: TemplatedFormat) => Environment;
}

/**
 * The templates of some formats. `userTemplates`, by name without the extension, replace ours; only they need the
 * compiler. Throws TemplateError for one that cannot be compiled.
 */
export async function createTemplates(
  formats: readonly string[],
  userTemplates: ReadonlyMap<string, string> = new Map(),
): Promise<Templates> {
  const all = await loadFormats(formats);
  const folders = new Set([...all.keys()].flatMap((name) => [name, baseOf(name)]));
  const { names, environment } = await (userTemplates.size > 0
    ? (await import('./handlebars.js')).handlebarsSource(folders, userTemplates)
    : directSource(folders));
  const isThere = new Set(names);
  const environments = new Map<string, Environment>();
  const environmentOf = (format: TemplatedFormat) => {
    const known = environments.get(format.name) ?? environment(format);
    environments.set(format.name, known);
    return known;
  };
  return {
    format(name) {
      const format = all.get(name);
      if (!format) throw new TemplateError(name, `there is no format "${name}"`);
      return format;
    },
    formats: [...all.values()].filter((format) => 'finish' in format),
    has: (format, name) =>
      isThere.has(`${format}/${name}`) || (name.includes('/') && isThere.has(`${baseOf(format)}/${name}`)),
    names: (format) =>
      names.flatMap((name) => (/^([^/]+)\/([^/]+)$/.exec(name)?.[1] === format ? [name.slice(format.length + 1)] : [])),
    render(format, name, view) {
      const template = environmentOf(format).get(name);
      if (!template)
        throw new TemplateError(`${format.name}/${name}`, `there is no template "${name}" for ${format.name}`);
      try {
        return template(view);
      } catch (error) {
        if (error instanceof TemplateError) throw error;
        const {
          message,
          lineNumber,
          template: inside,
        } = error as { message?: string; lineNumber?: number; template?: string };
        throw new TemplateError(
          inside ?? `${format.name}/${name}`,
          inWords(message ?? String(error), view),
          lineNumber,
        );
      }
    },
  };
}

/** What Handlebars says of a template, in words for its author. */
function inWords(message: string, view: BriefView): string {
  const [, field] = /^"(.+)" not defined in /.exec(message) ?? [];
  if (field !== undefined) {
    const near = nearest(field, Object.keys(view));
    return `there is no "${field}" here${near ? `; did you mean "${near}"?` : ''} (docs/templates.md lists what there is)`;
  }
  const [, helper] = /used the unknown helper (\S+)/.exec(message) ?? [];
  return helper === undefined ? message : `there is no helper "${helper}"`;
}

/** Our templates, which are functions. */
async function directSource(folders: Iterable<string>): Promise<TemplateSource> {
  const loaded = await Promise.all([...folders].map((folder) => direct[folder]?.() ?? {}));
  const templates: Record<string, DirectTemplate> = Object.assign({}, ...loaded);
  return { names: Object.keys(templates), environment: (format) => directEnvironment(format, templates) };
}

function directEnvironment(
  { name, helpers = {} }: TemplatedFormat,
  templates: Readonly<Record<string, DirectTemplate>>,
): Environment {
  const basics = basicsWith({ 'any-of': anyOf, ...helpers } as Basics['helpers']);
  const part = (short: string, view: unknown, root: unknown): string => {
    const template = templates[`${name}/${short}`] ?? templates[`${baseOf(name)}/${short}`];
    if (!template) throw new TemplateError(`${name}/${short}`, `there is no partial "${short}"`);
    return template(view, root, part, basics);
  };
  const shorts = new Set([baseOf(name), name].flatMap((folder) => partsIn(folder, name, templates)));
  return new Map([...shorts].map((short) => [short, (view: object) => part(short, view, view)]));
}

/** The names of a folder's templates for a format; of another format's folder the parts alone. */
function partsIn(folder: string, format: string, templates: object): string[] {
  const shorts = Object.keys(templates).flatMap((name) =>
    name.startsWith(`${folder}/`) ? [name.slice(folder.length + 1)] : [],
  );
  return folder === format ? shorts : shorts.filter((short) => short.includes('/'));
}
