import { Checker, type Verdict } from '../checks/checker.js';
import { type Diagnostic, hasErrors, ownFault } from '../diagnostics.js';
import type { House } from '../house.js';
import { proseOnce } from '../prose/parse.js';
import { citations } from '../prose/tree.js';
import { type Document, isDocument, openDocument } from '../schema/document.js';
import { textsOf } from '../schema/walk.js';
import { slugOf } from '../story/story.js';
import { type Depth, type EditionInput, editionShape } from './schema.js';

/** A story that an edition names, with the place of its name. */
interface Named {
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
  /** The stories that it names, in order, as far as it could be read. */
  named: Named[];
  place: Document['place'];
}

/** Reads an edition file as strictly as a story, and looks at its own texts. Its stories are not looked at. */
export function loadEdition(content: Uint8Array, file: string, house: House = {}): LoadedEdition {
  try {
    return load(content, file, house);
  } catch (error) {
    return unread(ownFault(file, error));
  }
}

function unread(finding: Diagnostic): LoadedEdition {
  return { diagnostics: [finding], waived: [], report: () => undefined, named: [], place: () => finding };
}

function load(content: Uint8Array, file: string, house: House): LoadedEdition {
  const opened = openDocument(editionShape, content, file, house.strictPath);
  if (!isDocument(opened)) return unread(opened);
  const { value, place } = opened;
  const input = { sections: [], ...(value as object) } as unknown as EditionInput;
  const lang = Intl.getCanonicalLocales(input.lang ?? house.publication?.lang ?? 'en')[0] ?? 'en';
  const checker = new Checker(opened, house, proseOnce(house.strictPath));
  if (value !== undefined) look(checker, input, lang);
  const verdict = checker.verdict();
  const named = [...namedStories(input)];
  if (hasErrors(verdict.diagnostics)) return { ...verdict, named, place };
  const slug = input.slug ?? (file === '-' ? 'edition' : slugOf(file));
  return { edition: { ...input, lang, slug }, ...verdict, named, place };
}

/** Looks at the texts and pictures of an edition; at those of one with errors of shape as far as it could be read. */
function look(checker: Checker, input: EditionInput, lang: string): void {
  const texts = textsOf(input, editionShape);
  const images = input.sections.flatMap((section, i) =>
    section.kind !== 'stories' && section.image ? [{ image: section.image, path: ['sections', i, 'image'] }] : [],
  );
  checker.texts(texts, images, lang);
  for (const [i, section] of input.sections.entries())
    if (section.kind === 'sponsor' && section.text === undefined && section.image === undefined)
      checker.report('missing-field', {
        path: ['sections', i],
        message: 'the sponsor has neither text nor image',
        hint: 'add text: with what the sponsor says, or image:',
      });
  for (const { text, type, path } of texts) {
    if (type !== 'prose') continue;
    for (const { id, start, end } of citations(checker.prose(text).blocks))
      checker.report('unknown-source', {
        path,
        within: [start, end],
        message: `an edition’s own text cannot cite [@${id}]: sources are those of its stories`,
        hint: 'link to it: [words](https://…), or say it in a story',
      });
  }
}

/** The stories that an edition names; unreadable entries are skipped. */
function* namedStories({ sections }: EditionInput): Generator<Named> {
  for (const [i, section] of sections.entries()) {
    if (section.kind !== 'stories') continue;
    for (const [j, item] of (section.stories ?? []).entries()) {
      const { story: name, depth = section.depth ?? 'full', url } = typeof item === 'string' ? { story: item } : item;
      if (name) yield { name, depth, url, path: ['sections', i, 'stories', j] };
    }
  }
}
