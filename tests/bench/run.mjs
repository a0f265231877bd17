// Measures the built command beside an empty Node and the peers that are installed, and writes docs/performance.md's table.
// Each row is made of pairs: the command and what it is compared with, in turn, so that a machine that drifts does not count.
// CPU seconds (user and system) come first, since other programs on the machine change them least.
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
// Node does not say how much CPU time a process took that it has started.
const timer = existsSync('/usr/bin/time') ? ['/usr/bin/time', '-f', '%U %S %M'] : [];

/** Runs a program; gives seconds of CPU time and of the clock, and megabytes at most. */
function run([program, ...args], cwd = folder) {
  const [command, ...rest] = [...timer, program, ...args];
  const start = performance.now();
  const { status, stderr, error } = spawnSync(command, rest, { cwd, maxBuffer: 1e9 });
  const wall = (performance.now() - start) / 1000;
  if (error || status > 1) throw new Error(`${program} ${args.join(' ')}: ${error ?? stderr}`);
  const [user, system, kilobytes] = timer.length > 0 ? String(stderr).trimEnd().split('\n').at(-1).split(' ') : [];
  return { cpu: Number(user) + Number(system), wall, mb: Number(kilobytes) / 1024 };
}

const isThere = (program) => !spawnSync(program, ['version']).error;
const sorted = (values) => [...values].sort((a, b) => a - b);
const median = (values) => sorted(values)[values.length >> 1];
const rows = [];

function add(what, cpu, wall = '', target = '') {
  rows.push(`| ${what} | ${cpu} | ${wall} | ${target} |`);
  console.log(`${what}: ${cpu}${wall ? `, wall ${wall}` : ''}${target ? ` (to reach: ${target})` : ''}`);
}

/** A ratio by pairs: the median, and the least and most in brackets. */
function spread(pairs, of) {
  const ratios = sorted(pairs.map(([a, b]) => a[of] / b[of])).map((ratio) => ratio.toFixed(2));
  return `${ratios[ratios.length >> 1]} (${ratios[0]}–${ratios.at(-1)})`;
}

/** Runs two things in turn, and adds the row of their ratio; gives what the first took. */
function compare(what, target, rounds, a, b) {
  const pairs = Array.from({ length: rounds }, () => [a(), b()]);
  add(what, timer.length > 0 ? spread(pairs, 'cpu') : '', spread(pairs, 'wall'), target);
  return pairs.map(([first]) => first);
}

const empty = () => run([process.execPath, '-e', '0']);
const ours = (...args) => run([process.execPath, nutgraf, ...args]);

writeFileSync(join(folder, 'one.story.yaml'), story(0));
writeFileSync(join(folder, 'broken.yaml'), story(0).replace('Jane Smith', '@jane').replace('[@s1]', '[@s9]'));
for (const [what, args, target] of [
  ['`--version`', ['--version'], '1.08'],
  ['`--help`', ['--help'], '1.20'],
  ['`render` one story', ['render', 'one.story.yaml'], '1.7'],
  ['`render` one story as HTML', ['render', 'one.story.yaml', '--to', 'html'], '1.8'],
  ['`check` one broken story', ['check', 'broken.yaml'], '1.9'],
])
  compare(`${what}, over \`node -e 0\``, target, 15, () => ours(...args), empty);

const peers = { Hugo: isThere('hugo'), Eleventy: existsSync(eleventy) };
const reach = {
  1000: { hugo: '1.0', same: '2.0', one: '', memory: '' },
  10000: { hugo: '0.6', same: '4', one: '4.5', memory: '180 MB' },
  100000: { hugo: '', same: '', one: '', memory: '256 MB' },
};
for (const count of counts) {
  const [stories, briefs, number] = [`s${count}`, `b${count}`, count.toLocaleString('en').replaceAll(',', ' ')];
  const { hugo = '', same = '', one = '', memory = '' } = reach[count] ?? {};
  const rounds = count > 5000 ? 1 : 3;
  const build = () => ours('build', stories, '-o', briefs, '-q');
  const cold = () => {
    rmSync(join(folder, briefs), { recursive: true, force: true });
    return build();
  };
  writeCorpus(join(folder, stories), count);
  // Files that are younger than a clock's tick are read again by each build; nobody's stories are so all at once.
  await new Promise((done) => setTimeout(done, 3000));
  let runs;
  if (peers.Hugo) {
    writeHugoSite(join(folder, 'hugo'), count);
    runs = compare(`build ${number} stories × 3 formats, over Hugo`, hugo, rounds, cold, () => {
      rmSync(join(folder, 'hugo-out'), { recursive: true, force: true });
      return run(['hugo', '--quiet', '-d', join(folder, 'hugo-out')], join(folder, 'hugo'));
    });
    for (const name of ['hugo', 'hugo-out']) rmSync(join(folder, name), { recursive: true, force: true });
  }
  if (peers.Eleventy) {
    writeEleventySite(join(folder, 'eleventy'), count);
    runs = compare('… over Eleventy', '', rounds, cold, () =>
      run([process.execPath, eleventy, '--quiet'], join(folder, 'eleventy')),
    );
    rmSync(join(folder, 'eleventy'), { recursive: true, force: true });
  }
  runs ??= [cold()];
  const each = (of) => `${((median(runs.map((figures) => figures[of])) * 1e6) / count).toFixed(0)} µs`;
  add('… a story', timer.length > 0 ? each('cpu') : '', each('wall'));
  if (timer.length > 0) add('… peak memory', `${median(runs.map(({ mb }) => mb)).toFixed(0)} MB`, '', memory);
  compare('… again with nothing changed, over `node -e 0`', same, 5, build, empty);
  let changes = 0;
  const changed = () => {
    appendFileSync(join(folder, stories, 'story-7.story.yaml'), `# changed ${changes++}\n`);
    return build();
  };
  compare('… again with one changed, over `node -e 0`', one, 3, changed, empty);
  compare(`\`check\` of ${number}, over a cold build`, '', rounds, () => ours('check', stories, '-q'), cold);
}
rmSync(folder, { recursive: true, force: true });

const file = join(root, 'docs/performance.md');
const there = Object.keys(peers).filter((name) => peers[name]);
const table = [
  `Node ${process.versions.node}, ${availableParallelism()} processors; ${there.join(', ') || 'no peers installed'}.`,
  '',
  '| what | CPU time | wall | to reach (CPU) |',
  '| --- | --- | --- | --- |',
  ...rows,
].join('\n');
writeFileSync(
  file,
  readFileSync(file, 'utf8').replace(
    /(<!-- bench -->\n)[\s\S]*?(\n<!-- \/bench -->)/,
    (_, open, close) => open + table + close,
  ),
);
