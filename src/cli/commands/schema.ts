import { jsonSchemaOf } from '../../schema/json-schema.js';
import { storySchema } from '../../story/schema.js';
import { EXIT } from '../errors.js';
import type { Terminal } from '../terminal.js';

/** `nutgraf schema`: the story format, or that of editions, for editors. */
export async function schema({ edition }: { edition?: boolean | undefined }, terminal: Terminal): Promise<number> {
  const format = edition ? (await import('../../edition/schema.js')).editionSchema : storySchema;
  terminal.out(`${JSON.stringify(jsonSchemaOf(format), null, 2)}\n`);
  return EXIT.ok;
}
