import type { Terminal } from './terminal.js';

/** How often a line of progress is drawn at a terminal, and said elsewhere, in milliseconds. */
const OFTEN = 100;
const SELDOM = 10_000;

export interface Progress {
  update: (done: number, total: number) => void;
  /** Says something; the line of progress gives way to it. */
  talk: (line: string) => void;
  end: () => void;
}

/** Says how far a long work is: in a line that changes at a terminal, in plain lines now and then elsewhere. */
export function createProgress(terminal: Terminal, quiet: boolean): Progress {
  const started = performance.now();
  let last = started;
  let drawn = false;
  const clear = () => {
    if (drawn) terminal.draw('\r\x1b[K');
    drawn = false;
  };
  return {
    update(done, total) {
      const now = performance.now();
      if (quiet || now - last < (terminal.live ? OFTEN : SELDOM) || done === total) return;
      last = now;
      const rate = (done * 1000) / (now - started);
      const line = `${done} of ${total} · ${Math.round(rate)} a second · ${duration((total - done) / rate)} left`;
      if (terminal.live) terminal.draw(`\r\x1b[K${line}`);
      else terminal.talk(line);
      drawn = terminal.live;
    },
    talk(line) {
      clear();
      terminal.talk(line);
    },
    end: clear,
  };
}

function duration(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
