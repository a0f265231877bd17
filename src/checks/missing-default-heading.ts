import { wordsFor } from '../house/words.js';
import type { Section } from '../sections/index.js';
import type { Path } from '../story/places.js';
import type { Finding, Rule } from './rule.js';

export const missingDefaultHeading: Rule = {
  name: 'missing-default-heading',
  level: 'warning',
  description:
    'The house has no heading for this kind of section in the story’s language, so the English one is printed.',
  bad: 'lang: eu\nsections:\n  - kind: summary\n    text: …',
  good: 'lang: eu\nsections:\n  - kind: summary\n    heading: Zer gertatu da\n    text: …',
  *check({ input, story }) {
    if (!wordsFor(story.lang).known) yield* without(input.sections, ['sections'], story.lang);
  },
};

function* without(sections: readonly Section[], path: Path, lang: string): Generator<Finding> {
  for (const [i, section] of sections.entries()) {
    const at = [...path, i];
    if (section.heading === undefined && section.kind !== 'text') {
      yield {
        path: [...at, 'kind'],
        message: `there is no ${lang} heading for "${section.kind}"; the English one is printed`,
        hint: 'add heading: in the story’s language',
      };
    }
    if (section.kind === 'group') yield* without(section.sections, [...at, 'sections'], lang);
  }
}
