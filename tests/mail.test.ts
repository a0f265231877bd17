import { caniemail } from 'caniemail';
import fc from 'fast-check';
import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it } from 'vitest';
import { eml as format } from '../src/formats/eml.js';
import { briefsOf, nutgraf, RUNS, soundStories } from './support.js';

const house = { levels: { 'missing-headline': 'warning', 'email-size': 'off' } } as const;

/** What some of the mail programs do not know, and what stands in for it there. */
const WITH_FALLBACK: Readonly<Record<string, string>> = {
  '@media': 'dark colours and small screens are a comfort; the plain styles are inlined',
  '<style> element': 'all styles that matter are inlined',
  'display:none': 'the preheader is also of no height, and of the colour of the page',
  overflow: 'the preheader is hidden in other ways too',
  'role attribute': 'tables are read out as tables there; the words are the same',
  'word-break': 'a long address makes the page wider',
  '<body> element': 'its colours are on the outer table too',
  'white-space': 'lines of code are joined',
  '<pre> element': 'lines of code are joined',
  'border-collapse': 'the lines of the table are doubled',
  '<del> element': '',
};

describe.each(soundStories())('the mail of $name', ({ bytes }) => {
  it('uses nothing that Gmail, Outlook or Apple Mail do not know without a fallback', async () => {
    const { text } = await briefsOf(bytes, { formats: ['email'], house });
    const { issues } = caniemail({ clients: ['gmail.*', 'outlook.*', 'apple-mail.*'], html: text['email'] ?? '' });
    const unknown = new Set([...issues.errors.values()].flat().map(({ title }) => title));
    expect([...unknown].filter((title) => !Object.hasOwn(WITH_FALLBACK, title))).toEqual([]);
  });

  it('runs and fetches nothing, and its layout tables are no tables to a screen reader', async () => {
    const { text } = await briefsOf(bytes, { formats: ['email'], house });
    const page = text['email'] ?? '';
    expect(page).not.toMatch(/<(?:script|link|iframe|form|section|article|figure|time)\b/);
    expect(page).toMatch(/<td class="body"[^>]* lang="[\w-]+" dir="(?:ltr|rtl)"/);
    for (const [table] of page.matchAll(/<table(?![^>]*class="positions")[^>]*>/g))
      expect(table).toContain('role="presentation"');
    for (const [image] of page.matchAll(/<img[^>]*>/g)) expect(image).toMatch(/ alt="/);
  });

  it('is read by another parser as the text brief and the page, and is the same each time', async () => {
    const { text } = await briefsOf(bytes, { formats: ['email', 'txt', 'eml'], house });
    const eml = text['eml'] ?? '';
    const mail = await PostalMime.parse(eml);
    expect(mail.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(text['txt']?.trimEnd());
    expect(mail.html?.replaceAll('\r\n', '\n').trimEnd()).toBe(text['email']?.trimEnd());
    expect(eml).not.toMatch(/[^\r]\n|\r[^\n]/);
    for (const line of eml.split('\r\n')) expect(line.length).toBeLessThan(999);
    const again = await briefsOf(bytes, { formats: ['eml'], house });
    expect(again.text['eml']).toBe(eml);
  });
});

const STORY = (more = '') =>
  `headline: Bridge closes\ndek: For a week.\n${more}sections: [{ kind: text, text: It closes. }]\n`;

describe('a mail', () => {
  it('has the preheader in its page alone: the newsletter’s, else the dek', async () => {
    const { text } = await briefsOf(STORY('newsletter: { preheader: Read this, subject: The bridge }\n'), {
      formats: ['email', 'eml'],
    });
    expect(text['email']).toMatch(/<div class="preheader"[^>]*>Read this/);
    const mail = await PostalMime.parse(text['eml'] ?? '');
    expect(mail.subject).toBe('The bridge');
    expect(mail.text).not.toContain('Read this');
    expect((await briefsOf(STORY(), { formats: ['email'] })).text['email']).toMatch(
      /class="preheader"[^>]*>For a week\./,
    );
  });

  it('comes from the house, is marked as a draft, and opens as one where that is wanted', async () => {
    const settings = { publication: { name: 'The Desk', contact: 'desk@example.org' } };
    const { text } = await briefsOf(STORY('status: draft\n'), { formats: ['eml'], house: settings, draft: true });
    const mail = await PostalMime.parse(text['eml'] ?? '');
    expect(mail.from).toMatchObject({ name: 'The Desk', address: 'desk@example.org' });
    expect(mail.subject).toBe('DRAFT – not for publication: Bridge closes');
    expect(text['eml']).not.toContain('X-Unsent');
    expect(nutgraf(['render', '-', '--to', 'eml', '--unsent'], { input: STORY() }).out).toContain(
      '\r\nX-Unsent: 1\r\n',
    );
  });

  it('that Gmail would cut is an error; near it, a warning', async () => {
    const long = (count: number) => STORY().replace('It closes.', `${'It closes for good. '.repeat(count)}`);
    expect(nutgraf(['render', '-', '--to', 'email'], { input: long(6000) })).toMatchObject({ code: 1, out: '' });
    const near = await briefsOf(long(4500), { formats: ['email'] });
    expect(near.diagnostics).toMatchObject([{ rule: 'email-size', severity: 'warning' }]);
    const over = await briefsOf(long(6000), { formats: ['email'], house: { levels: { 'email-size': 'warning' } } });
    expect(over.briefs).toHaveLength(1);
    expect((await briefsOf(long(6000), { formats: ['txt'] })).diagnostics).toEqual([]);
  });

  it('keeps whatever stands in its subject, sender and texts, and no header comes of it', async () => {
    const nasty = fc.string({
      unit: fc.constantFrom(
        'a',
        ' ',
        '"',
        '<',
        '>',
        '@',
        ',',
        ';',
        ':',
        '=?utf-8?q?x?=',
        'é',
        '日',
        '😀',
        '(',
        ')',
        '\\',
        '--=_nutgraf',
        '\nBcc: x@y.z',
        '.',
        'From ',
      ),
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(nasty, nasty, nasty, async (subject, name, body) => {
        const eml = format.writeMail({
          subject,
          from: { name, address: 'a@b.example' },
          date: new Date(0),
          html: body,
          text: body,
          name: 'x',
        });
        const mail = await PostalMime.parse(eml);
        const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
        expect(plain(mail.subject ?? '')).toBe(plain(subject));
        expect(mail.from?.address).toBe('a@b.example');
        if (plain(name) !== '') expect(plain(mail.from?.name ?? '')).toBe(plain(name));
        expect(mail.headers.map(({ key }) => key).sort()).toEqual(
          ['content-type', 'date', 'from', 'message-id', 'mime-version', 'subject'].filter(
            (key) => key !== 'subject' || plain(subject) !== '',
          ),
        );
        expect(plain(mail.text ?? '')).toBe(plain(body));
      }),
      { ...RUNS, numRuns: process.env['FUZZ'] ? RUNS.numRuns : 500 },
    );
  });

  it('passes a mail server unchanged', async () => {
    const { text } = await briefsOf(STORY(), { formats: ['eml'] });
    let received = '';
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData(stream, _, done) {
        stream.setEncoding('latin1').on('data', (chunk: string) => {
          received += chunk;
        });
        stream.on('end', () => done());
      },
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.server.address() as { port: number };
    const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
    await transport.sendMail({ envelope: { from: 'a@b.example', to: ['c@d.example'] }, raw: text['eml'] ?? '' });
    transport.close();
    await new Promise<void>((done) => server.close(() => done()));
    expect(received.trimEnd()).toBe(text['eml']?.trimEnd());
  });
});
