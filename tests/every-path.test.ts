import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { loadStory } from '../src/checks/load.js';
import { EXIT } from '../src/cli/errors.js';
import { describe as describeError } from '../src/cli/known-errors.js';
import { createProgram } from '../src/cli/program.js';
import type { Terminal } from '../src/cli/terminal.js';
import { type Diagnostic, hasErrors, OWN_FAULT } from '../src/diagnostics.js';
import { loadEdition } from '../src/edition/load.js';
import { editionSchema } from '../src/edition/schema.js';
import { type Shape, shapeOf, type TextShape } from '../src/schema/shape.js';
import { configSchema, houseOf, readConfig } from '../src/settings/config.js';
import { storySchema } from '../src/story/schema.js';
import type { Path } from '../src/yaml/places.js';
import { nutgraf, temporaryFolder } from './support.js';

/** A value with every field that a shape knows; of things of several kinds in a list there is the one that `pick` says. */
function sampleOf(shape: Shape, pick: number): unknown {
  switch (shape.type) {
    case 'group':
      return Object.fromEntries([...shape.fields].map(([name, field]) => [name, sampleOf(field.shape, pick)]));
    case 'list': {
      const { item } = shape;
      const kinds: readonly Shape[] =
        item.type === 'kinds' ? [...item.kinds.values()] : item.type === 'union' ? item.options : [item];
      mostKinds = Math.max(mostKinds, kinds.length);
      return [sampleOf(kinds[pick % kinds.length] as Shape, pick + 1)];
    }
    case 'union':
      return sampleOf(shape.options.at(-1) as Shape, pick);
    case 'record':
      return { [String(sampleOf(shape.key, pick))]: sampleOf(shape.value, pick) };
    case 'flag':
      return true;
    case 'choice':
      return shape.values[0];
    case 'text':
      return textOf(shape);
    default:
      return 'anything';
  }
}

/** The most kinds of things that there are in one list. */
let mostKinds = 1;

function textOf({ example, problem, text }: TextShape): string {
  const samples = ['Words.', 'a-word', 'en', '12', '2025-10-06', '2025-10-06T09:30:00+09:00', 'https://e.example/a/'];
  const fit = [example, ...samples].find((sample) => typeof sample === 'string' && problem(sample) === undefined);
  if (typeof fit !== 'string') throw new Error(`no sample for a ${text}`);
  return fit;
}

/** Samples that together have one of each kind of thing in each list. */
function samplesOf(schema: z.core.$ZodType): object[] {
  const shape = shapeOf(schema);
  const samples = [sampleOf(shape, 0) as object];
  for (let pick = 1; pick < mostKinds; pick++) samples.push(sampleOf(shape, pick) as object);
  return samples;
}

/** A value as JSON, a line for each value, with the line of each path. Names are written as `nameOf` has it. */
function laidOut(
  value: unknown,
  nameOf: (name: string) => string = JSON.stringify,
): { text: string; lines: Map<string, number> } {
  const out: string[] = [''];
  const lines = new Map<string, number>();
  const write = (part: unknown, path: Path, indent: string) => {
    lines.set(JSON.stringify(path), out.length);
    if (typeof part !== 'object' || part === null || Object.keys(part).length === 0) {
      out[out.length - 1] += JSON.stringify(part);
      return;
    }
    const isList = Array.isArray(part);
    out[out.length - 1] += isList ? '[' : '{';
    for (const [i, [name, child]] of Object.entries(part).entries()) {
      if (i > 0) out[out.length - 1] += ',';
      out.push(isList ? `${indent} ` : `${indent} ${nameOf(name)}: `);
      write(child, [...path, isList ? i : name], `${indent} `);
    }
    out.push(`${indent}${isList ? ']' : '}'}`);
  };
  write(value, [], '');
  return { text: `${out.join('\n')}\n`, lines };
}

function* pathsOf(value: unknown, path: Path = []): Generator<Path> {
  yield path;
  if (typeof value === 'object' && value !== null)
    for (const [name, child] of Object.entries(value))
      yield* pathsOf(child, [...path, Array.isArray(value) ? Number(name) : name]);
}

