// Measures the built command, and its peers where they are installed, and writes the ratios into docs/performance.md.
// Machines are noisy: only ratios in one run count.
//   npm run bench                  start-up, one story, 1 000 and 10 000 stories
//   npm run bench -- 1000 100000   other numbers of stories
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { story, writeCorpus, writeEleventySite, writeHugoSite } from './corpus.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const nutgraf = join(root, 'bin/nutgraf.js');
const eleventy = join(root, 'tests/bench/node_modules/@11ty/eleventy/cmd.cjs');
const counts = process.argv.slice(2).map(Number);
if (counts.length === 0) counts.push(1000, 10_000);
// A disk in memory where there is one, so that the programs are measured and not the disk.
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'nutgraf-bench-'));
const timer = existsSync('/usr/bin/time') ? ['/usr/bin/time', '-f', '%M'] : [];

/** Runs a program; gives milliseconds, and megabytes at most where they can be measured. */
function run(program, args, cwd = folder) {
  const [command, ...rest] = [...timer, program, ...args];
  const start = performance.now();
  const { status, stderr, error } = spawnSync(command, rest, { cwd, maxBuffer: 1e9 });
  const ms = performance.now() - start;
  if (error || status > 1) throw new Error(`${program} ${args.join(' ')}: ${error ?? stderr}`);
  const kilobytes = timer.length > 0 ? Number(String(stderr).trimEnd().split('\n').at(-1)) : Number.NaN;
  return { ms, mb: kilobytes / 1024 };
}

const isThere = (program) => !spawnSync(program, ['version']).error;
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const node = (...args) => run(process.execPath, args).ms;
const ratio = (a, b) => (a / b).toFixed(2);
const rows = [];
const add = (what, value, target = '') => {
  rows.push(`| ${what} | ${value} | ${target} |`);
  console.log(`${what}: ${value}${target ? ` (to reach: ${target})` : ''}`);
};

writeFileSync(join(folder, 'one.story.yaml'), story(0));
writeFileSync(join(folder, 'broken.yaml'), story(0).replace('Jane Smith', '@jane').replace('[@s1]', '[@s9]'));
const starts = {
  '`--version`': [['--version'], '1.10'],
  '`--help`': [['--help'], '1.25'],
  '`render` one story': [['render', 'one.story.yaml'], '1.6'],
  '`render` one story as HTML': [['render', 'one.story.yaml', '--to', 'html'], '1.6'],
  '`check` one broken story': [['check', 'broken.yaml'], '2.2'],
};
const times = Object.fromEntries([['base', []], ...Object.keys(starts).map((name) => [name, []])]);
for (let round = 0; round < 15; round++) {
  times.base.push(node('-e', '0'));
  for (const [name, [args]] of Object.entries(starts)) times[name].push(node(nutgraf, ...args));
}
const base = median(times.base);
for (const [name, [, target]] of Object.entries(starts))
  add(`${name}, over \`node -e 0\``, ratio(median(times[name]), base), target);

const build = (count, ...more) =>
  run(process.execPath, [nutgraf, 'build', `s${count}`, '-o', `b${count}`, '-q', ...more]);
const peers = { Hugo: isThere('hugo'), Eleventy: existsSync(eleventy), pandoc: isThere('pandoc') };
const colds = new Map();
for (const count of counts) {
  writeCorpus(join(folder, `s${count}`), count);
  // Files that are younger than a clock's tick are read again by each build; nobody's stories are so all at once.
  await new Promise((done) => setTimeout(done, 3000));
  const cold = build(count);
  colds.set(count, cold.ms);
  const number = count.toLocaleString('en').replaceAll(',', ' ');
  add(`build ${number} stories × 3 formats, per story`, `${((cold.ms * 1000) / count).toFixed(0)} µs`);
  if (peers.Hugo) {
    writeHugoSite(join(folder, 'hugo'), count);
    const hugo = run('hugo', ['--quiet', '-d', join(folder, 'hugo-out')], join(folder, 'hugo'));
    add(`… over Hugo`, ratio(cold.ms, hugo.ms), count <= 1000 ? '1.2' : '0.6');
    add(`… peak memory of Hugo`, `${hugo.mb.toFixed(0)} MB`);
    for (const name of ['hugo', 'hugo-out']) rmSync(join(folder, name), { recursive: true, force: true });
  }
  if (peers.Eleventy) {
    writeEleventySite(join(folder, 'eleventy'), count);
    const other = run(process.execPath, [eleventy, '--quiet'], join(folder, 'eleventy'));
    add(`… over Eleventy`, ratio(cold.ms, other.ms));
    rmSync(join(folder, 'eleventy'), { recursive: true, force: true });
  }
  add(`… peak memory`, `${cold.mb.toFixed(0)} MB`, count >= 100_000 ? '256 MB' : '192 MB');
  add(
    `… again with nothing changed, over \`node -e 0\``,
    ratio(median([1, 2, 3].map(() => build(count).ms)), base),
    count === 10_000 ? '4' : '',
  );
  appendFileSync(join(folder, `s${count}`, 'story-7.story.yaml'), '# changed\n');
  add(`… again with one changed, over \`node -e 0\``, ratio(build(count).ms, base), count === 10_000 ? '4.5' : '');
  const check = run(process.execPath, [nutgraf, 'check', `s${count}`, '-q']);
  add(`\`check\` of ${number} over \`build\``, ratio(check.ms, cold.ms), '0.8');
}
if (colds.has(10_000) && colds.has(100_000))
  add('100 000 stories over 10 000', ratio(colds.get(100_000), colds.get(10_000)), '12');
if (peers.pandoc) {
  // One process a story and format, as scripts call it; a hundred stories are enough to know.
  writeHugoSite(join(folder, 'pandoc'), 100);
  const start = performance.now();
  for (let n = 0; n < 100; n++) run('pandoc', ['-s', `pandoc/content/story-${n}.md`, '-o', 'pandoc/out.html']);
  const each = (performance.now() - start) / 100;
  const [count] = [...colds.keys()].slice(-1);
  add('one story × 3 formats in a large build, over pandoc for HTML alone', ratio(colds.get(count) / count, each));
}
rmSync(folder, { recursive: true, force: true });

const file = join(root, 'docs/performance.md');
const table = [
  `Node ${process.versions.node}, ${availableParallelism()} processors, \`node -e 0\` in ${base.toFixed(0)} ms; ${
    Object.entries(peers)
      .filter(([, there]) => there)
      .map(([name]) => name)
      .join(', ') || 'no peers installed'
  }.`,
  '',
  '| what | measured | to reach |',
  '| --- | --- | --- |',
  ...rows,
].join('\n');
writeFileSync(
  file,
  readFileSync(file, 'utf8').replace(
    /(<!-- bench -->\n)[\s\S]*?(\n<!-- \/bench -->)/,
    (_, open, close) => open + table + close,
  ),
);
