import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quotationMarks } from '../src/languages/quotation-marks.js';
import { parseProse } from '../src/prose/parse.js';
import { quoted, unquoted } from '../src/prose/quotation.js';
import { writeProse } from '../src/prose/write.js';
import { briefsOf, RUNS } from './support.js';

const inMarks = (text: string, lang = 'en') => writeProse(quoted(parseProse(text).blocks, quotationMarks(lang)));
const without = (text: string, lang = 'en') => writeProse(unquoted(parseProse(text).blocks, quotationMarks(lang)));

describe('a quotation', () => {
  it.each([
    ['en', 'We stay.', '“We stay.”'],
    ['en-GB', 'He said “no” twice.', '“He said ‘no’ twice.”'],
    ['en', 'He said "no" twice.', '“He said ‘no’ twice.”'],
    ['de', 'Wir „bleiben“ hier.', '„Wir ‚bleiben‘ hier.“'],
    ['de-CH', 'Wir bleiben.', '«Wir bleiben.»'],
    ['fr', 'Nous restons.', '«\u00A0Nous restons.\u00A0»'],
    ['ja', '残る「船」。', '「残る『船』。」'],
    ['ar', 'سنبقى.', '«سنبقى.»'],
    ['zh-TW', '留下。', '「留下。」'],
    ['en', 'We stay. [@a]', '“We stay.” [@a]'],
    ['en', 'We **stay**', '“We **stay**”'],
    ['en', '**We** stay', '“**We** stay”'],
    ['en', 'One.\n\nTwo.', '“One.\n\n“Two.”'],
    ['de', 'Eins.\n\nZwei.', '„Eins.\n\nZwei.“'],
  ])('in %s: %j has the marks of its language', (lang, typed, marked) => {
    expect(inMarks(typed, lang)).toBe(marked);
    expect(inMarks(marked, lang)).toBe(marked);
  });

  it.each(['“We stay.”', '"We stay."', '«Bleib.»', '‘We stay,’ he said, ‘here.’', '“We stay”. [@a]', '「残る。」'])(
    'that has marks of its own keeps them: %s',
    (typed) => expect(inMarks(typed)).toBe(typed),
  );

  it('comes back without the marks, whatever it is', () => {
    const words = fc.stringMatching(/^[A-Za-z][A-Za-z ,.]{0,20}[a-z]$/);
    fc.assert(
      fc.property(
        fc.array(words, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('en', 'de', 'fr', 'ja', 'sv'),
        (some, lang) => {
          const text = some.join('\n\n').replace(/ +/g, ' ');
          fc.pre(writeProse(parseProse(text).blocks) === text);
          expect(without(inMarks(text, lang), lang)).toBe(text);
        },
      ),
      RUNS,
    );
  });

  it('an inch mark is no quotation mark', () => {
    expect(inMarks('He is 5\'10" tall and said "no" twice.', 'en')).toBe('“He is 5\'10" tall and said ‘no’ twice.”');
  });

  it('is marked as one in every format, and a position says that it is one', async () => {
    const story = `headline: H
sources: [{ id: a, outlet: The Ledger }]
sections:
  - kind: coverage
    items: [{ source: a, position: critical, quote: A timetable that its crews could keep. }]
  - kind: quotes
    items: [{ quote: "We know the boat.", speaker: Jane Smith }]
`;
    const { text } = await briefsOf(story, { formats: ['html', 'md', 'txt', 'email', 'eml'] });
    const { text: plain } = await briefsOf(story, { formats: ['txt'], template: 'plain' });
    for (const brief of [...Object.values(text), ...Object.values(plain)]) {
      const read = brief
        .replace(/=\r?\n/g, '')
        .replace(/(?:=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'));
      expect(read).toContain('“A timetable that its crews could keep.”');
      expect(read).toContain('“We know the boat.”');
      expect(read).toContain('Position: critical');
    }
  });
});
