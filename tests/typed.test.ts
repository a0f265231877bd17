import { describe, expect, it } from 'vitest';
import { typedDate, typedLanguage, typedUrl } from '../src/cli/typed.js';

describe('what people type', () => {
  // A Monday.
  const today = '2025-10-06';

  it.each<[string, string]>([
    ['3 oct', '2025-10-03'],
    ['Oct 3rd', '2025-10-03'],
    ['3 October 2025', '2025-10-03'],
    ['Fri, 3 Oct', '2025-10-03'],
    ['today', today],
    ['yesterday', '2025-10-05'],
    ['Fri', '2025-10-03'],
    ['Monday', today],
    ['3.10.2025', '2025-10-03'],
    ['3/10/25', '2025-10-03'],
    ['3/10/85', '1985-10-03'],
    ['3/10', '2025-10-03'],
    ['13/10', '2024-10-13'],
    ['2025/10/3', '2025-10-03'],
    ['2025-10-03', '2025-10-03'],
    ['20 dec', '2024-12-20'],
    ['3 Oct 9.30am', '2025-10-03T09:30'],
    ['3 Oct 2025, 9:30 pm', '2025-10-03T21:30'],
    ['3. Oktober', '2025-10-03'],
    ['6 octobre 2025', '2025-10-06'],
    ['2025-10-03T09:30:00+09:00', '2025-10-03T09:30:00+09:00'],
    ['6 October 2025, 09.30 BST', '2025-10-06T09:30+01:00'],
  ])('is read as a day: %s', (text, value) => {
    expect(typedDate(text, { today })).toMatchObject({ value });
  });

  it.each<[string, string]>([
    ['Oct 2025', '2025-10'],
    ['October', '2025-10'],
    ['2025', '2025'],
    ['2025-06', '2025-06'],
    ['Spring 2019', 'Spring 2019'],
    ['Monsoon', 'Monsoon'],
    ['Wedding day', 'Wedding day'],
  ])('may be a month, a year or words: %s', (text, value) => {
    expect(typedDate(text, { today, isVague: true })).toMatchObject({ value });
  });

  it('is shown back in words', () => {
    expect(typedDate('3 oct', { today }).shown).toBe('Friday, 3 October 2025');
    expect(typedDate('3 oct 9.30', { today }).shown).toBe('Friday, 3 October 2025, 09:30');
    expect(typedDate('Oct 2025', { today, isVague: true }).shown).toBe('October 2025');
  });

  it('says the other reading where there are two', () => {
    expect(typedDate('3/10/2025', { today })).toMatchObject({
      value: '2025-10-03',
      fix: { label: '10 March', value: '2025-03-10' },
    });
    expect(typedDate('3/10/2025', { today, lang: 'en-US' })).toMatchObject({
      value: '2025-03-10',
      fix: { value: '2025-10-03' },
    });
    expect(typedDate('13/10/2025', { today }).fix).toBeUndefined();
  });

  it('says what is wrong, and the nearest that is right', () => {
    expect(typedDate('31 nov', { today })).toEqual({
      problem: 'There is no 31 November. The last day is 30',
      fix: { label: 'use 30', value: '2024-11-30' },
    });
    expect(typedDate('soon', { today }).problem).toMatch(/^I can’t read this as a date/);
    expect(typedDate('2025', { today }).problem).toBe('the day is missing');
    expect(typedDate('20 dec', { today, isToCome: true }).value).toBe('2025-12-20');
  });

  it('is read as a moment, in the zone that is typed or that of this machine', () => {
    const options = { today, isMoment: true, isToCome: true };
    expect(typedDate('tomorrow 6am GMT', options).value).toBe('2025-10-07T06:00Z');
    expect(typedDate('7 Oct 06:00 BST', options).value).toBe('2025-10-07T06:00+01:00');
    expect(typedDate('tomorrow 6am', options).value).toMatch(/^2025-10-07T06:00(?:Z|[+-]\d\d:\d\d)$/);
    expect(typedDate('tomorrow', options).problem).toContain('hour is missing');
  });

  it('is read as an address', () => {
    expect(typedUrl('www.ledger.example/vote')).toEqual({
      value: 'https://www.ledger.example/vote',
      why: 'added https://',
    });
    expect(typedUrl('https://l.example/1?utm_source=x&id=2')).toEqual({
      value: 'https://l.example/1?id=2',
      why: 'took out the tracking (utm_source)',
    });
    expect(typedUrl('https://l.example/1')).toEqual({ value: 'https://l.example/1' });
    expect(typedUrl('jane@l.example').problem).toMatch(/mail address/);
    for (const text of ['no address', 'javascript:alert(1)', 'ftp://x.example'])
      expect(typedUrl(text).problem, text).toBeDefined();
  });

  it('is read as a language', () => {
    expect(typedLanguage('British English').value).toBe('en-GB');
    expect(typedLanguage('한국어').value).toBe('ko');
    expect(typedLanguage('deutsch').value).toBe('de');
    expect(typedLanguage('pt_BR').value).toBe('pt-BR');
    expect(typedLanguage('Klingonish of the north').problem).toBeDefined();
  });
});
