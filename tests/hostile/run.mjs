// Builds every file of a corpus of hostile stories with the real command, and judges what comes of it.
// The corpus is not part of this repository; where it is absent this says so and passes.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const runner = process.env.CORPUS_RUNNER ?? join(root, '../shared/tools/hostile/run-corpus.mjs');
const groups = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '16'];

if (!existsSync(runner)) {
  console.warn(`SKIPPED, NOTHING WAS TESTED: the hostile corpus is not there (${runner}); CORPUS_RUNNER can name it`);
} else {
  let failed = 0;
  for (const group of groups) {
    const formats = group === '09' ? 'eml' : 'html,md,txt';
    const command = `node bin/nutgraf.js build {in} --to ${formats} -o {out}`;
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
