/** All elements of HTML, those that are gone included (html.spec.whatwg.org), and the roots of drawings and formulas. */
const ELEMENTS = new Set(
  `a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button
canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog dir div dl dt em embed
fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img
input ins isindex kbd keygen label layer legend li link listing main map mark marquee math menu menuitem meta meter multicol
nav nextid nobr noembed noframes noscript object ol optgroup option output p param picture plaintext portal pre progress q rb
rbc rp rt rtc ruby s samp script search section select shadow slot small source spacer span strike strong style sub summary
sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp`.split(/\s+/),
);

/** Attributes that stand without a value. */
const BARE =
  /^(?:async|autofocus|autoplay|checked|compact|controls|default|defer|disabled|download|hidden|inert|ismap|itemscope|loop|multiple|muted|nomodule|noshade|novalidate|nowrap|open|playsinline|readonly|required|reversed|selected|allowfullscreen|data-[\w-]+|aria-[\w-]+)$/i;

/** Elements whose content is no markup up to their closing tag. */
const RAW = /^(?:script|style|textarea|title|xmp|iframe|noembed|noframes|plaintext)$/i;

/** A tag, a comment, or an element whose content is no markup. */
const TAG =
  /<!--[\s\S]*?(?:-->|$)|<(script|style|textarea|title|xmp|noscript|svg|math)\b[^<>]*>[\s\S]*?<\/\1\s*>|<(\/?)([a-z][^\s<>/="']*)((?:\s(?:[^<>"']|"[^"<>]*"|'[^'<>]*')*)?)\/?>/gi;

/**
 * Whether something in angle brackets is a tag, and not words such as `<Name>` and `<TK date>`: it has the name of an element,
 * or of one that a page defines itself, and its attributes are attributes.
 */
export function isTag(name: string, rest: string): boolean {
  if (/[-:]/.test(name)) return true;
  if (!ELEMENTS.has(name.toLowerCase())) return /=/.test(rest);
  const attributes = rest.replace(/\/\s*$/, '');
  const words = attributes.replace(/=\s*(?:"[^"]*"|'[^']*'|[^\s"']+)/g, '=').split(/\s+/);
  return words.every((word) => word === '' || word.endsWith('=') || BARE.test(word));
}

/** Whether a piece of Markdown that looks like HTML is words. */
export function isWordsInBrackets(source: string): boolean {
  const [, , name, rest = ''] = /^<(\/?)([a-z][^\s<>/="']*)([^<>]*?)\/?>$/i.exec(source) ?? [];
  return name !== undefined && !isTag(name, rest);
}

/** HTML in which words in angle brackets are text: those that no tag closes, unless `all` are. */
export function withWordsInBrackets(source: string, all = false): string {
  const lower = source.toLowerCase();
  return source.replace(TAG, (whole, raw: string | undefined, slash: string, name: string | undefined, rest = '') => {
    if (raw !== undefined || name === undefined) return whole;
    const closed = slash !== '' || lower.includes(`</${name.toLowerCase()}`);
    return isTag(name, rest) || (closed && !all) ? whole : `&lt;${whole.slice(1)}`;
  });
}

/** Whether a tag opens something whose content is no markup, and nothing closes it in the text behind it. */
export function opensForEver(tag: string, behind: string): boolean {
  const [, name] = /^<([a-z]+)\b[^<>]*>$/i.exec(tag) ?? [];
  return name !== undefined && RAW.test(name) && !behind.toLowerCase().includes(`</${name.toLowerCase()}`);
}
