/** All formats by name; `json` is for programs, and has no template. */
export const formatNames = ['html', 'md', 'txt', 'json'] as const;
