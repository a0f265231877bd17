const blank = (found: string) => ' '.repeat(found.length);

/** Prose with its addresses, code and citations blanked out, at its own length. */
export function withoutMarkup(text: string): string {
  return text
    .replace(/(?<!`)(`{1,3})(?!`)[^`]{1,1000}\1(?!`)/g, blank)
    .replace(/\[@[^\]\n]{0,500}\]/g, blank)
    .replace(/\]\([^)\s]{0,2000}(?:\s[^)\n]{0,500})?\)/g, blank)
    .replace(/<?https?:\/\/[^\s<>]+>?/gi, blank)
    .replace(/[*_`[\]\\]/g, ' ');
}

/** The quotation marks of the house's languages; each quotation ends within its paragraph. */
export const QUOTATIONS =
  /“(?:[^“”\n]|\n(?![^\S\n]*\n))*”|"(?:[^"\n]|\n(?![^\S\n]*\n))*"|«(?:[^«»\n]|\n(?![^\S\n]*\n))*»|„(?:[^„“”\n]|\n(?![^\S\n]*\n))*[“”]|「[^「」]*」|『[^『』]*』|(?<![\p{L}\p{N}])‘(?:[^‘\n]|\n(?![^\S\n]*\n))*?’(?![\p{L}\p{N}])/gu;

/** A text with its quotations blanked out, at its own length. */
export function withoutQuotations(text: string): string {
  return text.replace(QUOTATIONS, blank);
}
