import { languages } from '../languages/index.js';

const all = Object.values(languages);

/** Words that make what follows a name a role or an employer, in any language. */
const ROLE = new RegExp(`(?:^|\\s|-)(?:${all.flatMap(({ roles }) => roles ?? []).join('|')})(?:$|\\s|-)`, 'i');
const AGENCY =
  /^(?:(?:the\s+)?associated press|ap|reuters|afp|agence france-presse|upi|dpa|efe|ansa|bloomberg|bbc(?:\s+\w+)?|pa(?:\s+media)?)$/i;

/** What parts two names. */
const AND = `(?:${all.map(({ and }) => and).join('|')}|&)`;
const BETWEEN = new RegExp(`,\\s+(?:${AND}\\s+)?|\\s+${AND}\\s+|、|，`);

export type BylineAuthor = string | { name: string; role: string };

/**
 * The people in a line such as "Jane Smith, Political Editor, and Bob Roe": one as a text, several or with roles as a list. What
 * follows a name and says what somebody does is that one's role.
 */
export function authorsIn(text: string): BylineAuthor | BylineAuthor[] {
  const all: BylineAuthor[] = [];
  const line = text.replace(/\s+/g, ' ').trim();
  const pieces = line.split(BETWEEN).map((piece) => piece.trim());
  if (!pieces.every((piece, i) => isFullName(piece) || (i > 0 && (piece === '' || isRole(piece))))) return line;
  for (const piece of pieces) {
    const last = all.at(-1);
    const [, name, role] = /^(.+?)\s+\(([^()]+)\)$/.exec(piece) ?? [];
    if (piece === '') continue;
    if (name !== undefined && role !== undefined) all.push({ name, role });
    else if (typeof last === 'string' && isRole(piece)) all[all.length - 1] = { name: last, role: piece };
    else all.push(piece);
  }
  const [only] = all;
  return all.length === 1 && typeof only === 'string' ? only : all;
}

/** Words of the names of institutions, which no comma or “and” takes apart. */
const INSTITUTION =
  /\b(?:department|ministry|office|council|committee|agency|university|institute|association|society|foundation|federation|commission|authority|board|bureau|centre|center|group|company|ltd|inc|of)\b/i;

/** Whether a piece is a name of two words or more, with a role in brackets perhaps; "Jr." and "Jane" are parts of names. */
const isFullName = (piece: string) =>
  /\S\s+\S/.test(piece) &&
  !/^(?:jr|sr|i{1,3}|iv)\.?$/i.test(piece) &&
  !INSTITUTION.test(piece.replace(/ \([^()]*\)$/, ''));

/** Whether words say what somebody does, or for whom. */
const isRole = (text: string): boolean =>
  ROLE.test(text) || AGENCY.test(text) || /^(?:in|from|for|aus|à|en|em|da)\s+\p{Lu}/u.test(text);

const WEEKDAY = /^(?:mon|tues|wednes|thurs|fri|satur|sun)day\b/i;

/** Whether a text is one or several names, each with a role perhaps: words with capitals, and no figures. */
export function areNames(text: string): boolean {
  if (text.length > 140 || /[\d.!?:]$|\d/.test(text) || WEEKDAY.test(text)) return false;
  return text
    .replace(/\s+/g, ' ')
    .split(BETWEEN)
    .every((piece, i) => {
      if (piece.trim() === '' || (i > 0 && isRole(piece))) return true;
      const words = piece.replace(/ \([^()]*\)$/, '').split(/\s+/);
      return words.length <= 6 && !/^\p{Ll}/u.test(words[0] ?? '') && !/^\p{Ll}/u.test(words.at(-1) ?? '');
    });
}
