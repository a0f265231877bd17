import { describe, expect, it } from 'vitest';
import { loadStory } from '../src/checks/load.js';
import { knownHeadings, plainHeading } from '../src/importing/aliases.js';
import { importStory } from '../src/importing/import.js';
import { unaccounted } from '../src/importing/proof.js';

const read = (input: string | Uint8Array, name: string, options = {}) => {
  const { story, notes } = importStory(input, name, options);
  return { story, notes, text: story.sections.map((section) => (section as { text?: string }).text).join('\n') };
};
const isLost = ({ message }: { message: string }) => message === 'not found in the story';

describe('what stands apart in a page is not put together', () => {
  it.each([
    [
      'raised figures',
      '<p>10<sup>6</sup> of 2<sup>256</sup>, CO<sub>2</sub>, 5 m<sup>2</sup>, $24<sup>95</sup></p>',
      '10⁶ of 2²⁵⁶, CO₂, 5 m², $24⁹⁵\n',
    ],
    [
      'what a style raises',
      '<p>10<span style="vertical-align:super">6</span>, H<span style="vertical-align: sub">2</span>O</p>',
      '10⁶, H₂O\n',
    ],
    [
      'marks of notes behind a space, and letters',
      '<p>5% <a class="footnote-anchor" id="footnote-anchor-3" href="#footnote-3">3</a> then, 5%<sup>a</sup> then</p>',
      '5% [3] then, 5% [a] then\n',
    ],
    [
      'links without words',
      '<p>Read <a href="https://e.example/n"></a> or go.</p>',
      'Read <https://e.example/n> or go.\n',
    ],
    [
      'words in angle brackets that start like elements',
      '<p>He said <source needed> and <link to follow> and <col 3> and <body count> and <hr dept>.</p>',
      'He said <source needed> and <link to follow> and <col 3> and <body count> and <hr dept>.\n',
    ],
    [
      'bold words that touch others',
      '<p><b>Note:</b>text, 町は<b>「夜の船」</b>を残す。</p>',
      '**Note**:text, 町は**「夜の船」**を残す。\n',
    ],
    [
      'tracked changes side by side',
      '<p>It <del cite="mailto:J" datetime="2025-10-01T10:00">does not stay</del><ins cite="mailto:J">stays</ins>.</p>',
      'It stays.\n',
    ],
    [
      'letters and figures of notes',
      '<p>£4<sup>a</sup>, the council<sup>a</sup> met, 1,204<sup>3</sup>, 5<sup>5</sup> per cent, and<sup>2</sup>there</p>',
      '£4 [a], the council [a] met, 1,204 [3], 5 [5] per cent, and [2] there\n',
    ],
    [
      'fractions, isotopes, prices and signs',
      '<p><sup>1</sup>/<sub>2</sub> cup, 2<sup>3</sup>⁄<sub>4</sub>, <sup>14</sup>C, £3<sup>.50</sup>, n<sup>o</sup> 5, Brand<sup>TM</sup>, 5 km<sup>2</sup></p>',
      '½ cup, 2¾, ¹⁴C, £3.50, nº 5, Brand™, 5 km²\n',
    ],
    [
      'a note’s own mark',
      '<p>A.</p><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>Minutes.</p>',
      'A.\n\n[1] Minutes.\n',
    ],
    [
      'lists in the cells of a table',
      '<table><tr><th>Route</th><th>Fare</th></tr><tr><td>Quay</td><td><ul><li>adult £5</li><li>child £2</li></ul></td></tr></table>',
      '- Route | Fare\n- Quay | adult £5 / child £2\n',
    ],
    [
      'pictures in a line',
      '<p>Thank you <img class="emoji" alt="😀" src="https://s.w.org/1f600.svg"> for reading <img src="https://e.example/i.png" alt="" width="16"> it.</p>',
      'Thank you 😀 for reading it.\n',
    ],
    [
      'words of an article that start like those of a box',
      '<h1>F</h1><div>More from the north bank came to the meeting.</div><div>Most popular of the three plans was this.</div>',
      'More from the north bank came to the meeting.\n\nMost popular of the three plans was this.\n',
    ],
    ['boxes with other articles', '<p>One.</p><aside><h3>Related: Old story</h3></aside><p>Two.</p>', 'One.\n\nTwo.\n'],
    ['raised endings', '<p>the 1<sup>st</sup> and M<sup>me</sup> Roux</p>', 'the 1st and Mme Roux\n'],
    ['raised terms', '<p>x<sup>k+1</sup> and e<sup>t</sup></p>', 'x^(k+1) and e^t\n'],
    [
      'the mark of a note',
      '<p>It rose 5%<sup>1</sup>, he said.<a href="#fn2" class="footnote-ref">2</a></p>',
      'It rose 5% [1], he said. [2]\n',
    ],
    [
      'cells',
      '<body><h1>T</h1><p><table><tr><td>Smith</td><td>42</td><td>759</td></tr></table></p>',
      '- Smith | 42 | 759\n',
    ],
    [
      'linked cells',
      '<a href="https://e.example/"><table><tr><td>4</td><td>2</td></tr></table></a>',
      '- [4](https://e.example/) | [2](https://e.example/)\n',
    ],
    ['cells without a table', '<tr><td>Smith</td><td>42</td></tr>', '- Smith | 42\n'],
    [
      'lines in a cell',
      '<table><tr><td>red<br>blue</td><td><div>4</div><div>2</div></td></tr></table>',
      '- red / blue | 4 / 2\n',
    ],
    [
      'an entry outside its list',
      '<li><b>Costs</b> <ul><li>up to 60</li><li>87% of it</li></ul></li>',
      '- **Costs**\n  - up to 60\n  - 87% of it\n',
    ],
    [
      'lists nested the old way',
      '<ul><li>One</li><ul><li>Nested</li></ul><li>Two</li></ul>',
      '- One\n  - Nested\n- Two\n',
    ],
    ['numbers of entries', '<ol start=5><li>a<li value=9>b<li>c</ol>', '5. a\n9. b\n10. c\n'],
    ['a countdown', '<ol reversed><li>x<li>y<li>z</ol>', '3. x\n2. y\n1. z\n'],
    ['letters of entries', '<ol type=a><li>x<li>y</ol>', '- a. x\n- b. y\n'],
    [
      'runs that touch',
      '<p><b>Jane</b><b> Smith</b> said <i>one</i><i> two</i></p>',
      '**Jane Smith** said *one two*\n',
    ],
    ['a letter in bold', '<p><b>J</b>ane and <b>Bob </b>Roe</p>', 'Jane and **Bob** Roe\n'],
    ['blocks in a line', '<div>one<div>two</div>three</div>', 'one\n\ntwo\n\nthree\n'],
    [
      'spans shown as blocks',
      '<div><span style="display:block">One</span><span style="display: block">Two</span></div>',
      'One\n\nTwo\n',
    ],
    [
      'tags that close themselves behind a quotation mark',
      '<p>One<br class="x"/>two</p><hr class="y"/><p>Four</p>',
      'One\\\ntwo\n\nFour\n',
    ],
    ['what is raised twice', '<p>2<sup>3<sup>4</sup></sup>, x<sub>max</sub>y</p>', '2^(3^4), xₘₐₓy\n'],
    ['raised words', '<p>word<sup>new</sup>next</p>', 'word^(new)next\n'],
    [
      'names in angle brackets with hyphens and colons',
      '<p>Met <mayor-elect>, <TK:name> and <TK: check date></p>',
      'Met <mayor-elect>, <TK:name> and <TK: check date>\n',
    ],
    ['elements that the page defines', '<p>a</p><my-box><p>b</p></my-box><p>c<o:p></o:p><w:br/></p>', 'a\n\nb\n\nc\n'],
    ['attributes without values', '<p>a<br clear>b<br data-foo>c</p><hr noshade size><p>d</p>', 'a\\\nb\\\nc\n\nd\n'],
    ['addresses in angle brackets', '<p>Jane <https://e.example/a> wrote</p>', 'Jane \\<https://e.example/a> wrote\n'],
    ['comments within words', '<p>one<!-- x -->two</p>', 'onetwo\n'],
    ['deletions beside insertions', '<p>Was <del>42</del><ins>43</ins></p>', 'Was ~~42~~43\n'],
    [
      'boxes in a line',
      '<div><span style="display:inline-block">42</span><span style="display:inline-block">759</span></div>',
      '42 759\n',
    ],
    ['boxes in a row', '<div style="display:flex"><span>42</span><span>759</span></div>', '42 759\n'],
    [
      'blocks by a style sheet',
      '<style>.b{display:block}</style><span class="b">A</span><span class="b">B</span>',
      'A\n\nB\n',
    ],
    [
      'bold blocks by a style sheet',
      '<style>.b{display:block;font-weight:bold}</style><span class="b">A</span><span class="b">B</span>',
      '**A**\n\n**B**\n',
    ],
    ['the foot of a quotation', '<blockquote>Q<footer>— Jane</footer></blockquote>', '> Q\n>\n> — Jane\n'],
    ['the tabs of Word', '<p>42<span style="mso-tab-count:1"></span>759</p>', '42 759\n'],
    [
      'the mark of a note behind a year',
      '<p>In 2010<a href="#fn1">1</a>, 2011<sup>2</sup>.</p>',
      'In 2010 [1], 2011 [2].\n',
    ],
    ['letters of many entries', '<ol type="a" start="27"><li>a<li>b</ol>', '- aa. a\n- ab. b\n'],
    [
      'the numbers of Word’s lists',
      '<p style="mso-list:l0 level1"><span style="mso-list:Ignore">24.&nbsp; </span>A</p><p style="mso-list:l0 level1"><span style="mso-list:Ignore">26.&nbsp; </span>B</p>',
      '24. A\n26. B\n',
    ],
    [
      'the signs of Word’s lists',
      '<p style="mso-list:l0 level1"><span style="mso-list:Ignore">§ 5&nbsp; </span>A</p><p style="mso-list:l0 level1"><span style="mso-list:Ignore">·&nbsp; </span>B</p>',
      '- § 5 A\n- B\n',
    ],
    ['struck words', '<p>Is <span style="text-decoration:line-through">gone</span> kept</p>', 'Is ~~gone~~ kept\n'],
    ['a page in a form', '<form><h1>T</h1><p>One two.</p></form>', 'One two.\n'],
    ['ruby', '<p><ruby>漢<rt>かん</rt></ruby>字</p>', '漢(かん)字\n'],
    ['quotations', '<p>He said <q>no</q>.</p>', 'He said “no”.\n'],
    ['words in angle brackets', '<p>He met <Name> on <TK date>.</p>', 'He met <Name> on <TK date>.\n'],
  ])('%s', (_, input, text) => {
    const made = read(input, 'x.html');
    expect(made.text).toBe(text);
    expect(made.notes.filter(isLost)).toEqual([]);
  });

  it.each([
    [
      'words in angle brackets',
      'He met <Name> and <b>Bob</b> on <TK date>. A Vec<Item>.',
      'He met <Name> and **Bob** on <TK date>. A Vec<Item>.\n',
    ],
    ['stars in figures', 'Sizes 3*3 and 2*3*4 mm.', 'Sizes 3*3 and 2*3*4 mm.\n'],
    ['stars in words', 'It said f**k and s**t, x_1*y_2*z.', 'It said f**k and s**t, x_1*y_2*z.\n'],
    [
      'elements of programs',
      'Posted <Status type="draft"> by <Author name="Jane Smith">. A <Callout type="warning">Word</Callout>.',
      'Posted <Status type="draft"> by <Author name="Jane Smith">. A <Callout type="warning">Word</Callout>.\n',
    ],
    ['hyphens in angle brackets', 'He met <mayor-elect>.', 'He met <mayor-elect>.\n'],
    ['comments in Markdown', 'a<!-- x -->b 4<!-- y -->2', 'ab 42\n'],
    ['a tag that nothing closes', 'rawscript(<script>) takes it and more.', 'rawscript(<script>) takes it and more.\n'],
    ['lines in a cell', '| a | b |\n|---|---|\n| 4<br>2 | up 60<br/>87% |', '- a | b\n- 4 / 2 | up 60 / 87%\n'],
    [
      'a table that empty lines cut',
      '<table>\n\n<tr><td>Smith</td><td>42</td></tr>\n\n<tr><td>Roe</td><td>7</td></tr>\n\n</table>',
      '- Smith | 42\n- Roe | 7\n',
    ],
    ['single tildes', 'H~2~O (~$594), and others (~$52,292).', 'H~2~O (~$594), and others (~$52,292).\n'],
    ['numbers of a countdown', '10. ten &amp; more\n9. nine\n8. eight', '10. ten & more\n9. nine\n8. eight\n'],
    ['zeros before numbers', '01. one\n02. two', '01. one\n\n02. two\n'],
    ['raised figures', '10<sup>6</sup> in 2010<sup>1</sup>', '10⁶ in 2010 [1]\n'],
  ])('nor in Markdown: %s', (_, input, text) => {
    const made = read(input, 'x.md');
    expect(made.text).toBe(text);
    expect(made.notes.filter(isLost)).toEqual([]);
  });
});

