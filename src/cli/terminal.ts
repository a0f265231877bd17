import { fstatSync } from 'node:fs';
import { InputError } from '../batch/input.js';
import { MAX_BYTES } from '../yaml/decode.js';
import { EXIT } from './errors.js';

/** Where a command writes and what it may know of the world. Only this module touches the streams. */
export interface Terminal {
  /** What was asked for. */
  out: (text: string) => void;
  /** What is said about it, a line at a time. Foreign words in it must have gone through `visible`. */
  talk: (line: string) => void;
  /** Whether reports may be coloured, on the stream that they go to. */
  colour: { out: boolean; talk: boolean };
  /** Standard input to its end, or to the signal. */
  stdin: (signal?: AbortSignal) => Promise<Uint8Array>;
  /** Standard input as it comes. */
  stdinChunks: () => AsyncIterable<Uint8Array>;
  /** Writes what was asked for, and waits until there is room for more; false where nobody reads it any more. */
  outAndWait: (text: string) => Promise<boolean>;
  /** Whether a line of what is said may be drawn over. */
  live: boolean;
  draw: (text: string) => void;
  now: () => Date;
}

/** Whether something that was asked for could not be written. */
let lost = false;

/** Whether standard output has lost something: the exit code is that of a disk fault then, whatever else was done. */
export const hasLostOutput = (): boolean => lost;

export function createTerminal(colourWanted: boolean): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // Whoever read from us has read enough, as `head` does.
      if (error.code === 'EPIPE') return;
      lost = true;
      process.exitCode = EXIT.disk;
      if (stream === process.stdout) process.stderr.write(`nutgraf: cannot write to standard output: ${error.code}\n`);
    });
  }
  const plain = !colourWanted || Boolean(process.env['NO_COLOR']) || process.env['TERM'] === 'dumb';
  return {
    out: (text) => void process.stdout.write(text),
    talk: (line) => void process.stderr.write(`${line}\n`),
    colour: { out: !plain && process.stdout.isTTY === true, talk: !plain && process.stderr.isTTY === true },
    stdin: readStdin,
    stdinChunks: () => {
      if (fstatSync(0).isDirectory()) throw new InputError('standard input is a folder');
      return process.stdin;
    },
    outAndWait,
    live: !plain && process.stderr.isTTY === true,
    draw: (text) => void process.stderr.write(text),
    now: () => new Date(),
  };
}

async function outAndWait(text: string): Promise<boolean> {
  const { stdout } = process;
  if (stdout.write(text)) return true;
  // Node forgets the error of a closed standard output, so it is told by its event alone.
  return new Promise<boolean>((done) => {
    const drained = () => end(true);
    const failed = () => end(false);
    const end = (open: boolean) => {
      stdout.off('drain', drained).off('error', failed);
      done(open);
    };
    stdout.on('drain', drained).on('error', failed);
  });
}

async function readStdin(signal?: AbortSignal): Promise<Uint8Array> {
  if (process.stdin.isTTY) process.stderr.write('reading a story from the terminal; end it with Ctrl-D\n');
  const chunks: Buffer[] = [];
  let size = 0;
  signal?.addEventListener('abort', () => process.stdin.destroy());
  try {
    for await (const chunk of process.stdin) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size > MAX_BYTES) break; // the loader refuses it
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
  return Buffer.concat(chunks);
}

/**
 * Text from a file, a file name or the command line for a terminal: control characters, line breaks and direction marks
 * are shown, not obeyed.
 */
export function visible(text: string): string {
  return escapeAll(text).replaceAll('\n', '\\n').replaceAll('\t', '→');
}

function escapeAll(text: string): string {
  return text.replace(
    /[\0-\x08\x0B-\x1F\x7F-\x9F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}\p{Cs}]/gu,
    (char) => {
      const code = char.codePointAt(0) ?? 0;
      if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`; // a byte of a name (batch/name)
      const hex = code.toString(16).toUpperCase();
      return code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex.padStart(4, '0')}}`;
    },
  );
}
