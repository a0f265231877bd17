import { precompiled } from 'virtual:templates';
import type handlebarsTypes from 'handlebars';
import runtime from 'handlebars/runtime.js';
import type { BriefView, TemplatedFormat } from '../formats/format.js';
import { TemplateError } from './template-error.js';

/** The templates of all formats: ours, and a newsroom's own in their place. */
export interface Templates {
  has: (format: string, name: string) => boolean;
  /** The whole templates of a format: brief, and what stands beside it. */
  names: (format: string) => string[];
  render: (format: TemplatedFormat, name: string, view: BriefView) => string;
}

/**
 * The templates of some formats; only theirs are loaded. `own` holds templates by name without the extension (`html/sections/timeline`), each replacing ours of that name.
 * Ours were compiled when nutgraf was built, so only those need the compiler. Throws TemplateError for one that cannot be
 * compiled.
 */
export async function createTemplates(
  formats: readonly string[],
  own: ReadonlyMap<string, string> = new Map(),
): Promise<Templates> {
  const loaded = await Promise.all(formats.map((format) => precompiled[format]?.() ?? {}));
  const specs: Record<string, TemplateSpecification> = Object.assign({}, ...loaded);
  if (own.size > 0) {
    const { compileTemplate } = await import('./user-templates.js');
    for (const [name, text] of own) specs[name] = compileTemplate(name, text);
  }
  const environments = new Map<string, Environment>();
  const environmentOf = (format: TemplatedFormat) => {
    const known = environments.get(format.name) ?? createEnvironment(format, specs);
    environments.set(format.name, known);
    return known;
  };
  return {
    has: (format, name) => Object.hasOwn(specs, `${format}/${name}`),
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
        const {
          message,
          lineNumber,
          template: inside,
        } = error as { message?: string; lineNumber?: number; template?: string };
        throw new TemplateError(inside ?? `${format.name}/${name}`, message ?? String(error), lineNumber);
      }
    },
  };
}

/** A partial whose failures carry its name; the innermost is the one to mend. */
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

type Environment = Map<string, handlebarsTypes.TemplateDelegate>;

function createEnvironment(format: TemplatedFormat, specs: Record<string, TemplateSpecification>): Environment {
  const handlebars = (runtime as unknown as typeof handlebarsTypes).create();
  handlebars.registerHelper('any-of', anyOf);
  handlebars.unregisterHelper('log');
  for (const [name, helper] of Object.entries(format.helpers ?? {}))
    handlebars.registerHelper(name, helper as handlebarsTypes.HelperDelegate);
  const environment: Environment = new Map();
  for (const [name, spec] of Object.entries(specs)) {
    if (!name.startsWith(`${format.name}/`)) continue;
    const template = handlebars.template(spec);
    const short = name.slice(format.name.length + 1);
    environment.set(short, template);
    handlebars.registerPartial(short, named(name, template));
  }
  return environment;
}
