import type { Rule } from '../rule.js';

export const imageDescription = {
  name: 'image-description',
  level: 'warning',
  description:
    'A picture has no words for those who cannot see it (WCAG 2.2, 1.1.1): a screen reader says nothing of it, and a mail program that blocks pictures shows nothing.',
  bad: 'image: { src: "https://example.org/ferry.jpg", credit: Jane Smith }',
  good: 'image: { src: "https://example.org/ferry.jpg", alt: The night ferry at the quay, credit: Jane Smith }',
  *checkTexts({ images }) {
    for (const { image, path } of images)
      if (image.alt === undefined)
        yield { path, message: 'the picture has no description', hint: 'add alt: with what the picture shows' };
  },
} as const satisfies Rule;
