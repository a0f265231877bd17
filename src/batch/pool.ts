import { Worker } from 'node:worker_threads';

/** What a worker is sent: numbered jobs; it answers them together. */
export interface Parcel<Job> {
  parcel: number;
  jobs: Job[];
}

/** What a worker answers; undefined for each job that it did not begin before it was told to stop. */
export interface Answer<Result> {
  parcel: number;
  results: (Result | undefined)[];
}

/** What a worker and the pool share without messages: which job of its parcel it does, a counter, and whether to stop. */
export const SHARED = { job: 0, beat: 1, stop: 2, length: 3 } as const;

export interface PoolOptions<Job, Result> {
  /** The worker's file, and what it is given. */
  script: string;
  data: unknown;
  workers: number;
  /** A job that takes longer is given up, in milliseconds. */
  patience: number;
  /** The result of a job that no worker could do. */
  failed: (job: Job, why: string) => Result;
  signal?: AbortSignal | undefined;
}

/** How many jobs are sent at once: few messages, and no worker is left with many at the end. */
const PARCEL = 32;

/** Megabytes for what lives shortly, in each worker. */
const YOUNG = 8;

/** How often a job may bring its worker down with it before it is known which it was. */
const MOST_DEATHS = 3;

/**
 * Does jobs in worker threads, and gives the results in the order of the jobs; undefined for each that was not begun
 * before the signal. A worker that dies, ends or does not answer costs the job that it was at: that one fails, the others
 * are done by another worker.
 */
export async function* inWorkers<Job, Result>(
  jobs: readonly Job[],
  options: PoolOptions<Job, Result>,
): AsyncGenerator<Result | undefined, undefined> {
  const pool = new Pool(jobs, options);
  try {
    for (let parcel = 0; parcel < pool.parcels; parcel++) yield* await pool.results(parcel);
  } finally {
    pool.end();
  }
  return undefined;
}

/** So long a job may go on after the signal, in milliseconds. */
const GRACE = 2000;

interface Hand {
  worker: Worker;
  shared: Int32Array;
  /** The parcel that it does, and when its counter was last seen to move; endless while it starts. */
  parcel: number | undefined;
  beat: number;
  since: number;
  ended: boolean;
}

class Pool<Job, Result> {
  readonly parcels: number;
  readonly #jobs: readonly Job[];
  readonly #options: PoolOptions<Job, Result>;
  readonly #hands: Hand[] = [];
  readonly #done = new Map<number, (Result | undefined)[]>();
  readonly #waiting = new Map<number, (results: (Result | undefined)[]) => void>();
  /** Jobs that are known to have failed, by their number. */
  readonly #failures = new Map<number, Result>();
  readonly #deaths = new Map<number, number>();
  /** Parcels that are to be done again. */
  readonly #again: number[] = [];
  #next = 0;
  #sent = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(jobs: readonly Job[], options: PoolOptions<Job, Result>) {
    this.#jobs = jobs;
    this.#options = options;
    this.parcels = Math.ceil(jobs.length / PARCEL);
    for (let i = 0; i < Math.min(options.workers, this.parcels); i++) this.#hire();
    this.#timer = setInterval(() => this.#look(), Math.min(500, options.patience / 4));
    this.#timer.unref();
    options.signal?.addEventListener('abort', () => this.#stop());
    if (options.signal?.aborted) this.#stop();
  }

