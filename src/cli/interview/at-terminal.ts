import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { visible } from '../terminal.js';
import type { Asker } from './interview.js';
import { PlainRunner } from './plain.js';
import { Runner } from './runner.js';

/** Who asks at the terminal of this process: on standard error, so that standard output stays free for the story. */
export function terminalRunner(isColoured: boolean, isPlain: boolean): Asker {
  const { columns = 80, rows = 24 } = process.stderr;
  const isSmall = columns < 40 || rows < 10;
  if (isPlain || isSmall || process.env['TERM'] === 'dumb')
    return new PlainRunner({
      input: process.stdin,
      say: (text) => void process.stderr.write(`${text.split('\n').map(visible).join('\n')}\n`),
      edit: inEditor,
    });
  return new Runner({
    input: process.stdin,
    output: process.stderr,
    isColoured,
    isUnicode: hasUnicode(process.env, process.platform),
    edit: inEditor,
  });
}

/** Whether a terminal has the signs of the interview, by its locale; Windows has them in its newer terminals. */
function hasUnicode(env: Readonly<Record<string, string | undefined>>, platform: string): boolean {
  if (platform === 'win32') return Boolean(env['WT_SESSION'] ?? env['TERM_PROGRAM']);
  return env['TERM'] !== 'linux' && /utf-?8/i.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '');
}

/** What people are given who have chosen no editor, the easiest first. */
const EDITORS = process.platform === 'win32' ? ['notepad'] : ['nano', 'pico', 'vi'];

function editor(): string | undefined {
  const chosen = process.env['VISUAL'] || process.env['EDITOR'];
  if (chosen) return chosen;
  if (process.platform === 'win32') return EDITORS[0];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return EDITORS.find((name) => folders.some((folder) => isProgram(join(folder, name))));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Gives a text to the editor; what became of it, or undefined where there is no editor. */
function inEditor(text: string): string | undefined {
  const command = editor();
  if (command === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'nutgraf-'));
  const file = join(folder, 'text.md');
  try {
    writeFileSync(file, text);
    spawnSync(`${command} "${file}"`, { shell: true, stdio: ['inherit', process.stderr, 'inherit'] });
    const changed = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
    return text.endsWith('\n') ? changed : changed.replace(/\n$/, '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
