import * as z from 'zod/mini';
import { type Diagnostic, hasErrors, sortDiagnostics } from '../diagnostics.js';
import { fieldsWithHeadings } from '../importing/aliases.js';
import { kinds } from '../sections/index.js';
import { decode, refusal } from '../story/decode.js';
import { line, optional } from '../story/fields.js';
import { FileText } from '../story/file-text.js';
import { readBySchema } from '../story/read.js';
import { parseYaml } from '../story/yaml.js';

const heading = line({ title: 'Heading', description: 'A heading as it stands in texts', example: 'The upshot' });

/** Kinds of section, and the fields of a story that texts have a heading for. */
const headings = z.object(
  Object.fromEntries(
    [...kinds.map(({ kind }) => kind), ...fieldsWithHeadings].map((name) => [name, optional(z.array(heading))]),
  ),
);

const configSchema = z.object({ import: optional(z.object({ headings: optional(headings) })) });

/** A house's settings. */
export type Config = z.infer<typeof configSchema>;

/** Reads a house's settings as strictly as a story. Never throws; there is a config where it has no errors. */
export function readConfig(content: Uint8Array, file: string): { config?: Config; diagnostics: Diagnostic[] } {
  const decoded = decode(content);
  if (!decoded.ok) return { diagnostics: [refusal(decoded, file)] };
  const text = new FileText(file, decoded.text);
  const tree = parseYaml(text);
  const { value, findings } = readBySchema(configSchema, tree, text);
  const diagnostics = sortDiagnostics(
    [...tree.findings, ...findings].map((finding) => text.diagnostic(finding.range, finding)),
  );
  return { ...(hasErrors(diagnostics) ? {} : { config: (value ?? {}) as Config }), diagnostics };
}
