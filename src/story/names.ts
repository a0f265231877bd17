/** What other programs and houses call the fields of a story: in front matter, header lines and pages' metadata. */
const NAMES: Readonly<Record<string, string>> = {
  headline: 'headline',
  title: 'headline',
  hed: 'headline',
  subject: 'headline',
  titel: 'headline',
  kicker: 'kicker',
  eyebrow: 'kicker',
  overline: 'kicker',
  dek: 'dek',
  deck: 'dek',
  subtitle: 'dek',
  subheadline: 'dek',
  standfirst: 'dek',
  description: 'dek',
  excerpt: 'dek',
  subhead: 'dek',
  'sub-title': 'dek',
  preheader: 'preheader',
  preview: 'preheader',
  preview_text: 'preheader',
  previewtext: 'preheader',
  slug: 'slug',
  byline: 'byline',
  author: 'byline',
  authors: 'byline',
  by: 'byline',
  writer: 'byline',
  dateline: 'dateline',
  location: 'dateline',
  place: 'dateline',
  series: 'series',
  published: 'published',
  date: 'published',
  pubdate: 'published',
  publishdate: 'published',
  published_at: 'published',
  publication_date: 'published',
  datepublished: 'published',
  'publish date': 'published',
  updated: 'updated',
  lastmod: 'updated',
  modified: 'updated',
  last_modified_at: 'updated',
  updated_at: 'updated',
  datemodified: 'updated',
  'last updated': 'updated',
  embargo: 'embargo',
  embargoed: 'embargo',
  embargo_until: 'embargo',
  embargo_date: 'embargo',
  embargoeduntil: 'embargo',
  embargountil: 'embargo',
  lang: 'lang',
  language: 'lang',
  locale: 'lang',
  genre: 'genre',
  tags: 'tags',
  keywords: 'tags',
  tag: 'tags',
  disclosure: 'disclosure',
  backstory: 'backstory',
  ednote: 'ednote',
  note_to_editors: 'ednote',
  'note to editors': 'ednote',
};

/** The field of a story that another house's name for it stands for. */
export function fieldFor(name: string): string | undefined {
  const plain = name.trim().toLowerCase();
  return Object.hasOwn(NAMES, plain) ? NAMES[plain] : undefined;
}

/** The same for the fields of a source. */
const SOURCE_NAMES: Readonly<Record<string, string>> = {
  name: 'outlet',
  publisher: 'outlet',
  publication: 'outlet',
  site: 'outlet',
  headline: 'title',
  link: 'url',
  href: 'url',
  address: 'url',
  date: 'published',
  publish_date: 'published',
  retrieved: 'accessed',
  by: 'author',
};

/** The field of a source that another house's name for it stands for. */
export function sourceFieldFor(name: string): string | undefined {
  const plain = name.trim().toLowerCase();
  return Object.hasOwn(SOURCE_NAMES, plain) ? SOURCE_NAMES[plain] : undefined;
}

/** The fields of a story that stand under a heading in texts. */
export const headedFields = ['sources', 'corrections', 'disclosure', 'ednote', 'backstory'] as const;

export type HeadedField = (typeof headedFields)[number];

export const isHeadedField = (name: string): name is HeadedField => headedFields.includes(name as HeadedField);
