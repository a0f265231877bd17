import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFragment } from 'parse5';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { nutgraf, temporaryFolder } from './support.js';

const story = (headline: string, more = '') =>
  `headline: ${JSON.stringify(headline)}\nbyline: Jane\ntags: [a & b]\n${more}sections: [{ kind: text, text: "It ]]> &nbsp; <b> closes." }]\n`;

function desk(files: Readonly<Record<string, string>>): string {
  const cwd = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(cwd, name, '..'), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return cwd;
}

/** The texts of the elements of an XML document by name, as an independent parser reads them. */
function elements(xml: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  const open: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  let text = '';
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    open.push(name);
    text = '';
  });
  parser.on('text', (more) => {
    text += more;
  });
  parser.on('cdata', (more) => {
    text += more;
  });
  parser.on('closetag', ({ name }) => {
    values.set(name, [...(values.get(name) ?? []), text]);
    open.pop();
    text = '';
  });
  parser.write(xml).close();
  return values;
}

/** What a reader shows of a text that it takes for HTML. */
const asHtml = (text: string): string => {
  const words = (node: { value?: string; childNodes?: unknown[] }): string =>
    node.value ?? (node.childNodes ?? []).map((child) => words(child as typeof node)).join('');
  return words(parseFragment(text) as unknown as { childNodes: unknown[] });
};

