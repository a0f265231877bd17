import type { HeadedKind } from '../languages/language.js';
import { allWords } from '../languages/words.js';
import type { HeadedField } from '../story/names.js';

/**
 * What other houses call the kinds of section: Semafor, Axios, Tangle, The Week and the wires. The house's own headings,
 * in all its languages, are added to these.
 */
const HEADINGS: Readonly<Record<HeadedKind, readonly string[]>> = {
  summary: [
    "what's happened",
    'what happened',
    "what's happening",
    'what is happening',
    'the news',
    "what's new",
    'the scoop',
    'the facts',
    "today's news",
    'the story',
    'driving the news',
    'the latest',
    'state of play',
    'summary',
    'the basics',
    'at a glance',
    'tl;dr',
    'overview',
    'the gist',
    'was wir wissen',
    "l'essentiel",
  ],
  analysis: [
    "what's behind the headline",
    "what's behind the headlines",
    'why it matters',
    'analysis',
    'the big picture',
    'between the lines',
    "the reporter's view",
    "reporter's view",
    'our take',
    'my take',
    'the take',
    'know more',
    'zoom in',
    'zoom out',
    'what it means',
    'what this means',
    'the bottom line',
    'bottom line',
    'the stakes',
    'so what',
    'reality check',
  ],
  coverage: [
    'what the papers say',
    "what they're saying",
    'what people are saying',
    'press review',
    'what the media say',
    'the coverage',
    'media coverage',
    'what the commentators said',
    'what the editorials said',
    'what the columnists said',
    'notable',
    'the view from',
    'how the papers covered it',
  ],
  background: [
    'how we got here',
    'background',
    'context',
    'the backdrop',
    'catch up quick',
    'catch up',
    'flashback',
    'the backstory',
    'history',
    'the context',
    'how it started',
    'the background',
    'backgrounder',
    'the history',
    'hintergrund',
    'contexte',
    'contexto',
  ],
  timeline: ['timeline', 'chronology', 'key dates', 'the timeline'],
  questions: [
    'common questions',
    'common question',
    'questions',
    'q&a',
    'faq',
    'frequently asked questions',
    'questions and answers',
    'your questions, answered',
    'your questions answered',
    'people also ask',
  ],
  topics: [
    'more on these topics',
    'more on this topic',
    'topics',
    'related topics',
    'who is who',
    "who's who",
    'glossary',
    'key terms',
    'key people',
  ],
  quotes: ['in their words', 'quotes', 'quotable', 'what they said', 'quote of the day', 'in quotes'],
  figures: [
    'by the numbers',
    'the numbers',
    'in numbers',
    'in figures',
    'numbers to know',
    'the number',
    'key figures',
    'zahlen',
    'die zahlen',
    'les chiffres',
  ],
  'key-points': [
    'key points',
    'key takeaways',
    'takeaways',
    'the takeaways',
    'highlights',
    'quick hits',
    'in short',
    'the short version',
    'main points',
    'need to know',
    'what to know',
    'what you need to know',
    'things to know',
  ],
  next: [
    "what's next",
    'what next',
    'what comes next',
    'what happens next',
    'what to watch',
    'looking ahead',
    'the outlook',
    'next steps',
    'coming up',
    "what we're watching",
    'what to watch for',
    'up next',
  ],
  counterpoint: [
    'room for disagreement',
    'yes, but',
    'yes but',
    'the other side',
    'counterpoint',
    'on the other hand',
    'dissenting views',
    'the counterargument',
    'the other view',
    'but',
    'the pushback',
  ],
  unknowns: [
    "what we don't know",
    "what we still don't know",
    'what is not known',
    'unknowns',
    'open questions',
    'the unknowns',
    'unanswered questions',
  ],
  updates: ['updates', 'live updates', 'latest updates'],
  links: [
    'go deeper',
    'read more',
    'further reading',
    'more reading',
    'related',
    'related links',
    'links',
    'see also',
    'worth reading',
    'what else to read',
    'read next',
    'reading list',
  ],
  briefs: [
    'in brief',
    'briefs',
    'news in brief',
    'also in the news',
    'the rest of the news',
    'in other news',
    'more news',
    'elsewhere',
    'round-up',
    'roundup',
  ],
};

/** Headings over what is no section of a story but a field of it. */
const FIELDS: Readonly<Record<HeadedField, readonly string[]>> = {
  sources: ['sources', 'source', 'references', 'works cited', 'bibliography', 'endnotes', 'notes and sources'],
  corrections: [],
  disclosure: ['disclosure', 'disclosures', 'full disclosure'],
  ednote: ['notes to editors', 'note to editors', 'notes for editors', 'notes for editors only'],
  backstory: ['how we reported this', 'how we reported this story', 'about this story'],
};

/** Kinds of section, or fields, by the headings that a desk adds to ours: `{ analysis: ['The upshot'] }`. */
export type OwnHeadings = Readonly<Record<string, readonly string[] | undefined>>;

/** What sort of section a heading stands over: a kind, a field of the story, or nothing that is known. */
export type HeadingTable = ReadonlyMap<string, string>;

/** The table of headings, with a desk's own. */
export function headingTable(houseHeadings: OwnHeadings = {}): HeadingTable {
  const table = new Map<string, string>();
  const add = (kind: string, names: readonly string[]) => {
    for (const name of names) if (!table.has(plainHeading(name))) table.set(plainHeading(name), kind);
  };
  for (const [kind, names] of Object.entries(houseHeadings)) add(kind, names ?? []);
  for (const [kind, name] of knownHeadings()) add(kind, [name]);
  return table;
}

/** All headings that stand over a kind of section or a field: ours in each language, then those of other houses. */
export function* knownHeadings(): Generator<[kind: string, heading: string]> {
  for (const words of allWords) {
    yield* Object.entries(words.headings);
    yield ['sources', words.sources];
    yield ['corrections', words.corrections];
    yield ['disclosure', words.disclosure];
    yield ['backstory', words.backstory];
  }
  for (const [kind, names] of Object.entries({ ...HEADINGS, ...FIELDS })) for (const name of names) yield [kind, name];
}

/** A heading without what differs from house to house: capitals, apostrophes, marks at its ends, a number before it. */
export function plainHeading(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[’‘ʼ`]/g, "'")
    .replace(/[*_#]/g, '')
    .replace(/[“”"]/g, '')
    .replace(/\{[#.][^{}]*\}\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replace(/^\d{1,3}[.)]\s+(?=\p{L})/u, '')
    .replace(/(?<![\s:：.?!…？。¿-])[\s:：.?!…？。¿-]+$/u, '')
    .toLowerCase();
}
