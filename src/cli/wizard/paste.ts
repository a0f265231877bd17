import { PassThrough } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { Interrupted } from './ask.js';

/** Turns a terminal's bracketed paste on and off (xterm, "Bracketed Paste Mode"). */
const ON = '\x1b[?2004h';
const OFF = '\x1b[?2004l';
const PASTE = /\x1b\[200~([\s\S]*?)\x1b\[201~/;
const ESCAPE = /^\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)/;

/** What of a terminal the reader uses. */
export interface RawInput {
  setRawMode?: (on: boolean) => unknown;
  on: (event: 'data' | 'end', listener: (chunk: Buffer) => void) => unknown;
  off: (event: 'data' | 'end', listener: (chunk: Buffer) => void) => unknown;
  resume: () => unknown;
  pause: () => unknown;
}

/**
 * Reads text of any length, typed or pasted, to Ctrl-D. What is pasted is taken whole,
 * line breaks and all. `start` is there already. Throws Interrupted, with what there is so far, for Ctrl-C and for a terminal that is gone.
 */
export function readPasted(input: RawInput, echo: (text: string) => void, start = ''): Promise<string> {
  const decoder = new StringDecoder('utf8');
  return new Promise((resolve, reject) => {
    let text = '';
    let pending = '';
    const finish = (done: () => void) => {
      input.off('data', onData);
      input.off('end', onEnd);
      input.setRawMode?.(false);
      input.pause();
      echo(`${OFF}\n`);
      done();
    };
    const add = (more: string) => {
      text += more;
      echo(more.replaceAll('\n', '\r\n'));
    };
    const key = (char: string): boolean => {
      if (char === '\x03') finish(() => reject(new Interrupted(130, text)));
      else if (char === '\x04') finish(() => resolve(text));
      else if (char === '\r' || char === '\n') {
        add('\n');
        return true;
      } else {
        if (char === '\x7f' || char === '\b') {
          const last =
            [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text.slice(-40))].at(-1)?.segment ??
            '';
          text = text.slice(0, text.length - last.length);
          echo(last === '\n' ? '\r\n' : '\b \b');
        } else if (char >= ' ' || char === '\t') add(char);
        return true;
      }
      return false;
    };
    const onData = (chunk: Buffer) => {
      pending += decoder.write(chunk);
      for (;;) {
        const paste = PASTE.exec(pending);
        const typed = paste ? pending.slice(0, paste.index) : pending;
        const open = typed.indexOf('\x1b[200~');
        const rest = keys(open >= 0 ? typed.slice(0, open) : typed, key);
        if (rest === undefined) return;
        if (!paste) {
          pending = open >= 0 ? typed.slice(open) : rest;
          return;
        }
        add(withoutControls(paste[1] ?? ''));
        pending = pending.slice(paste.index + paste[0].length);
      }
    };
    const onEnd = () => {
      const pasting = pending.replace(/^\x1b\[200~/, '');
      finish(() => reject(new Interrupted(129, text + withoutControls(pasting))));
    };
    input.setRawMode?.(true);
    input.on('data', onData);
    input.on('end', onEnd);
    input.resume();
    echo(ON);
    add(start);
  });
}

/** Pasted text without what would move the cursor or colour the screen. */
function withoutControls(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)?)/g, '')
    .replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, '');
}

/** Takes keys one by one; gives what may be the start of an escape sequence, or undefined where a key ended the text. */
function keys(text: string, key: (char: string) => boolean): string | undefined {
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at, at + 40);
    if (rest.startsWith('\x1b')) {
      const sequence = ESCAPE.exec(rest);
      if (!sequence) return text.slice(at);
      at += sequence[0].length;
      continue;
    }
    const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
    at += char.length;
    if (!key(char)) return undefined;
  }
  return '';
}

/** A terminal's keys for a menu: pasted text is taken out and given to `onPaste`, so that it is not read as keys. */
export function keysWithoutPastes(
  stdin: NodeJS.ReadStream,
  onPaste: (text: string) => void,
): { input: PassThrough; stop: () => void } {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (on: boolean) => stdin.setRawMode?.(on) });
  let pending = '';
  const onData = (chunk: Buffer) => {
    pending += chunk.toString('utf8');
    for (let paste = PASTE.exec(pending); paste; paste = PASTE.exec(pending)) {
      pending = pending.slice(0, paste.index) + pending.slice(paste.index + paste[0].length);
      onPaste(withoutControls(paste[1] ?? ''));
    }
    if (pending.includes('\x1b[200~')) return;
    input.write(pending.replaceAll('\x04', '\x03')); // Ctrl-D ends a menu as Ctrl-C does
    pending = '';
  };
  const onEnd = () => input.end();
  stdin.on('data', onData);
  stdin.on('end', onEnd);
  stdin.setRawMode?.(true);
  stdin.resume();
  return {
    input,
    stop() {
      stdin.off('data', onData);
      stdin.off('end', onEnd);
      stdin.setRawMode?.(false);
      stdin.pause();
    },
  };
}
