/** Whether a text names an outlet: the name as it is listed, not as a part of another word ("AP" is not in "APEC"). */
export function namesOutlet(text: string, outlet: string): boolean {
  for (let at = text.indexOf(outlet); at >= 0; at = text.indexOf(outlet, at + 1)) {
    const before = [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? ' ';
    const after = String.fromCodePoint(text.codePointAt(at + outlet.length) ?? 32);
    if (!(joins(before) && joins(outlet.charAt(0))) && !(joins(after) && joins(outlet.slice(-1)))) return true;
  }
  return false;
}

/** Letters and figures of scripts that put spaces between words. */
function joins(char: string): boolean {
  return /[\p{L}\p{N}]/u.test(char) && !/[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}]/u.test(char);
}
