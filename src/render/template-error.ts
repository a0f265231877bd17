/** A template that is missing or wrong; `template` is its name, such as `html/brief`. */
export class TemplateError extends Error {
  readonly template: string;
  readonly line: number;

  constructor(template: string, message: string, line = 1) {
    super(message);
    this.name = 'TemplateError';
    this.template = template;
    this.line = line;
  }
}
