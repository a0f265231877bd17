import { editionShape } from '../../src/edition/schema.js';
import { table } from './story-format.js';

/** `docs/edition-format.md`, from the schema alone. */
export function editionFormat(): string {
  const sections = editionShape.fields.get('sections')?.shape;
  if (sections?.type !== 'list' || sections.item.type !== 'kinds') throw new Error('an edition has sections of kinds');
  const kinds = [...sections.item.kinds].map(([kind, { description = '', fields }]) => {
    const kindFields = new Map([...fields].filter(([name]) => name !== 'kind'));
    return `### \`${kind}\`\n\n${description}.\n\n${table({ type: 'group', fields: kindFields })}`;
  });
  return `# The edition file, version 1

<!-- Generated from src/edition/schema.ts. Run \`npm test -- -u\` after a change. -->

One YAML file, \`<name>.edition.yaml\`, is one newsletter; [edition.md](edition.md) shows one, and what is made of it. Texts are
those of [the story file](story-format.md): *one line* is plain text, *prose* is Markdown. What an edition says itself cites
no sources: it links.

## The edition’s own fields

${table(editionShape)}

## Sections

Every section has \`kind\`.

${kinds.join('\n\n')}
`;
}
