// npm run fuzz -- MINUTES SEED: looks for files that make nutgraf fail (tests/fuzz.test.ts), from another start each time.
import { spawnSync } from 'node:child_process';

const [minutes = '1', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
console.log(`seed ${seed}`);
const { status } = spawnSync('npx', ['vitest', 'run', 'tests/fuzz.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, FUZZ_MINUTES: minutes, FUZZ_SEED: seed },
});
process.exitCode = status ?? 1;
