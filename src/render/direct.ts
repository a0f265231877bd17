/** A template of ours as a function, made by `direct-compile.ts` when nutgraf is built. */
export type DirectTemplate = (
  view: unknown,
  root: unknown,
  part: (name: string, view: unknown, root: unknown) => string,
  basics: Basics,
) => string;

/** What such templates call; each does what Handlebars does for a template that is strict and escapes nothing. */
export interface Basics {
  helpers: Readonly<Record<string, (...args: never[]) => unknown>>;
  /** Stands for what Handlebars gives a helper last. */
  options: object;
  text: (value: unknown) => string;
  is: (value: unknown) => boolean;
  get: (from: unknown, name: string) => unknown;
  must: (from: unknown, name: string) => unknown;
  with: (value: unknown, yes: (value: unknown) => string, no: () => string) => string;
  each: (value: unknown, yes: (value: unknown, isFirst: boolean) => string, no: () => string) => string;
}

const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;

function get(from: unknown, name: string): unknown {
  const isOwn = from !== null && from !== undefined && Object.hasOwn(from, name);
  return isOwn ? (from as Record<string, unknown>)[name] : undefined;
}

export const basicsWith = (helpers: Basics['helpers']): Basics => ({
  helpers,
  options: {},
  text: (value) => (value === null || value === undefined ? '' : String(value)),
  is: (value) => Boolean(value) && !isEmpty(value),
  get,
  must(from, name) {
    if (from === null || typeof from !== 'object' || !(name in from))
      throw new Error(`"${name}" not defined in ${from}`);
    return get(from, name);
  },
  with: (value, yes, no) => ((!value && value !== 0) || isEmpty(value) ? no() : yes(value)),
  each(value, yes, no) {
    const items = Array.isArray(value) ? value : value && typeof value === 'object' ? Object.values(value) : [];
    return items.length === 0 ? no() : items.map((item, i) => yes(item, i === 0)).join('');
  },
});
