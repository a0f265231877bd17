/** True where one of the values is there: `{{#if (any-of dateline published)}}`. Handlebars adds its options last. */
export function anyOf(...values: unknown[]): boolean {
  return values
    .slice(0, -1)
    .some((value) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0));
}
