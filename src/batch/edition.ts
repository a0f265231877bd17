import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isWaived, type Verdict } from '../checks/checker.js';
import { loadStory } from '../checks/load.js';
import { emptyBrief } from '../checks/rules/empty-brief.js';
import { heldStory } from '../checks/rules/held-story.js';
import type { RuleName } from '../checks/rules/index.js';
import { repeatedStory } from '../checks/rules/repeated-story.js';
import { unknownStory } from '../checks/rules/unknown-story.js';
import { type Diagnostic, firstOfEach, hasErrors, sortDiagnostics } from '../diagnostics.js';
import { type EditionStory, isBare } from '../edition/depth.js';
import { type Edition, loadEdition } from '../edition/load.js';
import { isEdition } from '../edition/name.js';
import type { House } from '../house.js';
import { nearest } from '../schema/nearest.js';
import { notPublic } from '../story/embargo.js';
import { slugOf } from '../story/story.js';
import type { Checked } from './check.js';
import { collisionOf } from './collisions.js';
import { STDIN } from './input.js';
import { readStory } from './read.js';

/** An edition with its stories; both are absent where there are errors. */
export interface ReadEdition extends Verdict {
  edition?: Edition;
  stories: EditionStory[];
  /** Why some stories may not be published yet: a line each. */
  refused: string[];
}

/** Reads an edition and the stories that it names, from its own folder; all that is wrong with any of them is told. */
export function readEdition(file: string, bytes: Uint8Array, house: House, now: Date): ReadEdition {
  const {
    edition,
    named,
    diagnostics: ownFindings,
    waived: ownWaived,
    report,
    place,
  } = loadEdition(bytes, file, house);
  const diagnostics = [...ownFindings];
  const waived = [...ownWaived];
  const stories: EditionStory[] = [];
  const refused: string[] = [];
  const seen = new Map<string, number>();
  const folder = file === STDIN ? '.' : dirname(file);
  const known = new Set<string>();
  const lang = edition?.lang;
  // A story that does not say its language has that of the edition, where the house has none.
  const theirs =
    lang === undefined || house.publication?.lang ? house : { ...house, publication: { ...house.publication, lang } };
  for (const { name, depth, url, path } of named) {
    const tell = (rule: RuleName, message: string, hint: string) => {
      const finding = report(rule, { path, message, hint });
      if (!finding) return;
      if (isWaived(finding)) waived.push(finding);
      else diagnostics.push(finding);
    };
    const storyPath = storyFile(folder, name);
    if (storyPath === undefined) {
      tell(unknownStory.name, ...unknown(name, folder));
      continue;
    }
    const read = readStory(storyPath);
    if (!(read instanceof Uint8Array)) {
      diagnostics.push(read);
      continue;
    }
    const { story, prose, diagnostics: findings, waived: accepted } = loadStory(read, storyPath, theirs);
    const isNew = !known.has(resolve(storyPath));
    known.add(resolve(storyPath));
    if (isNew) diagnostics.push(...findings);
    if (isNew) waived.push(...accepted);
    const slug = story?.slug ?? slugOf(storyPath);
    const earlier = seen.get(slug);
    if (earlier !== undefined)
      tell(
        repeatedStory.name,
        `the story "${slug}" stands in the edition already, on line ${earlier}`,
        'name it once; another story of that slug needs a slug: of its own',
      );
    else seen.set(slug, place(path).line);
    if (!story) continue;
    const why = notPublic(story, now);
    if (why !== undefined) {
      refused.push(`${storyPath}: ${why}`);
      tell(heldStory.name, `${name}: ${why}`, 'leave it out; --draft makes an edition for the desk');
    }
    const editionStory = { story, prose, depth, url };
    if (depth === 'brief' && isBare(editionStory))
      tell(
        emptyBrief.name,
        `"${name}" has neither dek nor key points nor summary, and is printed without them`,
        'give the story a dek:, key points or a summary; or print it with depth: full',
      );
    stories.push(editionStory);
  }
  // A story that is held back is no mistake in the edition, whatever its level: the desk may still have it made.
  const sound = edition && !hasErrors(diagnostics.filter(({ rule }) => rule !== heldStory.name)) ? { edition } : {};
  return {
    ...sound,
    stories,
    diagnostics: sortDiagnostics(diagnostics),
    waived: sortDiagnostics(waived),
    report,
    refused,
  };
}

function unknown(name: string, folder: string): [message: string, hint: string] {
  if (isEdition(name)) return [`"${name}" is an edition, and editions hold stories`, 'name the stories that it holds'];
  const names = namesIn(folder);
  const bare = name.replace(/^[“”„‘’"']+|[“”„‘’"']+$/g, '');
  const near =
    nearest(bare, names) ??
    names.find((candidate) => candidate.startsWith(name) || (candidate.length > 2 && name.startsWith(candidate)));
  return [
    `there is no story "${name}"`,
    near ? `did you mean "${near}"?` : 'name a story file, from the edition’s own folder',
  ];
}

/**
 * What is wrong with an edition and its stories, except those in `reported`. `rivalOf` gives another file with the same
 * slug.
 */
export function checkEdition(
  file: string,
  house: House,
  now: Date,
  reported: ReadonlySet<string>,
  rivalOf: (slug: string) => string | undefined,
): Checked {
  const bytes = readStory(file);
  if (!(bytes instanceof Uint8Array)) return { diagnostics: [bytes], waived: [] };
  const { edition, report, diagnostics, waived } = readEdition(file, bytes, house, now);
  const first = edition && rivalOf(edition.slug);
  const collision = edition && first !== undefined ? collisionOf(report, edition.slug, first) : undefined;
  if (collision) diagnostics.push(collision);
  const isNew = (diagnostic: Diagnostic) => !reported.has(resolve(diagnostic.file));
  const slug = edition === undefined ? {} : { slug: edition.slug };
  return { diagnostics: firstOfEach(diagnostics.filter(isNew)), waived: waived.filter(isNew), ...slug };
}

function storyFile(folder: string, name: string): string | undefined {
  const names = /\.ya?ml$/i.test(name) ? [name] : [`${name}.story.yaml`, `${name}.story.yml`, `${name}.yaml`];
  return names.map((candidate) => join(folder, candidate)).find((path) => existsSync(path) && !isEdition(path));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).flatMap((file) => /^(.+)\.story\.ya?ml$/i.exec(file)?.[1] ?? []);
  } catch {
    return [];
  }
}
