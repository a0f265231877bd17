import { plainStory } from '../story/edit.js';
import { fieldFor } from '../story/names.js';
import { comments } from '../yaml/comments.js';
import { parseJson } from './json.js';
import { ImportError, type ManuscriptField, type Note } from './manuscript.js';
import { readToml } from './toml.js';

/** What stands at the top of a text about it. */
interface FrontMatter {
  fields: ManuscriptField[];
  notes: Note[];
  /** Where the text itself starts. */
  end: number;
}

/** YAML between lines `---`, TOML between lines `+++`, or header lines such as `Title: …`; nothing where there is neither. */
export function frontMatter(text: string): FrontMatter {
  return (
    yamlBlock(text) ?? tomlBlock(text) ?? jsonBlock(text) ?? headerLines(text) ?? { fields: [], notes: [], end: 0 }
  );
}

function yamlBlock(text: string): FrontMatter | undefined {
  const match = /^(\s*)---[ \t]*(?:ya?ml|json)?[ \t]*\n([\s\S]*?)^(?:---|\.\.\.)[ \t]*(?:\n|$)/m.exec(text);
  if (match?.index !== 0) return undefined;
  const [whole, above = '', yaml = ''] = match;
  const value = plainStory(yaml); // JSON is YAML too
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const lineOf = linesOfFields(yaml);
    const fields = Object.entries(value).map(([name, child]) => ({
      name,
      value: child,
      line: lineOf(name) + above.length + 1,
    }));
    let [line, counted] = [above.length + 2, 0];
    const notes = [...comments(yaml)].map(([start, end]): Note => {
      line += yaml.slice(counted, start).split('\n').length - 1;
      counted = start;
      return { kind: 'dropped', line, message: 'a comment in the front matter', text: yaml.slice(start, end) };
    });
    return { fields, notes, end: whole.length };
  }
  if (above !== '') return undefined; // lines between which a text stands
  if (yaml.trim() === '') return { fields: [], notes: [], end: whole.length };
  return { ...byEntries(yaml), end: whole.length };
}

/** Front matter of which some part is no YAML: each entry by itself, and what cannot be read under extra, as typed. */
function byEntries(yaml: string): { fields: ManuscriptField[]; notes: Note[] } {
  const fields: ManuscriptField[] = [];
  const notes: Note[] = [];
  const broken: { text: string; line: number }[] = [];
  const starts = [...yaml.matchAll(/^(?![ \t#}\]-])[^\n:]+:(?=[ \t]|$)/gm)].map(({ index }) => index);
  const pieces = [0, ...starts.filter((start) => start > 0), yaml.length];
  for (const [i, start] of pieces.slice(0, -1).entries()) {
    const text = yaml.slice(start, pieces[i + 1]);
    const line = yaml.slice(0, start).split('\n').length + 1;
    if (text.trim() === '') continue;
    const value = plainStory(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      for (const [name, child] of Object.entries(value)) fields.push({ name, value: child, line });
    else {
      // A colon in a title is the usual fault: the line is a name and a text all the same.
      const [, name, raw] = /^([\w -]{1,40}):[ \t]+([^\s"'[{&*!|>%@`][^\n]*?)[ \t]*\n?$/.exec(text) ?? [];
      if (name === undefined || raw === undefined) broken.push({ text, line });
      else {
        fields.push({ name, value: raw, line });
        notes.push({ kind: 'changed', line, message: `${name} is read as text, though YAML wants quotes around it` });
      }
    }
  }
  for (const { text, line } of broken)
    notes.push({
      kind: 'changed',
      line,
      message: 'this part of the front matter is not YAML; it is under extra, as typed',
      text: text.trim(),
    });
  const [first] = broken;
  if (first) fields.push({ name: 'front-matter', value: broken.map(({ text }) => text).join(''), line: first.line });
  return { fields, notes };
}

/** TOML between lines `+++`, as Hugo's posts have it; what cannot be read is kept as it stands. */
function tomlBlock(text: string): FrontMatter | undefined {
  const [whole, toml = ''] = /^(?:\+\+\+|---toml)[ \t]*\n([\s\S]*?)^(?:\+\+\+|---)[ \t]*(?:\n|$)/m.exec(text) ?? [];
  if (whole === undefined || !text.startsWith(whole)) return undefined;
  const { value, comments: remarks, rest } = readToml(toml);
  const lineOf = linesOfFields(toml);
  const fields = Object.entries(value).map(([name, inner]) => ({ name, value: inner, line: lineOf(name) + 1 }));
  const notes = remarks.map(
    ({ text: comment, line }): Note => ({
      kind: 'dropped',
      line: line + 1,
      message: 'a comment in the front matter',
      text: comment,
    }),
  );
  if (rest) {
    const message = 'this part of the front matter is under extra, as typed';
    fields.push({ name: 'front-matter', value: rest.text, line: rest.line + 1 });
    notes.push({ kind: 'changed', line: rest.line + 1, message });
  }
  return { fields, notes, end: whole.length };
}

/** A JSON object on lines of its own above the text, as Hugo's posts may have it. */
function jsonBlock(text: string): FrontMatter | undefined {
  const end = text.startsWith('{\n') ? text.indexOf('\n}\n') : -1;
  if (end < 0) return undefined;
  try {
    const value = parseJson(text.slice(0, end + 2)) as Record<string, unknown>;
    const lineOf = linesOfFields(text.slice(0, end));
    const fields = Object.entries(value).map(([name, child]) => ({ name, value: child, line: lineOf(name) }));
    return { fields, notes: [], end: end + 3 };
  } catch (error) {
    if (error instanceof ImportError) throw error;
    return undefined;
  }
}

/** Where fields start in YAML, JSON or TOML, by name: lines from 1; 1 for a name that starts no line. */
function linesOfFields(text: string): (name: string) => number {
  const lines = new Map<string, number>();
  for (const [i, line] of text.split('\n').entries()) {
    const name = /^ {0,2}\[{0,2}["']?([^"':=[\]]{1,100}?)["']?\s*[:=\]]/.exec(line)?.[1];
    if (name !== undefined && !lines.has(name)) lines.set(name, i + 1);
  }
  return (name) => lines.get(name) ?? 1;
}

/** `Title: …` and its like, from the first line on, to the first empty line; at least one name must be known. */
function headerLines(text: string): FrontMatter | undefined {
  const fields: ManuscriptField[] = [];
  let end = 0;
  for (const line of text.split('\n')) {
    const match = /^([A-Za-z][A-Za-z _-]{0,24}):[ \t]+(\S.*)$/.exec(line.trimEnd());
    if (!match) {
      if (line.trim() !== '') return undefined;
      break;
    }
    fields.push({ name: match[1] as string, value: match[2], line: fields.length + 1 });
    end += line.length + 1;
  }
  const known = fields.filter(({ name }) => fieldFor(name) !== undefined).length;
  const isMail = ['from', 'subject'].every((name) => fields.some((field) => field.name.toLowerCase() === name));
  return (known > 0 && known * 2 >= fields.length) || isMail
    ? { fields, notes: [], end: Math.min(end, text.length) }
    : undefined;
}
