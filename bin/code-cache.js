// What V8 made of our files when they were bundled, kept beside them (`*.cache`), so that a short command does not spend its
// time compiling. V8 refuses what another version of it has made; a file that is newer than its cache is compiled. From version 22
// on Node keeps such caches itself, in a folder of its own, also for a package from npm, which has no caches.
//   node bin/code-cache.js    writes the caches, after some commands have been run to see what is needed
const { readdirSync, readFileSync, statSync, writeFileSync, rmSync, mkdtempSync } = require('node:fs');
const Module = require('node:module');
const { tmpdir } = require('node:os');
const { dirname, join, sep } = require('node:path');
const { Script } = require('node:vm');

const DIST = join(__dirname, '..', 'dist') + sep;

/** The scripts that were loaded, by file. */
const loaded = new Map();

/** Loads our files with their caches from now on. */
function useCodeCache() {
  if (Module.enableCompileCache) {
    Module.enableCompileCache();
    return;
  }
  Module._extensions['.cjs'] = (module, filename) => {
    if (!filename.startsWith(DIST)) return Module._extensions['.js'](module, filename);
    const source = readFileSync(filename, 'latin1'); // our files are ASCII, so that V8 keeps a byte a character
    const script = new Script(Module.wrap(source), { filename, cachedData: cacheOf(filename) });
    loaded.set(filename, script);
    const run = script.runInThisContext();
    run.call(module.exports, module.exports, (id) => module.require(id), module, filename, dirname(filename));
  };
}

function cacheOf(filename) {
  try {
    const cache = `${filename}.cache`;
    return statSync(cache).mtimeMs < statSync(filename).mtimeMs ? undefined : readFileSync(cache);
  } catch {
    return undefined; // there is none
  }
}

async function writeCaches() {
  if (Module.enableCompileCache) return;
  useCodeCache();
  const { main } = require('../dist/cli.cjs');
  const { stdout, stderr } = process;
  for (const stream of [stdout, stderr]) stream.write = () => true;
  const story = join(__dirname, '..', 'stories', 'harbour-ferry.story.yaml');
  const folder = mkdtempSync(join(tmpdir(), 'nutgraf-cache-'));
  const broken = join(folder, 'broken.story.yaml');
  try {
    for (const format of ['html', 'md', 'txt']) await main(['render', story, '--to', format], '');
    await main(['check', story], '');
    writeFileSync(broken, 'headline: A: b\nsections:\n  - kind: summary\n    text: "A “b\n');
    await main(['check', broken], '');
    await main(['build', story, '-o', folder], '');
    await main(['build', story, '-o', folder], '');
    for (const name of readdirSync(DIST)) if (/^interview-.*\.cjs$/.test(name)) require(join(DIST, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const [filename, script] of loaded) writeFileSync(`${filename}.cache`, script.createCachedData());
}

module.exports = { useCodeCache };
if (require.main === module) void writeCaches();
