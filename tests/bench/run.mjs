// Measures the built command and prints ratios: machines are noisy, so only ratios in one run count.
//   npm run bench            start-up, one story, 1 000 stories
//   npm run bench -- 10000   another number of stories
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const nutgraf = join(root, 'bin/nutgraf.js');
const count = Number(process.argv[2] ?? 1000);
const folder = mkdtempSync(join(tmpdir(), 'nutgraf-bench-'));

/** Numbers from a seed (mulberry32), so that the stories are the same each time. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS =
  'council ferry vote river paper north signal budget night summit talks winter source report figure minister'.split(
    ' ',
  );

/** A story of about 5 KB: sources, six sections, citations. */
function story(n) {
  const next = random(n + 1);
  const words = (length) => Array.from({ length }, () => WORDS[Math.floor(next() * WORDS.length)]).join(' ');
  const paragraph = () =>
    `      ${words(60)}. [@s${1 + Math.floor(next() * 4)}] *${words(3)}*, **${words(2)}** ${words(40)}.\n`;
  const kinds = ['summary', 'analysis', 'coverage', 'background', 'counterpoint', 'unknowns'];
  return [
    `headline: "Story ${n}: ${words(6)}"\ndek: ${words(14)}\nbyline: Jane Smith\npublished: 2025-10-06T09:30:00+09:00\ntags: [${words(3).replaceAll(' ', ', ')}]\nsources:\n`,
    ...[1, 2, 3, 4].map(
      (id) =>
        `  - id: s${id}\n    outlet: Outlet ${id}\n    title: ${words(6)}\n    url: https://example.org/${n}/${id}\n`,
    ),
    'sections:\n',
    ...kinds.map((kind) => `  - kind: ${kind}\n    text: |\n${paragraph()}\n${paragraph()}`),
  ].join('');
}

function milliseconds(args) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder });
  if (status > 1) throw new Error(String(stderr));
  return performance.now() - start;
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

mkdirSync(join(folder, 'stories'));
for (let n = 0; n < count; n++) writeFileSync(join(folder, 'stories', `story-${n}.story.yaml`), story(n));
writeFileSync(join(folder, 'broken.yaml'), story(0).replace('Jane Smith', '@jane').replace('[@s1]', '[@s9]'));

const one = join('stories', 'story-0.story.yaml');
const rows = {
  '--version': [nutgraf, '--version'],
  '--help': [nutgraf, '--help'],
  'render one story, txt': [nutgraf, 'render', one],
  'render one story, html': [nutgraf, 'render', one, '--to', 'html'],
  'check one broken story': [nutgraf, 'check', 'broken.yaml'],
};
const times = { 'node -e 0': [] };
for (let round = 0; round < 15; round++) {
  times['node -e 0'].push(milliseconds(['-e', '0']));
  for (const [name, args] of Object.entries(rows)) {
    times[name] ??= [];
    times[name].push(milliseconds(args));
  }
}
const base = median(times['node -e 0']);
console.log(`node -e 0: ${base.toFixed(0)} ms (median of 15, Node ${process.versions.node})\n`);
console.log('| what | over node -e 0 |\n| --- | --- |');
for (const name of Object.keys(rows)) console.log(`| ${name} | ${(median(times[name]) / base).toFixed(2)} |`);

const check = milliseconds([nutgraf, 'check', 'stories', '-q']);
const build = milliseconds([nutgraf, 'build', 'stories', '-o', 'briefs', '-q']);
console.log(
  `| check ${count} stories | ${(check / base).toFixed(1)} (${((check * 1000) / count).toFixed(0)} µs a story) |`,
);
console.log(
  `| build ${count} stories, html+md+txt | ${(build / base).toFixed(1)} (${((build * 1000) / count).toFixed(0)} µs a story) |`,
);
console.log(`| check over build | ${(check / build).toFixed(2)} |`);
rmSync(folder, { recursive: true, force: true });
