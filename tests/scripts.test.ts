import { describe, expect, it } from 'vitest';
import { scriptOf } from '../src/prose/scripts.js';
import { briefsOf } from './support.js';

const rulesOf = async (headline: string, lang?: string) => {
  const story = `headline: ${JSON.stringify(headline)}\n${lang ? `lang: ${lang}\n` : ''}sections: [{ kind: text, heading: "1", text: ${JSON.stringify(headline)} }]\n`;
  return (await briefsOf(story)).diagnostics.filter(({ rule }) => rule === 'script-mismatch');
};

describe('a text in other letters than those of its language', () => {
  it.each([
    ['المدينة تفتح المترو', 'ar'],
    ['העיר פותחת את הרכבת', 'he'],
    ['市议会保留夜间渡轮', 'zh'],
    ['市议会“决定”保留夜船。费用由《基金》支付。', 'zh'],
    ['町は夜の船を残す', 'ja'],
    ['시의회는 야간 여객선을 유지한다', 'ko'],
    ['Город сохраняет паром', 'ru'],
    ['Η πόλη κρατά το πλοίο', 'el'],
    ['เมืองเก็บเรือไว้', 'th'],
    ['शहर ने नौका रखी', 'hi'],
  ])('%s is %s', async (text, lang) => {
    expect(scriptOf(text)?.lang).toBe(lang);
    const [finding] = await rulesOf(text);
    expect(finding?.hint).toContain(`lang: ${lang}`);
    expect(await rulesOf(text, 'en-GB')).toHaveLength(1);
    expect(await rulesOf(text, lang)).toEqual([]);
  });

  it.each([
    ['Council keeps the ferry “Hikawa Maru” (氷川丸)', undefined],
    ['Το πλοίο «Ferry of the North» μένει εδώ στο λιμάνι μας', 'el'],
    ['Grad čuva trajekt', 'sr-Latn'],
    ['Grad čuva noćni trajekt', 'sr'],
    ['시의회는 야간 여객선을 유지한다', 'ko-Hang'],
    ['2025: 1 984', 'ar'],
    ['日本国憲法', 'ja'],
  ])('%s in %s is none', async (text, lang) => {
    expect(await rulesOf(text, lang)).toEqual([]);
  });

  it('says so of Latin letters where the language has none', async () => {
    expect(await rulesOf('Council keeps the ferry', 'ar')).toHaveLength(1);
  });
});