describe('nutgraf feed', () => {
  const cwd = () =>
    desk({
      'old.story.yaml': story('Old ]]> & <b>', 'published: 2025-10-05\ndek: "D ]]> & &x;"\n'),
      'new.story.yaml': story('New', 'published: 2025-10-06T09:00:00+09:00\nupdated: 2025-10-07\n'),
      'far.story.yaml': story('Far', 'published: 2025-11-01\n'),
      'held.story.yaml': story('Held', 'status: held\n'),
    });
  const BASE = ['--base', 'https://example.org/b&c/'];

  it('is well formed whatever stands in it, the newest first, without what is held back, with ids that stay', () => {
    const folder = cwd();
    const run = nutgraf(['feed', '.', '--to', 'rss,atom,json-feed', ...BASE, '--title', 'T & <t>', '-o', 'out'], {
      cwd: folder,
    });
    expect(run).toMatchObject({ code: 0, out: '' });
    expect(run.err).toContain('held.story.yaml is left out: the story is held');
    const read = (name: string) => readFileSync(join(folder, 'out', name), 'utf8');
    const rss = elements(read('feed.rss'));
    expect(rss.get('title')?.map(asHtml)).toEqual(['T & <t>', 'Far', 'New', 'Old ]]> & <b>']);
    expect(rss.get('description')?.map(asHtml)).toEqual(['T & <t>', 'D ]]> & &x;']);
    expect(rss.get('guid')).toEqual(['far', 'new', 'old'].map((slug) => `tag:example.org,2024:${slug}`));
    expect(rss.get('pubDate')?.[1]).toBe('Mon, 06 Oct 2025 00:00:00 GMT');
    expect(rss.get('content:encoded')?.[0]).toContain('<p>It ]]&gt; &amp;nbsp; &lt;b&gt; closes.</p>');
    const atom = elements(read('feed.atom'));
    expect(atom.get('title')).toEqual(['T & <t>', 'Far', 'New', 'Old ]]> & <b>']);
    expect(atom.get('id')?.slice(1)).toEqual(rss.get('guid'));
    expect(atom.get('updated')?.every((date) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(date))).toBe(true);
    const { items } = JSON.parse(read('feed.json'));
    expect(items.map(({ id }: { id: string }) => id)).toEqual(rss.get('guid'));
    expect(items[2]).toMatchObject({ title: 'Old ]]> & <b>', summary: 'D ]]> & &x;', tags: ['a & b'] });
    expect(nutgraf(['feed', '.', '--to', 'rss', ...BASE, '--title', 'T & <t>'], { cwd: folder }).out).toBe(
      read('feed.rss'),
    );
    // Readers show many items on one page: nothing in one links to another, and what the feed says is not said again.
    for (const item of items) expect(item.content_html).not.toMatch(/href="#|<h1|<time/);
    const short = nutgraf(['feed', '.', '--to', 'rss', ...BASE, '--limit', '1'], { cwd: folder }).out;
    expect(elements(short).get('guid')).toEqual(['tag:example.org,2024:far']);
  });

  it.each([
    ['Anger at <name> as x<y then falls', 'AT&T &copy; &#62; &amp; R&D'],
    ['1 < 2 & 3 > 2', '<!-- a --> <script>x</script>'],
  ])('gives the very words where titles and descriptions are read as HTML: %s', (dek, headline) => {
    const folder = desk({ 'a.story.yaml': story(headline, `published: 2025-10-05\ndek: ${JSON.stringify(dek)}\n`) });
    const rss = elements(nutgraf(['feed', '.', ...BASE, '--title', headline], { cwd: folder }).out);
    expect(rss.get('title')?.map(asHtml)).toEqual([headline, headline]);
    expect(rss.get('description')?.map(asHtml)).toEqual([headline, dek]);
  });

  it('holds every item once, whatever its words and the title look like, with bylines and without', () => {
    const hostile = '</item></entry> "items": [';
    const folder = desk({
      'a.story.yaml': story(hostile, 'published: 2025-10-05\n'),
      'b.story.yaml': story('B', 'published: 2025-10-06\n').replace(/^byline:.*\n/m, ''),
      'c.story.yaml': story('C', 'published: 2025-10-07\n'),
    });
    const title = `T\n  <entry>\n <item>\n"items": [\n`;
    nutgraf(['feed', '.', '--to', 'rss,atom,json-feed', ...BASE, '--title', title, '-o', 'out'], { cwd: folder });
    const read = (name: string) => readFileSync(join(folder, 'out', name), 'utf8');
    expect(elements(read('feed.rss')).get('dc:creator')).toEqual(['Jane', 'Jane']);
    expect(elements(read('feed.rss')).get('guid')).toHaveLength(3);
    expect(elements(read('feed.atom')).get('title')?.slice(1)).toEqual(['C', 'B', hostile]);
    expect(JSON.parse(read('feed.json')).items.map((item: { title: string }) => item.title)).toEqual([
      'C',
      'B',
      hostile,
    ]);
  });

  it('names what is still to come and times without a zone, and has the language of its stories', () => {
    const folder = desk({
      'a.story.yaml': story('A', 'published: 2035-01-01\nlang: de\n'),
      'b.story.yaml': story('B', 'published: 2025-10-10T09:00\nlang: de-AT\n'),
      'c.story.yaml': story('C', 'published: 2025-10-11\nlang: de-DE\n'),
    });
    const run = nutgraf(['feed', '.', ...BASE, '--now', '2025-10-10T12:00:00Z'], { cwd: folder });
    const rss = elements(run.out);
    // It is the eleventh in some places by then.
    expect(rss.get('title')?.slice(1)).toEqual(['A', 'C', 'B']);
    expect(rss.get('language')).toEqual(['de']);
    expect(run.err).toContain('a.story.yaml has a published: or updated: that is still to come');
    expect(run.err).toContain('b.story.yaml has a time without a zone; the feed says that it is UTC');
  });

  it('leaves out the two stories of one slug, and has the others', () => {
    const folder = desk({
      'a.story.yaml': story('A', 'slug: same\n'),
      'b.story.yaml': story('B', 'slug: same\n'),
      'c.story.yaml': story('C'),
    });
    const run = nutgraf(['feed', '.', ...BASE], { cwd: folder });
    expect(run).toMatchObject({ code: 1, err: expect.stringContaining('slug-collision') });
    expect(elements(run.out).get('title')?.slice(1)).toEqual(['C']);
  });

  it('is not made by a template of one’s own that leaves corrections out', () => {
    const folder = desk({
      'a.story.yaml': story('A', 'corrections: [{ date: 2025-10-06, text: The vote was seven to six. }]\n'),
      'ours/html/fragment.hbs': '<p>{{title}}</p>',
    });
    const run = nutgraf(['feed', '.', ...BASE, '--templates', 'ours'], { cwd: folder });
    expect(run).toMatchObject({ code: 1, out: '' });
    expect(run.err).toContain('it does not print the correction');
    expect(nutgraf(['feed', '.', ...BASE], { cwd: folder }).out).toContain('The vote was seven to six.');
  });

  it('needs the address of the briefs, and makes no empty feed of stories with errors', () => {
    const folder = desk({ 'a.story.yaml': 'headline: Gang #4\n' });
    expect(nutgraf(['feed', '.'], { cwd: folder }).code).toBe(2);
    for (const base of ['example.org', 'https://example.org/b?x=1'])
      expect(nutgraf(['feed', '.', '--base', base], { cwd: folder })).toMatchObject({
        code: 2,
        err: expect.stringContaining(`not "${base}"`),
      });
    expect(nutgraf(['feed', '.', ...BASE], { cwd: folder })).toMatchObject({ code: 1, out: '' });
    const held = desk({ 'a.story.yaml': story('Held', 'status: held\n') });
    expect(nutgraf(['feed', '.', ...BASE, '-o', 'out'], { cwd: held }).code).toBe(3);
    expect(existsSync(join(held, 'out'))).toBe(false);
  });
});
