import * as z from 'zod/mini';
import { editionSchema } from '../../src/edition/schema.js';
import { kindOf, type Schema, unwrap } from '../../src/schema/walk.js';
import { table } from './story-format.js';

/** `docs/edition-format.md`, from the schema alone. */
export function editionFormat(): string {
  const sections = unwrap(editionSchema._zod.def.shape.sections) as z.core.$ZodArray;
  const { options } = (unwrap(sections._zod.def.element) as z.core.$ZodUnion)._zod.def;
  const kinds = options.map((option: Schema) => {
    const description = z.globalRegistry.get(option)?.description ?? '';
    return `### \`${kindOf(option, 'kind')}\`\n\n${description}.\n\n${table(option, ['kind'])}`;
  });
  return `# The edition file, version 1

<!-- Generated from src/edition/schema.ts. Run \`npm test -- -u\` after a change. -->

One YAML file, \`<name>.edition.yaml\`, is one newsletter; [edition.md](edition.md) shows one, and what is made of it. Texts are
those of [the story file](story-format.md): *one line* is plain text, *prose* is Markdown. What an edition says itself cites
no sources: it links.

## The edition’s own fields

${table(editionSchema)}

## Sections

Every section has \`kind\`.

${kinds.join('\n\n')}
`;
}
