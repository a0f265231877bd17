import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { assemble } from '../src/assemble.js';
import { loadStory } from '../src/checks/load.js';
import type { BriefView, TemplatedFormat } from '../src/formats/format.js';
import { formatNames } from '../src/formats/list.js';
import { compileOptions } from '../src/render/compile.js';
import { TemplateError } from '../src/render/template-error.js';
import { createTemplates } from '../src/render/templates.js';
import { createView } from '../src/render/view.js';
import { nutgraf, ROOT, soundStories, temporaryFolder } from './support.js';

/** The names that a template reads, with the line of each. */
function pathsOf(text: string): { name: string; line: number }[] {
  const places: { name: string; line: number }[] = [];
  class Paths extends Handlebars.Visitor {
    override PartialStatement(partial: hbs.AST.PartialStatement): void {
      for (const param of partial.params) this.accept(param);
    }
    override PathExpression(path: hbs.AST.PathExpression): void {
      const [name] = path.parts;
      if (name !== undefined && !path.data && path.depth === 0) places.push({ name, line: path.loc.start.line });
      if (path.data && path.parts[0] === 'root')
        places.push({ name: String(path.parts[1]), line: path.loc.start.line });
    }
  }
  new Paths().accept(Handlebars.parse(text));
  return places;
}

/** All names of fields anywhere in a view. */
function namesIn(value: unknown, names = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) namesIn(item, names);
  else if (value !== null && typeof value === 'object') {
    for (const [name, item] of Object.entries(value)) {
      names.add(name);
      namesIn(item, names);
    }
  }
  return names;
}

describe.each(formatNames(({ templates }) => templates))('our %s templates', (name) => {
  const views: Promise<BriefView[]> = createTemplates([name]).then((templates) =>
    soundStories().flatMap(({ bytes, file }) => {
      const { story, prose } = loadStory(bytes, file);
      return story
        ? [
            createView(story, templates.format(name) as TemplatedFormat, prose, {
              has: (part) => templates.has(name, part),
              house: { publication: { name: 'P', url: 'https://example.org/', contact: 'a@example.org' } },
              mark: 'DRAFT',
            }),
          ]
        : [];
    }),
  );
  const builtIn = new Set([
    'if',
    'unless',
    'each',
    'with',
    'lookup',
    ...Object.keys(compileOptions.knownHelpers ?? {}),
  ]);

  it('read nothing that the view does not have', async () => {
    // Pages of many stories have views of their own, which tests of theirs print.
    const known = namesIn(await views);
    const folder = join(ROOT, 'templates', name);
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.hbs') || /(?:^|\/)pages\/|edition-/.test(file)) continue;
      for (const path of pathsOf(readFileSync(join(folder, file), 'utf8'))) {
        expect(known.has(path.name) || builtIn.has(path.name), `${name}/${file}:${path.line}: ${path.name}`).toBe(true);
      }
    }
  });

  it('have helpers that no field can be taken for', async () => {
    const fields = namesIn(await views);
    for (const helper of builtIn) expect(fields.has(helper), helper).toBe(false);
  });
});

describe('formats', () => {
  it('are there when their templates are, with those that they are made of', async () => {
    const now = new Date(0);
    const mail = assemble(STORY, 'a.yaml', { formats: ['eml'], templates: await createTemplates(['eml']), now });
    expect(mail.briefs[0]?.text).toContain('multipart/alternative');
    const templates = await createTemplates(['email', 'txt']);
    expect(() => assemble(STORY, 'a.yaml', { formats: ['eml'], templates, now })).toThrow(TemplateError);
  });
});

const STORY = 'headline: A & B\nsections:\n  - kind: timeline\n    items: [{ date: 2019, text: "*It* <opened>." }]\n';

describe('a newsroom’s own templates', () => {
  function render(files: Record<string, string>, args: string[]) {
    const folder = temporaryFolder();
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return nutgraf(['render', '-', '--templates', folder, ...args], { input: STORY });
  }

  it('replace ours one file at a time', () => {
    const run = render(
      { 'html/sections/timeline.hbs': '{{#each items}}<p class="ours">{{date.text}}: {{text}}</p>{{/each}}' },
      ['--to', 'html'],
    );
    expect(run.out).toContain('<p class="ours">2019: <p><em>It</em> &lt;opened&gt;.</p></p>');
    expect(run.out).toContain('<h1>A &amp; B</h1>');
  });

  it('stand beside ours under their own names', () => {
    expect(render({ 'txt/short.hbs': '{{headline}}!' }, ['--template', 'short']).out).toBe('A & B!\n');
  });

  it.each([
    ['{{#if headline}}\n{{/each}}', /nutgraf: txt\/short\.hbs:1: .*if doesn't match each/],
    ['{{headlin}}', /nutgraf: txt\/short\.hbs:1: .*headlin/],
    ['\n\n{{> nothing}}', /nutgraf: txt\/short\.hbs:\d+: .*nothing/],
    ['{{shout headline}}', /nutgraf: txt\/short\.hbs:1: .*shout/],
    ['{{headline.constructor.name}}', /nutgraf: txt\/short\.hbs:\d+: /],
  ])('that are wrong are told by file and line: %j', (text, words) => {
    const run = render({ 'txt/short.hbs': text }, ['--template', 'short']);
    expect(run.err).toMatch(words);
    expect(run).toMatchObject({ code: 1, out: '' });
  });

  it('that are not there are told by name', () => {
    expect(render({ 'txt/short.hbs': 'x' }, ['--template', 'long']).err).toContain(
      'there is no template "long" for txt',
    );
  });
});
