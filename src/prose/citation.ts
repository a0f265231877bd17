import type { MarkdownIt } from 'markdown-it';
import type { CiteRef } from './tree.js';

/** The longest citation looked for, in characters. */
const LONGEST = 2000;

/** Where a link follows, `[@handle](https://…)` is that link's label, not a citation. */
const LINK_AFTER = /^\(\s*<?(?:https?:|mailto:)/i;

/**
 * Adds citations to a Markdown parser: `[@id]` and `[@a; @b]` (the syntax of pandoc's bibliographies).
 * Each becomes a token `cite` whose `meta` holds the references, with offsets into the paragraph's content.
 */
export function citation(md: MarkdownIt): void {
  md.inline.ruler.before('link', 'cite', (state, silent) => {
    const { src, pos } = state;
    if (src[pos] !== '[' || src[pos + 1] !== '@') return false;
    const length = src.slice(pos, pos + LONGEST).indexOf(']');
    const close = pos + length;
    const inner = src.slice(pos + 1, close);
    if (length < 0 || inner.includes('[') || LINK_AFTER.test(src.slice(close + 1, close + 12))) return false;
    if (!silent) state.push('cite', '', 0).meta = { refs: references(inner, pos, close + 1) };
    state.pos = close + 1;
    return true;
  });
}

/** A lone reference stands for the whole citation; in a group each has the place of its own `@id`. */
export function references(inner: string, start: number, end: number): CiteRef[] {
  const parts = inner.split(';');
  if (parts.length === 1) return [{ id: idOf(inner), start, end }];
  const refs: CiteRef[] = [];
  let at = start + 1;
  for (const part of parts) {
    const lead = part.length - part.trimStart().length;
    refs.push({ id: idOf(part), start: at + lead, end: at + Math.max(part.trimEnd().length, lead) });
    at += part.length + 1;
  }
  return refs;
}

/** The id without its `@`; what is not an id is kept as typed, for the check to name it. */
function idOf(part: string): string {
  const trimmed = part.trim();
  return (trimmed.startsWith('@') ? trimmed.slice(1) : trimmed).normalize('NFC');
}
