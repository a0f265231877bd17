import { release } from '../prose/lines.js';
import type { TemplatedFormat } from './format.js';
import { escapeHtml, html, htmlProse, numbersAlone } from './html.js';

/** Elements that mail programs do not know, or take away, and what stands for them. */
const PLAIN: Readonly<Record<string, string>> = {
  article: 'div',
  section: 'div',
  header: 'div',
  footer: 'div',
  main: 'div',
  nav: 'div',
  aside: 'div',
  figure: 'div',
  figcaption: 'div',
  time: 'span',
  cite: 'span',
  ins: 'u',
  del: 's',
};
const TAGS = new RegExp(`<(/?)(${Object.keys(PLAIN).join('|')})(?=[\\s>])([^<>]*)>`, 'g');

/**
 * A page for mail programs: a table layout, styles inlined by the library, plain elements. Marks of citations are numbers
 * without links, since mail programs do not follow links within a mail.
 */
const email = (inline: (html: string) => string): TemplatedFormat => ({
  ...html,
  name: 'email',
  anchors: false,
  prose: htmlProse(numbersAlone),
  cite: numbersAlone,
  extend: (view, { story }) => ({
    align: view.dir === 'rtl' ? 'right' : 'left',
    subject: escapeHtml(story.newsletter?.subject ?? story.headline ?? story.slug),
    preheader: preheaderOf(story.newsletter?.preheader ?? story.dek),
  }),
  finish(text, template, options) {
    return `${release(inline(plainElements(html.finish(text, template, options)))).trimEnd()}\n`;
  },
});

/** Loads the format with the CSS inliner. */
export const loadEmail = async (): Promise<TemplatedFormat> => email(await (await import('./inline.js')).loadInliner());

const preheaderOf = (text: string | undefined) => (text === undefined ? null : escapeHtml(text));

/** Our own elements as mail programs know them; text has no `<` of its own. */
function plainElements(text: string): string {
  return text.replace(TAGS, (_, slash: string, name: string, rest: string) => {
    const attributes = rest.replace(/\s(?:datetime|id|role|aria-label)="[^"]*"/g, '');
    return `<${slash}${PLAIN[name]}${attributes}>`;
  });
}
