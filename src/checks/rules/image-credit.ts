import type { Rule } from '../rule.js';

export const imageCredit = {
  name: 'image-credit',
  level: 'warning',
  description: 'A picture does not say who made it, or whose it is.',
  bad: 'image: { src: "https://example.org/ferry.jpg", alt: The night ferry at the quay }',
  good: 'image: { src: "https://example.org/ferry.jpg", alt: The night ferry at the quay, credit: Jane Smith }',
  *checkTexts({ images }) {
    for (const { image, path } of images)
      if (image.credit === undefined)
        yield { path, message: 'the picture has no credit', hint: 'add credit: with who made it' };
  },
} as const satisfies Rule;
