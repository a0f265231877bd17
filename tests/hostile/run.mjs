// Builds every file of a corpus of hostile stories with the real command, and judges what comes of it.
// The corpus is not part of this repository; where it is absent this says so and passes.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const runner = process.env.CORPUS_RUNNER ?? join(root, '../shared/tools/hostile/run-corpus.mjs');
/** Mail and feeds are what these are about. */
const COMMANDS = {
  '09': 'node bin/nutgraf.js build {in} --to eml -o {out}',
  12: 'node bin/nutgraf.js feed {in} --to rss,atom,json-feed --base https://example.org/ -o {out}',
};
const groups = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '16'];

if (!existsSync(runner)) {
  console.warn(`SKIPPED, NOTHING WAS TESTED: the hostile corpus is not there (${runner}); CORPUS_RUNNER can name it`);
} else {
  let failed = 0;
  for (const group of groups) {
    const command = COMMANDS[group] ?? 'node bin/nutgraf.js build {in} --to html,md,txt -o {out}';
    const { status, stdout } = spawnSync(process.execPath, [runner, command, group], {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1' },
      encoding: 'utf8',
    });
    console.log(`group ${group}: ${stdout.trim().split('\n').at(-1)}`);
    if (status !== 0) {
      failed++;
      console.log(stdout);
    }
  }
  process.exitCode = failed > 0 ? 1 : 0;
}
