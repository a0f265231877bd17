import { withoutCode } from '../prose/masks.js';
import type { Finding, Rule } from './rule.js';

/** Markup that no brief understands: what it is, how it looks, and the way out. None may take more than linear time. */
interface Markup {
  name: string;
  pattern: RegExp;
  hint: string;
}

const ELEMENTS =
  'a|abbr|b|big|blockquote|br|center|cite|code|del|div|em|figure|font|h[1-6]|hr|i|iframe|img|ins|li|ol|p|pre|s|small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul|video';

/** In prose and in one-line texts. */
const ANYWHERE: readonly Markup[] = [
  {
    name: 'HTML',
    pattern: new RegExp(`<(?:/(?:${ELEMENTS})|(?:${ELEMENTS})(?:[ \\t\\n][^<>]{0,500})?/?)>`, 'gi'),
    hint: 'write it in Markdown, such as **bold** or [words](https://…); `<b>` in code where the characters are meant',
  },
  {
    name: 'a tag of a template',
    pattern: /\{%[^%\n]{1,300}%\}|\{\{[^{}\n]{1,300}\}\}/g,
    hint: 'write what it stands for: texts are no templates',
  },
  {
    name: 'an HTML entity',
    pattern: /&(?:[a-z]{2,8}|#\d{1,6}|#x[\da-f]{1,5});/gi,
    hint: 'write the character itself',
  },
];

const IN_PROSE: readonly Markup[] = [
  {
    name: 'a heading',
    pattern: /^ {0,3}#{1,6}[ \t]+(?!nutgraf\b)\S/gim,
    hint: 'start a section with heading: of its own, or write **bold**',
  },
  { name: 'a picture', pattern: /!\[[^[\]\n]{0,300}\]\([^()\n]{1,500}\)/g, hint: 'put the picture under image:' },
  {
    name: 'a link without a whole address',
    pattern: /(?<!!)\[(?!@|\^)[^[\]\n]{1,300}\]\((?![ \t]*<?(?:https?:\/\/|mailto:))[^()\s]{1,500}\)/gi,
    hint: 'a link needs a whole address: [words](https://…)',
  },
  {
    name: 'a link with a space in it',
    pattern: /(?<!!)\[(?!@|\^)[^[\]\n]{1,300}\][ \t]+\(https?:\/\/[^()\s]{1,500}\)/gi,
    hint: 'leave out the space between ] and (',
  },
  {
    name: 'the address of a reference link',
    pattern: /^ {0,3}\[(?!@|\^)[^[\]\n]{1,300}\]:[ \t]*<?https?:\/\/\S/gim,
    hint: 'write the address where the link is: [words](https://…)',
  },
  {
    name: 'a reference link',
    pattern: /(?<![!\\])\[(?!@|\^)[^[\]\n]{1,300}\]\[(?!@)[^[\]\n]{0,100}\]/g,
    hint: 'write the address where the link is: [words](https://…)',
  },
  {
    name: 'a box of a list of tasks',
    pattern: /^[ \t]{0,40}(?:[-*+]|\d{1,3}[.)]) \[[ xX]\] /gm,
    hint: 'leave the box out',
  },
  {
    name: 'a footnote',
    pattern: /\[\^[^[\]\s]{1,100}\]/g,
    hint: 'list the source and cite it: [@id]',
  },
  {
    name: 'a table',
    pattern: /^[ \t]{0,40}\|?[ \t]{0,40}:?-{3,}:?[ \t]{0,40}(?:\|[ \t]{0,40}:?-{3,}:?[ \t]{0,40})+\|?[ \t]{0,40}$/gm,
    hint: 'write it as a list; texts have no tables',
  },
  { name: 'a line through words', pattern: /~~[^~\n]{1,300}~~/g, hint: 'leave the words out, or say what changed' },
];

const IN_LINES: readonly Markup[] = [
  { name: 'Markdown', pattern: /\*\*[^*\n]{1,300}\*\*/g, hint: 'leave the marks out: this text is plain' },
  { name: 'Markdown', pattern: /`[^`\n]{1,300}`/g, hint: 'leave the marks out: this text is plain' },
  {
    name: 'a Markdown link',
    pattern: /\[[^[\]\n]{1,300}\]\((?:https?:\/\/|mailto:)[^()\s]{1,500}\)/gi,
    hint: 'write the words alone: this text is plain',
  },
];

export const printedMarkup: Rule = {
  name: 'printed-markup',
  level: 'warning',
  description:
    'A text has markup that briefs do not know, so readers see its characters: HTML, headings, pictures, tables, links without a whole address; in one-line texts any Markdown. Code is passed over, and so is what stands behind a backslash.',
  bad: 'text: "See [the minutes](/minutes) <br> **now**"',
  good: 'text: "See [the minutes](https://council.example/minutes) **now**"',
  *checkTexts({ texts }) {
    for (const { text, type, path } of texts) {
      if ((type !== 'prose' && type !== 'line') || path[0] === 'extra' || path[0] === 'ednote') continue;
      if (!/[<&#[\]~|`*{]/.test(text)) continue; // most texts
      const seen = type === 'prose' ? withoutCode(text) : text;
      for (const markup of [...ANYWHERE, ...(type === 'prose' ? IN_PROSE : IN_LINES)]) {
        const found = first(seen, markup);
        if (found) yield { path, ...found };
      }
    }
  },
};

/** The first place of some markup in a text; the others are mended with it. */
function first(text: string, { name, pattern, hint }: Markup): Omit<Finding, 'path'> | undefined {
  for (const { index, 0: found } of text.matchAll(pattern)) {
    if (text[index - 1] === '\\') continue;
    const shown = found.trim();
    const start = index + found.indexOf(shown);
    return {
      within: [start, start + shown.length],
      message: `this looks like ${name}, and readers would see its characters`,
      hint,
    };
  }
  return undefined;
}
