import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseArchie } from '../src/importing/archieml.js';
import { SHARED } from './support.js';

const SUITE = join(SHARED, 'data', 'archieml');

describe.skipIf(!existsSync(SUITE))('the official ArchieML suite (skipped where it is absent)', () => {
  for (const name of existsSync(SUITE) ? readdirSync(SUITE) : []) {
    const text = readFileSync(join(SUITE, name), 'utf8').replaceAll('\r\n', '\n');
    const result = JSON.parse(/^result: (.*)$/m.exec(text)?.[1] ?? '');
    it(`${name}: ${/^test: (.*)$/m.exec(text)?.[1]}`, () => {
      const { test: _, result: _result, ...value } = JSON.parse(JSON.stringify(parseArchie(text).value));
      expect(value).toEqual(result);
    });
  }
});

describe('ArchieML', () => {
  it('reaches no prototype', () => {
    const { value } = parseArchie('__proto__.polluted: yes\nconstructor.prototype.polluted: yes\n{__proto__}\nx: y\n');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
  });

  it('knows the line of each key, and what it ignores', () => {
    const { lines, ignored } = parseArchie('a: 1\nstray\n\nb.c: 2\n:skip\nx: 3\n:endskip\n:ignore\nnotes\n');
    expect([lines.get('a'), lines.get('b.c')]).toEqual([1, 4]);
    expect(ignored).toEqual([
      { line: 2, text: 'stray' },
      { line: 6, text: 'x: 3' },
      { line: 9, text: 'notes' },
    ]);
  });
});
