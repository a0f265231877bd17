export type Level = 'error' | 'warning' | 'off';

/** Levels of rules that differ from their own. */
export type Levels = Readonly<Record<string, Level>>;

/** Who publishes the briefs. */
export interface Publication {
  name?: string | undefined;
  url?: string | undefined;
  /** The language of stories that do not say theirs. */
  lang?: string | undefined;
  /** Where readers tell of mistakes: an address or a page. */
  contact?: string | undefined;
}

/** Labels by their name; those of `natures` and `madeWith` by what they are for. */
export type Labels = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** What a desk does its own way. Plain data, so that it survives a worker boundary. */
export interface House {
  publication?: Publication | undefined;
  /** Headings by language and kind of section. */
  headings?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  /** Other words that briefs add, by language. */
  labels?: Readonly<Record<string, Labels>> | undefined;
  /** The kinds of section in the order in which a story has them. */
  order?: readonly string[] | undefined;
  /** The kinds of section that each story needs. */
  required?: readonly string[] | undefined;
  /** The most words that a section of a kind may have. */
  words?: Readonly<Record<string, number>> | undefined;
  levels?: Levels | undefined;
  /** Does without the quick ways of reading, which give the same; for tests. */
  strictPath?: boolean | undefined;
  /** The options of rules, by rule and name, where they differ from their own. */
  options?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
}
