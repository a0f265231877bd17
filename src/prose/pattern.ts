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
