import { encodeWord } from 'nodemailer/lib/mime-funcs';
import MimeNode from 'nodemailer/lib/mime-node';
import { encode, wrap } from 'nodemailer/lib/qp';
import { fnvHex } from '../fnv.js';
import type { MailFormat } from './format.js';

/** A mail with its two ways to say the same. */
export interface Mail {
  subject: string;
  from: { name: string; address: string };
  date: Date;
  html: string;
  text: string;
  /** Names the mail in its id: letters, digits and hyphens. */
  name: string;
  /** Whether mail programs open it as a draft that is still to be sent (`X-Unsent`, as Outlook and others know it). */
  unsent?: boolean | undefined;
}

/** A boundary that cannot occur in quoted-printable text, where `=` precedes hexadecimal figures or a line end. */
const BOUNDARY = '=_nutgraf';

/**
 * A mail as a file (RFC 5322, MIME), multipart/alternative: plain text, then HTML, in quoted-printable, with CRLF. The same mail
 * gives the same bytes: its id and boundary come from what it says.
 */
function writeMail(mail: Mail): string {
  const id = `${fnvHex(unitsOf(mail.html))}${fnvHex(unitsOf(mail.text), 0x01000193)}`;
  const boundary = `${BOUNDARY}_${id}`;
  const [subject, name] = [mail.subject, mail.from.name].map((text) => text.replace(/\s+/g, ' ').trim()) as [
    string,
    string,
  ];
  const root = new MimeNode(`multipart/alternative; boundary="${boundary}"`, {
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  root.setHeader({
    from: { name: looksEncoded(name) ? STANDS_FOR_NAME : name, address: mail.from.address },
    subject: looksEncoded(subject) ? encodedWords(subject) : subject,
    date: mail.date.toUTCString().replace('GMT', '+0000'),
    'message-id': `<${mail.name}.${id}@${mail.from.address.split('@')[1] ?? 'nutgraf.invalid'}>`,
    ...(mail.unsent ? { 'x-unsent': '1' } : {}),
  });
  const part = (type: string, body: string) =>
    `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quoted(body)}\r\n`;
  const parts = `${part('text/plain', mail.text)}${part('text/html', mail.html)}--${boundary}--\r\n`;
  const headers = root.buildHeaders().replace(STANDS_FOR_NAME, () => encodedWords(name));
  return `${headers.replace(/\r?\n/g, '\r\n')}\r\n\r\n${parts}`;
}

/** Text that a mail program would take for an encoded word (RFC 2047) and decode; the library leaves it as it is. */
const looksEncoded = (text: string) => text.includes('=?');
const encodedWords = (text: string) => encodeWord(text, 'B', 52).replaceAll('?= =?', '?=\r\n =?');
const STANDS_FOR_NAME = 'nutgraf-sender';

const unitsOf = (text: string) => Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));

const quoted = (text: string) => wrap(encode(text.replace(/\r\n?|\n/g, '\r\n')));

/** A mail to be sent, as a file. */
export const eml: MailFormat = { name: 'eml', writeMail };
