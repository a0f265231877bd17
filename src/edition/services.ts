import { escapeHtml } from '../formats/html.js';
import type { EditionBriefs } from './assemble.js';
import type { ServiceName } from './files.js';

/** Files for mail services; nothing is sent. Each is a way to say the edition, by the name of the service. */
export const writers: Readonly<Record<ServiceName, (briefs: EditionBriefs) => string>> = {
  /** Markdown with front matter. Buttondown's templates are Django's: what looks like one is written with `templatetag`. */
  buttondown: (briefs) => {
    const marks: Readonly<Record<string, string>> = { '{{': 'openvariable', '{%': 'openblock', '{#': 'opencomment' };
    const escaped = (text: string) => text.replace(/\{[{%#]/g, (mark) => `{% templatetag ${marks[mark]} %}`);
    const line = (name: string, text: string) => `${name}: ${escaped(JSON.stringify(text))}\n`;
    const { subject, preheader } = briefs;
    const head = line('subject', subject) + (preheader === undefined ? '' : line('description', preheader));
    return `---\n${head}---\n\n${escaped(briefs.of('md').text)}`;
  },
  /** A campaign for listmonk's API: HTML, and the text brief as `altbody`. Its templates are Go's. */
  listmonk: (briefs) => {
    const escaped = (text: string) => text.replaceAll('{{', '{{ "{{" }}');
    const { subject, name, text, html } = briefs.mail();
    // A campaign has no head of its own: what makes the page dark and narrow goes with its body.
    const body = escaped(`${styleOf(html)}${inner(html, 'body')}`);
    const campaign = {
      name,
      subject: escaped(subject),
      type: 'regular',
      content_type: 'html',
      body,
      altbody: escaped(text),
    };
    return `${JSON.stringify(campaign, null, 2)}\n`;
  },
  /** The words of the page, as Ghost's editor and API take them. */
  ghost: (briefs) => `${inner(briefs.of('html').text, 'main').trim()}\n`,
  /** A whole document with the merge tags that Mailchimp wants in each; what looks like one in our prose is none. */
  mailchimp: (briefs) => {
    const html = briefs.mail().html.replaceAll('*|', '&#42;|');
    const style = 'font-family: Arial, Helvetica, sans-serif; font-size: 13px; color: #5a5a66;';
    const word = escapeHtml(briefs.words.unsubscribe);
    const leave = `<p class="soft" style="${style}" align="center">*|LIST:NAME|* · <a href="*|UNSUB|*" style="color: #8a1c1c;">${word}</a> · *|LIST:ADDRESS|*</p>`;
    return html.replace('</body>', () => `${leave}\n</body>`);
  },
};

/** What stands within the only element of a name. */
function inner(html: string, name: string): string {
  return new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*)</${name}>`).exec(html)?.[1] ?? html;
}

/** The style sheet that is left in a mail's head. */
function styleOf(html: string): string {
  return /<style[^>]*>[\s\S]*?<\/style>/.exec(html)?.[0] ?? '';
}