const GONE = Symbol('gone');

/** What each value is replaced with: nothing, and each type there is. */
const OTHERS: readonly (readonly [name: string, value: unknown])[] = [
  ['removed', GONE],
  ['null', null],
  ['empty', ''],
  ['a list', []],
  ['a list of nothing', [null]],
  ['a list of lists', [[['x']]]],
  ['a group', {}],
  ['a group of strange fields', { 'x y': { z: ['w'] } }],
  ['a text', 'Some words'],
  ['figures', '7'],
];

function changed(value: unknown, path: Path, next: unknown): unknown {
  if (path.length === 0) return next;
  const copy = structuredClone(value);
  const parent = path.slice(0, -1).reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], copy);
  const last = path.at(-1) as string | number;
  if (next !== GONE) (parent as Record<string, unknown>)[last] = next;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete (parent as Record<string, unknown>)[last];
  return copy;
}

/** Each path of each sample of a kind of file, once; that of the whole is empty. */
function* places(schema: z.core.$ZodType): Generator<{ path: Path; whole: unknown; value: unknown }> {
  const seen = new Set<string>();
  for (const whole of samplesOf(schema))
    for (const path of pathsOf(whole)) {
      const id = JSON.stringify([path, (whole as Record<string, unknown>)[String(path[0])]]);
      if (seen.has(id)) continue;
      seen.add(id);
      yield { path, whole, value: path.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], whole) };
    }
}

/** Each path with each other value: a file of its own. */
function* mutants(schema: z.core.$ZodType): Generator<{ what: string; path: Path; next: unknown; value: unknown }> {
  for (const { path, whole } of places(schema))
    for (const [what, next] of path.length > 0 ? OTHERS : [])
      yield { what: `${path.join('.')}: ${what}`, path, next, value: changed(whole, path, next) };
}

const files = [
  {
    name: 'story',
    schema: storySchema,
    read: (text: string) => loadStory(text, 'a.story.yaml').diagnostics,
    value: (text: string) => loadStory(text, 'a.story.yaml').story as unknown,
  },
  {
    name: 'edition',
    schema: editionSchema,
    read: (text: string) => loadEdition(Buffer.from(text), 'a.edition.yaml').diagnostics,
    value: (text: string) => loadEdition(Buffer.from(text), 'a.edition.yaml').edition as unknown,
  },
  {
    name: 'settings',
    schema: configSchema,
    read: (text: string) => {
      const { config, diagnostics } = readConfig(Buffer.from(text), 'nutgraf.config.yaml');
      if (config) loadStory('headline: A\nsections: [{ kind: text, text: B }]\n', 'a.story.yaml', houseOf(config));
      return diagnostics;
    },
    value: (text: string) => readConfig(Buffer.from(text), 'nutgraf.config.yaml').config as unknown,
  },
];

describe.each(files)('a $name file with one value that is not right', ({ schema, read }) => {
  it('is sound as long as nothing is changed', () => {
    for (const sample of samplesOf(schema))
      expect(
        read(laidOut(sample).text).filter((diagnostic) => hasErrors([diagnostic]) && !isOfIds(diagnostic)),
      ).toEqual([]);
  });

  it('is reported at the value, whatever it is, and never fails', () => {
    const wrong: string[] = [];
    for (const { what, path, next, value } of mutants(schema)) {
      const { text, lines } = laidOut(value);
      const findings = read(text);
      if (findings.some(({ rule }) => rule === OWN_FAULT)) wrong.push(`${what}: ${findings[0]?.message}`);
      const errors = findings.filter((diagnostic) => hasErrors([diagnostic]) && !isOfIds(diagnostic));
      if (z.safeParse(schema, value).success) continue;
      const first = lines.get(JSON.stringify(path)) ?? lines.get(JSON.stringify(path.slice(0, -1))) ?? 0;
      const last = first + (next === GONE ? 0 : JSON.stringify(next, null, 1).split('\n').length - 1);
      if (!errors.some(({ line }) => first <= line && line <= last)) wrong.push(`${what}: ${summary(errors)}`);
    }
    expect(wrong).toEqual([]);
  });
});

