/** What is known of a format before anything of it is loaded. All lists of formats, in help and elsewhere, come from here. */
interface FormatFacts {
  name: string;
  /** The ending of its files, without the dot. */
  extension: string;
  /** Whom its briefs are for: readers, as they are; mail programs; other programs. */
  audience: 'readers' | 'mail' | 'programs';
  /** Whether its briefs are made by templates; else they are the story's data, or made of other formats. */
  templates?: true;
  /** The format whose partial templates it falls back to. */
  base?: string;
  /** The formats of whose briefs its own are made. */
  parts?: readonly string[];
  /** Whether mail programs cut what is too long in it. */
  limited?: true;
  /** Whether `build` makes it where nothing else is asked for. */
  usual?: true;
  /** The options that change its briefs and not those of each format. */
  options?: readonly ('width' | 'unsent')[];
}

const FORMATS = [
  { name: 'html', extension: 'html', audience: 'readers', templates: true, usual: true },
  { name: 'md', extension: 'md', audience: 'readers', templates: true, usual: true },
  { name: 'txt', extension: 'txt', audience: 'readers', templates: true, usual: true, options: ['width'] },
  { name: 'json', extension: 'json', audience: 'programs' },
  { name: 'email', extension: 'email.html', audience: 'mail', templates: true, base: 'html', limited: true },
  { name: 'eml', extension: 'eml', audience: 'mail', parts: ['email', 'txt'], options: ['unsent'] },
] as const satisfies readonly FormatFacts[];

export type FormatName = (typeof FORMATS)[number]['name'];

const formats: readonly FormatFacts[] = FORMATS;
const byName: ReadonlyMap<string, FormatFacts> = new Map(formats.map((format) => [format.name, format]));

/** The names of the formats that pass a test; of all formats without one. */
export const formatNames = (holds: (format: FormatFacts) => unknown = () => true) =>
  formats.filter(holds).map(({ name }) => name) as [FormatName, ...FormatName[]];

/** The formats that `build` makes where nothing else is asked for. */
export const usualFormats: readonly FormatName[] = formatNames(({ usual }) => usual);

/** The ending of a format's files, without the dot. */
export const extensionOf = (name: string): string => byName.get(name)?.extension ?? name;

/** The endings of the files of some formats, by the format. */
export const extensionsOf = (names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, extensionOf(name)]));

/** The format whose parts of templates another one uses; itself where there is none. */
export const baseOf = (name: string): string => byName.get(name)?.base ?? name;

/** The formats of which a format's briefs are made: itself, or others. */
export const partsOf = (name: string): readonly string[] => byName.get(name)?.parts ?? [name];

/** The part of a format that mail programs cut when it is too long; undefined if there is none. */
export const limitedPartOf = (name: string): string | undefined =>
  partsOf(name).find((part) => byName.get(part)?.limited);

/** Whether the files of a format are whole mails, with a sender. */
export const isMailFile = (name: string): boolean => byName.get(name)?.audience === 'mail' && partsOf(name).length > 1;

/** Whether a format, or one that it is made of, has an option to itself. */
export const hasOption = (name: string, option: 'width' | 'unsent'): boolean =>
  [name, ...partsOf(name)].some((part) => byName.get(part)?.options?.includes(option));
