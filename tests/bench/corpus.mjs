// The stories of the benchmarks: made from a seed, so that they are the same each time.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Numbers from a seed (mulberry32), so that the stories are the same each time. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS =
  'council ferry vote river paper north signal budget night summit talks winter source report figure minister'.split(
    ' ',
  );

/** A story of about 5 KB: sources, six sections, citations. */
export function story(n) {
  const next = random(n + 1);
  const words = (length) => Array.from({ length }, () => WORDS[Math.floor(next() * WORDS.length)]).join(' ');
  let cited = 0;
  const paragraph = () => `      ${words(60)}. [@s${1 + (cited++ % 4)}] *${words(3)}*, **${words(2)}** ${words(40)}.\n`;
  const kinds = ['summary', 'analysis', 'coverage', 'background', 'counterpoint', 'unknowns'];
  return [
    `headline: "Story ${n}: ${words(6)}"\ndek: ${words(14)}\nbyline: Jane Smith\npublished: 2025-10-06T09:30:00+09:00\ntags: [${words(3).replaceAll(' ', ', ')}]\nsources:\n`,
    ...[1, 2, 3, 4].map(
      (id) =>
        `  - id: s${id}\n    outlet: Outlet ${id}\n    title: ${words(6)}\n    url: https://example.org/${n}/${id}\n    published: 2025-10-05\n`,
    ),
    'sections:\n',
    ...kinds.map((kind) => `  - kind: ${kind}\n    text: |\n${paragraph()}\n${paragraph()}`),
  ].join('');
}

/** A folder with `count` stories. */
export function writeCorpus(folder, count) {
  mkdirSync(folder, { recursive: true });
  for (let n = 0; n < count; n++) writeFileSync(join(folder, `story-${n}.story.yaml`), story(n));
}

/** The same stories as a Hugo site that makes the same three briefs of each. */
export function writeHugoSite(folder, count) {
  for (const name of ['content', 'layouts/_default']) mkdirSync(join(folder, name), { recursive: true });
  const file = (name, text) => writeFileSync(join(folder, name), text);
  file(
    'config.yaml',
    `baseURL: https://example.org/
disableKinds: [home, taxonomy, term, section, RSS, sitemap, 404]
mediaTypes: { text/markdown: { suffixes: [md] }, text/plain: { suffixes: [txt] } }
outputFormats:
  md: { mediaType: text/markdown, isPlainText: true }
  txt: { mediaType: text/plain, isPlainText: true }
outputs: { page: [html, md, txt] }
`,
  );
  const sources = (line) => `{{ range .Params.sources }}${line}\n{{ end }}`;
  file(
    'layouts/_default/single.html',
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1><p>{{ .Params.dek }}</p><p>By {{ .Params.byline }}, {{ .Date.Format "2 January 2006" }}</p>{{ .Content }}<ol>${sources('<li id="{{ .id }}"><a href="{{ .url }}">{{ .outlet }}: {{ .title }}</a></li>')}</ol></body></html>`,
  );
  file(
    'layouts/_default/single.md',
    `# {{ .Title }}\n\n{{ .Params.dek }}\n\n{{ .RawContent }}\n\n${sources('[^{{ .id }}]: {{ .outlet }}: [{{ .title }}]({{ .url }})')}`,
  );
  file(
    'layouts/_default/single.txt',
    `{{ .Title }}\n\n{{ .Params.dek }}\n\n{{ .Plain }}\n\n${sources('{{ .outlet }}: {{ .title }}, {{ .url }}')}`,
  );
  for (let n = 0; n < count; n++) {
    const [head, sections] = story(n).split('sections:\n');
    const body = sections
      .replace(/^ {2}- kind: (\w+)\n {4}text: \|\n/gm, '## $1\n\n')
      .replace(/^ {6}/gm, '')
      .replace(/\[@(\w+)\]/g, '[^$1]')
      .concat([1, 2, 3, 4].map((id) => `\n[^s${id}]: Outlet ${id}\n`).join(''));
    file(
      `content/story-${n}.md`,
      `---\n${head.replace(/^headline:/m, 'title:').replace(/^published:/m, 'date:')}---\n\n${body}`,
    );
  }
}

/** The same stories as an Eleventy site: a page of HTML, and from the same data Markdown and plain text. */
export function writeEleventySite(folder, count) {
  mkdirSync(join(folder, '_includes'), { recursive: true });
  const file = (name, text) => writeFileSync(join(folder, name), text);
  file('.eleventy.cjs', 'module.exports = () => ({ dir: { output: "out" }, markdownTemplateEngine: false });\n');
  file(
    '_includes/brief.njk',
    '<!doctype html><html lang="en"><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1><p>{{ dek }}</p>{{ content | safe }}<ol>{% for s in sources %}<li><a href="{{ s.url }}">{{ s.outlet }}: {{ s.title }}</a></li>{% endfor %}</ol></body></html>',
  );
  for (const extension of ['md', 'txt'])
    file(
      `all-${extension}.njk`,
      `---\npagination: { data: collections.all, size: 1, alias: one }\npermalink: "{{ one.fileSlug }}.${extension}"\neleventyExcludeFromCollections: true\n---\n# {{ one.data.title }}\n\n{{ one.rawInput | safe }}\n`,
    );
  for (let n = 0; n < count; n++) {
    const [head, sections] = story(n).split('sections:\n');
    const body = sections
      .replace(/^ {2}- kind: (\w+)\n {4}text: \|\n/gm, '## $1\n\n')
      .replace(/^ {6}/gm, '')
      .replace(/\[@(\w+)\]/g, '($1)');
    file(
      `story-${n}.md`,
      `---\nlayout: brief.njk\n${head
        .replace(/^headline:/m, 'title:')
        .replace(/^published:.*\n/m, '')
        .replace(/^tags:.*\n/m, '')}---\n\n${body}`,
    );
  }
}
