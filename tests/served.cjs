// Runs the built command again and again in one process, for tests. Loaded three times: a test asks a thread of its own
// and waits for it, the thread passes the job on to a process, and the process, which has a folder and streams, runs it.
const { fork } = require('node:child_process');
const { join } = require('node:path');
const { Readable, Writable } = require('node:stream');
const { isMainThread, workerData } = require('node:worker_threads');

/** Runs `main` with its own folder and streams; gives the exit code and what it wrote. */
async function run(main, { args, cwd, input }) {
  const written = { stdout: [], stderr: [] };
  const streams = {
    stdin: Readable.from([Buffer.from(input, 'base64')]),
    ...Object.fromEntries(Object.entries(written).map(([name, chunks]) => [name, collector(chunks)])),
  };
  const originals = Object.keys(streams).map((name) => [name, Object.getOwnPropertyDescriptor(process, name)]);
  const home = process.cwd();
  for (const [name, value] of Object.entries(streams))
    Object.defineProperty(process, name, { value, configurable: true });
  process.exitCode = undefined;
  try {
    process.chdir(cwd);
    await main(args, require('../package.json').version);
  } finally {
    for (const [name, descriptor] of originals) Object.defineProperty(process, name, descriptor);
    process.chdir(home);
  }
  const [out, err] = [written.stdout, written.stderr].map((chunks) => Buffer.concat(chunks).toString('utf8'));
  const code = process.exitCode ?? 0;
  process.exitCode = 0;
  return { code, out, err };
}

const collector = (chunks) =>
  new Writable({
    decodeStrings: true,
    write(chunk, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });

if (!isMainThread) {
  const { port, signal } = workerData;
  const answer = (outcome) => {
    port.postMessage(outcome);
    Atomics.store(signal, 0, 1);
    Atomics.notify(signal, 0);
  };
  let child;
  const start = () => {
    const started = fork(__filename, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    started.on('message', answer);
    started.on('exit', (code, by) => {
      child = undefined;
      answer({ code, out: '', err: `the process of the commands ended: ${by ?? code}` });
    });
    return started;
  };
  port.on('message', (job) => {
    child ??= start();
    child.send(job);
  });
} else if (process.send) {
  const { main } = require(join(__dirname, '..', 'dist', 'cli.cjs'));
  process.on('message', (job) => run(main, job).then((outcome) => process.send(outcome)));
}
