import { ImportError } from './manuscript.js';

/** A string, or what opens, closes or parts groups and lists. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/** The value that JSON says. Throws SyntaxError, and ImportError where a group has a name twice: JSON keeps the last alone. */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const open: (Set<string> | undefined)[] = [];
  let isName = false;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : undefined);
    else if (token === '}' || token === ']') open.pop();
    const names = open.at(-1);
    if (token.startsWith('"') && isName && names) {
      const name = JSON.parse(token) as string;
      if (names.has(name)) throw twice(text, index, name);
      names.add(name);
    }
    isName = names !== undefined && (token === '{' || token === ',');
  }
  return value;
}

function twice(text: string, index: number, name: string): ImportError {
  const lines = text.slice(0, index).split('\n');
  const message = `"${name}" is given twice in one group, and JSON keeps the last alone`;
  return new ImportError(
    'duplicate-key',
    message,
    'keep one of the two',
    lines.length,
    (lines.at(-1)?.length ?? 0) + 1,
  );
}
