import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { Interview } from '../src/cli/interview/interview.js';
import { Runner, Stopped } from '../src/cli/interview/runner.js';
import { Session } from '../src/cli/interview/session.js';
import { Emulator } from './terminal-emulator.js';

/** Longer than what the runner takes for a pause, in milliseconds. */
const PAUSE = 400;

/** An interview in this process: keys go in, and what is on the screen comes out. */
export async function asked(
  cwd: string,
  keys: string | readonly string[],
  run: (it: Interview) => Promise<boolean>,
  text = '',
) {
  const input = new EventEmitter() as EventEmitter & { resume: () => void; pause: () => void };
  Object.assign(input, { resume: () => {}, pause: () => {} });
  const emulator = new Emulator(80);
  let heads = 0;
  let lines: string[] = [];
  const output = Object.assign(new EventEmitter(), {
    columns: 80,
    rows: 30,
    write: (sent: string) => {
      heads += sent.match(/◆/g)?.length ?? 0;
      emulator.write(sent);
    },
  });
  const runner = new Runner({ input, output, isColoured: false, isUnicode: true });
  const session = new Session(text, join(cwd, 'a.draft'), join(cwd, 'a.story.yaml'));
  runner.start();
  setImmediate(() => {
    // Parts of the keys have a pause between them, in which what was typed is kept.
    const parts = typeof keys === 'string' ? [keys] : keys;
    parts.forEach((part, i) => {
      setTimeout(() => input.emit('data', Buffer.from(part)), i * PAUSE);
    });
    setTimeout(() => {
      lines = emulator.lines;
      input.emit('end');
    }, parts.length * PAUSE);
  });
  let saved: boolean | undefined;
  try {
    saved = await run({ runner, session, today: '2025-10-06', preview: () => Promise.resolve('THE BRIEF') });
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  } finally {
    runner.stop();
  }
  return { session, saved, lines, heads };
}
