import type { Diagnostic } from '../diagnostics.js';
import type { House } from '../house/house.js';
import { parseProse } from '../prose/parse.js';
import { citations } from '../prose/tree.js';
import { type Read, readDocument } from '../story/document.js';
import { slugOf } from '../story/story.js';
import { type Depth, type EditionInput, editionSchema } from './schema.js';

/** A story that an edition names, with the place of its name. */
export interface Named {
  name: string;
  depth: Depth;
  path: (string | number)[];
}

/** An edition with its defaults. */
export interface Edition extends Omit<EditionInput, 'slug' | 'lang'> {
  slug: string;
  lang: string;
}

export interface LoadedEdition {
  /** Absent where there are errors. */
  edition?: Edition;
  diagnostics: Diagnostic[];
  place: Read['place'];
}

/** Reads an edition file as strictly as a story. Its stories are not looked at. */
export function loadEdition(content: Uint8Array, file: string, house: House = {}): LoadedEdition {
  const { value, diagnostics, place } = readDocument(editionSchema, content, file);
  if (value === undefined) return { diagnostics, place };
  const input = value as EditionInput;
  const cited = ownTexts(input).flatMap(({ text, path }) =>
    [...citations(parseProse(text).blocks)].map(
      ({ id, start, end }): Diagnostic => ({
        ...place(path, [start, end]),
        severity: 'error',
        rule: 'unknown-source',
        message: `an edition’s own text cannot cite [@${id}]: sources are those of its stories`,
        hint: 'link to it: [words](https://…), or say it in a story',
      }),
    ),
  );
  if (cited.length > 0) return { diagnostics: [...diagnostics, ...cited], place };
  const lang = Intl.getCanonicalLocales(input.lang ?? house.publication?.lang ?? 'en')[0] ?? 'en';
  const slug = input.slug ?? slugOf(file.replace(/\.edition(?=\.ya?ml$)/i, ''));
  return { edition: { ...input, lang, slug }, diagnostics, place };
}

/** The stories that an edition names, in order. */
export function* namedStories({ sections }: Edition): Generator<Named> {
  for (const [i, section] of sections.entries()) {
    if (section.kind !== 'stories') continue;
    for (const [j, one] of section.stories.entries()) {
      const [name, own] = typeof one === 'string' ? [one, undefined] : [one.story, one.depth];
      yield { name, depth: own ?? section.depth ?? 'full', path: ['sections', i, 'stories', j] };
    }
  }
}

/** The prose of the edition itself. */
function ownTexts({ intro, outro, footer, sections }: EditionInput): { text: string; path: (string | number)[] }[] {
  const notes = sections.map((section, i) => ({
    text: section.kind === 'stories' ? undefined : section.text,
    path: ['sections', i, 'text'],
  }));
  const all = [
    { text: intro, path: ['intro'] },
    ...notes,
    { text: outro, path: ['outro'] },
    { text: footer, path: ['footer'] },
  ];
  return all.flatMap(({ text, path }) => (text === undefined ? [] : [{ text, path }]));
}
