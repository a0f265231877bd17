import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { defineConfig, type Plugin } from 'rolldown';
import { compileOptions } from './src/render/compile.js';
import { compileDirect } from './src/render/direct-compile.js';

const FOLDER = fileURLToPath(new URL('templates', import.meta.url));
const VIRTUAL = 'virtual:templates';
/** The inliner of styles, which is needed for mail alone: its WebAssembly goes into a file of its own. */
const INLINER = 'virtual:css-inline';
const WASM = createRequire(import.meta.url).resolve('@css-inline/css-inline-wasm/index_bg.wasm');

/** What takes long to load or set up, and what many a run does not need: `virtual:lazy/linebreak`, and files of ours. */
const LAZY = 'virtual:lazy/';
/** Such a package as a module, since one that is required may have another form than one that is imported. */
const WHOLE = 'virtual:whole/';
/** Each of them is bundled into a file of its own. */
const LAZY_MODULES = [
  'fast-string-width',
  'linebreak',
  'markdown-it',
  'tldts-icann',
  'yaml',
  'src/schema/read-strictly',
];

const lazyFile = (name: string) => `lazy-${basename(name)}`;
const lazySource = (name: string) =>
  name.startsWith('src/') ? fileURLToPath(new URL(`${name}.ts`, import.meta.url)) : name;

/**
 * Gives `virtual:templates`: for each format and way a function that loads its compiled templates; and `virtual:lazy/…`: a package
 * that is loaded from a file of its own when `load` is called, where the bundler can do that. The tests use it too.
 */
export function virtualModules({ isLazy = false } = {}): Plugin {
  return {
    name: 'virtual-modules',
    resolveId: (id) => {
      if (id.startsWith('./lazy-')) return { id, external: true };
      return id === VIRTUAL || id === INLINER || [`${VIRTUAL}/`, LAZY, WHOLE].some((start) => id.startsWith(start))
        ? `\0${id}`
        : null;
    },
    load(id) {
      if (id.startsWith(`\0${LAZY}`)) {
        const name = id.slice(LAZY.length + 1);
        return isLazy
          ? `export const load = () => require('./${lazyFile(name)}.cjs').whole;`
          : `import * as whole from '${lazySource(name)}';\nexport const load = () => whole;`;
      }
      if (id.startsWith(`\0${WHOLE}`))
        return `import * as whole from '${lazySource(id.slice(WHOLE.length + 1))}';\nexport { whole };`;
      if (id === `\0${INLINER}`) return `export const wasm = ${JSON.stringify(readFileSync(WASM).toString('base64'))};`;
      if (id === `\0${VIRTUAL}`) {
        const loaders = (way: Way) =>
          readdirSync(FOLDER).map((name) => `${name}: async () => (await import('${VIRTUAL}/${way}/${name}')).default`);
        return WAYS.map((way) => `export const ${way} = {\n${loaders(way).join(',\n')}\n};`).join('\n');
      }
      const [way, format] = id.startsWith(`\0${VIRTUAL}/`) ? id.slice(VIRTUAL.length + 2).split('/') : [];
      return format === undefined ? null : compiled(format, way as Way);
    },
  };
}

/** How our templates are compiled: as functions, and for Handlebars. */
const WAYS = ['direct', 'precompiled'] as const;
type Way = (typeof WAYS)[number];

