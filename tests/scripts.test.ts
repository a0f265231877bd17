import { describe, expect, it } from 'vitest';
import { scriptOf } from '../src/prose/scripts.js';
import { briefsOf } from './support.js';

const rulesOf = async (headline: string, lang?: string) => {
  const story = `headline: ${JSON.stringify(headline)}\n${lang ? `lang: ${lang}\n` : ''}sections: [{ kind: text, heading: "1", text: ${JSON.stringify(headline)} }]\n`;
  return (await briefsOf(story)).diagnostics.filter(({ rule }) => rule === 'script-mismatch');
};

describe('what is not what it looks like', () => {
  const rules = async (headline: string, url: string, id = 'a') => {
    const story = {
      headline,
      sections: [{ kind: 'text', text: `Words. [@${id}]` }],
      sources: [{ id, outlet: 'A', url }],
    };
    return (await briefsOf(JSON.stringify(story))).diagnostics.map(({ rule }) => rule);
  };
  const SITE = 'https://e.example/';

  it.each([
    ['Ferry', 'https://\u0430pple.example/'],
    ['Ferry', 'https://goo\u03BFgle.example/'],
    ['Ferry', 'https://e.example/a\u200Bb'],
    ['Ferry', 'https://e\u200B.example/'],
    ['Ferry', SITE, 'n\u043E'],
  ])(
    'letters of two scripts and unseen characters in addresses and ids are reported: %j %j %j',
    async (headline, url, id = 'a') => {
      expect(await rules(headline, url, id)).toContain('lookalike');
    },
  );

  it.each([['Coun\u200Bcil'], ['Coun\u2060cil'], ['Coun\u200Ccil'], ['a\u3164b'], [`Z${'\u0301'.repeat(12)}algo`]])(
    'a text with characters that nobody sees is reported: %j',
    async (headline) => expect(await rules(headline, SITE)).toContain('invisible-character'),
  );

  it.each([
    [
      '\u062E\u0627\u0646\u0647\u200C\u0647\u0627',
      'https://\u043F\u0440\u0438\u043C\u0435\u0440.\u0440\u0444/\u043F\u0443\u0442\u044C',
    ],
    ['\u0915\u094D\u200D\u0937', 'https://xn--e1afmkfd.example/'],
    ['A family \u{1F468}\u200D\u{1F469}', 'https://m\u00FCnchen.example/stra\u00DFe'],
  ])('what a script needs is not: %j', async (headline, url) => {
    const names = await rules(headline, url);
    expect(names).not.toContain('invisible-character');
    expect(names).not.toContain('lookalike');
  });

  it.each(['https://a..b/', 'https://.', 'https:///path', 'https://%65vil.example/', 'https://e\uFF0Eexample/'])(
    'an address that no browser opens as it looks is an error: %s',
    async (url) => expect(await rules('Ferry', url)).toContain('invalid-url'),
  );

  it.each(['https://e.example./', 'https://[::1]/', 'https://e.example:8080/?a=%20..'])(
    'others are none: %s',
    async (url) => {
      expect(await rules('Ferry', url)).not.toContain('invalid-url');
    },
  );
});

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
