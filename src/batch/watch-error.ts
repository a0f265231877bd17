/** The system does not let more files be watched. */
export class WatchError extends Error {}
