/** All formats by name; `json` is for programs, and has no template. */
export const formatNames = ['html', 'md', 'txt', 'json', 'email', 'eml'] as const;

/** The extension of a format's files, without the dot. */
export const extensionOf = (format: string): string => (format === 'email' ? 'email.html' : format);

/** The extensions of all formats. */
export const extensions: Readonly<Record<string, string>> = Object.fromEntries(
  formatNames.map((name) => [name, extensionOf(name)]),
);

/** Formats that use the templates of another where they have none of their own. */
export const baseOf: Readonly<Record<string, string>> = { email: 'html' };

/** Formats that are made of the briefs of others. */
export const partsOf: Readonly<Record<string, readonly string[]>> = { eml: ['email', 'txt'] };
