import { badCharacters } from './characters.js';
import type { FileText, Located } from './file-text.js';

/** Characters that no file of ours may hold: they are invisible, or change how others are read. */
export function strayCharacters(text: FileText): Located[] {
  return badCharacters(text.text).map(({ index, length, rule, name }) => ({
    range: [index, index + length],
    rule,
    message: name.includes('CARRIAGE')
      ? `${name} alone, as old Mac programs end lines`
      : rule === 'replacement-character'
        ? `${name} stands for a character that another program could not read`
        : `${name} may not stand in the file`,
    hint: name.includes('CARRIAGE')
      ? 'save the file with Unix or Windows line ends'
      : rule === 'replacement-character'
        ? 'type the character that belongs here'
        : 'delete it; it is invisible, so delete the characters around it and type them again',
  }));
}
