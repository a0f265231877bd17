import { precompiled } from 'virtual:templates';
import type handlebarsTypes from 'handlebars';
import runtime from 'handlebars/runtime.js';
import type { TemplatedFormat } from '../formats/format.js';
import { baseOf } from '../formats/list.js';
import { anyOf } from './any-of.js';
import { compileTemplate } from './compile-template.js';
import { TemplateError } from './template-error.js';
import type { Environment, TemplateSource } from './templates.js';

/** Our templates and a newsroom's own in their place, run by Handlebars: the two may use each other's parts. */
export async function handlebarsSource(
  folders: Iterable<string>,
  userTemplates: ReadonlyMap<string, string>,
): Promise<TemplateSource> {
  const loaded = await Promise.all([...folders].map((folder) => precompiled[folder]?.() ?? {}));
  const specs: Specs = Object.assign({}, ...loaded);
  for (const [name, text] of userTemplates) {
    try {
      specs[name] = compileTemplate(name, text);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      specs[name] = error; // only a brief that needs it fails
    }
  }
  return { names: Object.keys(specs), environment: (format) => createEnvironment(format, specs) };
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

/** Templates by name; of one that could not be compiled, why. */
type Specs = Record<string, TemplateSpecification | TemplateError>;

function failing(error: TemplateError): handlebarsTypes.TemplateDelegate {
  return () => {
    throw error;
  };
}

const SAFE = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };

function createEnvironment(format: TemplatedFormat, specs: Specs): Environment {
  const handlebars = (runtime as unknown as typeof handlebarsTypes).create();
  handlebars.registerHelper('any-of', anyOf);
  handlebars.unregisterHelper('log');
  for (const [name, helper] of Object.entries(format.helpers ?? {}))
    handlebars.registerHelper(name, helper as handlebarsTypes.HelperDelegate);
  const environment = new Map<string, (view: object) => string>();
  // Parts of the format that this one is based on come first, and its own in their place.
  for (const folder of new Set([baseOf(format.name), format.name]))
    for (const [name, spec] of Object.entries(specs)) {
      if (!name.startsWith(`${folder}/`)) continue;
      const short = name.slice(folder.length + 1);
      if (folder !== format.name && !short.includes('/')) continue;
      const template = spec instanceof TemplateError ? failing(spec) : handlebars.template(spec);
      environment.set(short, (view) => template(view, SAFE));
      handlebars.registerPartial(short, named(name, template));
    }
  return environment;
}
