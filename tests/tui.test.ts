import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Form, type FormAnswer } from '../src/tui/form.js';
import { type Input, Keyboard } from '../src/tui/keyboard.js';
import { List } from '../src/tui/list.js';
import { ASCII, type Prompt, UNICODE } from '../src/tui/prompt.js';
import { cutTo, offsetAt, placeOf, rowsOf, widthOf } from '../src/tui/rows.js';
import { type Frame, type Line, Screen, span } from '../src/tui/screen.js';
import { Text } from '../src/tui/text.js';
import { Emulator } from './terminal-emulator.js';

const SIZE = { columns: 80, rows: 24 };

/** Inputs with runs of text and pastes put together, as they are however the bytes came. */
function joined(inputs: readonly Input[]): Input[] {
  const all: Input[] = [];
  for (const input of inputs) {
    const last = all.at(-1);
    if (input.type === 'text' && last?.type === 'text') last.text += input.text;
    else all.push({ ...input });
  }
  return all;
}

const inputsOf = (...reads: string[]) => {
  const keyboard = new Keyboard();
  return joined(reads.flatMap((read) => keyboard.feed(read)).concat(keyboard.flush(), keyboard.end()));
};

const keysOf = (text: string) => inputsOf(text).map((input) => (input.type === 'key' ? input.key : input.text));

describe('the keyboard', () => {
  it.each<[string, string[]]>([
    ['abc', ['abc']],
    ['a\rb\tc', ['a', 'enter', 'b', 'tab', 'c']],
    ['\x1b[A\x1b[B\x1bOC\x1b[D', ['up', 'down', 'right', 'left']],
    ['\x1b[1;5D\x1b[1;3C\x1bb\x1bf\x1b[d', ['word-left', 'word-right', 'word-left', 'word-right', 'word-left']],
    ['\x1b[1;5H\x1b[1;5F\x1b[1~\x1b[4~\x1b[H\x1b[F', ['top', 'bottom', 'home', 'end', 'home', 'end']],
    ['\x1b[1;2A\x1b[1;2B\x1b[a', ['shift-up', 'shift-down', 'shift-up']],
    ['\x1b[Z\x1b[3~\x1b[5~\x1b[6~', ['shift-tab', 'delete', 'page-up', 'page-down']],
    ['\x7f\b\x1b\x7f\x17\x15\x0b', ['backspace', 'backspace', 'delete-word', 'ctrl-w', 'ctrl-u', 'ctrl-k']],
    ['\x1b\r\n\x1b[27;5;13~\x1b[13;2u', ['newline', 'newline', 'newline', 'newline']],
    [
      '\x1a\x1f\x19\x12\x04\x03\x0f\x07',
      ['ctrl-z', 'ctrl-z', 'ctrl-y', 'ctrl-r', 'ctrl-d', 'ctrl-c', 'ctrl-o', 'ctrl-g'],
    ],
    ['\x1b', ['esc']],
    ['\x1b\x1b[A', ['esc', 'up']],
    ['\x1b[27u\x1b[97;5u', ['esc', 'ctrl-a']],
  ])('reads %j', (bytes, keys) => {
    expect(keysOf(bytes)).toEqual(keys);
  });

  it.each([
    '\x1b[I',
    '\x1b[O',
    '\x1b[<0;10;20M',
    '\x1b[M ab',
    '\x1b]11;rgb:0/0/0\x07',
    '\x1bP1$r\x1b\\',
    '\x1b[?1;2c',
    '\x1b[24;80R',
  ])('takes no letter from what is no key: %j', (bytes) => {
    expect(keysOf(`a${bytes}b`).join('')).toBe('ab');
  });

  it('takes a paste whole, without what would move the cursor, whatever its line ends', () => {
    expect(inputsOf('a\x1b[200~1\r\n2\r3\n\x1b[31m4\x1b[0m\x07\x1b[201~b')).toEqual([
      { type: 'text', text: 'a' },
      { type: 'paste', text: '1\n2\n3\n4' },
      { type: 'text', text: 'b' },
    ]);
  });

  it('gives the same however the bytes are split', () => {
    const bytes = 'Ärger 漢\x1b[A\x1b[1;5D\x1b[200~x\r\ny\x1b[201~\r\x1b[3~é👩‍👩‍👧\x1bOB';
    const whole = inputsOf(bytes);
    for (let at = 1; at < bytes.length; at++)
      expect(inputsOf(bytes.slice(0, at), bytes.slice(at)), String(at)).toEqual(whole);
    expect(inputsOf(...bytes)).toEqual(whole);
  });

  it('takes a paste for one however slowly it begins, and a line end of two characters for one', () => {
    for (const at of [2, 3, 5]) {
      const keyboard = new Keyboard();
      const start = '\x1b[200~';
      const inputs = [
        ...keyboard.feed(start.slice(0, at)),
        ...keyboard.flush(),
        ...keyboard.feed(`${start.slice(at)}a\x1b[201~`),
      ];
      expect(inputs).toEqual([{ type: 'paste', text: 'a' }]);
    }
    expect(keysOf('a\r\nb')).toEqual(['a', 'enter', 'b']);
  });

  it('keeps a paste that the end of the terminal cuts short', () => {
    expect(inputsOf('\x1b[200~half a te')).toEqual([{ type: 'paste', text: 'half a te' }]);
  });

  it('is not stopped by a paste whose end never comes, or by what no terminal sends', () => {
    expect(inputsOf('\x1b[200~half', '\x03')).toEqual([
      { type: 'paste', text: 'half' },
      { type: 'key', key: 'ctrl-c' },
    ]);
    expect(keysOf('a\x1b[9999999ub\x1b[999999999999999;5ub')).toEqual(['abb']);
  });

  it('takes words that follow an Esc for words', () => {
    for (const words of ['Only words', '[@a', 'O', '[A bracket']) {
      const keyboard = new Keyboard();
      keyboard.feed('\x1b');
      keyboard.flush();
      if (words === 'O') keyboard.settle();
      expect(joined(keyboard.feed(words))).toEqual([{ type: 'text', text: words }]);
    }
  });

  it('knows a key whose Esc came alone', () => {
    const keyboard = new Keyboard();
    expect(keyboard.feed('\x1b')).toEqual([]);
    expect(keyboard.waits).toBe(true);
    expect(keyboard.flush()).toEqual([{ type: 'key', key: 'esc' }]);
    expect(keyboard.feed('[A')).toEqual([{ type: 'key', key: 'up' }]);
    expect(keyboard.feed('[A')).toEqual([{ type: 'text', text: '[A' }]);
  });
});

