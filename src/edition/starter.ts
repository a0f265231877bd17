import { quotedText } from '../yaml/write.js';

/** A new edition file of some stories, to be completed. */
export function starter(title: string, date: string, lang: string | undefined, stories: readonly string[]): string {
  const plain = (text: string) => (/^[\p{L}\p{N}][\p{L}\p{N} ./_-]*$/u.test(text) ? text : quotedText(text));
  const names = stories.length > 0 ? stories : ['my-story'];
  return `title: ${plain(title)}
date: ${date}
${lang === undefined ? '' : `lang: ${plain(lang)}\n`}# intro: |
#   Good morning.
# base: https://example.org/briefs/     # where the briefs are, for links to them
sections:
  - kind: stories
    depth: full                         # or brief, or headline
    stories:
${names.map((name) => `      - ${plain(name)}`).join('\n')}
# footer: |
#   You get this because you asked for it.
`;
}