/** A module that holds all templates of a format, by names such as `html/sections/timeline`. */
function compiled(format: string, way: Way): string {
  const files = readdirSync(`${FOLDER}/${format}`, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.hbs'))
    .sort();
  const entries = files.map((file) => {
    const text = readFileSync(`${FOLDER}/${format}/${file}`, 'utf8');
    const name = `${format}/${file.slice(0, -4)}`;
    const code = way === 'direct' ? compileDirect(name, text) : String(Handlebars.precompile(text, compileOptions));
    return `${JSON.stringify(name)}: ${code}`;
  });
  return `export default {\n${entries.join(',\n')}\n};`;
}

/** Commander loads what starts other programs, for commands in files of their own; we have none, and it takes its time. */
const withoutPrograms: Plugin = {
  name: 'without-programs',
  transform: (code, id) =>
    id.endsWith('/commander/lib/command.js') ? code.replace("require('node:child_process')", '{}') : null,
};

/** Writes the licences of the packages that are in our files, as those ask for, beside them. */
const notices: Plugin = {
  name: 'notices',
  generateBundle(_, bundle) {
    const folders = new Set<string>();
    for (const chunk of Object.values(bundle))
      for (const id of chunk.type === 'chunk' ? chunk.moduleIds : []) {
        // The innermost folder of a package; what a package has bundled itself is its own.
        const folder = [...id.matchAll(/[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/g)]
          .map(({ index, 0: match }) => id.slice(0, index + match.length))
          .findLast((candidate) => existsSync(`${candidate}/package.json`));
        if (folder !== undefined) folders.add(folder);
      }
    const all = [...folders].map(noticeOf).sort((a, b) => (a < b ? -1 : 1));
    const head = 'nutgraf holds parts of these packages. Their authors license them as follows.';
    this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-NOTICES.txt', source: `${[head, ...all].join(RULE)}\n` });
  },
};

/**
 * Writes characters beyond ASCII by their numbers: Node then keeps a file with a byte for each character, and reads it in
 * half of the time. Comments are gone by then, and no template's raw text has such characters.
 */
const ascii: Plugin = {
  name: 'ascii',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle))
      if (chunk.type === 'chunk')
        chunk.code = chunk.code.replace(
          /[^\0-\x7F]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );
  },
};

const RULE = `\n\n${'-'.repeat(72)}\n\n`;

/** The name, version and licence of a package, and the text of the licence. Throws where a package names none. */
function noticeOf(folder: string): string {
  const { name, version, license, author } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as {
    name: string;
    version: string;
    license?: string;
    author?: string | { name: string };
  };
  const file = readdirSync(folder).find((entry) => /^(?:licen[cs]e|copying)(?:[.-]|$)/i.test(entry));
  if (license === undefined && file === undefined) throw new Error(`the package ${name} names no licence`);
  const by = typeof author === 'object' ? author.name : author;
  const text =
    file === undefined ? `Copyright ${by ?? `the authors of ${name}`}` : readFileSync(`${folder}/${file}`, 'utf8');
  return `${name} ${version} (${license ?? 'see below'})\n\n${text.replaceAll('\r\n', '\n').trim()}`;
}

/** What every command needs, also one that makes no brief, such as --help. */
const START =
  /[\\/]src[\\/](?:cli[\\/](?:errors|terminal)|batch[\\/]input|yaml[\\/]decode|formats[\\/]list|(?:edition|feed)[\\/]files|brief-options)\.ts$/;
/** What every command needs that reads stories: settings, files, findings as people see them. */
const FILES =
  /[\\/]src[\\/](?:batch[\\/](?:discover|read|write)|cli[\\/](?:options|report[\\/]pretty|settings|tell|user-templates|worker-script))\.ts$/;
/** What a build needs that finds nothing to do. */
const PLAN = /[\\/]src[\\/](?:batch[\\/](?:build|foreign|key|plan|runner)|cli[\\/]commands[\\/]build)\.ts$/;
/** What an interview needs from its first question on. */
const INTERVIEW = /[\\/]src[\\/](?:tui|cli[\\/]interview)[\\/](?!choose|plain)/;
/** The modules from which on all is needed for a brief, whatever its format. */
const BRIEF = /[\\/]src[\\/](?:assemble|render[\\/]templates)\.ts$/;

export default defineConfig([
  {
    platform: 'node',
    plugins: [virtualModules({ isLazy: true }), withoutPrograms, notices, ascii],
    input: {
      cli: 'src/cli/main.ts',
      worker: 'src/batch/worker.ts',
      ...Object.fromEntries(LAZY_MODULES.map((name) => [lazyFile(name), `${WHOLE}${name}`])),
    },
    output: {
      dir: 'dist',
      format: 'cjs',
      cleanDir: true,
      entryFileNames: '[name].cjs',
      chunkFileNames: '[name]-[hash].cjs',
      minify: true,
      // What each brief needs stands in one file: opening forty takes longer than reading one.
      codeSplitting: {
        groups: [
          { name: 'start', test: START, priority: 3 },
          { name: 'files', test: FILES, priority: 2 },
          { name: 'plan', test: PLAN, priority: 1 },
          { name: 'brief', test: BRIEF },
          { name: 'interview', test: INTERVIEW },
        ],
      },
    },
  },
  {
    platform: 'node',
    plugins: [virtualModules()],
    external: [/^[a-z@][^:]*$/i],
    input: { index: 'src/index.ts' },
    output: { dir: 'dist', format: 'esm', chunkFileNames: 'library-[name]-[hash].js' },
  },
]);
