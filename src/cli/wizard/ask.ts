/** The answer that leads back to the question before. */
export const BACK = Symbol('back');

export interface Choice<T> {
  name: string;
  value: T;
  /** Shown where the choice is the one at hand. */
  description?: string;
}

/** How a person is asked. The interview knows nothing of terminals; a test answers from a list. */
export interface Ask {
  /** One line; an empty answer skips, or keeps what `now` holds. `check` says what is wrong with an answer. */
  line: (question: {
    message: string;
    help: string;
    now?: string | undefined;
    check: (value: string) => string | undefined;
  }) => Promise<string | typeof BACK>;
  /** Text of any length; undefined skips, or keeps what `now` holds. */
  text: (question: {
    message: string;
    help: string;
    now?: string | undefined;
  }) => Promise<string | undefined | typeof BACK>;
  choose: <T>(message: string, choices: readonly Choice<T>[]) => Promise<T>;
  many: <T>(message: string, choices: readonly Choice<T>[]) => Promise<T[]>;
  say: (text: string) => void;
}

/** The person, or the system, ended the interview; `partial` is the text that was being typed. */
export class Interrupted extends Error {
  readonly code: number;
  readonly partial: string | undefined;

  constructor(code: number, partial?: string) {
    super('interrupted');
    this.code = code;
    this.partial = partial;
  }
}
