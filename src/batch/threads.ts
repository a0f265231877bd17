import { availableParallelism } from 'node:os';

/**
 * How many stories a thread should have to do: until its code is warm it takes as long for a few hundred as later for
 * twice as many, so with fewer than this it costs more than it brings (measured with `npm run bench`).
 */
const WORTH = { build: 600, check: 1500 } as const;

/** How many threads should do so many stories: one means that this thread does them itself. */
export const threadsFor = (work: keyof typeof WORTH, stories: number): number =>
  Math.max(1, Math.min(availableParallelism(), Math.floor(stories / WORTH[work])));