/** Names that one layer or another may take for its own. */
const NAMES = [
  ...['<<', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'length', 'then', 'toJSON'],
  ...['0', '1.5', '', ' ', '~', 'null', 'true', '=', '@', '🙂', '\u00e9t\u00e9', 'kind ', 'x'.repeat(2000)],
];

/** Every way in which a name can be written. */
const WRITTEN = [JSON.stringify, (name: string) => `'${name}'`, (name: string) => name];

describe.each(files)('a $name file with more fields, of any names', ({ schema, read, value }) => {
  it('has each in the result, or reports it', () => {
    const lost: string[] = [];
    for (const { path, whole, value: group } of places(schema)) {
      if (typeof group !== 'object' || Array.isArray(group)) continue;
      for (const write of WRITTEN) {
        // Without quotes some names are no YAML, which spoils the file: each stands alone there.
        for (const names of write('') === '' ? NAMES.map((name) => [name]) : [NAMES]) {
          const more = Object.fromEntries(names.map((_, i) => [`${MORE}${i}`, { text: `these are words ${i}.` }]));
          const { text, lines } = laidOut(changed(whole, path, { ...group, ...more }), (name) =>
            name.startsWith(MORE) ? write(names[Number(name.slice(MORE.length))] ?? '') : JSON.stringify(name),
          );
          const errors = read(text).filter((finding) => hasErrors([finding]) && !isOfIds(finding));
          const result = JSON.stringify(value(text) ?? '');
          for (const [i, name] of names.entries()) {
            const line = lines.get(JSON.stringify([...path, `${MORE}${i}`])) ?? 0;
            // A name of nothing, without quotes, stands where the field before it ends.
            const first = write(name).trim() === '' ? line - 1 : line;
            if (
              !errors.some((diagnostic) => first <= diagnostic.line && diagnostic.line <= line) &&
              !result.includes(`these are words ${i}.`)
            )
              lost.push(`${path.join('.')}: ${write(name)}: ${summary(errors)}`);
          }
        }
      }
    }
    expect(lost).toEqual([]);
  });
});

const MORE = 'one more field ';

/** Ids are alike in a sample, and what it cites is not there. */
const isOfIds = ({ rule }: Diagnostic) => rule === 'unknown-source' || rule === 'duplicate-id';

const summary = (findings: readonly Diagnostic[]) =>
  findings.map(({ line, rule, message }) => `${line} ${rule} ${message}`).join('; ') || 'nothing';

describe('each command that reads stories', () => {
  const broken = [...mutants(storySchema)]
    .map(({ value }, i) => ({ name: `m${i}.story.yaml`, value }))
    .filter(({ value }) => !z.safeParse(storySchema, value).success);
  const sound = 'headline: Sound\nsections:\n  - kind: summary\n    text: Body.\n';

  // Each command but two gets a part of the stories; FUZZ gives it all.
  const shares = process.env['FUZZ'] ? 1 : 8;
  const shareOf = (args: string[]) => broken.filter((_, i) => i % shares === args.join(' ').length % shares);

  function folder(stories = broken): string {
    const path = temporaryFolder();
    for (const { name, value } of stories) writeFileSync(join(path, name), laidOut(value).text);
    writeFileSync(join(path, 'sound.story.yaml'), sound);
    return path;
  }

  it.each([
    ['check', '.'],
    ['build', '.', '--output', 'out'],
    ['sources', '.'],
    ['feed', '.', '--base', 'https://e.example/'],
    ['corrections', '.'],
  ])('%s reports every broken story and goes on', (...args) => {
    const stories = ['check', 'build'].includes(args[0] ?? '') ? broken : shareOf(args);
    const { code, out, err } = nutgraf(args, { cwd: folder(stories) });
    expect(code, err.slice(-300)).toBe(1);
    expect(stories.filter(({ name }) => !`${out}${err}`.includes(`${name}:`)).map(({ name }) => name)).toEqual([]);
  });

  it('build --stream gives a line for each', () => {
    const input = [
      ...shareOf(['--stream']).map(({ value }) => JSON.stringify(value)),
      JSON.stringify({ headline: 'Sound' }),
    ];
    const { code, out } = nutgraf(['build', '--stream'], { input: input.join('\n') });
    expect(code).toBe(1);
    expect(out.trim().split('\n')).toHaveLength(input.length);
    expect(out).not.toContain(OWN_FAULT);
  });

  it.each([
    ['render', 'STORY'],
    ['diff', 'STORY', 'sound.story.yaml'],
    ['edit', 'STORY', '--set', 'kicker=New'],
    ['add', 'source', 'STORY', '--set', 'id=x', '--set', 'outlet=X'],
    ['add', 'section', 'STORY', '--kind', 'text', '--set', 'text=Words.'],
    ['correct', 'STORY', '--text', 'It was wrong.'],
    ['check', '--fix', 'STORY'],
  ])('%s %s never fails for what is in a story', async (...args) => {
    const stories = shareOf(args);
    process.chdir(folder(stories));
    const failed: string[] = [];
    for (const { name } of stories) {
      const { code, said: message } = await run(args.map((arg) => (arg === 'STORY' ? name : arg)));
      if (code === EXIT.bug) failed.push(`${name}: ${message}`);
    }
    expect(failed).toEqual([]);
  });
});

