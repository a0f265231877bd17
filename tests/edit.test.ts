import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { fileKind } from '../src/schema/wording.js';
import { EditError, plainStory, swapEntries, updateStory } from '../src/story/edit.js';
import { storyShape } from '../src/story/schema.js';
import { writeStory } from '../src/story/write.js';
import { FileText } from '../src/yaml/file-text.js';
import { parseYaml } from '../src/yaml/yaml.js';
import { RUNS, soundStories } from './support.js';

type Value = Record<string, unknown>;

const words = fc.stringMatching(/^[ -~“”é漢\n]{1,40}$/).filter((text) => text.trim() !== '' && !/^\n|<{7}/.test(text));
const lineText = fc.oneof(
  words.map((text) => text.replaceAll('\n', ' ').trim()).filter((text) => text !== ''),
  fc.constantFrom(
    'Gang #4 jailed',
    'NO',
    '1.10',
    '2025-10-06',
    '- dash',
    'a: b',
    "it's",
    '"quoted"',
    '#MeToo',
    'null',
    '@a',
    '{{x}}',
  ),
);
const proseText = fc.oneof(
  words,
  lineText.map((text) => `${text}\n`),
  fc.constant('  indented\nlines\n'),
  fc.constant('One.\n\nTwo.\n'),
);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });
const section = fc.oneof(
  fc.record({ kind: fc.constant('text'), heading: optional(lineText), text: proseText }),
  fc.record({ kind: fc.constant('key-points'), items: fc.array(proseText, { minLength: 1, maxLength: 3 }) }),
  fc.record({
    kind: fc.constant('questions'),
    items: fc.array(fc.record({ question: lineText, answer: optional(proseText) }), { minLength: 1, maxLength: 3 }),
  }),
);
const story = fc
  .record({
    headline: optional(lineText),
    dek: optional(lineText),
    published: optional(fc.constantFrom('2025-10-06', '2025-10-06T09:30:00+09:00', '2025')),
    tags: optional(fc.array(lineText, { minLength: 1, maxLength: 4 })),
    sources: optional(
      fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c'), outlet: lineText, title: optional(lineText) }), {
        minLength: 1,
        maxLength: 3,
      }),
    ),
    sections: fc.array(section, { minLength: 1, maxLength: 3 }),
    ednote: optional(proseText),
    extra: optional(
      fc.dictionary(fc.constantFrom('x', 'y z', '#k'), fc.oneof(lineText, fc.array(lineText, { minLength: 1 })), {
        minKeys: 1,
      }),
    ),
  })
  .map((value) => JSON.parse(JSON.stringify(value)) as Value);

/** The same story in the ways in which people and programs write YAML. */
const styles: ((value: Value) => string)[] = [
  writeStory,
  (value) => `# first\n${writeStory(value).replace(/^(\w+:)$/gm, '$1 # a comment')}\n# last\n`,
  (value) => JSON.stringify(value, null, 2),
  (value) => JSON.stringify(value),
  (value) => stringify(value),
  (value) => stringify(value, { defaultStringType: 'QUOTE_SINGLE', indentSeq: false }),
  (value) => stringify(value, { blockQuote: 'folded', indent: 4 }),
  (value) => writeStory(value).replaceAll('\n', '\r\n'),
];

const readings = (text: string) => parseYaml(new FileText('', text), fileKind(storyShape)).findings;

describe('a written story', () => {
  it('reads as the same story, and trips no trap', () => {
    fc.assert(
      fc.property(story, (value) => {
        const text = writeStory(value);
        expect(readings(text)).toEqual([]);
        expect(plainStory(text)).toEqual(value);
      }),
      RUNS,
    );
  });
});

