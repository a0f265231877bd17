import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadStory } from '../src/checks/load.js';
import { importStory } from '../src/importing/import.js';
import { ImportError } from '../src/importing/manuscript.js';
import { lost, wordsOf } from '../src/importing/proof.js';
import { briefsOf, RUNS } from './support.js';

const house = { levels: { 'missing-headline': 'warning' } } as const;

const plainOf = async (text: string) =>
  (await briefsOf(text, { formats: ['txt'], template: 'plain', house })).text['txt'];

const from = (text: string, name = 'x.txt', options = {}) => importStory(text, name, options);

const messagesOf = (notes: readonly { message: string; text?: string }[]) =>
  notes.map(({ message, text }) => `${message}: ${text ?? ''}`).join('\n');

/** Every word that an input has and neither its story, with the house’s headings, nor the report. */
function missing(input: string, { text, notes }: ReturnType<typeof from>): string[] {
  const { story } = loadStory(text, 'x', house);
  return lost(wordsOf(input), [...wordsOf(story), ...wordsOf(messagesOf(notes))]);
}

describe('importing plain text', () => {
  const BARE = `What's happened
It closes on Monday.
Two lanes stay open.
Why it matters
Traffic doubles at *noon*, and 5 * 3 is 15.
Go deeper
Common questions
-
Who pays?
The county.
-
Who drives?
Everyone, see https://example.org/who.
The long view
-
1986. A great year.
It opened.`;

  it('knows headings of many houses, and gives the same text back', async () => {
    const { story, text } = from(BARE);
    expect(story.sections.map(({ kind }) => kind)).toEqual(['summary', 'analysis', 'group']);
    expect(await plainOf(text)).toBe(BARE);
    expect(loadStory(text, 'x').diagnostics.map(({ rule }) => rule)).toEqual(['missing-headline']);
  });

  it('takes a line above the first heading for the headline, and lines about the text for fields', () => {
    const { story } = from(`Bridge closes\nBy Jane Smith\nPublished 6 October 2025\n${BARE}`);
    expect(story).toMatchObject({ headline: 'Bridge closes', byline: 'Jane Smith', published: '2025-10-06' });
  });

  it('takes no sentence for a source, and no date or weekday for an author', () => {
    const { story } = from('Sources\n\nReuters said so.\n');
    expect(story).toMatchObject({ sections: [{ heading: 'Sources', text: 'Reuters said so.\n' }] });
    for (const line of ['By Friday', 'By Jane Roe, May 3 2025', 'By the numbers everyone agrees'])
      expect(from(`# T\n\n${line}\n\nText\n`, 'x.md').story.byline).toBeUndefined();
  });

  it('takes a short line above sentences for the headline where there is no heading', () => {
    const { story } = from(
      'Bridge to close\n\nBy Jane Smith\n\nThe bridge at Ellery will close on Monday.\n\nWhy it matters: It is old.\n',
    );
    expect(story).toMatchObject({
      headline: 'Bridge to close',
      byline: 'Jane Smith',
      sections: [{ kind: 'text' }, { kind: 'analysis', heading: 'Why it matters', text: 'It is old.\n' }],
    });
    for (const text of ['It rains.\n\nThe bridge at Ellery will close.\n', 'One\n\nTwo\n\nThree\n'])
      expect(from(text).story.headline).toBeUndefined();
  });

  it('joins wrapped lines, and no others', () => {
    const { story } = from(
      'A line that was broken by a mail program at the\nseventieth column goes on.\n\n12 High Street\nPort Ellery\n',
    );
    expect((story.sections[0] as { text: string }).text).toBe(
      'A line that was broken by a mail program at the seventieth column goes on.\n\n12 High Street\\\nPort Ellery\n',
    );
  });

  it('reads header lines, capitals between empty lines and underlined headings', () => {
    const { story, notes } = from(
      'Title: Bridge closes\nDate: 2025-10-06\nDesk: Roads\n\nWHAT WE KNOW SO FAR\n\nIt closes.\n\nThe rest\n--------\n\nMore.\n',
    );
    expect(story).toMatchObject({ headline: 'Bridge closes', published: '2025-10-06', extra: { Desk: 'Roads' } });
    expect(story.sections.map(({ heading }) => heading)).toEqual(['WHAT WE KNOW SO FAR', 'The rest']);
    expect(messagesOf(notes)).toContain('Desk is under extra');
  });

  it('loses no word of any text, and reads its own story back', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '',
        '-',
        'Sources',
        'Go deeper',
        'What’s next',
        'Common questions',
        'TIMELINE',
        'Title: x',
        '> quoted',
        '====',
        '---',
        '- item',
        '1. one',
        '  - inner',
        '2019: it began',
        'By the numbers',
        '```',
        '# no heading',
      ),
      fc.stringMatching(/^[ -~“é漢*_[\]`\\]{1,60}$/),
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 14 }), (lines) => {
        const input = lines.join('\n');
        let imported: ReturnType<typeof from>;
        try {
          imported = from(input, 'x.txt', { from: 'text' });
        } catch (error) {
          expect(error).toBeInstanceOf(ImportError);
          return;
        }
        // A list of sources gets new numbers.
        expect(missing(input, imported).filter((word) => !/^\d+$/.test(word))).toEqual([]);
        expect(imported.notes.filter(({ message }) => message === 'not found in the story')).toEqual([]);
        const { diagnostics } = loadStory(imported.text, 'x');
        expect(diagnostics.filter(({ severity, rule }) => severity === 'error' && rule !== 'missing-headline')).toEqual(
          [],
        );
      }),
      RUNS,
    );
  });
});

describe('lines about the text', () => {
  it('a date below the byline is when it was published, and the line above both the headline', () => {
    const { story } = importStory(
      Buffer.from(
        'Barn owls return\n\nBy Zoë O’Neill\n22 November 2026\n\nA pair of barn owls has nested in the old gasworks.\n',
      ),
      'a.txt',
    );
    expect(story).toMatchObject({ headline: 'Barn owls return', byline: 'Zoë O’Neill', published: '2026-11-22' });
  });

  it('labels are known with the marks of their language', () => {
    const { story } = importStory(
      Buffer.from('# Titre\n\nSérie\u00A0: La série\n\nBonjour tout le monde.\n\nMots-clés\u00A0: un, deux\n'),
      'a.md',
    );
    expect(story).toMatchObject({ series: 'La série', tags: ['un', 'deux'] });
  });
});
