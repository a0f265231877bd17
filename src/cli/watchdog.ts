import { Worker } from 'node:worker_threads';

/** What runs beside a command that may never come back: it says so, and ends the program as SIGTERM does. */
const PROGRAM = `
const { workerData: { after, message } } = require('node:worker_threads');
setTimeout(() => {
  require('node:fs').writeSync(2, message);
  process.kill(process.pid, 'SIGTERM');
}, after);
`;

/**
 * Ends the program with a sentence where it has not gone on in so many milliseconds: a template may loop for ever, which only
 * another thread sees. Gives what calls that off.
 */
export function giveUpAfter(after: number, message: string): () => Promise<void> {
  const worker = new Worker(PROGRAM, { eval: true, workerData: { after, message: `nutgraf: ${message}\n` } });
  worker.unref();
  return async () => void (await worker.terminate());
}
