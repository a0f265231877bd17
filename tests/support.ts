import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { afterEach } from 'vitest';
import { type Assembled, assemble } from '../src/assemble.js';
import { formatNames, usualFormats } from '../src/formats/list.js';
import type { House } from '../src/house.js';
import { createTemplates } from '../src/render/templates.js';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const SHARED = join(ROOT, '..', 'shared');
/** Later than every embargo of the tests, but for the one that is about embargoes. */
const NOW = new Date('2030-01-01T00:00:00Z');

/** Property tests run the same inputs each time; FUZZ=100000 looks further, from another start. */
export const RUNS = process.env['FUZZ'] ? { numRuns: Number(process.env['FUZZ']) } : { numRuns: 2000, seed: 20251006 };

export interface Run {
  code: number | null;
  out: string;
  err: string;
}

/** What a run of the command is given. */
interface RunOptions {
  cwd?: string;
  input?: string | Buffer;
  env?: NodeJS.ProcessEnv;
}

/**
 * Runs the real command, as built, in a folder. All runs of a test file share one process, so that each takes
 * milliseconds; a run with an environment of its own has a process of its own.
 */
export function nutgraf(args: string[], options: RunOptions = {}): Run {
  return options.env ? started(args, options) : served(args, options);
}

/** Runs the command in a process of its own, as a shell does. */
export function started(args: string[], { cwd = ROOT, input = '', env }: RunOptions = {}): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin', 'nutgraf.js'), ...args], {
    cwd,
    input,
    env: { ...process.env, ...env },
    maxBuffer: 1e8,
  });
  return { code: status, out: stdout.toString('utf8'), err: stderr.toString('utf8') };
}

let server: { port: MessagePort; signal: Int32Array } | undefined;

/** Runs the command in the process that all runs of a test file share. */
function served(args: string[], { cwd = ROOT, input = '' }: RunOptions): Run {
  server ??= serve();
  const { port, signal } = server;
  Atomics.store(signal, 0, 0);
  port.postMessage({ args, cwd, input: Buffer.from(input).toString('base64') });
  if (Atomics.wait(signal, 0, 0, 60_000) === 'timed-out') throw new Error(`no answer to: nutgraf ${args.join(' ')}`);
  return (receiveMessageOnPort(port) as { message: Run }).message;
}

function serve() {
  const { port1: port, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { port: port2, signal };
  new Worker(join(ROOT, 'tests', 'served.cjs'), { workerData, transferList: [port2] }).unref();
  port.unref();
  return { port, signal };
}

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A fresh folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nutgraf-test-'));
  folders.push(folder);
  return folder;
}

/** The names of the briefs in a folder, without what a build remembers there. */
export const briefsIn = (folder: string): string[] => readdirSync(folder).filter((name) => name !== '.nutgraf');

/** All example stories and all sound case stories, by name. */
export function soundStories(): { name: string; file: string; bytes: Buffer }[] {
  const examples = readdirSync(join(ROOT, 'stories'))
    .filter((name) => name.endsWith('.story.yaml'))
    .map((name) => join(ROOT, 'stories', name));
  const cases = readdirSync(join(ROOT, 'tests', 'cases')).map((name) =>
    join(ROOT, 'tests', 'cases', name, 'story.yaml'),
  );
  const sound = cases.filter((file) => existsSync(join(file, '..', 'brief.txt')));
  return [...examples, ...sound].map((file) => ({ name: file.slice(ROOT.length), file, bytes: readFileSync(file) }));
}

let templates: ReturnType<typeof createTemplates> | undefined;

/** A story to briefs, in this process. */
export async function briefsOf(
  content: string | Buffer,
  options: { template?: string; width?: number; house?: House; formats?: readonly string[]; draft?: boolean } = {},
): Promise<Assembled & { text: Record<string, string> }> {
  const { formats = usualFormats, ...rest } = options;
  templates ??= createTemplates(formatNames()); // a file that needs none ends before they are loaded
  const result = assemble(content, 'story.yaml', { formats, templates: await templates, now: NOW, ...rest });
  return { ...result, text: Object.fromEntries(result.briefs.map(({ format, text }) => [format, text])) };
}

/** A story with one section of prose and two sources. */
export function storyOf(prose: string): string {
  return JSON.stringify({
    headline: 'H',
    sections: [{ kind: 'text', text: prose }],
    sources: [
      { id: 'a', outlet: 'Outlet A' },
      { id: 'b', outlet: 'Outlet B' },
    ],
  });
}
