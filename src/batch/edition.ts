import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { emptyBrief } from '../checks/empty-brief.js';
import { heldStory } from '../checks/held-story.js';
import { repeatedStory } from '../checks/repeated-story.js';
import { levelIn, type Rule } from '../checks/rule.js';
import { unknownStory } from '../checks/unknown-story.js';
import { refusal } from '../desk/embargo.js';
import type { Diagnostic } from '../diagnostics.js';
import { hasErrors } from '../diagnostics.js';
import { type EditionStory, isBare } from '../edition/depth.js';
import { type Edition, loadEdition, namedStories } from '../edition/load.js';
import { isEdition } from '../edition/name.js';
import type { House } from '../house/house.js';
import type { Verdict } from '../story/checker.js';
import { loadStory } from '../story/load.js';
import { nearest } from '../story/nearest.js';
import type { Checked } from './check.js';
import { STDIN } from './input.js';
import { readStory } from './read.js';

/** An edition with its stories; both are absent where there are errors. */
export interface ReadEdition extends Verdict {
  edition?: Edition;
  stories: EditionStory[];
  /** Why some stories may not be published yet: a line each. */
  refused: string[];
  /** Where the title stands, for what is said of the whole. */
  title: Diagnostic;
}

/** Reads an edition and the stories that it names, from its own folder; all that is wrong with any of them is told. */
export function readEdition(file: string, bytes: Uint8Array, house: House, now: Date): ReadEdition {
  const { edition, diagnostics: own, waived: ownWaived, waives, place } = loadEdition(bytes, file, house);
  const title = place(['title']);
  const diagnostics = [...own];
  const waived = [...ownWaived];
  const stories: EditionStory[] = [];
  const refused: string[] = [];
  const seen = new Map<string, number>();
  const folder = file === STDIN ? '.' : dirname(file);
  for (const { name, depth, url, path } of edition ? namedStories(edition) : []) {
    const tell = (rule: Rule, message: string, hint: string) => {
      const severity = levelIn(rule, house);
      if (severity === 'off') return;
      const found = { ...place(path), rule: rule.name, message, hint, severity };
      const reason = waives(rule.name, found.line);
      if (reason === undefined) diagnostics.push(found);
      else waived.push({ ...found, reason });
    };
    const found = storyFile(folder, name);
    if (found === undefined) {
      tell(unknownStory, ...unknown(name, folder));
      continue;
    }
    const read = readStory(found);
    if (!(read instanceof Uint8Array)) {
      diagnostics.push(read);
      continue;
    }
    const { story, prose, diagnostics: told, waived: accepted } = loadStory(read, found, house);
    for (const one of told) diagnostics.push(one);
    for (const one of accepted) waived.push(one);
    if (!story) continue;
    const earlier = seen.get(story.slug);
    if (earlier !== undefined)
      tell(
        repeatedStory,
        `the story "${story.slug}" stands in the edition already, on line ${earlier}`,
        'name it once; another story of that slug needs a slug: of its own',
      );
    else seen.set(story.slug, place(path).line);
    const why = refusal(story, now);
    if (why !== undefined) {
      refused.push(`${found}: ${why}`);
      tell(heldStory, `${name}: ${why}`, 'leave it out; --draft makes an edition for the desk');
    }
    const one = { story, prose, depth, url };
    if (depth === 'brief' && isBare(one))
      tell(
        emptyBrief,
        `the headline is all that the edition prints of "${name}"`,
        'give the story a dek:, key points or a summary; or print it with depth: full',
      );
    stories.push(one);
  }
  const sound = edition && !hasErrors(diagnostics) ? { edition } : {};
  return { ...sound, stories, diagnostics, waived, waives, refused, title };
}

function unknown(name: string, folder: string): [message: string, hint: string] {
  if (isEdition(name)) return [`"${name}" is an edition, and editions hold stories`, 'name the stories that it holds'];
  const names = namesIn(folder);
  const near =
    nearest(name, names) ?? names.find((one) => one.startsWith(name) || (one.length > 2 && name.startsWith(one)));
  return [
    `there is no story "${name}"`,
    near ? `did you mean "${near}"?` : 'name a story file, from the edition’s own folder',
  ];
}

/** What is wrong with an edition and its stories, but for those stories that are `told` of elsewhere. */
export function checkEdition(file: string, house: House, now: Date, told: ReadonlySet<string>): Checked {
  const bytes = readStory(file);
  if (!(bytes instanceof Uint8Array)) return { diagnostics: [bytes], waived: [] };
  const { diagnostics, waived } = readEdition(file, bytes, house, now);
  const isNew = (one: Diagnostic) => !told.has(resolve(one.file));
  return { diagnostics: diagnostics.filter(isNew), waived: waived.filter(isNew) };
}

function storyFile(folder: string, name: string): string | undefined {
  const names = /\.ya?ml$/i.test(name) ? [name] : [`${name}.story.yaml`, `${name}.story.yml`, `${name}.yaml`];
  return names.map((one) => join(folder, one)).find((path) => existsSync(path) && !isEdition(path));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).flatMap((file) => /^(.+)\.story\.ya?ml$/i.exec(file)?.[1] ?? []);
  } catch {
    return [];
  }
}
