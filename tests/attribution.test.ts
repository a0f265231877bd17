import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadStory } from '../src/checks/load.js';
import { attribution } from '../src/desk/attribution.js';
import { briefsOf, nutgraf, ROOT, temporaryFolder } from './support.js';

const STORY = `headline: Bridge closes
sources:
  - { id: minutes, title: Meeting minutes, kind: interview }
sections:
  - kind: analysis
    text: The council voted. [@minutes]
`;

/** A folder of stories with settings, or without. */
function desk(files: Readonly<Record<string, string>>): string {
  const cwd = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(cwd, name, '..'), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return cwd;
}

describe('nutgraf sources', () => {
  const of = (yaml: string) => {
    const loaded = loadStory(`headline: H\n${yaml}`, 'story.yaml');
    expect(loaded.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    if (!loaded.story) throw new Error('the story has errors');
    return attribution({ ...loaded, story: loaded.story });
  };
  const SOURCES =
    'sources:\n  - { id: ap, outlet: AP }\n  - { id: mail, outlet: The Mail, via: ap, url: "https://mail.example/1" }\n  - { id: sun, outlet: Sun, via: Agence France-Presse }\n  - { id: post, outlet: Post, via: sun }\n  - { id: idle, outlet: Idle }\n';
  const text = (prose: string, kind = 'text') =>
    of(`sections:\n  - kind: ${kind}\n    text: ${JSON.stringify(prose)}\n${SOURCES}`);
  const counts = ({ sections: [section] }: ReturnType<typeof text>) => [section?.sentences, section?.attributed];

  it('counts what the example says, and on whose word', () => {
    const run = nutgraf(['sources', 'stories/north-korea.story.yaml', '--json']);
    const [story] = JSON.parse(run.out).stories;
    const count = (kind: string) => {
      const { sentences, attributed } = story.sections.find((section: { kind: string }) => section.kind === kind);
      return [sentences, attributed];
    };
    expect(count('coverage')).toEqual([6, 4]);
    expect(count('summary')).toEqual([2, 0]);
    expect(story.vague.map(({ text: words }: { text: string }) => words)).toEqual(['some officials', 'some officials']);
  });

  it('a sentence is attributed by its citation, also after the full stop, by an outlet’s name or its address', () => {
    expect(counts(text('It fell. [@ap]'))).toEqual([1, 1]);
    expect(counts(text('It fell. [@ap] It rose. [@mail; @sun]'))).toEqual([2, 2]);
    expect(counts(text('It fell. It rose [@ap]. Mail says so. AP.'))).toEqual([4, 3]);
    expect(counts(text('See [here](https://mail.example/1). APEC met. See [it](https://ap.example/AP).'))).toEqual([
      3, 1,
    ]);
  });

  it('parts sentences as people do', () => {
    expect(counts(text('Mr. Kim of the U.S. Navy met Dr. A. B. Lee on Oct. 5 at 5 p.m. They left.'))[0]).toBe(2);
    expect(counts(text('“Why?” he asked. “Nobody knows.” It rose by 3.5 per cent.'))[0]).toBe(3);
    expect(counts(text('It closed. 8 men left. £9 was lost on Jan. 5, No. 7.'))[0]).toBe(3);
    expect(counts(text('- One\n- Two. Three!\n\nA line\ngoes on.'))[0]).toBe(4);
    expect(counts(text('He joined Example Inc. The firm grew.'))[0]).toBe(2);
  });

  it('of entries with a source, all sentences have it', () => {
    const { sections } = of(
      `sections:\n  - kind: coverage\n    items:\n      - { source: ap, says: One. Two., quote: Three. }\n${SOURCES}`,
    );
    expect(sections).toMatchObject([{ sentences: 3, attributed: 3, sources: ['ap'] }]);
  });

  it('counts outlets that copy each other once', () => {
    const attribution = text('One. [@ap; @mail; @sun; @post]');
    expect(attribution).toMatchObject({ outlets: 4, independent: 2, unused: ['idle'] });
    expect(attribution.sections[0]).toMatchObject({ sources: ['ap', 'mail', 'sun', 'post'], independent: 2 });
  });

  it('names what is vague, unlisted or miscounted, with its place', () => {
    const attribution = text(
      'Analysts say it fell. Some officials told AP so. The Ellery Ledger reported it, and Reuters. Both papers agree. [@ap]',
    );
    expect(attribution.vague).toEqual([{ line: 4, column: 12, text: 'Analysts say' }]);
    expect(attribution.unlisted.map(({ text: name }) => name)).toEqual(['Reuters', 'The Ellery Ledger']);
    expect(attribution.miscounted.map(({ text: words }) => words)).toEqual(['Both papers (the section has 1)']);
    expect(attribution.single).toEqual(['text']);
    expect(text('Both papers agree: AP and Mail.').miscounted).toEqual([]);
  });

  it('the press review is a table of positions, in the terminal and where the story asks for it', async () => {
    const run = nutgraf(['sources', 'stories/harbour-ferry.story.yaml']);
    expect(run.out).toContain('    critical  The Ellery Ledger\n    relieved  Coast Chronicle\n');
    const bytes = readFileSync(join(ROOT, 'stories/harbour-ferry.story.yaml'));
    const { text: briefs } = await briefsOf(bytes);
    expect(briefs['html']).toContain('<th scope="row">critical</th><td>The Ellery Ledger</td>');
    expect(briefs['md']).toContain('- **critical**: The Ellery Ledger');
    expect(briefs['txt']).toContain('- critical: The Ellery Ledger');
  });

  it('goes on after a story with errors, and says so', () => {
    const cwd = desk({ 'a.story.yaml': 'headline: Gang #4\n', 'b.story.yaml': STORY });
    const run = nutgraf(['sources', '.'], { cwd });
    expect(run.code).toBe(1);
    expect(run.err).toContain('a.story.yaml:1:16: error comment-cuts-text');
    expect(run.out).toContain('b.story.yaml: Bridge closes');
  });
});
