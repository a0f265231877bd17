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
  /^(?:alt|class|clear|fetchpriority|href|id|loading|noshade|size|src|style|title|[@:]?v-[\w:.-]+|[@:][\w:.-]+|async|autofocus|autoplay|checked|compact|controls|default|defer|disabled|download|hidden|inert|ismap|itemscope|loop|multiple|muted|nomodule|noshade|novalidate|nowrap|open|playsinline|readonly|required|reversed|selected|allowfullscreen|data-[\w-]+|aria-[\w-]+)$/i;

/** Elements that hold nothing and are nothing without an attribute. */
const NEEDS_ATTRIBUTES = /^(?:area|base|embed|img|input|link|meta|param|source|track)$/i;

/** Elements whose content is no markup up to their closing tag. */
const RAW = /^(?:script|style|textarea|title|xmp|iframe|noembed|noframes|plaintext)$/i;

/** Elements whose content is left alone: programs, styles, drawings. */
const OPAQUE = /^(?:script|style|textarea|title|xmp|noscript|svg|math)$/i;

/** A comment, or a tag. */
const TAG = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-z][^\s<>/="']*)((?:\s(?:[^<>"']|"[^"<>]*"|'[^'<>]*')*)?)\/?>/gi;

/**
 * Whether something in angle brackets is a tag, and not words such as `<Name>` and `<TK date>`: it has the name of an element, or
 * one with a hyphen and attributes, and its attributes are attributes. Elements that a page defines itself are known by what closes
 * them.
 */
function isTag(name: string, rest: string): boolean {
  if (NEEDS_ATTRIBUTES.test(name) && !/=/.test(rest)) return false;
  if (!ELEMENTS.has(name.toLowerCase())) return OWN.test(name) && /=/.test(rest);
  const attributes = rest.replace(/\/\s*$/, '');
  const words = attributes.replace(/=\s*(?:"[^"]*"|'[^']*'|[^\s"']+)/g, '=').split(/\s+/);
  return words.every((word) => word === '' || word.endsWith('=') || BARE.test(word));
}

/** Words that are names of elements too: without an attribute and without a closing tag they are words. */
const PLACEHOLDER =
  /^(?:address|button|code|command|content|data|frame|image|label|legend|map|mark|menu|object|output|picture|search|shadow|slot|time)$/i;

/** A name of elements that a page or a program defines itself: `my-box`, `o:p`. */
const OWN = /^[a-z]\S*[-:]/i;

/** Whether a tag of such a name closes itself. */
const isAlone = (name: string, tag: string) => OWN.test(name) && tag.endsWith('/>');

/** The names that a text closes: `p` for `</p>`, in small letters. */
export const closedIn = (source: string): ReadonlySet<string> =>
  new Set([...source.matchAll(/<\/([a-z][^\s<>/]*)/gi)].map(([, name = '']) => name.toLowerCase()));

/** Whether a piece of Markdown that looks like HTML is words; `isClosed` says whether a tag behind it closes a name. */
export function isWordsInBrackets(source: string, isClosed: (name: string) => boolean): boolean {
  const [, slash, name, rest = ''] = /^<(\/?)([a-z][^\s<>/="']*)([^<>]*?)\/?>$/i.exec(source) ?? [];
  if (name === undefined || isAlone(name, source)) return false;
  if (slash === '' && PLACEHOLDER.test(name) && rest === '' && !isClosed(name.toLowerCase())) return true;
  if (isTag(name, rest)) return false;
  return !OWN.test(name) || (slash === '' && !isClosed(name.toLowerCase()));
}

/** HTML in which words in angle brackets are text: those that no tag closes, unless `all` are. */
export function withWordsInBrackets(typed: string, all = false): string {
  const source = withEndedTags(typed);
  const closing = closedIn(source);
  const text = source.replace(/<(?=https?:\/\/[^\s<>]*>)/gi, '&lt;');
  const unclosed = new Set<string>();
  const tag = new RegExp(TAG);
  let out = '';
  let at = 0;
  for (let match = tag.exec(text); match; match = tag.exec(text)) {
    const [whole, slash = '', name, rest = ''] = match;
    if (name === undefined) continue;
    const plain = name.toLowerCase();
    if (slash === '' && OPAQUE.test(name) && !unclosed.has(plain)) {
      const close = closingAt(text, plain, tag.lastIndex);
      if (close < 0) unclosed.add(plain);
      else {
        tag.lastIndex = close;
        continue;
      }
    }
    const closed = slash !== '' || closing.has(plain);
    const isPlaceholder = !closed && PLACEHOLDER.test(name) && rest === '';
    if (!isPlaceholder && (isTag(name, rest) || (closed && (!all || OWN.test(name))) || isAlone(name, whole))) continue;
    out += `${text.slice(at, match.index)}&lt;`;
    at = match.index + 1;
  }
  return out + text.slice(at);
}

/** HTML in which a tag that never ends, as of a quotation mark that nothing closes, is text: a parser would drop all behind it. */
export function withEndedTags(source: string): string {
  let text = source;
  let from = 0;
  for (let i = 0; i < MOST_OPEN; i++) {
    const at = openTagIn(text, from);
    if (at === undefined) return text;
    text = `${text.slice(0, at)}&lt;${text.slice(at + 1)}`;
    from = at;
  }
  return text;
}

/** How many unclosed tags are looked for. */
const MOST_OPEN = 100;

/** Where a tag starts that does not end before the text does. */
function openTagIn(source: string, from: number): number | undefined {
  const start = /<(?:!--|\/?[a-z])/gi;
  start.lastIndex = from;
  for (let match = start.exec(source); match; match = start.exec(source)) {
    const end = match[0] === '<!--' ? source.indexOf('-->', match.index) : endOfTag(source, match.index);
    if (end < 0) return match[0] === '<!--' ? undefined : match.index;
    const [, name = ''] = /^<([a-z]+)/i.exec(source.slice(match.index, match.index + 20)) ?? [];
    const raw = OPAQUE.test(name) ? name : undefined;
    const close = raw === undefined ? end : closingAt(source, raw, end);
    if (close < 0) return undefined;
    start.lastIndex = close + (raw === undefined ? 1 : 0);
  }
  return undefined;
}

/** The offset of the tag that closes an element; less than 0 where none does. */
function closingAt(source: string, name: string, from: number): number {
  const pattern = new RegExp(`</${name}`, 'gi');
  pattern.lastIndex = from;
  return pattern.exec(source)?.index ?? -1;
}

/** The offset of the `>` that ends a tag; less than 0 where none does. */
function endOfTag(source: string, from: number): number {
  const next = />|=\s*(["'])/g;
  next.lastIndex = from;
  for (let match = next.exec(source); match; match = next.exec(source)) {
    if (match[1] === undefined) return match.index;
    const close = source.indexOf(match[1], next.lastIndex);
    if (close < 0) return -1;
    next.lastIndex = close + 1;
  }
  return -1;
}

/** Whether a tag opens something whose content is no markup, and nothing behind it closes that. */
export function neverCloses(tag: string, isClosed: (name: string) => boolean): boolean {
  const [, name] = /^<([a-z]+)\b[^<>]*>$/i.exec(tag) ?? [];
  return name !== undefined && RAW.test(name) && !isClosed(name.toLowerCase());
}
