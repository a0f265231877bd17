import { describe, expect, it } from 'vitest';
import { loadStory } from '../src/checks/load.js';
import { importStory } from '../src/importing/import.js';

const read = (input: string, name: string, options = {}) => importStory(input, name, options);
const messagesOf = (notes: readonly { kind: string; message: string; text?: string }[]) =>
  notes.map(({ kind, message, text }) => `${kind}: ${message}: ${text ?? ''}`).join('\n');
const TEXT = 'The council keeps the night ferry, it said on Monday.\n';

describe('what may not be published', () => {
  it.each([
    'draft: true',
    'draft: yes',
    'published: false',
    'publish: no',
    'status: draft',
    'status: Unpublished',
    'post_status: pending',
    'visibility: private',
    'state: in review',
    'private: true',
    'hidden: true',
    'wip: true',
    'status: Entwurf',
    'status: brouillon',
  ])('front matter that says %s makes a draft', (line) => {
    for (const [input, name] of [
      [`---\ntitle: A\n${line}\n---\n${TEXT}`, 'x.md'],
      [`Title: A\n${line}\n\n${TEXT}`, 'x.txt'],
      [`title: A\n${line}\n\nbody: ${TEXT}\n:end\n`, 'x.aml'],
    ] as const) {
      const { story, notes } = read(input, name);
      expect(story.status, name).toBe('draft');
      expect(messagesOf(notes)).toContain(`status from ${line.split(':')[0]}`);
    }
  });

  it.each([
    'embargoed_until: 2035-01-01',
    'under_embargo: yes',
    'not_before: 2035-01-01',
    'embargo_time: "06:00"',
    'title: "EMBARGOED: Ferry stays"',
    'title: "Embargoed until 6 October 2035: Ferry"',
  ])('front matter that says %s holds the story back', (line) => {
    const { story, notes } = read(`---\n${line}\n---\n${TEXT}`, 'x.md');
    expect(story.status).toBe('held');
    expect(messagesOf(notes).match(/todo: .*embargo/g)).toHaveLength(1);
  });

  it.each(['hold_until: 2035-01-01T06:00:00Z', 'sperrfrist: 2035-01-01T06:00:00Z', 'release: 2035-01-01T06:00:00Z'])(
    'front matter that says %s sets the embargo',
    (line) => expect(read(`---\n${line}\n---\n${TEXT}`, 'x.md').story.embargo).toBe('2035-01-01T06:00:00Z'),
  );

  it.each(['DO NOT PUBLISH: Ferry', 'Entwurf: Ferry', 'Draft - Ferry stays', 'WIP: Ferry'])(
    'a title “%s” makes a draft',
    (title) => {
      expect(read(`---\ntitle: "${title}"\n---\n${TEXT}`, 'x.md').story.status).toBe('draft');
      expect(read(`# ${title}\n\n${TEXT}`, 'x.md').story.status).toBe('draft');
      const page = `<html><head><title>${title}</title></head><body><h1>Ferry</h1><p>${TEXT}</p></body></html>`;
      expect(read(page, 'x.html').story.status).toBe('draft');
    },
  );

  it.each([
    ['# F\n\n| Embargo | 6 October 2035, 06:00 GMT |\n|---|---|\n\n', 'x.md'],
    ['<h1>F</h1><dl><dt>Embargo</dt><dd>6 October 2035, 06:00 GMT</dd></dl>', 'x.html'],
  ])('an embargo in the frame of %j is taken', (frame, name) => {
    expect(read(frame + TEXT, name).story.embargo).toBe('2035-10-06T06:00Z');
  });

  it.each([
    ['ONDER EMBARGO TOT 6 OKTOBER 2025, 06.00 UUR', 'held'],
    ['EMBARGO do 6 października 2025, godz. 6.00', 'held'],
    ['NON DIFFONDERE PRIMA DELLE ORE 6 DEL 6 OTTOBRE 2025', 'held'],
    ['Bloqué jusqu’au lundi 6 octobre, 6 heures', 'held'],
    ['Frei zur Veröffentlichung ab 6. Oktober 2025, 10:00 Uhr', 'held'],
    ['до 6 октября 2025 г., 06:00 МСК — ЭМБАРГО', 'held'],
    ['NB: strictly not for publication until Monday 6 October.', 'held'],
    ['BORRADOR. NO PUBLICAR', 'draft'],
    ['INTERNAL – NOT FOR RELEASE', 'draft'],
    ['Document de travail – ne pas publier', 'draft'],
    ['Vertraulich – nicht veröffentlichen', 'draft'],
    ['DRAFT COPY - NOT APPROVED', 'draft'],
    ['Draft v2, 5 Oct 2025', 'draft'],
    ['Night ferry stays (do not publish)', 'draft'],
    ['NIGHT FERRY STAYS (DRAFT – NOT FOR PUBLICATION)', 'draft'],
    ['Night ferry stays – DRAFT 3', 'draft'],
    ['Status: 🚧 Draft', 'draft'],
    ['Совет обсудил черновик', undefined],
    ['Страна ввела эмбарго на нефть', undefined],
    ['アユ漁解禁', undefined],
    ['Draft picks announced by council', undefined],
    ['Not approved: the plan for the ferry', undefined],
  ])('a first line “%s” makes the status %s', (line, status) => {
    expect(read(`${line}\n\n${TEXT}\nIt was close.\n`, 'x.txt').story.status).toBe(status);
  });

  it.each([
    'status: "🟡 Draft"',
    'stage: copy-edit',
    'legal: "Do not publish until cleared by lawyers"',
    '_build: { list: never }',
  ])('front matter that says %s makes a draft too', (line) =>
    expect(read(`---\ntitle: A\n${line}\n---\n${TEXT}`, 'x.md').story.status).toBe('draft'),
  );

  it('a row of a table says it, and the other rows stay', () => {
    const page = `<h1>F</h1><table><tr><th>Status</th><td>Draft</td></tr><tr><th>Owner</th><td>Jane</td></tr></table><p>${TEXT}</p>`;
    expect(read(page, 'x.html')).toMatchObject({
      story: { status: 'draft' },
      text: expect.stringContaining('- Owner | Jane'),
    });
    const table = `# F\n\n| Embargo | 2035-10-06 06:00 BST |\n|---|---|\n| Reporter | Jane Smith |\n\n${TEXT}`;
    expect(read(table, 'x.md')).toMatchObject({
      story: { embargo: '2035-10-06T06:00+01:00' },
      text: expect.stringContaining('- Reporter | Jane Smith'),
    });
  });

  it('notes to editors hold it, at the end, in fields and in a page’s head', () => {
    const note = 'This release is under strict embargo until 00:01 BST on Monday 6 October 2099.';
    const list = read(
      `Night ferry stays\n\n${TEXT}\nNotes to editors\n1. ${note}\n2. Pictures are available.\n`,
      'x.txt',
    );
    expect(list.story).toMatchObject({ embargo: '2099-10-06T00:01+01:00', ednote: '2. Pictures are available.\n' });
    const json = {
      uri: 'x',
      type: 'text',
      headline: 'H',
      ednote: 'EMBARGO: not for use before 06:00 GMT, 6 October 2099',
    };
    expect(read(JSON.stringify({ ...json, body_text: TEXT }), 'x.json').story.embargo).toBe('2099-10-06T06:00Z');
    const head = '<meta name="embargo" content="2099-10-06T00:01:00+01:00">';
    expect(read(`<html><head>${head}</head><body><h1>F</h1><p>${TEXT}</p></body></html>`, 'x.html').story.embargo).toBe(
      '2099-10-06T00:01:00+01:00',
    );
  });

  it('an embargo in Arabic holds the story back', () => {
    expect(read('العنوان هنا\n\nمحظور النشر حتى 6 أكتوبر 2035\n\nنص طويل هنا.\n', 'x.txt').story.status).toBe('held');
  });

  it.each([
    ['draft: false', undefined],
    ['published: true', undefined],
    ['status: published', undefined],
    ['status: on hold', 'held'],
    ['status: spiked', 'killed'],
  ])('%s makes %s', (line, status) => {
    const { story } = read(`---\ntitle: A\n${line}\n---\n${TEXT}`, 'x.md');
    expect([story.status, story.extra]).toEqual([status, undefined]);
  });

  it.each([
    'build:\n  render: never',
    'headless: true',
    'eleventyExcludeFromCollections: true',
    'published_at: null',
    'published: TBD',
    'visibility: members',
    'audience: only_paid',
    'post_password: x',
    'wp_status: draft',
    'meta:\n  draft: true',
    'status: { name: draft }',
    'status: "draft (JS)"',
    'status: awaiting legal',
    'not_for_publication: true',
    'approved: false',
    'statut: brouillon',
  ])('so does the front matter of other houses: %s', (line) => {
    expect(read(`---\ntitle: A\n${line}\n---\n${TEXT}`, 'x.md').story.status).toBe('draft');
  });

  it.each([
    '+++\ntitle = "A"\n# not yet\ndraft = true # yet\n+++\n',
    '---toml\ntitle = "A"\ndraft = true\n---\n',
    '---json\n{"title": "A", "draft": true}\n---\n',
    '\n\n---\ntitle: A\ndraft: true\n---\n',
    '+++\ntitle = "A"\ntags = [\n "a"\n]\ndraft = true\n+++\n',
    ';;;\ndraft: true\n;;;\n',
    '---\ntitle: A\n\tdraft: true\n---\n',
    '{ "title": "A", "draft": true }\n\n',
  ])('and any notation of fields: %j', (top) => {
    expect(read(top + TEXT, 'x.md').story.status).toBe('draft');
  });

  it('a group that says “draft” or names an embargo keeps its other fields', () => {
    const { story } = read(`---\ntitle: A\nmeta:\n  draft: true\n  about: The night ferry\n---\n${TEXT}`, 'x.md');
    expect(story).toMatchObject({ status: 'draft', extra: { meta: { about: 'The night ferry' } } });
    const other = read(`---\ntitle: A\nmeta:\n  embargo: 2099-10-06\n---\n${TEXT}`, 'x.md').story;
    expect(other).toMatchObject({ status: 'held', extra: { meta: { embargo: '2099-10-06' } } });
  });

  it('what was dropped and makes a draft is named', () => {
    const { story, notes } = read(`<h1>A</h1><!-- Internal only --><p>${TEXT}`, 'x.html');
    expect(story.status).toBe('draft');
    expect(messagesOf(notes)).toContain('took: status from dropped words that say “draft”: Internal only');
  });

  it.each([
    ['_drafts/ferry.md', 'draft'],
    ['ferry.draft.md', 'draft'],
    ['drafty.md', undefined],
  ])('the name %s makes %s', (name, status) => {
    expect(read(`# A\n\n${TEXT}`, name).story.status).toBe(status);
  });

  it.each([
    `<article class="post status-draft"><h1>A</h1><p>${TEXT}</article>`,
    `<h1>Private: A</h1><p>${TEXT}`,
    `<title>DRAFT: A</title><p>${TEXT}`,
    `<h1>A</h1><!-- DRAFT --><p>${TEXT}`,
  ])('a page makes one: %s', (page) => {
    expect(read(page, 'x.html').story.status).toBe('draft');
  });

  it.each([
    ['[DRAFT] A headline', 'draft'],
    ['Status: draft', 'draft'],
    ['DRAFT FOR REVIEW', 'draft'],
    ['INTERNAL ONLY', 'draft'],
    ['Do not distribute', 'draft'],
    ['Ne pas publier', 'draft'],
    ['KILL', 'killed'],
    ['FOR IMMEDIATE RELEASE', undefined],
  ])('the line %s makes %s', (line, status) => {
    expect(read(`${line}\n\nNight ferry stays\n\n${TEXT}`, 'x.txt').story.status).toBe(status);
  });

  it.each(['DRAFT', '*** DRAFT – not for publication ***', 'Not for publication'])(
    'the line %s makes a draft',
    (line) => {
      expect(read(`${line}\n\nNight ferry stays\n\n${TEXT}`, 'x.txt').story).toMatchObject({
        status: 'draft',
        headline: 'Night ferry stays',
      });
    },
  );

  it.each([
    ['EMBARGOED UNTIL 6 October 2025, 06:00 GMT', '2025-10-06T06:00Z'],
    ['STRICTLY EMBARGOED until 00:01 BST, Monday 6 October 2025', '2025-10-06T00:01+01:00'],
    ['Embargo: October 6, 2025 at 9:30 a.m. EDT', '2025-10-06T09:30-04:00'],
    ['Not for publication before 2025-10-06T06:00:00+09:00', '2025-10-06T06:00:00+09:00'],
    ['Sperrfrist: 6. Oktober 2025, 06:00 Uhr MESZ', '2025-10-06T06:00+02:00'],
    ['Sous embargo jusqu’au 6 octobre 2025, 06h00 CEST', '2025-10-06T06:00+02:00'],
    ['UNDER STRICT EMBARGO until 6 October 2025 06:00 GMT', '2025-10-06T06:00Z'],
    ['For release at 06:00 GMT, 6 October 2025', '2025-10-06T06:00Z'],
    ['Embargoed until 6 October 2025, 6:00 P.M GMT', '2025-10-06T18:00Z'],
    ['Embargoed until 6 October 2025, 06:00 UTC−5', '2025-10-06T06:00-05:00'],
    ['Embargoed to 6 October 2025 12 noon UTC+1', '2025-10-06T12:00+01:00'],
  ])('%s is an embargo', (line, embargo) => {
    for (const name of ['x.txt', 'x.md', 'x.html']) {
      const input =
        name === 'x.html'
          ? `<p>${line}</p><h1>Night ferry stays</h1><p>${TEXT}</p>`
          : `${line}\n\n${name === 'x.md' ? '# ' : ''}Night ferry stays\n\n${TEXT}`;
      const { story, text } = read(input, name);
      expect(story, name).toMatchObject({ embargo, headline: 'Night ferry stays', sections: [{ text: TEXT }] });
      expect(loadStory(text, 'x').diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });

  it.each([
    ['x.txt', 'PRESS RELEASE\nEMBARGOED UNTIL 6 October 2025, 06:00 GMT\n\nNight ferry stays\n\n'],
    ['x.txt', 'PRESS RELEASE - EMBARGOED UNTIL 6 October 2025, 06:00 GMT\n\nNight ferry stays\n\n'],
    ['x.txt', 'Night ferry stays\nEMBARGOED UNTIL 6 October 2025, 06:00 GMT\n\n'],
    ['x.md', '# Night ferry stays\n\nNews release  \nNot for use before 6 October 2025, 06:00 GMT\n\n'],
    ['x.html', '<p>PRESS RELEASE<br>EMBARGOED UNTIL 6 October 2025, 06:00 GMT</p><h1>Night ferry stays</h1><p>'],
  ])('an embargo that shares its paragraph or line with others is one: %s %s', (name, top) => {
    const { story } = read(top + TEXT, name);
    expect(story).toMatchObject({ embargo: '2025-10-06T06:00Z', headline: 'Night ferry stays' });
    expect(story.sections).toEqual([{ kind: 'text', text: TEXT }]);
  });

  it.each(['<blockquote>X</blockquote>', '<ul><li>X</li></ul>', '<table><tr><td>X</table>', '<header>X</header>'])(
    'an embargo in %s is one',
    (frame) => {
      const notice = frame.replace('X', 'EMBARGOED until 6 October 2025, 06:00 GMT');
      const { story } = read(`${notice}<article><h1>Night ferry stays</h1><p>${TEXT.repeat(9)}</article>`, 'x.html');
      expect(story).toMatchObject({ embargo: '2025-10-06T06:00Z', headline: 'Night ferry stays' });
    },
  );

  it('a sentence about an embargo is none', () => {
    const sentence = 'The report was embargoed until 6 October 2025, 06:00 GMT.';
    const { story } = read(`Night ferry stays\n\n${sentence}\n\n${TEXT}`, 'x.txt');
    expect([story.embargo, story.status]).toEqual([undefined, undefined]);
    expect(JSON.stringify(story.sections)).toContain(sentence);
  });

  it.each([
    'EMBARGOED UNTIL Monday, 06:00 GMT',
    'Embargoed until 6 October 2025',
    'EMBARGO: 6 October 2025, 06:00',
    'Embargo: 6 October 2025, 06:00 ET',
    'EMBARGOED',
    '[EMBARGOED]',
    'This press release is embargoed until 6 October 2025.',
    'Embargoed from 1 October 2025 until 6 October 2025 06:00 GMT',
    'Do not use before Monday',
    'Hold for legal',
    'Embargo até 6 de outubro',
    'Ne pas diffuser avant le 6 octobre',
    '解禁：10月6日',
    'Embargoed until 6 October 2025, 06:00 UTC minus 5',
    'Embargoed until 6 October 2025, 06:00 ET (GMT)',
    'Embargoed until 6 October 2025, 06:00 UTC / CET',
    'Embargoed until 6 October 2025, 9:30 in the evening GMT',
    'Embargoed until 6 October 2025, 12 midnight GMT',
    'Embargoed until 6 October 2025, 下午6:00 GMT',
    'HOLD FOR RELEASE UNTIL TOMORROW',
  ])('%s lacks day, hour or zone: the story is held, and a todo names the line', (line) => {
    const { story, notes } = read(`${line}\n\nNight ferry stays\n\n${TEXT}`, 'x.txt');
    expect(story).toMatchObject({ status: 'held', headline: 'Night ferry stays' });
    expect(JSON.stringify([story.sections, story.extra])).toContain(line.replace(/^embargo: /i, ''));
    expect(story.embargo).toBeUndefined();
    expect(notes).toContainEqual(expect.objectContaining({ kind: 'todo', line: 1, text: line }));
  });
});

describe('lines about a text', () => {
  it.each([
    ['Jane Smith, Political Editor', [{ name: 'Jane Smith', role: 'Political Editor' }]],
    ['Jane Smith and Bob Roe', ['Jane Smith', 'Bob Roe']],
    ['Jane Smith, chief reporter, and Bob Roe', [{ name: 'Jane Smith', role: 'chief reporter' }, 'Bob Roe']],
    ['Jane Smith, Associated Press', [{ name: 'Jane Smith', role: 'Associated Press' }]],
    ['Jane Smith in Ellery', 'Jane Smith in Ellery'],
    ['Jane Smith', 'Jane Smith'],
  ])('By %s', (line, byline) => {
    expect(read(`Night ferry stays\n\nBy ${line}\n\n${TEXT}`, 'x.txt').story.byline).toEqual(byline);
    expect(read(`---\ntitle: A\nauthor: ${line}\n---\n${TEXT}`, 'x.md').story.byline).toEqual(byline);
  });

  it('an author with fields of its own is one, and a picture is the story’s', () => {
    const { story, notes } = read(
      `---\ntitle: IRS adds &#8216;Go&#8217; app\nauthor: { name: Jane, role: Editor }\nfeature_image: https://e.example/a.jpg\nfeature_image_alt: A boat\n---\n${TEXT}`,
      'x.md',
    );
    expect(story).toMatchObject({
      headline: 'IRS adds ‘Go’ app',
      byline: [{ name: 'Jane', role: 'Editor' }],
      image: { src: 'https://e.example/a.jpg', alt: 'A boat' },
    });
    expect(story.extra).toBeUndefined();
    expect(messagesOf(notes)).not.toContain('not found in the story');
  });

  it.each([
    ['ABERDEEN — ', 'ABERDEEN'],
    ['NEW YORK (AP) — ', 'NEW YORK (AP)'],
    ['LONDON, Oct 6 (Reuters) - ', 'LONDON, Oct 6 (Reuters)'],
    ['PARIS – ', 'PARIS'],
    ['ST. JOHN’S, Newfoundland (AP) -- ', 'ST. JOHN’S, Newfoundland (AP)'],
  ])('%j is a dateline', (lead, dateline) => {
    for (const name of ['x.txt', 'x.md']) {
      const { story } = read(
        `${name === 'x.md' ? '# ' : ''}Night ferry stays\n\nBy Jane Smith${name === 'x.md' ? '\n' : ''}\n6 October 2025\n\n${lead}${TEXT}`,
        name,
      );
      expect(story).toMatchObject({
        headline: 'Night ferry stays',
        byline: 'Jane Smith',
        published: '2025-10-06',
        dateline,
        sections: [{ text: TEXT }],
      });
    }
  });

  it.each(['NATO — ', 'It — ', 'The BBC - '])('%j may be none', (lead) => {
    const { story } = read(`# T\n\n${lead}${TEXT}`, 'x.md');
    const words = [story.dateline ?? '', (story.sections[0] as { text: string }).text].join(' ');
    expect(words).toContain(lead.trim().split(' ')[0]);
    expect(words).toContain(TEXT.trim());
  });

  it('a heading further down costs neither headline nor byline', () => {
    const { story } = read(
      `Night ferry stays\n\nBy Jane Smith\n\n${TEXT}\nBACKGROUND\n\nIt has run since 1986.\n`,
      'x.txt',
    );
    expect(story).toMatchObject({
      headline: 'Night ferry stays',
      byline: 'Jane Smith',
      sections: [{ kind: 'text' }, { kind: 'background' }],
    });
  });

  it.each([
    ['Ferry stays\nBy Jane Smith\n\nThe ferry stays until spring.\n\nCosts\n=====\n\nMore text.\n'],
    ['Ferry stays\n\nBy Jane Smith\n\nThe council met:\n\n* one\n* two\n\n* * *\n\nMore text.\n'],
    ['FOR IMMEDIATE RELEASE\n\nContact: Jane Smith, 020 7946 0000\n\nFerry stays\n\nThe council voted for it.\n'],
  ])('%j has the headline “Ferry stays”', (input) => {
    const { story, text } = read(input, 'x.txt');
    expect(story.headline).toBe('Ferry stays');
    expect(story.dateline).toBeUndefined();
    expect(text).not.toContain('\\*');
  });

  it.each([
    [
      'Rat behält Fähre\nVon Jane Smith\nStand: 06.10.2025, 09:30 Uhr\n\nDer Rat hat entschieden. Es war knapp.\n',
      { headline: 'Rat behält Fähre', byline: 'Jane Smith', updated: '2025-10-06T09:30' },
    ],
    [
      'La ville garde le bac\nPar Jean Martin\nPublié le 6 octobre 2025 à 9h30\n\nLe conseil a voté. Il a décidé.\n',
      { headline: 'La ville garde le bac', byline: 'Jean Martin', published: '2025-10-06T09:30' },
    ],
    ['Rat behält Fähre\n\n6. Oktober 2025\n\nDer Rat hat entschieden. Es war knapp.\n', { published: '2025-10-06' }],
    [
      'Council keeps ferry\n\n* Vote is 7-6\n\n    SKERRY, Oct 6 (Reuters) - Councillors voted to\nkeep it.\n',
      {
        sections: [
          { kind: 'text', text: '- Vote is 7-6\n\nSKERRY, Oct 6 (Reuters) - Councillors voted to keep it.\n' },
        ],
      },
    ],
    ['NIGHT FERRY TO STAY, COUNCIL DECIDES\nBy Jane Smith\n\nThe council voted. It did.\n', { byline: 'Jane Smith' }],
  ])('%j is read as it was meant', (input, story) => {
    expect(read(input, 'x.txt').story).toMatchObject(story);
  });

  it.each([
    [
      'WordPress',
      '<article><header><h1 class="entry-title">Ferry stays</h1><div class="entry-meta"><span class="author vcard"><a href="https://e.example/a">Jane Smith</a></span> <time class="entry-date published" datetime="2025-10-06T09:00:00+01:00">6 October 2025</time></div></header><div class="entry-content"><p>The council voted.<a href="#n1-link">↩︎</a></p></div></article>',
      { byline: 'Jane Smith', published: '2025-10-06T09:00:00+01:00' },
    ],
    [
      'Medium',
      '<article class="h-entry"><header><h1 class="p-name">Ferry stays</h1></header><section class="e-content"><p>The council voted.</p></section><footer><p>By <a href="https://medium.com/@j" class="p-author h-card">Jane Smith</a> on <time class="dt-published" datetime="2025-10-06T09:00:00Z">October 6, 2025</time>.</p><p>Exported from Medium on November 1, 2025.</p></footer></article>',
      { byline: 'Jane Smith', published: '2025-10-06T09:00:00Z' },
    ],
    [
      'Substack',
      '<article><h1 class="post-title">Ferry stays</h1><h3 class="subtitle">What it did.</h3><p>The council voted.</p></article>',
      { dek: 'What it did.' },
    ],
    ['an old editor', '<center><font size=5><b>Ferry stays</b></font></center><p>The council voted.</p>', {}],
  ])('a page of %s gives its fields once, and its text alone', (_, body, fields) => {
    const head = '<title>Ferry stays</title><meta property="og:description" content="What it did.">';
    const page = `<html><head>${'dek' in fields ? head : head.slice(0, 26)}</head><body>${body}</body></html>`;
    const { story, notes } = importStory(page, 'x.html');
    expect(story).toMatchObject({ headline: 'Ferry stays', ...fields });
    expect(story.sections).toEqual([{ kind: 'text', text: 'The council voted.\n' }]);
    expect(notes.filter(({ message }) => message === 'not found in the story')).toEqual([]);
  });

  it('a picture with italics below it has them for its caption', () => {
    const { story } = importStory('# F\n\n![Quay](https://e.example/q.jpg)\n*Photo: Tom*\n\nText here.\n', 'x.md');
    expect(story.image).toEqual({ src: 'https://e.example/q.jpg', alt: 'Quay', caption: 'Photo: Tom' });
  });

  it('all posts of a live blog are kept', () => {
    const post = (text: string) => `<article><p>${text}</p></article>`;
    const page = `<html><body><h1>Ferry live</h1>${post('Second post.')}${post('First post.')}</body></html>`;
    expect(read(page, 'x.html')).toMatchObject({
      story: { headline: 'Ferry live' },
      text: expect.stringMatching(/Second post[\s\S]*First post/),
    });
  });

  it('a press release gives its headline, and its signs are named', () => {
    const { story, notes } = read(
      `FOR IMMEDIATE RELEASE\n\nNIGHT FERRY STAYS\n\n${TEXT}\nNotes to editors\n\nCall Jane.\n\n-ENDS-\n`,
      'x.txt',
    );
    expect(story).toMatchObject({ headline: 'NIGHT FERRY STAYS', ednote: 'Call Jane.\n', sections: [{ text: TEXT }] });
    expect(messagesOf(notes)).toContain('-ENDS-');
    expect(messagesOf(notes)).toContain('FOR IMMEDIATE RELEASE');
  });

  it('the day in a file’s name is when it was published, and letters say the language', () => {
    const { story, notes } = read('# 市议会保留夜间渡轮\n\n市议会周一表示。\n', 'posts/2025-10-06-ferry.md');
    expect(story).toMatchObject({ published: '2025-10-06', lang: 'zh' });
    expect(notes).toContainEqual(
      expect.objectContaining({ kind: 'todo', message: expect.stringContaining('lang: zh is a guess') }),
    );
  });

  it('a bad line of front matter costs that line alone', () => {
    const { story, notes } = read(
      `---\ntitle: A\ndate: 2025-10-06\nquote: "one\n"\ntags: [a, b]\n---\n${TEXT}`,
      'x.md',
    );
    expect(story).toMatchObject({
      headline: 'A',
      published: '2025-10-06',
      tags: ['a', 'b'],
      extra: { 'front-matter': 'quote: "one\n"\n' },
    });
    expect(notes).toContainEqual(expect.objectContaining({ line: 4, message: expect.stringContaining('not YAML') }));
  });

  it('a name and a date on one line are both', () => {
    const { story } = read(`Night ferry stays\n\nBy Jane Smith on 6 October 2025\n\n${TEXT}`, 'x.txt');
    expect(story).toMatchObject({ byline: 'Jane Smith', published: '2025-10-06', sections: [{ text: TEXT }] });
  });

  it('a colon in a title costs nothing', () => {
    const { story } = read(`---\ntitle: Water bills: what we know\ndate: 2025-10-06\n---\n${TEXT}`, 'x.md');
    expect(story).toMatchObject({ headline: 'Water bills: what we know', published: '2025-10-06' });
    expect(story.extra).toBeUndefined();
  });

  it('a field is named with its own line, whatever other names start like it', () => {
    const { notes } = read(`---\ndateline: ROME\ndate: 2025-10-06\n---\n${TEXT}`, 'x.md');
    expect(notes).toContainEqual(expect.objectContaining({ line: 3, message: 'published from date' }));
  });

  it.each(['Department of Health and Social Care', 'Smith, Jane', 'Martin Luther King, Jr.', 'Jane and Bob'])(
    'the author %s is one',
    (author) => {
      expect(read(`---\ntitle: A\nauthor: ${author}\n---\n${TEXT}`, 'x.md').story.byline).toBe(author);
    },
  );

  it('says where there are only fields', () => {
    expect(() => read('---\ntitle: A\n---\n', 'x.md')).toThrow('only fields');
  });
});

describe('plain text', () => {
  it('has a dash before what somebody says, and dashes before entries', () => {
    const { story } = read('Night ferry stays\n\nLa ville ferme.\n\n– Non, dit-elle.\n\nC’est fini.\n', 'x.txt');
    expect(story.sections).toEqual([{ kind: 'text', text: 'La ville ferme.\n\n– Non, dit-elle.\n\nC’est fini.\n' }]);
    const list = read('Night ferry stays\n\nThe plan:\n\n– Boats\n– Buses\n', 'x.txt').story;
    expect(JSON.stringify(list.sections)).toContain('- Boats\\n- Buses');
  });

  it('stays text where lines part it', () => {
    const { story } = read(`Night ferry stays\n\n${TEXT}\n---\n\nSecond.\n\n---\n\nThird.\n`, 'x.txt');
    expect(story).toMatchObject({ headline: 'Night ferry stays' });
    expect(story.sections.map((section) => (section as { text: string }).text)).toEqual([
      TEXT,
      'Second.\n',
      'Third.\n',
    ]);
  });

  it('is text, whatever one line looks like', () => {
    const { story } = read(
      'Fähre bleibt\n\nVon Jane Smith\n\nDer Rat hat am Montag entschieden, dass die Fähre bleibt.\n\n# 1 im Land\n\n<Name> sagte &amp; ging ](http.\n',
      'de.txt',
    );
    expect(story).toMatchObject({ headline: 'Fähre bleibt', byline: 'Jane Smith' });
    expect((story.sections[0] as { text: string }).text).toContain('# 1 im Land\n\n<Name> sagte &amp; ging ](http.');
  });

  it.each([
    ['+ 3 per cent.', 'x.md', '+ 3 per cent.'],
    ['- 5 degrees', 'x.md', '\\- 5 degrees'],
    ['+ one\n+ two', 'x.md', '- one\n      - two'],
  ])('marks that are hardly those of a list stay: %j', (text, name, written) => {
    expect(read(`# F\n\nThe low was:\n\n${text}\n\nThat was all.\n`, name).text).toContain(written);
    const json = JSON.stringify({ uri: 'x', type: 'text', headline: 'F', body_text: `${text}\n\nMore.` });
    expect(read(json, 'x.json').text).toContain(written);
  });

  it('keeps marks that are no lists, and drops rules between parts', () => {
    const { story } = read(
      'Night ferry stays\n\nBy Jane Smith\n\n+ 3 per cent on the year.\n\n>100 people came.\n\n* * *\n\nMore of it.\n',
      'k.txt',
    );
    expect(story.sections).toEqual([
      { kind: 'text', text: '+ 3 per cent on the year.\n\n>100 people came.\n' },
      { kind: 'text', text: 'More of it.\n' },
    ]);
  });

  it('joins lines that were wrapped, paragraph by paragraph', () => {
    const lines = [
      'The council keeps the night ferry, it said on the',
      'monday of this week, and that is what we know of it',
      'so far, says Jane Smith, of the Ellery council of the county, now',
      'and more is to come.',
    ];
    const { story } = read(`Title of it\n\n${lines.join('\n')}\n\n12 Harbour Street\nEllery\nEL1 4BX\n`, 'x.txt');
    expect((story.sections[0] as { text: string }).text).toBe(
      `${lines.join(' ')}\n\n12 Harbour Street\\\nEllery\\\nEL1 4BX\n`,
    );
  });

  it('takes the sources of a list one by one', () => {
    const long = 'A conversation that goes on for more than two hundred and fifty characters, '.repeat(4).trim();
    const { story } = read(
      `Night ferry stays\n\n${TEXT}\nSources\n\n- The Ledger: Minutes https://e.example/1\n- ${long}\n`,
      'x.txt',
    );
    expect(story.sources).toMatchObject([{ outlet: 'The Ledger', title: 'Minutes', url: 'https://e.example/1' }]);
    expect(story.sections.at(-1)).toMatchObject({ heading: 'Sources', text: `- ${long}\n` });
  });
});

describe('what colleagues wrote to each other', () => {
  it('is dropped and named in texts of Google Docs', () => {
    const { story, notes } = read(
      `Night ferry stays\n\nThe council[a] keeps the night ferry, it said[b] on Monday.\n\n[a]Which one?\n[b]To whom?\n`,
      'x.txt',
    );
    expect(story.sections).toEqual([{ kind: 'text', text: TEXT }]);
    expect(messagesOf(notes)).toContain('dropped: a comment of a colleague: Which one?');
    expect(messagesOf(notes)).not.toContain('not found in the story');
    const list = read('Night ferry stays\n\nThe council keeps it.\n\n[a]Which one?\n', 'x.txt');
    expect(JSON.stringify(list.story)).toContain('Which one?');
  });

  it('and its mark is not missed where the text has the same letter', () => {
    const { notes } = read(
      '<p>They get a free lunch.<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup> It costs £18m a year.</p><div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a>Check with Dave</p></div>',
      'x.html',
    );
    expect(messagesOf(notes)).not.toContain('not found in the story');
  });

  it.each([
    [
      'LibreOffice',
      '<p>Kept<sup><a href="#sdcomment1sym">c1</a></sup>.</p><div id="sdcomment1"><p><a href="#sdcomment1anc">c1</a>Is it?</p></div>',
    ],
    [
      'Google Docs, in two paragraphs',
      '<p>Kept<sup><a href="#cmnt1">[a]</a></sup>.</p><div><p><a href="#cmnt_ref1">[a]</a>Is</p><p>it?</p></div>',
    ],
    [
      'mammoth',
      '<p>Kept<sup><a href="#comment-0">[JS1]</a></sup>.</p><dl><dt id="comment-0">Comment [JS1]</dt><dd><p>Is it? <a href="#comment-ref-0">↑</a></p></dd></dl>',
    ],
    ['pandoc', '<p>Kept<span class="comment-start">Is it?</span>.<span class="comment-end"></span></p>'],
  ])('is dropped and named in pages of %s', (_, page) => {
    const { story, notes } = read(page, 'x.html');
    expect(story.sections).toEqual([{ kind: 'text', text: 'Kept.\n' }]);
    expect(messagesOf(notes)).toContain('dropped: a comment of a colleague: ');
    expect(messagesOf(notes)).not.toContain('not found in the story');
  });

  it.each(['%% Is it? %%', '{/* Is it? */}', '{% comment %}Is it?{% endcomment %}', '{{/* Is it? */}}'])(
    'is dropped and named in Markdown of other programs: %s',
    (comment) => {
      const { story, notes } = read(`# T\n\nKept.\n\n${comment}\n`, 'x.md');
      expect(story.sections).toEqual([{ kind: 'text', text: 'Kept.\n' }]);
      expect(messagesOf(notes)).toContain(`dropped: a comment, which no reader sees: ${comment}`);
    },
  );

  it('is hidden text where a style says so, and dropped and named', () => {
    const { story, notes } = read('<style>.c3{display:none}</style><p>Kept <span class="c3">this</span></p>', 'x.html');
    expect(story.sections).toEqual([{ kind: 'text', text: 'Kept\n' }]);
    expect(messagesOf(notes)).toContain('hidden text, which no reader sees: this');
  });

  it('is dropped and named in Markdown with tracked changes', () => {
    const { story, notes } = read('# T\n\nKept {++added++} and {--gone--} {~~old~>new~~}{>>Check.<<}.\n', 'x.md');
    expect(JSON.stringify(story.sections).replace(/ +/g, ' ')).toContain('Kept added and new.');
    for (const words of ['deleted: gone', 'deleted: old', 'colleague: Check.'])
      expect(messagesOf(notes)).toContain(words);
  });
});

describe('a page that Word saved', () => {
  const item = (position: string, sign: string, text: string, margin = '') =>
    `<p class=MsoListParagraphCxSp${position} style='text-indent:-18.0pt${margin}'>${sign}<span style='font:7pt "Times"'>&nbsp;&nbsp; </span>${text}</p>`;
  const page = `<title>Night ferry</title><p class=MsoTitle>Night ferry stays</p><h1>What was agreed</h1>
${item('First', '<span style="font-family:Symbol">·</span>', 'More pay')}${item('Last', '·', 'No cuts')}
<h1>Timeline</h1>${item('First', '1.', '3 October 2026: Ballot opens')}${item('Last', '2.', '25 November 2026: Deal signed')}`;

  it('has its title from the style, and its lists without their own mark-up', () => {
    const { story } = read(page, 'x.htm');
    expect(story).toMatchObject({
      headline: 'Night ferry stays',
      sections: [
        { heading: 'What was agreed', text: '- More pay\n- No cuts\n' },
        { kind: 'timeline', items: [{ date: '3 October 2026', text: 'Ballot opens' }, { text: 'Deal signed' }] },
      ],
    });
  });
});

describe('a live blog', () => {
  const entries = (mark: (time: string) => string) =>
    ['14:05', '13:40 GMT', '1.10pm'].map((time, i) => `${mark(time)}\n\nEntry ${i} says so.\n\n`).join('');

  it.each([
    ['x.md', `---\ntitle: Live\ndate: 2025-10-06\n---\n${entries((time) => `## ${time}`)}`],
    ['x.md', `---\ntitle: Live\ndate: 2025-10-06\n---\n${entries((time) => `**${time}**`)}`],
    ['x.txt', `Live blog\n\n6 October 2025\n\n${entries((time) => time)}`],
  ])('has updates: %s', (name, input) => {
    const { story, notes } = read(input, name);
    expect(story.sections).toMatchObject([
      {
        kind: 'updates',
        items: [
          { at: '2025-10-06T14:05', text: 'Entry 0 says so.' },
          { at: '2025-10-06T13:40Z', text: 'Entry 1 says so.' },
          { at: '2025-10-06T13:10', text: 'Entry 2 says so.' },
        ],
      },
    ]);
    expect(messagesOf(notes)).not.toContain('not found in the story');
  });
});

describe('exports of services', () => {
  it('Substack: invitations are dropped and named', () => {
    const { story, notes } = read(
      '<div><p>One.</p><div class="subscription-widget-wrap"><p>Thanks for reading!</p></div><p class="button-wrapper"><a href="https://a.substack.com/subscribe?">Subscribe now</a></p><p>Two.</p></div>',
      'x.html',
    );
    expect(story.sections).toEqual([{ kind: 'text', text: 'One.\n\nTwo.\n' }]);
    expect(messagesOf(notes)).toContain('an invitation to subscribe: Thanks for reading!');
    expect(messagesOf(notes)).not.toContain('not found in the story');
  });

  it('Medium: title and subtitle once, author and day from its own marks', () => {
    const { story } = read(
      '<!DOCTYPE html><html><head><title>Ferry stays</title></head><body><article class="h-entry"><header><h1 class="p-name">Ferry stays</h1></header><section data-field="subtitle" class="p-summary">The night boat</section><section data-field="body" class="e-content"><h3 class="graf graf--h3 graf--title">Ferry stays</h3><h4 class="graf graf--h4 graf--subtitle">The night boat</h4><p class="graf">It said so.</p></section><footer><p>By <a class="p-author h-card">Jane Smith</a> on <a><time class="dt-published" datetime="2025-10-06T09:00:00.000Z">October 6, 2025</time></a>.</p></footer></article></body></html>',
      'x.html',
    );
    expect(story).toMatchObject({
      headline: 'Ferry stays',
      dek: 'The night boat',
      byline: 'Jane Smith',
      published: expect.stringMatching(/^2025-10-06/),
    });
    const words = JSON.stringify(story.sections);
    expect(words.match(/Ferry stays/g)).toBeNull();
    expect(words.match(/The night boat/g)).toBeNull();
  });

  it('WordPress: boxes for sharing and codes are dropped and named', () => {
    const { story, notes } = read(
      '<p>One.</p><p>[caption id="a" width="3"]<img src="https://e.example/a.jpg"> At the quay[/caption]</p><p>[gallery ids="1,2"]</p><div class="sharedaddy"><h3>Share this:</h3><ul><li>Twitter</li></ul></div>',
      'x.html',
    );
    const words = JSON.stringify(story);
    expect(words).toContain('At the quay');
    for (const gone of ['Share this', '[caption', '[gallery']) expect(words).not.toContain(gone);
    expect(messagesOf(notes)).toContain('Share this');
    expect(messagesOf(notes)).not.toContain('not found in the story');
  });
});