describe('a changed story', () => {
  it('reads as what it was changed to, in every way of writing YAML', () => {
    fc.assert(
      fc.property(story, story, fc.constantFrom(...styles), (before, after, style) => {
        const text = style(before);
        fc.pre(JSON.stringify(plainStory(text)) === JSON.stringify(before));
        expect(plainStory(updateStory(text, after))).toEqual(after);
      }),
      { ...RUNS, numRuns: RUNS.numRuns / 4 },
    );
  });

  it('is the same byte for byte where nothing changes', () => {
    for (const { bytes } of soundStories()) {
      const text = bytes.toString('utf8');
      const value = plainStory(text);
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        expect(updateStory(text, value)).toBe(text);
    }
  });

  const SOURCE = `# Night desk: do not touch the dek
headline:   "Bridge closes"   # short!
dek: Traffic is
  sent round

sections:
# first
- kind: summary   # the news
  text: | # as agreed
      It closes on Monday.


- {kind: text, text: 'It''s old.'}
# the end`;

  const changes: [string, object, ...[string, string][]][] = [
    ['a text', { headline: 'Bridge #4 closes' }, ['"Bridge closes"', '"Bridge #4 closes"']],
    ['nothing but a new field', { kicker: 'Roads' }, ['dek: Traffic', 'kicker: Roads\ndek: Traffic']],
    ['a folded text', { dek: 'Gone' }, ['Traffic is\n  sent round', 'Gone']],
    ['a field taken out', { dek: undefined }, ['dek: Traffic is\n  sent round\n', '']],
    [
      'a block, whose comment stays',
      {
        sections: [
          { kind: 'summary', text: 'One.\n\nTwo.\n' },
          { kind: 'text', text: 'It’s old.' },
        ],
      },
      ['      It closes on Monday.', '    One.\n\n    Two.'],
      ["'It''s old.'", 'It’s old.'],
    ],
    [
      'a list that grows',
      {
        sections: [
          { kind: 'summary', text: 'It closes on Monday.\n' },
          { kind: 'text', text: "It's old." },
          { kind: 'next', text: 'It opens in May.' },
        ],
      },
      ["'It''s old.'}\n", "'It''s old.'}\n- kind: next\n  text: It opens in May.\n"],
    ],
  ];
  it.each(changes)('changes %s and no other byte', (_, change, ...replacements) => {
    const next = { ...(plainStory(SOURCE) as object), ...change };
    const expected = replacements.reduce((text, [from, to]) => text.replace(from, to), SOURCE);
    expect(updateStory(SOURCE, next)).toBe(expected);
    expect(updateStory(SOURCE.replaceAll('\n', '\r\n'), next)).toBe(expected.replaceAll('\n', '\r\n'));
    const mixed = `\r\n${SOURCE}`;
    expect(updateStory(mixed, next).startsWith('\r\n# Night desk: do not touch the dek\n')).toBe(true);
  });

  it('is refused where a comment would be lost', () => {
    const text = 'headline: H\nbyline:\n  # the usual two\n  - A\n  - B\nsections:\n  - { kind: text, text: x }\n';
    const next = { ...(plainStory(text) as object), byline: 'A' };
    expect(() => updateStory(text, next)).toThrow(EditError);
    const entry = 'sections:\n  - kind: text # why\n    # note\n    text: x\n';
    expect(() => updateStory(entry, { sections: [{ text: 'x' }] })).toThrow(EditError);
    const flow = 'tags: [a, # x, y\n  b]\n';
    expect(() => updateStory(flow, { tags: ['a'] })).toThrow(EditError);
    expect(updateStory('text: |\n  Hello.  \n', { text: 'Bye.\n' })).toBe('text: |\n  Bye.\n');
  });
});

describe('two entries of a list', () => {
  const [a, b, c] = [
    '  # above a\n  - kind: summary # a\n    text: > # folded\n      Words\n      of a.\n\n',
    '  - { kind: text, text: "b" }\n',
    '  # above c\n  - kind: analysis\n    text: "c" # odd',
  ];
  const head = '# top\nheadline: A # one\nsections:\n';

  it.each(['\n', '\r\n'])('change places with their comments, byte for byte, and back (%j)', (eol) => {
    const file = (...parts: string[]) => (head + parts.join('')).replaceAll('\n', eol);
    expect(swapEntries(file(a, b, c), ['sections'], 0)).toBe(file(b, a, c));
    expect(swapEntries(file(b, a, c), ['sections'], 0)).toBe(file(a, b, c));
    expect(swapEntries(file(a, b, c), ['sections'], 1)).toBe(file(a, `${c}\n`, b.trimEnd()));
    expect(swapEntries(file(a, b, c, '\nslug: a\n'), ['sections'], 1)).toBe(file(a, `${c}\n`, b, 'slug: a\n'));
  });

  it('are left to who writes values where they share a line', () => {
    expect(swapEntries('sections: [{ kind: a }, { kind: b }]\n', ['sections'], 0)).toBeUndefined();
    expect(swapEntries(head + a, ['sections'], 0)).toBeUndefined();
  });
});
