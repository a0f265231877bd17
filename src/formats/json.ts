import type { DataFormat } from './format.js';

/**
 * The checked story with its defaults, for other programs: prose is Markdown as typed, dates are as typed. `mark` says that
 * it is not for publication. The note to editors stays in the newsroom, in every format.
 */
export const json: DataFormat = {
  name: 'json',
  write: ({ ednote: _, ...story }, mark) =>
    `${JSON.stringify(mark === undefined ? story : { mark, ...story }, null, 2)}\n`,
};
