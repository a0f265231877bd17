/** A character that may not stand in a story: where it starts, how long it is, and what it is called. */
export interface BadCharacter {
  index: number;
  length: number;
  rule: 'control-character' | 'bidi-control' | 'hidden-character' | 'lone-surrogate' | 'replacement-character';
  name: string;
}

// Flags such as that of England are a black flag, tag letters and a cancel tag; elsewhere tag letters hide text.
const SUSPECT =
  /\u{1F3F4}[\u{E0020}-\u{E007E}]+\u{E007F}|[\0-\x08\x0B-\x1F\x7F-\x9F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFD\u{E0000}-\u{E007F}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

const ISOLATES = /[\u2066-\u2069\n]/g;

/**
 * All characters of a text that a story may not hold: controls, direction overrides and embeddings, unbalanced
 * isolates, tag characters outside a flag, U+FEFF, U+FFFD, noncharacters and lone surrogates.
 */
export function badCharacters(text: string): BadCharacter[] {
  const characters: BadCharacter[] = [];
  let unbalanced: Set<number> | undefined;
  for (const match of text.matchAll(SUSPECT)) {
    const char = match[0];
    const code = char.codePointAt(0) ?? 0;
    if (code === 0x1f3f4) continue;
    if (code >= 0x2066 && code <= 0x2069) {
      unbalanced ??= unbalancedIsolates(text);
      if (!unbalanced.has(match.index)) continue;
    }
    characters.push({ index: match.index, length: char.length, rule: ruleOf(code), name: nameOf(code) });
  }
  return characters;
}

function ruleOf(code: number): BadCharacter['rule'] {
  if (code < 0xa0) return 'control-character';
  if (code >= 0xd800 && code <= 0xdfff) return 'lone-surrogate';
  if (code === 0xfffd) return 'replacement-character';
  if (code >= 0x202a && code <= 0x2069) return 'bidi-control';
  return 'hidden-character';
}

/** An isolate (U+2066 to U+2068) must be closed by U+2069 in its own line, or it turns the rest of the page. */
function unbalancedIsolates(text: string): Set<number> {
  const bad = new Set<number>();
  let open: number[] = [];
  const dropOpen = () => {
    for (const index of open) bad.add(index);
    open = [];
  };
  for (const match of text.matchAll(ISOLATES)) {
    if (match[0] === '\n') dropOpen();
    else if (match[0] !== '\u2069') open.push(match.index);
    else if (open.pop() === undefined) bad.add(match.index);
  }
  dropOpen();
  return bad;
}

const NAMES: Readonly<Record<number, string>> = {
  0: 'NUL',
  7: 'BELL',
  8: 'BACKSPACE',
  13: 'CARRIAGE RETURN',
  27: 'ESCAPE',
  127: 'DELETE',
  8234: 'LEFT-TO-RIGHT EMBEDDING',
  8235: 'RIGHT-TO-LEFT EMBEDDING',
  8236: 'POP DIRECTIONAL FORMATTING',
  8237: 'LEFT-TO-RIGHT OVERRIDE',
  8238: 'RIGHT-TO-LEFT OVERRIDE',
  8294: 'LEFT-TO-RIGHT ISOLATE, never closed',
  8295: 'RIGHT-TO-LEFT ISOLATE, never closed',
  8296: 'FIRST STRONG ISOLATE, never closed',
  8297: 'POP DIRECTIONAL ISOLATE, never opened',
  65279: 'BYTE ORDER MARK inside the text',
  65533: 'REPLACEMENT CHARACTER',
};

function nameOf(code: number): string {
  const hex = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const name = NAMES[code] ?? (code >= 0xe0000 && code <= 0xe007f ? 'TAG CHARACTER' : undefined);
  return name ? `${hex} (${name})` : hex;
}

const INVISIBLE = /[\s\p{Default_Ignorable_Code_Point}\p{Cc}]/gu;

/** True where a text has nothing that a reader could see. */
export function isBlank(text: string): boolean {
  return !/[!-~]/.test(text) && text.replace(INVISIBLE, '') === '';
}
