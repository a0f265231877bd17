import { withoutCode } from '../../prose/masks.js';
import { type Block, type Inline, inlines, mapParagraphs } from '../../prose/tree.js';
import type { Finding, Rule } from '../rule.js';

/** Markup that no brief understands: what it is, how it looks, and the way out. None may take more than linear time. */
interface Markup {
  name: string;
  /** Each place of it has one of these; most texts have none. */
  signs: readonly string[];
  pattern: RegExp;
  hint: string;
}

const ELEMENTS =
  'a|abbr|b|big|blockquote|br|center|cite|code|del|div|em|figure|font|h[1-6]|hr|i|iframe|img|ins|li|ol|p|pre|s|small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul|video';

/** In prose and in one-line texts. */
const ANYWHERE: readonly Markup[] = [
  {
    name: 'HTML',
    signs: ['<'],
    pattern: new RegExp(`<(?:/(?:${ELEMENTS})|(?:${ELEMENTS})(?:[ \\t\\n][^<>]{0,500})?/?)>`, 'gi'),
    hint: 'write it in Markdown, such as **bold** or [words](https://…); put it in backticks where you mean the characters',
  },
  {
    name: 'a tag of a template',
    signs: ['{%', '{{'],
    pattern: /\{%[^%\n]{1,300}%\}|\{\{[^{}\n]{1,300}\}\}/g,
    hint: 'write what it stands for: texts are no templates',
  },
  {
    name: 'an HTML entity',
    signs: ['&'],
    pattern: /&(?:[a-z]{2,8}|#\d{1,6}|#x[\da-f]{1,5});/gi,
    hint: 'write the character itself',
  },
];

const IN_PROSE: readonly Markup[] = [
  {
    name: 'a heading',
    signs: ['#'],
    pattern: /^ {0,3}#{1,6}[ \t]+(?!nutgraf\b)\S/gim,
    hint: 'start a section with heading: of its own, or write **bold**',
  },
  {
    name: 'a picture',
    signs: ['!['],
    pattern: /!\[[^[\]\n]{0,300}\]\([^()\n]{1,500}\)/g,
    hint: 'put the picture under image:',
  },
  {
    name: 'a link without a whole address',
    signs: [']('],
    pattern: /(?<!!)\[(?!@|\^)[^[\]\n]{1,300}\]\((?![ \t]*<?(?:https?:\/\/|mailto:))[^()\s]{1,500}\)/gi,
    hint: 'a link needs a whole address: [words](https://…)',
  },
  {
    name: 'a link with a space in it',
    signs: ['('],
    pattern: /(?<!!)\[(?!@|\^)[^[\]\n]{1,300}\][ \t]+\(https?:\/\/[^()\s]{1,500}\)/gi,
    hint: 'leave out the space between ] and (',
  },
  {
    name: 'the address of a reference link',
    signs: [']:'],
    pattern: /^ {0,3}\[(?!@|\^)[^[\]\n]{1,300}\]:[ \t]*<?https?:\/\/\S/gim,
    hint: 'write the address where the link is: [words](https://…)',
  },
  {
    name: 'a reference link',
    signs: [']['],
    pattern: /(?<![!\\])\[(?!@|\^)[^[\]\n]{1,300}\]\[(?!@)[^[\]\n]{0,100}\]/g,
    hint: 'write the address where the link is: [words](https://…)',
  },
  {
    name: 'a box of a list of tasks',
    signs: ['[ ]', '[x]', '[X]'],
    pattern: /^[ \t]{0,40}(?:[-*+]|\d{1,3}[.)]) \[[ xX]\] /gm,
    hint: 'leave the box out',
  },
  {
    name: 'a citation that is not closed',
    signs: ['[@'],
    pattern: /\[@[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]{0,100}(?![^[\]]{0,400}\])/gu,
    hint: 'close it right behind the id: [@id]',
  },
  {
    name: 'a footnote',
    signs: ['[^'],
    pattern: /\[\^[^[\]\s]{1,100}\]/g,
    hint: 'list the source and cite it: [@id]',
  },
  {
    name: 'a table',
    signs: ['---'],
    pattern: /^[ \t]{0,40}\|?[ \t]{0,40}:?-{3,}:?[ \t]{0,40}(?:\|[ \t]{0,40}:?-{3,}:?[ \t]{0,40})+\|?[ \t]{0,40}$/gm,
    hint: 'write it as a list; texts have no tables',
  },
  {
    name: 'a rule between parts',
    signs: ['*', '-', '_'],
    pattern: /^[ \t]{0,40}([*_-])(?:[ \t]{0,9}\1){2,40}[ \t]*$/gm,
    hint: 'start a section of its own there, or leave the line out',
  },
  {
    name: 'the line under a heading',
    signs: ['===', '---'],
    pattern: /(?<=\S[ \t]*\n)^ {0,3}(?:={3,}|-{3,})[ \t]*$/gm,
    hint: 'start a section with heading: of its own',
  },
  {
    name: 'a line through words',
    signs: ['~~'],
    pattern: /~~[^~\n]{1,300}~~/g,
    hint: 'leave the words out, or say what changed',
  },
];