describe('the proof of an import', () => {
  it.each([
    ['figures that were put together', '10 6 pounds', ['106 pounds'], ['10 6']],
    ['figures that are gone', 'It cost 42 pounds', ['It cost pounds'], ['42']],
    ['a word that stands elsewhere too', 'He did not go. No, not now.', ['He did go. No, not now, not ever.'], ['not']],
    ['a tag’s words', 'met <Name> here', ['met here'], ['Name']],
    ['characters of scripts without spaces', '町は残す', ['町残す'], ['は']],
    ['nothing where pieces have moved', 'Title\nBy Jane\nText here', ['Text here', 'Title', 'By Jane'], []],
    ['nothing of addresses and the marks of lists', '1. See https://e.example/a%20b\n- [x] done', ['See done'], []],
    ['nothing of small figures', 'CO 2 and 10 6', ['CO₂ and 10⁶'], []],
  ])('sees %s', (_, input, texts, missing) => expect(unaccounted(input, texts, [])).toEqual(missing));

  it('takes a report for an answer', () => {
    expect(unaccounted('Text. Sign up now', ['Text.'], ['Sign up now'])).toEqual([]);
  });
});

describe('what a parser would drop', () => {
  it.each([
    ['<h1>F</h1><p>One</p><a href="https://x.example/>Four<p>Five words', /Four[\s\S]*Five words/],
    [
      '<h1>F</h1><p class=\'a>Two <b>words</b> and <a href="https://e.example/">link</a>',
      /Two \*\*words\*\* and \[link\]/,
    ],
    ['<h1>F</h1><p>One</p><div', /One[\s\S]*<div/],
  ])('behind a tag that never ends is kept: %s', (input, words) => {
    const { text, notes } = read(input, 'x.html');
    expect(text).toMatch(words);
    expect(notes).toContainEqual(expect.objectContaining({ message: expect.stringContaining('never ends') }));
  });

  it.each([
    '{"headline":"First","headline":"Second","sections":[{"kind":"text","text":"b"}]}',
    '{"headline":"A","sections":[{"kind":"text","text":"b, \\"text\\": {","text":"c"}]}',
    '{"uri":"x","type":"text","headline":"A","\\u0068eadline":"B","body_text":"b"}',
  ])('of a name that is given twice is refused: %s', (input) => {
    expect(() => read(input, 'x.json')).toThrow('is given twice');
  });

  it('marks beyond count are text, and every word is kept', () => {
    const { text, notes } = read(`# H\n\n${'**a*b_'.repeat(2000)}\n\nMore *words*.\n`, 'x.md');
    expect(text.replace(/\\/g, '')).toContain('**a*b_'.repeat(2000));
    expect(text).toContain('More *words*.');
    expect(notes).toContainEqual(expect.objectContaining({ message: expect.stringContaining('so many stars') }));
  });

  it('a name may stand in several groups', () => {
    const input = {
      headline: 'A',
      sections: [
        { kind: 'text', text: 'a' },
        { kind: 'text', text: '{"text":"x","text":1}' },
      ],
    };
    expect(read(JSON.stringify(input), 'x.json').story.sections).toHaveLength(2);
  });

  it.each([
    ['# F\n\npubl&#0;ish &#27;[31mred &#xD800; ok\n', 'x.md'],
    ['<h1>F</h1><p>publ&#0;ish &#xD800; ok</p>', 'x.html'],
    ['# F\n\ncaf\uFFFD is open\n', 'x.md'],
    ['{"headline":"A\\u0000B \\u202e \\ud800","sections":[{"kind":"text","text":"b\\ufffd"}]}', 'x.json'],
  ])('no character is written that no story may hold: %j', (input, name) => {
    const { text, notes } = importStory(input, name);
    expect(text).not.toMatch(/\p{Cs}|\uFFFD/u);
    expect(loadStory(text, 'a.story.yaml').diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(notes.some(({ message }) => /may not stand in a story|was lost before/.test(message))).toBe(true);
  });
});

describe('bytes of Windows', () => {
  const page = (charset: string) =>
    Buffer.from(
      `<html><head><meta charset="${charset}"></head><body><h1>Ferry \x96 caf\xe9</h1><p>\x93We run\x94, he said \x97 it\x92s \x80 5\x85</p></body></html>`,
      'latin1',
    );

  it.each(['windows-1252', 'iso-8859-1', 'latin1', 'us-ascii', 'ASCII', 'cp1252'])(
    'are read in a page that says %s',
    (charset) => {
      const { story, text } = read(page(charset), 'x.html');
      expect(story.headline).toBe('Ferry – café');
      expect(text).toBe('“We run”, he said — it’s € 5…\n');
    },
  );

  it.each(['x.txt', 'x.md', 'x.html'])('that came through as controls are the marks that they were: %s', (name) => {
    const { text, notes } = read(
      '<p>don\u0092t, \u0093he said\u0094</p>'.slice(name === 'x.html' ? 0 : 3, name === 'x.html' ? undefined : -4),
      name,
    );
    expect(text).toBe('don’t, “he said”\n');
    expect(notes.map(({ message }) => message).join()).toContain(
      '(U+0092, U+0093, U+0094) are read as the marks of Windows',
    );
  });
});

describe('pages of word processors', () => {
  const noted = (input: string) => {
    const made = read(input, 'x.html');
    return { ...made, said: made.notes.map(({ message, text }) => `${message}: ${text}`) };
  };

  it('comments and tracked deletions are dropped and named, insertions stay', () => {
    const docs = noted(
      '<html><body><h1>T</h1><p>Words<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup> here.</p><div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Is this right?</span></p></div></body></html>',
    );
    expect(docs.text).toBe('Words here.\n');
    expect(docs.said).toContain('a comment of a colleague: Is this right?');
    const word = noted(
      '<html><body><p class=MsoTitle>The title</p><p>Kept <ins cite="mailto:JS" datetime="2025-01-01">added</ins><del cite="mailto:JS" datetime="2025-01-01"> gone</del><span class=MsoCommentReference><a class=msocomanchor href="#_msocom_1">[JS1]</a></span>.</p><div style="mso-element:comment-list"><div style="mso-element:comment"><div id="_com_1" class=msocomtxt><p class=MsoCommentText>Check this.</p></div></div></div></body></html>',
    );
    expect(word.story.headline).toBe('The title');
    expect(word.text).toBe('Kept added.\n');
    expect(word.said).toEqual(
      expect.arrayContaining(['words that a colleague had deleted: gone', 'a comment of a colleague: Check this.']),
    );
    for (const { notes } of [docs, word]) expect(notes.filter(isLost)).toEqual([]);
  });

  it('bold, italic and lists of several levels by class and style are that', () => {
    const { text } = noted(
      '<html><head><style>.c1{font-weight:700}.c2{font-style:italic}</style></head><body><p><span class="c1">Councillors voted</span> <span class="c2">7</span> to <span style="font-weight:bold;font-style:italic">6</span>.</p><ul class="c4 lst-kix_x1-0 start"><li>One</li></ul><ul class="c4 lst-kix_x1-1 start"><li>Nested</li></ul><ul class="c4 lst-kix_x1-0"><li>Two</li></ul><p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>&nbsp;&nbsp;</span></span>A</p><p class=MsoListParagraph style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">o<span>&nbsp;</span></span>B</p><p class=MsoQuote>Said.</p></body></html>',
    );
    expect(text).toBe('**Councillors voted** *7* to **_6_**.\n\n- One\n  - Nested\n- Two\n- A\n  - B\n\n> Said.\n');
  });
});

describe('pictures of a page', () => {
  it.each([
    ['data-src', '<img src="data:image/gif;base64,R0" data-src="https://e.example/q.jpg" alt="Quay">'],
    [
      'srcset',
      '<img src="/blank.gif" srcset="https://e.example/s.jpg 300w, https://e.example/q.jpg 1200w" alt="Quay">',
    ],
    [
      'noscript',
      '<img class="lazy" src="data:image/gif;base64,R0" alt="Quay"><noscript><img src="https://e.example/q.jpg" alt="Quay"></noscript>',
    ],
    [
      'picture',
      '<picture><source srcset="https://e.example/q.webp"><img src="https://e.example/q.jpg" alt="Quay"></picture>',
    ],
  ])('that load late by %s have the address that readers see', (_, image) => {
    const { story } = read(
      `<h1>T</h1><figure>${image}<figcaption>At night</figcaption></figure><p>Text of it.</p>`,
      'x.html',
    );
    expect(story.image).toEqual({ src: 'https://e.example/q.jpg', alt: 'Quay', caption: 'At night' });
  });

  it('later ones are those of their sections', () => {
    const { story } = read(
      '<h1>T</h1><p>Text.</p><h2>One</h2><p>More.</p><figure><img src="https://e.example/q.jpg" alt="Quay"></figure>',
      'x.html',
    );
    expect(story.sections[1]).toMatchObject({ image: { src: 'https://e.example/q.jpg', alt: 'Quay' } });
  });
});

describe('addresses of redirectors', () => {
  it.each([
    [
      'https://www.google.com/url?q=https://council.example/minutes?id%3D4&sa=D&source=editors&ust=1&usg=A',
      'https://council.example/minutes?id=4',
    ],
    ['https://l.facebook.com/l.php?u=https%3A%2F%2Fe.example%2Fa%3Fb%3D1&h=x', 'https://e.example/a?b=1'],
    ['https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fe.example%2F&data=x', 'https://e.example/'],
    ['https://urldefense.com/v3/__https://e.example/a__;!!x', 'https://e.example/a'],
    ['https://www.google.com/search?q=ferry', 'https://www.google.com/search?q=ferry'],
  ])('%s leads to %s', (from, to) => {
    const { story } = read(`<p>See <a href="${from.replaceAll('&', '&amp;')}">it</a>.</p>`, 'x.html', {
      linksToSources: true,
    });
    expect(story.sources).toMatchObject([{ url: to }]);
  });
});

it('no heading stands for two kinds of section', () => {
  const kinds = new Map<string, Set<string>>();
  for (const [kind, heading] of knownHeadings()) {
    const plain = plainHeading(heading);
    kinds.set(plain, (kinds.get(plain) ?? new Set()).add(kind));
  }
  expect([...kinds].filter(([, all]) => all.size > 1)).toEqual([]);
});
