import { jsonSchema } from '../../story/json-schema.js';
import { EXIT } from '../errors.js';
import type { Terminal } from '../terminal.js';

/** `nutgraf schema`: the story format for editors. */
export function schema(terminal: Terminal): number {
  terminal.out(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
  return EXIT.ok;
}
