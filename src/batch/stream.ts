import { MAX_BYTES } from '../yaml/decode.js';

/** One story of a stream. */
export interface StreamedStory {
  /** Its text; only the start of one that is longer than a story may be, enough to be refused. */
  bytes: Uint8Array;
  /** The line of the stream on which it starts, from 1. */
  line: number;
}

const NEWLINE = 0x0a;

/**
 * A stream of stories to its stories, one at a time: a line of JSON each where it starts with `{`, else YAML documents
 * with lines of `---` between them. Holds no more than one story. Nothing is decoded here, so no bad byte goes unseen.
 */
export async function* storiesIn(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<StreamedStory> {
  let isJson: boolean | undefined;
  let lines: Buffer[] = [];
  let size = 0;
  let start = 1;
  let number = 0;
  const take = (): StreamedStory[] => {
    const bytes = Buffer.concat(lines);
    lines = [];
    size = 0;
    return saysNothing(bytes) ? [] : [{ bytes, line: start }];
  };
  for await (const line of linesIn(chunks)) {
    number++;
    if (isJson === undefined && !isBlank(line)) isJson = /^[\uFEFF\s]*\{/.test(line.subarray(0, 100).toString('utf8'));
    const rest = isJson ? undefined : behindMarker(line);
    if (isJson || rest) {
      yield* take();
      start = number;
    }
    const kept = rest ?? line;
    if (size <= MAX_BYTES) lines.push(kept);
    size += kept.length;
    if (isJson) yield* take(); // a line is a story as soon as it is whole
  }
  yield* take();
}

/** What stands behind `---` or `...` at the start of a line, which part documents; undefined for other lines. */
function behindMarker(line: Buffer): Buffer | undefined {
  const [marker] = /^(?:---|\.\.\.)(?=\s|$)/.exec(line.subarray(0, 4).toString('latin1')) ?? [];
  if (marker === undefined) return undefined;
  const rest = line.subarray(marker.length);
  return /^\s*#/.test(rest.subarray(0, 100).toString('latin1')) ? Buffer.alloc(0) : rest;
}

/** Whether there are only comments and directives, as before the first document. */
function saysNothing(bytes: Buffer): boolean {
  if (bytes.length > 10_000) return false;
  return bytes
    .toString('latin1')
    .split('\n')
    .every((line) => /^\s*(?:#.*|%.*)?$/.test(line.trimEnd()));
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || (byte >= 9 && byte <= 13));
}

/** Lines with their ends; of a line that is longer than a story may be, only the start. */
async function* linesIn(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let pending: Buffer[] = [];
  let size = 0;
  const add = (bytes: Buffer) => {
    if (size <= MAX_BYTES) pending.push(bytes);
    size += bytes.length;
  };
  const take = (): Buffer => {
    const line = Buffer.concat(pending);
    pending = [];
    size = 0;
    return line;
  };
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let at = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, at)) {
      add(bytes.subarray(at, end + 1));
      yield take();
      at = end + 1;
    }
    if (at < bytes.length) add(bytes.subarray(at));
  }
  if (size > 0) yield take();
}
