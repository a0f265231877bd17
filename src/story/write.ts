import { writeGroup } from '../schema/write.js';
import { storyShape } from './schema.js';

/** The comment by which an editor finds the schema, on a story's first line. */
export const SCHEMA_LINE = '# yaml-language-server: $schema=';

/**
 * A story as YAML, as a colleague would write it by hand: the fields in the house's order, prose as blocks, quotes only
 * where YAML needs them. Reading it gives the same story; texts are kept to the character.
 */
export function writeStory(story: object): string {
  return writeGroup(story as Record<string, unknown>, storyShape, '', '', fieldComment);
}

/** Explains the parts of a story that a newcomer stumbles on; the words are those of the schema. */
export function fieldComment(name: string): string | undefined {
  if (name === 'sources') return '# Where the story has what it says from. Cite one in a text by its id: [@id]';
  if (name === 'sections') return '# What the brief says, section by section, in this order.';
  return undefined;
}
