/**
 * A pattern that is made when it is first used. One with many words of many scripts takes longer to make than a short story to
 * read, and most stories need none.
 */
export function lazyPattern(make: () => RegExp): () => RegExp {
  let made: RegExp | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** A text as a part of a pattern that matches it and nothing else. */
export const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
