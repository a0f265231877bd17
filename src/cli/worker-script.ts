import { join } from 'node:path';

/** The file that a thread of a build, a check or a render starts with. */
export const WORKER = join(__dirname, '..', 'bin', 'worker.js');
