import { type Assembled, type AssembleOptions, assemble } from '../../assemble.js';
import { failure } from '../../batch/one.js';
import { storiesIn } from '../../batch/stream.js';
import { type Diagnostic, firstOfEach, hasErrors } from '../../diagnostics.js';
import { EXIT } from '../errors.js';
import { toJson } from '../json.js';
import type { Terminal } from '../terminal.js';

/** `nutgraf build --stream`: stories on standard input, one line of JSON for each on standard output. */
export async function stream(options: AssembleOptions, terminal: Terminal): Promise<number> {
  let failed = 0;
  let bug = false;
  let index = 0;
  for await (const { bytes, line } of storiesIn(terminal.stdinChunks())) {
    index++;
    const { briefs, diagnostics, refused, slug } = assembled(bytes, `story-${index}`, options);
    const status = hasErrors(diagnostics) ? 'failed' : refused === undefined ? 'built' : 'held back';
    if (status === 'failed') failed++;
    bug ||= diagnostics.some(({ rule }) => rule === 'nutgraf-failed');
    const result = {
      index,
      line,
      status,
      ...(slug === undefined ? {} : { slug }),
      ...(refused === undefined ? {} : { refused }),
      briefs: Object.fromEntries(briefs.map(({ format, text }) => [format, text])),
      diagnostics: firstOfEach(diagnostics).map((diagnostic) => placed(diagnostic, line)),
    };
    if (!(await terminal.outAndWait(`${toJson(result)}\n`))) break; // nobody reads any more
  }
  if (bug) return EXIT.bug;
  return failed > 0 ? EXIT.findings : EXIT.ok;
}

function assembled(bytes: Uint8Array, name: string, options: AssembleOptions): Assembled {
  try {
    return assemble(withoutNulls(bytes), name, options);
  } catch (error) {
    return { briefs: [], diagnostics: [failure(name, error)] };
  }
}

/** A string of JSON, and behind a name its null with the comma that follows. */
const NULLS = /"(?:[^"\\]|\\.)*"(\s*:\s*null\s*(?:,|(?=\})))?/g;

/** Programs write null for what is not there: such fields of a JSON object become spaces, so that all else stays in its place. */
function withoutNulls(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('latin1'); // a character a byte
  if (!text.includes('null') || !text.trimStart().startsWith('{')) return bytes;
  return Buffer.from(
    text.replace(NULLS, (all, isNull: string | undefined) => (isNull === undefined ? all : ' '.repeat(all.length))),
    'latin1',
  );
}

/** A finding at its line in the stream. */
function placed({ source: _, ...diagnostic }: Diagnostic, first: number): Diagnostic {
  return { ...diagnostic, line: diagnostic.line + first - 1, endLine: diagnostic.endLine + first - 1 };
}
