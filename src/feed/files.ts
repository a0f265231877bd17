/** The kinds of feed, and the endings of their files. */
export const feedFiles: Readonly<Record<string, string>> = {
  rss: 'feed.rss',
  atom: 'feed.atom',
  'json-feed': 'feed.json',
};