const IN_LINES: readonly Markup[] = [
  {
    name: 'Markdown',
    signs: ['**'],
    pattern: /\*\*[^*\n]{1,300}\*\*/g,
    hint: 'leave the marks out: this text is plain',
  },
  { name: 'Markdown', signs: ['`'], pattern: /`[^`\n]{1,300}`/g, hint: 'leave the marks out: this text is plain' },
  {
    name: 'a Markdown link',
    signs: [']('],
    pattern: /\[[^[\]\n]{1,300}\]\((?:https?:\/\/|mailto:)[^()\s]{1,500}\)/gi,
    hint: 'write the words alone: this text is plain',
  },
];

export const printedMarkup = {
  name: 'printed-markup',
  level: 'warning',
  description:
    'A text has markup that briefs do not know, so readers see its characters: HTML, headings, pictures, tables, links without a whole address; in one-line texts any Markdown. Code is passed over, and so is what stands behind a backslash.',
  bad: 'text: "See [the minutes](/minutes) <br> **now**"',
  good: 'text: "See [the minutes](https://council.example/minutes) **now**"',
  *checkTexts({ texts, prose }) {
    for (const { text, type, path } of texts) {
      if ((type !== 'prose' && type !== 'line') || path[0] === 'extra' || path[0] === 'ednote') continue;
      if (!/[<&#[\]~|`*{=]|---/.test(text)) continue; // most texts
      const seen = type === 'prose' ? withoutCode(text) : text;
      for (const markup of [...ANYWHERE, ...(type === 'prose' ? IN_PROSE : IN_LINES)]) {
        const finding = first(seen, markup);
        if (finding) yield { path, ...finding };
      }
      if (type === 'prose') for (const finding of leftOver(seen, text, prose(text).blocks)) yield { path, ...finding };
    }
  },
} as const satisfies Rule;

/** Two or three stars that could open or close something bold: those of "f**k" could not. */
const BOLD =
  /(?<![*\\])\*{2,3}(?!\*)(?=\S)(?<![\p{L}\p{N}]\*{2,3}(?=[\p{L}\p{N}]))|(?<=\S)(?<![*\\])\*{2,3}(?!\*)(?![\p{L}\p{N}])/gu;