describe('rows', () => {
  it.each<[string, number, string[]]>([
    ['one two three', 7, ['one two', 'three']],
    ['one\n\ntwo', 7, ['one', '', 'two']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['well-known words', 6, ['well-', 'known', 'words']],
    ['漢字漢字。次', 8, ['漢字漢', '字。次']],
    ['', 5, ['']],
  ])('wraps %j to %i columns', (text, columns, rows) => {
    expect(rowsOf(text, columns).map(({ start, end }) => text.slice(start, end).trimEnd())).toEqual(rows);
  });

  it('hold every character once, within their columns, with the caret where it belongs', () => {
    const piece = fc.constantFrom(
      'word ',
      'a',
      '漢',
      '👩‍👩‍👧',
      'é',
      '\n',
      '\t',
      ' ',
      '-',
      '한글 ',
      'ﷺ',
      '1,000',
      '“q” ',
      '\u00a0',
      '\u202f',
      '\u2009',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 8, max: 30 }), (pieces, columns) => {
        const text = pieces.join('');
        const rows = rowsOf(text, columns);
        const lost = [...text].filter((char) => char !== '\n').length;
        expect(rows.reduce((sum, { start, end }) => sum + [...text.slice(start, end)].length, 0)).toBe(lost);
        for (const { start, end } of rows)
          expect(widthOf(text.slice(start, end).replace(/\s+$/, ''))).toBeLessThanOrEqual(columns);
        const { row, column } = placeOf(text, rows, text.length);
        expect(row).toBe(rows.length - 1);
        expect(offsetAt(text, rows[row] as never, column)).toBe(text.length);
      }),
    );
  });

  it('cuts between characters', () => {
    expect(cutTo('漢字漢字', 5)).toBe('漢字…');
    expect(cutTo('a  b\nc', 5)).toBe('a b c');
    expect(cutTo('👩‍👩‍👧👩‍👩‍👧', 3)).toBe('👩‍👩‍👧…');
  });
});

