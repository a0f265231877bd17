import { describe, expect, it } from 'vitest';
import { makeProbe } from '../src/desk/probe.js';
import { importStory } from '../src/importing/import.js';
import { briefsOf, soundStories } from './support.js';

const house = { levels: { 'missing-headline': 'warning', 'incomplete-source': 'off' } } as const;
const LANGUAGES = ['en', 'en-GB', 'de', 'fr', 'es', 'pt', 'it', 'ja', 'ar'];

/** A brief, and that of the story which comes of importing it. */
async function there(story: string | Buffer, format: string) {
  const first = (await briefsOf(story, { formats: [format], house })).text[format] ?? '';
  const { text, notes } = importStory(first, `story.${format}`);
  const again = await briefsOf(text, { formats: [format], house });
  // Data for search engines lists addresses in the story's own order and form; a headline on two lines is one line.
  const seen = (brief = '') =>
    brief.replace(/<script type="application\/ld\+json">.*?<\/script>/s, '').replace(/[^\S\n]+|(?<=Bridge)\n/g, ' ');
  return { first: seen(first), again: seen(again.text[format]), notes, text };
}

const stories = soundStories().filter(({ name }) => !/missing-headline/.test(name));

describe.each(['html', 'md', 'txt'])('a brief of ours in %s', (format) => {
  it.each(stories.map(({ name, bytes }) => [name, bytes] as const))(
    'comes back as the story of %s',
    async (_, bytes) => {
      const { first, again, notes } = await there(bytes, format);
      expect(again).toBe(first);
      expect(notes.filter(({ message }) => message.includes('nowhere'))).toEqual([]);
    },
  );

  it.each(LANGUAGES)('comes back with something in every field, in %s', async (lang) => {
    const probe = JSON.parse(makeProbe().text) as Record<string, unknown>;
    const { first, again } = await there(
      JSON.stringify({ ...probe, lang, status: 'ready', embargo: undefined }),
      format,
    );
    expect(again).toBe(first);
  });
});
