import { type Diagnostic, hasErrors, sortDiagnostics } from '../diagnostics.js';
import { decode, refusal } from './decode.js';
import { FileText, type Range } from './file-text.js';
import type { Path } from './places.js';
import { readBySchema } from './read.js';
import { strayCharacters } from './stray.js';
import type { Schema } from './walk.js';
import { parseYaml } from './yaml.js';

/** A file that was read by a schema. */
export interface Read {
  /** Absent where there are errors. */
  value?: unknown;
  diagnostics: Diagnostic[];
  /** The place of a value, for a message about it. */
  place: (path: Path, within?: Range) => Diagnostic;
  has: (path: Path) => boolean;
}

/** Reads a file that is no story, an edition or settings, as strictly as one. Never throws for what is in it. */
export function readDocument(schema: Schema, content: Uint8Array, file: string): Read {
  const decoded = decode(content);
  if (!decoded.ok) {
    const problem = refusal(decoded, file);
    return { diagnostics: [problem], place: () => problem, has: () => false };
  }
  const text = new FileText(file, decoded.text);
  const tree = parseYaml(text);
  const { value, places, findings } = readBySchema(schema, tree, text);
  const diagnostics = sortDiagnostics(
    [...strayCharacters(text), ...tree.findings, ...findings].map((finding) => text.diagnostic(finding.range, finding)),
  );
  return {
    ...(hasErrors(diagnostics) ? {} : { value: value ?? {} }),
    diagnostics,
    place: (path, within) => text.diagnostic(places.range(path, within), { rule: '', message: '' }),
    has: (path) => places.has(path),
  };
}
