import { precompiled } from 'virtual:templates';
import type handlebarsTypes from 'handlebars';
import runtime from 'handlebars/runtime.js';
import type { BriefView, Format, TemplatedFormat } from '../formats/format.js';
import { loadFormats } from '../formats/index.js';
import { baseOf } from '../formats/list.js';
import { nearest } from '../schema/nearest.js';
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
  const loaded = await Promise.all([...folders].map((folder) => precompiled[folder]?.() ?? {}));
  const specs: Specs = Object.assign({}, ...loaded);
  if (userTemplates.size > 0) {
    const { compileTemplate } = await import('./user-templates.js');
    for (const [name, text] of userTemplates) {
      try {
        specs[name] = compileTemplate(name, text);
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        specs[name] = error; // only a brief that needs it fails
      }
    }
  }
  const environments = new Map<string, Environment>();
  const environmentOf = (format: TemplatedFormat) => {
    const known = environments.get(format.name) ?? createEnvironment(format, specs);
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
      Object.hasOwn(specs, `${format}/${name}`) ||
      (name.includes('/') && Object.hasOwn(specs, `${baseOf(format)}/${name}`)),
    names: (format) =>
      Object.keys(specs).flatMap((name) =>
        /^([^/]+)\/([^/]+)$/.exec(name)?.[1] === format ? [name.slice(format.length + 1)] : [],
      ),
    render(format, name, view) {
      const template = environmentOf(format).get(name);
      if (!template)
        throw new TemplateError(`${format.name}/${name}`, `there is no template "${name}" for ${format.name}`);
      try {
        return template(view, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false });
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

/** A partial whose failures carry its name; the innermost is the one to fix. */
function named(name: string, template: handlebarsTypes.TemplateDelegate): handlebarsTypes.TemplateDelegate {
  return (context, options) => {
    try {
      return template(context, options);
    } catch (error) {
      if (error instanceof Error && !('template' in error)) Object.assign(error, { template: name });
      throw error;
    }
  };
}

/** True where one of the values is there: `{{#if (any-of dateline published)}}`. Handlebars adds its options last. */
function anyOf(...values: unknown[]): boolean {
  return values
    .slice(0, -1)
    .some((value) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0));
}

/** Templates by name; of one that could not be compiled, why. */
type Specs = Record<string, TemplateSpecification | TemplateError>;

function failing(error: TemplateError): handlebarsTypes.TemplateDelegate {
  return () => {
    throw error;
  };
}

type Environment = Map<string, handlebarsTypes.TemplateDelegate>;

function createEnvironment(format: TemplatedFormat, specs: Specs): Environment {
  const handlebars = (runtime as unknown as typeof handlebarsTypes).create();
  handlebars.registerHelper('any-of', anyOf);
  handlebars.unregisterHelper('log');
  for (const [name, helper] of Object.entries(format.helpers ?? {}))
    handlebars.registerHelper(name, helper as handlebarsTypes.HelperDelegate);
  const environment: Environment = new Map();
  // Parts of the format that this one is based on come first, and its own in their place.
  for (const folder of new Set([baseOf(format.name), format.name]))
    for (const [name, spec] of Object.entries(specs)) {
      if (!name.startsWith(`${folder}/`)) continue;
      const short = name.slice(folder.length + 1);
      if (folder !== format.name && !short.includes('/')) continue;
      const template = spec instanceof TemplateError ? failing(spec) : handlebars.template(spec);
      environment.set(short, template);
      handlebars.registerPartial(short, named(name, template));
    }
  return environment;
}