describe('each command that reads editions or settings', () => {
  const folder = () => {
    const path = temporaryFolder();
    writeFileSync(join(path, 'sound.story.yaml'), 'headline: S\nsections: [{ kind: text, text: B }]\n');
    process.chdir(path);
    return path;
  };

  it('check and edition report every broken edition', async () => {
    const path = folder();
    const broken = [...mutants(editionSchema)]
      .filter(({ value }) => !z.safeParse(editionSchema, value).success)
      .map(({ value }, i) => ({ name: `m${i}.edition.yaml`, value }));
    for (const { name, value } of broken) writeFileSync(join(path, name), laidOut(value).text);
    const { code, out } = nutgraf(['check', '.'], { cwd: path });
    expect(code).toBe(1);
    expect(broken.filter(({ name }) => !out.includes(`${name}:`))).toEqual([]);
    const failed: string[] = [];
    for (const { name } of broken) {
      const ran = await run(['edition', name]);
      if (ran.code !== EXIT.findings) failed.push(`${name}: ${ran.code} ${ran.said}`);
    }
    expect(failed).toEqual([]);
  });

  it('settings that are wrong stop each command with a finding', async () => {
    const path = folder();
    const failed: string[] = [];
    const all = [...mutants(configSchema)].filter(({ value }) => !z.safeParse(configSchema, value).success);
    for (const [i, { value, what }] of all.entries()) {
      if (i % 10 > 0) continue;
      writeFileSync(join(path, 'nutgraf.config.yaml'), laidOut(value).text);
      for (const args of [['check'], ['sources'], ['feed', '--base', 'https://e.example/'], ['render']]) {
        const ran = await run([...args, 'sound.story.yaml']);
        if (ran.code !== EXIT.findings) failed.push(`${args[0]}: ${what}: ${ran.code} ${ran.said}`);
      }
    }
    expect(failed).toEqual([]);
  });
});

/** Runs a command in this process. */
async function run(args: readonly string[]): Promise<{ code: number; said: string }> {
  let message = '';
  const terminal: Terminal = {
    out: () => {},
    talk: (line) => {
      message += line;
    },
    colour: { out: false, talk: false },
    stdin: async () => new Uint8Array(),
    stdinChunks: async function* () {},
    outAndWait: async () => true,
    live: false,
    draw: () => {},
    now: () => new Date(),
  };
  let code: number = EXIT.ok;
  const finish = (exitCode: number) => {
    code = exitCode;
  };
  try {
    await createProgram({ terminal, version: '0', finish }).parseAsync([...args], { from: 'user' });
  } catch (error) {
    return { code: describeError(error)?.code ?? EXIT.bug, said: String(error) };
  }
  return { code, said: message };
}
