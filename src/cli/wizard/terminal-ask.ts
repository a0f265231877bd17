import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Chalk } from 'chalk';
import inquirer from 'inquirer';
import { reason } from '../../batch/read.js';
import { visible } from '../terminal.js';
import { type Ask, BACK, type Choice, Interrupted } from './ask.js';
import { keysWithoutPastes, readPasted } from './paste.js';

/** How long lines that were pasted together are waited for, in milliseconds. */
const TOGETHER = 40;

/** Asks a person at a terminal: on standard error, so that standard output stays free for the story. */
export function terminalAsk(colour: boolean): Ask {
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  const { stdin, stderr } = process;
  const say = (text: string) => void stderr.write(`${text.split('\n').map(visible).join('\n')}\n`);
  let pasted: string | undefined;
  const menuKeys = () =>
    keysWithoutPastes(stdin, (text) => {
      pasted = text;
      say('  That was text, and this is a menu: it is kept for the next long text that you type.');
    });
  const pick = async <T>(
    type: 'select' | 'checkbox',
    message: string,
    choices: readonly Choice<T>[],
  ): Promise<unknown> => {
    const shown = choices.map(({ name, description }, i) => ({
      name: visible(name),
      value: i,
      ...(description ? { description: visible(description) } : {}),
    }));
    const keys = menuKeys();
    stderr.write('\x1b[?2004h');
    try {
      const prompt = inquirer.createPromptModule({ input: keys.input as never, output: stderr });
      const { answer } = await prompt([
        { type, name: 'answer', message, choices: shown, pageSize: 15, loop: false } as never,
      ]);
      return answer;
    } catch (error) {
      if (error instanceof Error && error.name === 'ExitPromptError') throw new Interrupted(130);
      throw error;
    } finally {
      stderr.write('\x1b[?2004l');
      keys.stop();
    }
  };
  const oneLine = (label: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const reader = createInterface({ input: stdin, output: stderr, terminal: true, historySize: 0 });
      const lines: string[] = [];
      let timer: NodeJS.Timeout | undefined;
      let ended = false;
      const done = (act: () => void) => {
        if (ended) return;
        clearTimeout(timer);
        ended = true;
        reader.close();
        act();
      };
      reader.on('line', (line) => {
        lines.push(line);
        clearTimeout(timer);
        // Lines that come at once were pasted: a field of one line takes them all.
        timer = setTimeout(
          () => done(() => resolve([...lines, reader.line].join(' ').replace(/\s+/g, ' ').trim())),
          TOGETHER,
        );
      });
      reader.on('SIGINT', () => done(() => reject(new Interrupted(130, reader.line))));
      reader.on('close', () => done(() => reject(new Interrupted(130))));
      reader.setPrompt(label);
      reader.prompt();
    });
  const fromEditor = (now: string | undefined): string | undefined => {
    const editor = process.env['VISUAL'] || process.env['EDITOR'];
    if (!editor) {
      say('No editor is set: set VISUAL or EDITOR, or type the text here.');
      return undefined;
    }
    const folder = mkdtempSync(join(tmpdir(), 'nutgraf-'));
    const file = join(folder, 'text.md');
    try {
      writeFileSync(file, now ?? '');
      const { status, error } = spawnSync(`${editor} "${file}"`, { shell: true, stdio: 'inherit' });
      if (error || status !== 0) say('The editor ended with an error; its text is taken all the same.');
      return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const fromFile = async (): Promise<string | undefined> => {
    const name = await oneLine('File: ');
    if (name === '') return undefined;
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(name)).replaceAll('\r\n', '\n');
    } catch (error) {
      say(`${name} cannot be read: ${error instanceof TypeError ? 'it is not UTF-8' : reason(error)}`);
      return undefined;
    }
  };
  return {
    say,
    async line({ message, help, now, check }) {
      stderr.write(`${chalk.bold(message)}  ${chalk.dim(visible(help))}\n`);
      const keep = now === undefined ? 'empty skips' : `empty: ${visible(now)}`;
      for (;;) {
        const answer = await oneLine(chalk.dim(`(${keep}; < goes back) `));
        if (answer === '<') return BACK;
        if (answer === '') return '';
        const wrong = check(answer);
        if (wrong === undefined) return answer;
        say(`  ${wrong}`);
      }
    },
    async text({ message, help, now }) {
      stderr.write(`${chalk.bold(message)}  ${chalk.dim(visible(help))}\n`);
      for (;;) {
        const how: string = await this.choose(message, [
          {
            name: pasted === undefined ? 'Type or paste it here' : 'Type or paste it here, after what was pasted',
            value: 'type',
          },
          { name: 'Write it in my editor', value: 'editor' },
          { name: 'Take it from a file', value: 'file' },
          { name: now === undefined ? 'Skip' : 'Keep it as it is', value: 'skip' },
          { name: '← Back', value: 'back' },
        ]).catch((error: unknown) => {
          // What was pasted at a menu goes into the draft, as what was being typed does.
          throw error instanceof Interrupted && pasted ? new Interrupted(error.code, pasted) : error;
        });
        if (how === 'back') return BACK;
        if (how === 'skip') return undefined;
        let text: string | undefined;
        if (how === 'type') {
          stderr.write(chalk.dim('End with Ctrl-D.\n'));
          const start = pasted ?? '';
          pasted = undefined;
          text = await readPasted(stdin as never, (echoed) => void stderr.write(echoed), start);
        } else text = how === 'editor' ? fromEditor(now) : await fromFile();
        if (text?.trim() === '<') return BACK;
        if (text !== undefined && text.trim() !== '') {
          const words = text.match(/\S+/g)?.length ?? 0;
          say(`  ${text.trim().length} characters, ${words} words`);
          return text;
        }
        say('  There is no text in it.');
      }
    },
    async choose(message, choices) {
      return (choices[Number(await pick('select', message, choices))] as Choice<never>).value;
    },
    async many(message, choices) {
      return ((await pick('checkbox', message, choices)) as number[]).map((i) => (choices[i] as Choice<never>).value);
    },
  };
}