describe('a text', () => {
  const typed = (keys: string, text = new Text('', { isLong: true })) => {
    for (const input of inputsOf(keys))
      if (input.type === 'key') text.press(input.key);
      else text.insert(input.text);
    return text;
  };

  it('is changed at its caret, by whole characters', () => {
    expect(typed('abc\x1b[D\x1b[DX').value).toBe('aXbc');
    expect(typed('a👩‍👩‍👧\x7fb').value).toBe('ab');
    expect(typed('one two\x17three').value).toBe('one three');
    expect(typed('one two\x1b[1;5D\x0bthree').value).toBe('one three');
  });

  it('takes back a run of typing at once, and makes it again', () => {
    const text = typed('one');
    text.press('left');
    typed('two', text);
    expect(text.value).toBe('ontwoe');
    text.press('ctrl-z');
    expect([text.value, text.caret]).toEqual(['one', 2]);
    text.press('ctrl-y');
    expect(text.value).toBe('ontwoe');
    text.press('ctrl-z');
    text.press('ctrl-z');
    expect(text.value).toBe('');
  });

  it('has no line breaks where it is one line', () => {
    const text = new Text();
    text.insert('two\n  lines');
    expect(text.value).toBe('two lines');
  });
});

describe('the screen', () => {
  const plain = ({ lines }: Frame) =>
    lines.map((line) =>
      line
        .map(({ text }) => text.replaceAll('\t', '    '))
        .join('')
        .trimEnd(),
    );
  const text = fc
    .array(fc.constantFrom('a', 'b', '漢', ' ', 'é', '👩‍👩‍👧', '│'), { maxLength: 12 })
    .map((all) => all.join(''));
  const look = fc.constantFrom('plain', 'bold', 'dim', 'accent', 'error') as fc.Arbitrary<'plain'>;
  const line: fc.Arbitrary<Line> = fc.array(fc.record({ text, look }), { maxLength: 3 });

  it('shows each frame, whatever was there before', () => {
    fc.assert(
      fc.property(fc.array(fc.array(line, { minLength: 1, maxLength: 6 }), { maxLength: 6 }), (frames) => {
        const emulator = new Emulator(100);
        const screen = new Screen(true);
        emulator.write('above\r\n');
        for (const lines of frames) {
          const caret = { row: lines.length - 1, column: 1 };
          emulator.write(screen.draw({ lines, caret }));
          const shown = emulator.lines.slice(1);
          while (shown.length < lines.length) shown.push('');
          expect(shown).toEqual(plain({ lines, caret }));
          expect([emulator.row, emulator.column]).toEqual([lines.length, 1]);
        }
        emulator.write(screen.leave([[span('answer')]]));
        expect(emulator.lines).toEqual(['above', 'answer']);
        expect(emulator.column).toBe(0);
      }),
    );
  });

  it('sends nothing that a file brings to move the cursor', () => {
    const lines = [[span('a\x1b[2J\x1b]0;title\x07\u009b\u202eb')]];
    expect(new Screen(true).draw({ lines, caret: undefined }).replace(/\x1b\[\d*[ABG]/g, '')).not.toMatch(
      /[\x07\x1b\x9b\u202e]/,
    );
  });

  it('sends little for a letter', () => {
    const screen = new Screen(true);
    const lines = (value: string) => [
      [span('head', 'bold')],
      [span('│ ', 'accent'), span(value)],
      [span('└ help', 'dim')],
    ];
    screen.draw({ lines: lines('some words'), caret: { row: 1, column: 12 } });
    const sent = screen.draw({ lines: lines('some wordsx'), caret: { row: 1, column: 13 } });
    expect(sent).toBe('x');
  });
});

/** Gives inputs to a prompt until it has an answer, and what is seen at the end. */
function driven<Answer>(prompt: Prompt<Answer>, keys: string, size = SIZE, glyphs = UNICODE) {
  let answer: Answer | undefined;
  for (const input of inputsOf(keys)) answer ??= prompt.take(input);
  const frame = prompt.frame(size, glyphs);
  return {
    answer,
    lines: frame.lines.map((line) =>
      line
        .map(({ text }) => text)
        .join('')
        .trimEnd(),
    ),
    caret: frame.caret,
  };
}

describe('a form', () => {
  const form = () =>
    new Form({
      head: { path: ['Sources', 'source 1'] },
      fields: [
        {
          name: 'what',
          label: 'What',
          help: 'What it is',
          kind: 'pick',
          value: 'outlet',
          choices: [
            { value: 'outlet', name: 'article' },
            { value: 'interview', name: 'interview' },
          ],
        },
        {
          name: 'outlet',
          label: 'Outlet',
          help: 'Who published it',
          kind: 'line',
          placeholder: 'A newspaper',
          isAsked: ({ what }) => what !== 'interview',
        },
        { name: 'says', label: 'It says', help: 'In your words', kind: 'long' },
        {
          name: 'date',
          label: 'Date',
          help: '3 Oct',
          kind: 'line',
          read: (text) =>
            text === '3 oct'
              ? { shown: '3 October 2025', settled: { value: '2025-10-03', why: 'read as 3 October' } }
              : /^\d{4}-/.test(text)
                ? { shown: '3 October 2025' }
                : { problem: 'I can’t read this as a date', fix: { label: 'use today', value: '2025-10-06' } },
        },
      ],
      start: 'outlet',
      ends: 'outlet',
      enter: 'next source',
      done: 'that is all',
      summary: ({ outlet = '', date = '' }) => [outlet, date].filter(Boolean).join(' · '),
    });
  const answerOf = (keys: string) => driven(form(), keys).answer as FormAnswer;

  it('is several fields on a screen, with what belongs there and what the keys do', () => {
    const { lines, caret } = driven(form(), '');
    expect(lines).toEqual([
      '◆ Sources › source 1                                               Ctrl-G keys',
      '│   What        article',
      '│ › Outlet      A newspaper',
      '│   It says',
      '│   Date',
      '└ Enter next · Ctrl-D that is all · Esc back',
    ]);
    expect(caret).toEqual({ row: 2, column: 16 });
  });

  it('takes words as they come, and gives them at its end', () => {
    expect(answerOf('Ledger\rIt \x1b\rsays\r3 oct\r')).toEqual({
      how: 'next',
      values: { what: 'outlet', outlet: 'Ledger', says: 'It \nsays', date: '2025-10-03' },
    });
    expect(answerOf('Ledger\x04')).toMatchObject({ how: 'done', values: { outlet: 'Ledger' } });
    expect(answerOf('\r')).toMatchObject({ how: 'done', values: { outlet: '' } });
    expect(answerOf('Ledger\x1b')).toMatchObject({ how: 'back', values: { outlet: 'Ledger' } });
  });

  it('asks only what belongs to what was picked', () => {
    const { lines } = driven(form(), '\x1b[A\x1b[C');
    expect(lines).toContain('│ › What        article  ‹ interview ›');
    expect(lines.join('\n')).not.toContain('Outlet');
    expect(answerOf('\x1b[Ainter\x04').values).toEqual({ what: 'interview', says: '', date: '' });
  });

  it('shows what it made of an answer, and puts it back', () => {
    const at = form();
    expect(driven(at, 'L\r\r3 oct').lines).toContain('│               = 3 October 2025');
    expect(driven(at, '\x1b[Z').lines.join('\n')).toContain('2025-10-03');
    expect(driven(at, '\x1a').lines.join('\n')).toMatch(/Date +3 oct/);
    expect(driven(at, '\x1b[Z').lines.join('\n')).toMatch(/Date +3 oct/);
  });

  it('says what is wrong where it is made, with the key that fixes it', () => {
    const at = form();
    expect(driven(at, 'L\r\rsoon').lines).toContain('│               ! I can’t read this as a date · Ctrl-R use today');
    expect(driven(at, '\x12\x04').answer).toMatchObject({ values: { date: '2025-10-06' } });
  });

  it('takes back each change where it was made', () => {
    const at = form();
    driven(at, 'Ledger\rsays this\x1a');
    expect(at.values).toMatchObject({ outlet: 'Ledger', says: '' });
    driven(at, '\x1a');
    expect(at.values).toMatchObject({ outlet: '', says: '' });
    driven(at, '\x19\x19');
    expect(at.values).toMatchObject({ outlet: 'Ledger', says: 'says this' });
  });

  it('finds one of many by typing, takes what is marked however the field is left, and loses no word', () => {
    const sources = [
      { value: 'ledger', name: 'The Ledger' },
      { value: 'coast', name: 'Coast Chronicle' },
    ];
    const at = () =>
      new Form({
        head: { path: ['Press review'] },
        fields: [
          { name: 'source', label: 'Source', help: 'Which', kind: 'find', opens: true },
          { name: 'says', label: 'It says', help: 'What', kind: 'long' },
        ],
        sources: () => sources,
        enter: 'next',
        done: 'done',
        summary: () => '',
      });
    expect(driven(at(), '').lines).toContain('│               › The Ledger');
    for (const key of ['\r', '\t', '\x04', '\x1b[Z'])
      expect(driven(at(), `chron${key}\x04`).answer).toMatchObject({ values: { source: 'coast' } });
    expect(driven(at(), 'Radio Two\t\x04').answer).toMatchObject({ values: { source: 'Radio Two' } });
    expect(driven(at(), 'Radio Two\r').answer).toMatchObject({ how: 'source', name: 'Radio Two' });
    expect(driven(at(), '\t\x04').answer).toMatchObject({ values: { source: '' } });
    expect(driven(at(), 'led\rIt says [@chron\r.\x04').answer).toMatchObject({ values: { says: 'It says [@coast].' } });
    expect(driven(at(), 'led\rSo [@radio\r').answer).toMatchObject({ how: 'source', name: 'radio' });
  });

  it('keeps a list of sources closed where Esc has closed it, while one types on', () => {
    const at = new Form({
      head: { path: ['Event'] },
      fields: [{ name: 'text', label: 'What', help: 'What', kind: 'long' }],
      sources: () => [{ value: 'ap', name: 'AP' }],
      enter: 'next',
      done: 'done',
      summary: () => '',
    });
    expect(driven(at, 'So [@').lines.join('\n')).toContain('a new source');
    driven(at, '\x1b');
    expect(driven(at, 'xy').lines.join('\n')).not.toContain('a new source');
    expect(driven(at, '\x04').answer).toMatchObject({ values: { text: 'So [@xy' } });
  });

  it('takes back what an editor made of a field', () => {
    const at = form();
    driven(at, 'Ledger');
    at.text()?.set('From the editor');
    driven(at, '\x1a');
    expect(at.values).toMatchObject({ outlet: 'Ledger' });
    driven(at, '\x1a');
    expect(at.values).toMatchObject({ outlet: '' });
  });

  it('comes back to the first text by undo, and to the last by redo, however it was written', () => {
    const at = form();
    driven(at, 'abc\x1b[D\x1b[Cdef\rIt says\x17that\x1b[A\x15Ledger');
    const last = at.values;
    driven(at, '\x1a'.repeat(20));
    expect(at.values).toMatchObject({ outlet: '', says: '' });
    driven(at, '\x19'.repeat(20));
    expect(at.values).toEqual(last);
  });

  it('fits into small windows, with words of any width, and without signs', () => {
    for (const size of [
      { columns: 40, rows: 10 },
      { columns: 60, rows: 12 },
      { columns: 200, rows: 50 },
    ]) {
      const at = form();
      const keys = `L\r${'漢字 words of it '.repeat(60)}`;
      driven(at, keys);
      const screen = new Screen(true);
      const emulator = new Emulator(size.columns);
      const frame = at.frame(size, ASCII);
      emulator.write(screen.draw(frame));
      expect(frame.lines.length).toBeLessThan(size.rows);
      expect(emulator.lines.join('').replace(/[漢字]/g, '')).toMatch(/^[\x20-\x7e]*$/);
    }
  });
});

describe('a list', () => {
  const entries = Array.from({ length: 30 }, (_, i) => ({
    value: String(i),
    name: `Kind ${i}`,
    more: i === 7 ? 'outlets' : 'words',
  }));
  const list = () =>
    new List({ head: { path: ['Sections'] }, entries, start: '2', enter: 'write it', done: 'that is all' });

  it('starts at the entry of its options, is as tall as the window, and says how many more there are', () => {
    const { lines } = driven(list(), '', { columns: 80, rows: 12 });
    expect(lines.length).toBeLessThan(12);
    expect(lines.join('\n')).toContain('› Kind 2');
    expect(lines.at(-2)).toMatch(/^↓ +\d+ more$/);
  });

  it('is found by typing; letters are never commands', () => {
    expect(driven(list(), 'outl\r').answer).toEqual({ how: 'chosen', value: '7' });
    expect(driven(list(), 'kind 12\r').answer).toEqual({ how: 'chosen', value: '12' });
    expect(driven(list(), 'zzz\r').answer).toBeUndefined();
    expect(driven(list(), '\x1b[B\x1b[B\r').answer).toEqual({ how: 'chosen', value: '4' });
    expect(driven(list(), '\x04').answer).toEqual({ how: 'done' });
    expect(driven(list(), 'x\x1b').answer).toBeUndefined();
    expect(driven(list(), '\x1b').answer).toEqual({ how: 'back' });
  });
});
