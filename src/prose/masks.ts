const blank = (match: string) => match.replace(/[^\n]/g, ' ');

/** A code span: it ends at as many backticks as it starts with. None is looked for far away. */
const CODE = /(?<!`)(`{1,3})(?!`)[\s\S]{1,1000}?(?<!`)\1(?!`)/g;
/** Fenced code, to the end where nothing closes it. */
const FENCED = /^ {0,3}(`{3,}(?!`)|~{3,}(?!~))[^`\n]*\n[\s\S]*?(?:\n {0,3}\1|$(?![\s\S]))/gm;

// Most texts have none of what is looked for, and are given back as they are.
const withoutFences = (text: string) => (/`{3}|~{3}/.test(text) ? text.replace(FENCED, blank) : text);
const withoutCodeSpans = (text: string) => (text.includes('`') ? text.replace(CODE, blank) : text);

/** Prose with its code and the addresses of its links blanked out, at its own length; their `https://` stays. */
export function withoutCode(text: string): string {
  const words = withoutCodeSpans(withoutFences(text));
  if (!words.includes('://')) return words;
  const hide = (match: string) => match.slice(0, 8) + ' '.repeat(Math.max(0, match.length - 8));
  return words.replace(/(?<=\]\(|<)https?:\/\/[^\s<>]{0,2000}/gi, (address) => {
    const end = /\)*[.,;:!?]*$/.exec(address)?.index ?? address.length;
    return hide(address.slice(0, end)) + address.slice(end);
  });
}

/** Prose with its addresses, code and citations blanked out, at its own length. */
export function withoutMarkup(text: string): string {
  const words = withoutCodeSpans(text);
  const uncited = words.includes('[@') ? words.replace(/\[@[^\]\n]{0,500}\]/g, blank) : words;
  const unlinked = uncited.includes('](')
    ? uncited.replace(/\]\([^)\s]{0,2000}(?:\s[^)\n]{0,500})?\)/g, blank)
    : uncited;
  const bare = unlinked.includes('://') ? unlinked.replace(/<?https?:\/\/[^\s<>]+>?/gi, blank) : unlinked;
  return bare.replace(/[*_`[\]\\]/g, ' ');
}

/** The quotation marks of the house's languages; each quotation ends within its paragraph. */
export const QUOTATIONS =
  /“(?:[^“”\n]|\n(?![^\S\n]*\n))*”|(?<![\p{L}\p{N}])"(?:[^"\n]|\n(?![^\S\n]*\n))*"|«(?:[^«»\n]|\n(?![^\S\n]*\n))*»|„(?:[^„“”\n]|\n(?![^\S\n]*\n))*[“”]|「[^「」]*」|『[^『』]*』|(?<![\p{L}\p{N}])‘(?:[^‘\n]|\n(?![^\S\n]*\n))*?’(?![\p{L}\p{N}])/gu;

/** A text with its quotations blanked out, at its own length. */
export function withoutQuotations(text: string): string {
  return /[“"«„「『‘]/.test(text) ? text.replace(QUOTATIONS, blank) : text;
}
