import Handlebars from 'handlebars';
import { compileOptions } from './compile.js';
import { TemplateError } from './template-error.js';

/** Compiles a newsroom's own template. It can only read the view: what it is given is safe text. */
export function compileTemplate(name: string, text: string): TemplateSpecification {
  try {
    return new Function(`return ${String(Handlebars.precompile(text, compileOptions))}`)() as TemplateSpecification;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = /(?:line |on line )(\d+)|- (\d+):\d+/.exec(message);
    const [, helper] = /used the unknown helper (\S+)/.exec(message) ?? [];
    const parser = message.split('\n').at(-1) ?? message;
    const open = /got 'EOF'$/.test(parser) ? 'a {{#…}} is never closed' : parser;
    const problem = helper === undefined ? open : `there is no helper "${helper}"`;
    throw new TemplateError(name, problem, Number(line?.[1] ?? line?.[2] ?? 1));
  }
}
