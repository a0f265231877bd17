import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { refusal } from '../desk/embargo.js';
import type { Diagnostic } from '../diagnostics.js';
import { hasErrors } from '../diagnostics.js';
import type { EditionStory } from '../edition/assemble.js';
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
    const tell = (rule: string, message: string, hint: string) =>
      diagnostics.push({ ...place(path), rule, message, hint, severity: 'error' });
    const found = storyFile(folder, name);
    if (found === undefined) {
      const near = nearest(name, namesIn(folder));
      tell(
        'unknown-story',
        `there is no story "${name}"`,
        near ? `did you mean "${near}"?` : 'name a story file, from the edition’s own folder',
      );
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
        'repeated-story',
        `the story "${story.slug}" stands in the edition already, on line ${earlier}`,
        'name it once; another story of that slug needs a slug: of its own',
      );
    else seen.set(story.slug, place(path).line);
    const why = refusal(story, now);
    if (why !== undefined) refused.push(`${found}: ${why}`);
    stories.push({ story, prose, depth, url });
  }
  const sound = edition && !hasErrors(diagnostics) ? { edition } : {};
  return { ...sound, stories, diagnostics, waived, waives, refused, title };
}

/** What is wrong with an edition and its stories, but for those stories that are `told` of elsewhere. */
export function checkEdition(file: string, house: House, told: ReadonlySet<string>): Checked {
  const bytes = readStory(file);
  if (!(bytes instanceof Uint8Array)) return { diagnostics: [bytes], waived: [] };
  const { diagnostics, waived } = readEdition(file, bytes, house, new Date(0));
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
