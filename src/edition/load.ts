import { hasErrors } from '../diagnostics.js';
import type { House } from '../house/house.js';
import { type Prose, proseOnce } from '../prose/parse.js';
import { citations } from '../prose/tree.js';
import { Checker, type Verdict } from '../story/checker.js';
import { type Document, isDocument, openDocument } from '../story/document.js';
import { slugOf } from '../story/story.js';
import { type TextEntry, textsOf } from '../story/walk.js';
import { type Depth, type EditionInput, editionSchema } from './schema.js';

/** A story that an edition names, with the place of its name. */
export interface Named {
  name: string;
  depth: Depth;
  url: string | undefined;
  path: (string | number)[];
}

/** An edition with its defaults. */
export interface Edition extends Omit<EditionInput, 'slug' | 'lang'> {
  slug: string;
  lang: string;
}

export interface LoadedEdition extends Verdict {
  /** Absent where there are errors. */
  edition?: Edition;
  place: Document['place'];
}

/** Reads an edition file as strictly as a story, and looks at its own texts. Its stories are not looked at. */
export function loadEdition(content: Uint8Array, file: string, house: House = {}): LoadedEdition {
  const opened = openDocument(editionSchema, content, file);
  if (!isDocument(opened)) return { diagnostics: [opened], waived: [], waives: () => undefined, place: () => opened };
  const { value, broken, place } = opened;
  const prose = proseOnce();
  const checker = new Checker(opened, house, prose);
  const input = value as EditionInput;
  const lang = broken ? 'en' : (Intl.getCanonicalLocales(input.lang ?? house.publication?.lang ?? 'en')[0] ?? 'en');
  if (!broken) look(checker, textsOf(input, editionSchema), lang, prose);
  const verdict = checker.verdict();
  if (hasErrors(verdict.diagnostics)) return { ...verdict, place };
  const slug = input.slug ?? slugOf(file.replace(/\.edition(?=\.ya?ml$)/i, ''));
  return { edition: { ...input, lang, slug }, ...verdict, place };
}

function look(checker: Checker, texts: TextEntry[], lang: string, prose: (text: string) => Prose): void {
  checker.texts(texts, lang);
  for (const { text, type, path } of texts) {
    if (type !== 'prose') continue;
    for (const { id, start, end } of citations(prose(text).blocks))
      checker.add('unknown-source', {
        path,
        within: [start, end],
        message: `an edition’s own text cannot cite [@${id}]: sources are those of its stories`,
        hint: 'link to it: [words](https://…), or say it in a story',
      });
  }
}

/** The stories that an edition names, in order. */
export function* namedStories({ sections }: Edition): Generator<Named> {
  for (const [i, section] of sections.entries()) {
    if (section.kind !== 'stories') continue;
    for (const [j, one] of section.stories.entries()) {
      const { story: name, depth = section.depth ?? 'full', url } = typeof one === 'string' ? { story: one } : one;
      yield { name, depth, url, path: ['sections', i, 'stories', j] };
    }
  }
}
