import { parse } from 'smol-toml';

/** TOML (https://toml.io, 1.0) as a group of values, and the comments in it. */
interface Toml {
  /** Figures, dates and truth values are the texts that were typed: `1.10` stays `1.10`. */
  value: Record<string, unknown>;
  comments: { text: string; line: number }[];
  /** What cannot be read, from the first line that is wrong; absent where all is right. */
  rest?: { text: string; line: number };
}

/** Strings of TOML, comments, and figures or dates where a value stands. */
const TOKENS =
  /("""(?:[^\\]|\\[\s\S])*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')|(#[^\n]*)|(?<=[=,[]\s*)([+-]?\d[\w:.+-]*(?: \d\d:[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)(?=\s*(?:[\],}#\n]|$))/g;

/** After so many mistakes the whole is kept as it was typed. */
const MOST_TRIES = 20;

/** A line that names a table. */
const TABLE = /^[ \t]*\[[^\n]*$/;

/** Reads TOML as far as it can be read. Never throws. */
export function readToml(toml: string): Toml {
  const lines = toml.split('\n');
  const comments: Toml['comments'] = [];
  let [line, counted] = [1, 0];
  const typed = toml.replace(TOKENS, (whole, string?: string, comment?: string, bare?: string, at = 0) => {
    if (string !== undefined) return whole;
    line += toml.slice(counted, at).split('\n').length - 1;
    counted = at;
    if (comment !== undefined) comments.push({ text: comment, line });
    // The name of a table may be a figure, and is none.
    const isName = TABLE.test(lines[line - 1] ?? '') && !/[=,]/.test((lines[line - 1] ?? '').split('#')[0] ?? '');
    return bare === undefined || isName ? whole : JSON.stringify(bare);
  });
  const all = typed.split('\n');
  for (let [end, tries] = [all.length, 0]; end >= 0 && tries < MOST_TRIES; tries++) {
    try {
      const value = asTexts(parse(all.slice(0, end).join('\n'))) as Record<string, unknown>;
      const rest = end < all.length ? { rest: { text: lines.slice(end).join('\n'), line: end + 1 } } : {};
      return { value, comments: comments.filter((comment) => comment.line <= end), ...rest };
    } catch (error) {
      const { line: wrong = 1 } = error as { line?: number };
      end = Math.min(end, wrong) - 1;
    }
  }
  return { value: {}, comments: [], rest: { text: toml, line: 1 } };
}

function asTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asTexts(inner)]));
}