  /** The results of a parcel, once they are there. */
  results(parcel: number): Promise<(Result | undefined)[]> {
    this.#sent = parcel;
    this.#feed();
    const done = this.#done.get(parcel);
    this.#done.delete(parcel);
    return done ? Promise.resolve(done) : new Promise((resolve) => this.#waiting.set(parcel, resolve));
  }

  end(): void {
    clearInterval(this.#timer);
    for (const hand of this.#hands) {
      hand.ended = true;
      void hand.worker.terminate();
    }
  }

  #hire(): void {
    const shared = new Int32Array(new SharedArrayBuffer(SHARED.length * 4));
    const worker = new Worker(this.#options.script, {
      workerData: { shared, data: this.#options.data },
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG }, // less memory for little time
    });
    const hand: Hand = { worker, shared, parcel: undefined, beat: 0, since: Number.POSITIVE_INFINITY, ended: false };
    if (this.#stopped) Atomics.store(shared, SHARED.stop, 1);
    worker.on('message', ({ parcel, results }: Answer<Result>) => {
      if (hand.ended || parcel !== hand.parcel) return; // it was given up meanwhile
      hand.parcel = undefined;
      this.#answer(parcel, results);
      this.#feed();
    });
    worker.on('online', () => {
      hand.since = performance.now();
    });
    worker.on('error', (error) => this.#lose(hand, `its worker failed: ${error.message}`));
    worker.on('exit', () => this.#lose(hand, 'its worker ended without an answer'));
    this.#hands.push(hand);
    this.#feed();
  }

  /** Gives idle workers something to do, but not far ahead of whoever takes the results. */
  #feed(): void {
    for (const hand of this.#hands) {
      if (hand.ended || hand.parcel !== undefined) continue;
      const ahead = this.#next - this.#sent < this.#options.workers * 4;
      const parcel = this.#again.shift() ?? (ahead && this.#next < this.parcels ? this.#next++ : undefined);
      if (parcel === undefined) return;
      hand.parcel = parcel;
      if (hand.since !== Number.POSITIVE_INFINITY) hand.since = performance.now();
      hand.worker.postMessage({ parcel, jobs: this.#open(parcel) } satisfies Parcel<Job>);
    }
  }

  #numbers(parcel: number): number[] {
    const start = parcel * PARCEL;
    return Array.from({ length: Math.min(PARCEL, this.#jobs.length - start) }, (_, i) => start + i);
  }

  /** The jobs of a parcel that have not failed yet. */
  #open(parcel: number): Job[] {
    return this.#numbers(parcel)
      .filter((number) => !this.#failures.has(number))
      .map((number) => this.#jobs[number] as Job);
  }

  #answer(parcel: number, results: readonly (Result | undefined)[]): void {
    const left = [...results];
    const all = this.#numbers(parcel).map((number) =>
      this.#failures.has(number) ? this.#failures.get(number) : left.shift(),
    );
    for (const number of this.#numbers(parcel)) this.#failures.delete(number);
    const waiting = this.#waiting.get(parcel);
    this.#waiting.delete(parcel);
    if (waiting) waiting(all);
    else this.#done.set(parcel, all);
  }

  /** A worker is gone: the job that it was at has failed, and the others of its parcel are done again. */
  #lose(hand: Hand, why: string): void {
    if (hand.ended) return;
    hand.ended = true;
    this.#hands.splice(this.#hands.indexOf(hand), 1);
    const { parcel } = hand;
    if (parcel !== undefined) {
      const at = Atomics.load(hand.shared, SHARED.job);
      const open = this.#numbers(parcel).filter((number) => !this.#failures.has(number));
      const deaths = (this.#deaths.get(parcel) ?? 0) + 1;
      this.#deaths.set(parcel, deaths);
      const guilty = this.#stopped ? [] : at > 0 ? [open[at - 1] as number] : deaths >= MOST_DEATHS ? open : [];
      for (const number of guilty) this.#failures.set(number, this.#options.failed(this.#jobs[number] as Job, why));
      if (this.#open(parcel).length === 0) this.#answer(parcel, []);
      else if (this.#stopped)
        this.#answer(
          parcel,
          this.#open(parcel).map(() => undefined),
        );
      else this.#again.push(parcel);
    }
    if (this.#again.length > 0 || this.#next < this.parcels) this.#hire();
  }

  /** Gives up workers whose counter has stood still for too long. */
  #look(): void {
    const now = performance.now();
    for (const hand of [...this.#hands]) {
      const beat = Atomics.load(hand.shared, SHARED.beat);
      if (hand.parcel === undefined || beat !== hand.beat) {
        hand.beat = beat;
        if (hand.since !== Number.POSITIVE_INFINITY) hand.since = now;
      } else if (
        now - hand.since >
        (this.#stopped ? Math.min(GRACE, this.#options.patience) : this.#options.patience)
      ) {
        void hand.worker.terminate();
        this.#lose(hand, `it took longer than ${this.#options.patience / 1000} seconds`);
      }
    }
  }

  /** Lets each worker finish its job within GRACE; jobs not begun are not done. */
  #stop(): void {
    this.#stopped = true;
    for (const { shared } of this.#hands) Atomics.store(shared, SHARED.stop, 1);
    const undone = [...this.#again.splice(0)];
    while (this.#next < this.parcels) undone.push(this.#next++);
    for (const parcel of undone)
      this.#answer(
        parcel,
        this.#open(parcel).map(() => undefined),
      );
  }
}
