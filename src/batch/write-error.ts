/** The disk, or the place to write to, did not let a file be written. */
export class WriteError extends Error {
  /** The system's code, such as ENOSPC. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}
