import type { Path } from '../yaml/places.js';
import type { Section } from './index.js';
import type { ImageInput } from './kind.js';

/** A section with its path in the story. */
export interface Placed {
  section: Section;
  path: Path;
}

/** All sections, those of groups after their group, in the order in which a brief prints them. */
export function* sectionsOf(sections: readonly Section[], path: Path = ['sections']): Generator<Placed> {
  for (const [i, section] of sections.entries()) {
    const at = [...path, i];
    yield { section, path: at };
    if (section.kind === 'group') yield* sectionsOf(section.sections, [...at, 'sections']);
  }
}

/** All pictures, with their paths. */
export function* imagesOf({
  image,
  sections,
}: {
  image?: ImageInput | undefined;
  sections: readonly Section[];
}): Generator<{ image: ImageInput; path: Path }> {
  if (image) yield { image, path: ['image'] };
  for (const { section, path } of sectionsOf(sections))
    if (section.image) yield { image: section.image, path: [...path, 'image'] };
}