/** Stars between spaces, beside words. */
const STARS_ALONE = /(?<=[^\s*][ \t])\*{2,3}(?=[ \t]+[^\s*])/;
const LINK = /\]\(/g;
const WORDLESS = /(?<![!\\])\[[\s\u200B-\u200D\u2060\uFEFF]*\]\((?:<?(?:https?:|mailto:))[^()\n]{1,500}\)/gi;

/** Marks that were meant as markup but parsed as text; their places are looked up in the raw text. */
function* leftOver(raw: string, text: string, blocks: readonly Block[]): Generator<Omit<Finding, 'path'>> {
  const words = [...inlines(blocks)].map((node) => (node.type === 'text' ? node.text : '\0')).join('');
  const first =
    (words.includes('**')
      ? ([...raw.matchAll(BOLD)].find(({ index, 0: stars }) => isLeftOver(words, text, index, stars.length)) ??
        STARS_ALONE.exec(raw))
      : undefined) ?? (hasTouchingStar(blocks) ? /\*\*/.exec(raw) : undefined);
  if (first) {
    yield {
      within: [first.index, first.index + first[0].length],
      message: 'these stars make nothing bold, and readers would see them',
      hint: 'put ** right before the first word and right behind the last, beside a space or a full stop; or leave them out',
    };
  }
  const wordless = [...raw.matchAll(WORDLESS)];
  for (const { index } of words.includes('](') ? raw.matchAll(LINK) : []) {
    if (wordless.some((tag) => tag.index < index && index < tag.index + tag[0].length)) continue;
    if (raw[index - 1] === '\\' || !isLeftOver(words, text, index, 2) || matched(raw, index)) continue;
    const target = raw.slice(index + 2, index + 300);
    const hint = /^[^)\n]*\s/.test(target)
      ? 'write %20 for a space in the address'
      : 'the words of a link hold no citation and no bracket, and its address ends with ): [words](https://…)';
    yield {
      within: [index, index + 2],
      message: 'this did not become a link, and readers would see its brackets',
      hint: /\[@[^\]\n]*$|\[@[^\]\n]*\]$/.test(raw.slice(Math.max(0, index - 100), index))
        ? 'put the citation behind the link: [words](https://…) [@id]'
        : hint,
    };
  }
  for (const { index, 0: tag } of wordless)
    yield {
      within: [index, index + tag.length],
      message: 'this link has no words; briefs print its address',
      hint: 'put words between the brackets: [words](https://…)',
    };
}

/** Whether a star is left beside something emphasised, as in `**bold*`. */
function hasTouchingStar(blocks: readonly Block[]): boolean {
  const isEmphasis = (node: Inline | undefined) => node?.type === 'emphasis' || node?.type === 'strong';
  const inLine = (nodes: readonly Inline[]) =>
    nodes.some(
      (node, i) =>
        node.type === 'text' &&
        ((node.text.endsWith('*') && isEmphasis(nodes[i + 1])) ||
          (node.text.startsWith('*') && isEmphasis(nodes[i - 1]))),
    );
  let isFound = false;
  mapParagraphs(blocks, (nodes) => {
    isFound ||= inLine(nodes);
    return nodes;
  });
  return isFound;
}

/** Whether what stands at an offset of the raw text is text in the parsed one: with the same characters around it. */
function isLeftOver(words: string, raw: string, index: number, length: number): boolean {
  const before = /[\p{L}\p{N}]/u.exec(raw[index - 1] ?? '')?.[0] ?? '';
  const after = raw.slice(index + length, index + length + 60).split(/[\s\\`<>*_[)]/)[0] ?? '';
  return words.includes(before + raw.slice(index, index + length) + after);
}

/** Whether another finding is about the same brackets: a link without a whole address, a picture. */
function matched(raw: string, index: number): boolean {
  return IN_PROSE.some(({ pattern }) =>
    [...raw.slice(Math.max(0, index - 310), index + 510).matchAll(pattern)].some(({ index: at, 0: match }) => {
      const start = Math.max(0, index - 310) + at;
      return start <= index && index < start + match.length;
    }),
  );
}

/** The first place of some markup in a text; fixing it fixes the others. */
function first(text: string, { name, signs, pattern, hint }: Markup): Omit<Finding, 'path'> | undefined {
  if (!signs.some((sign) => text.includes(sign))) return undefined;
  for (const { index, 0: match } of text.matchAll(pattern)) {
    if (text[index - 1] === '\\') continue;
    const shown = match.trim();
    const start = index + match.indexOf(shown);
    return {
      within: [start, start + shown.length],
      message: `this looks like ${name}, and readers would see its characters`,
      hint,
    };
  }
  return undefined;
}
