import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

/** Runs the real command, as built, in a folder. */
export function nutgraf(
  args: string[],
  options: { cwd?: string; input?: string | Buffer; env?: NodeJS.ProcessEnv } = {},
): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin', 'nutgraf.js'), ...args], {
    cwd: options.cwd ?? ROOT,
    input: options.input ?? '',
    env: { ...process.env, ...options.env },
    maxBuffer: 1e8,
  });
  return { code: status, out: stdout.toString('utf8'), err: stderr.toString('utf8') };
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

const templates = createTemplates(formatNames());

/** A story to briefs, in this process. */
export async function briefsOf(
  content: string | Buffer,
  options: { template?: string; width?: number; house?: House; formats?: readonly string[]; draft?: boolean } = {},
): Promise<Assembled & { text: Record<string, string> }> {
  const { formats = usualFormats, ...rest } = options;
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
