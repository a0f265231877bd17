/** All formats by name; `json` is for programs, and has no template. */
export const formatNames = ['html', 'md', 'txt', 'json', 'email', 'eml'] as const;

/** Formats that use the templates of another where they have none of their own. */
export const baseOf: Readonly<Record<string, string>> = { email: 'html' };

/** Formats that are made of the briefs of others. */
export const partsOf: Readonly<Record<string, readonly string[]>> = { eml: ['email', 'txt'] };
