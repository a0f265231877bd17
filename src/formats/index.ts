import type { Format } from './format.js';
import { html } from './html.js';
import { json } from './json.js';
import { type FormatName, partsOf } from './list.js';
import { markdown } from './markdown.js';
import { text } from './text.js';

/** How each format is loaded. What mails need takes its time, and is only loaded for them. */
const loaders: Readonly<Record<FormatName, () => Format | Promise<Format>>> = {
  html: () => html,
  md: () => markdown,
  txt: () => text,
  json: () => json,
  email: async () => (await import('./email.js')).loadEmail(),
  eml: async () => (await import('./eml.js')).eml,
};

/** Loads formats, and those that they are made of; unknown names are left out. */
export async function loadFormats(names: readonly string[]): Promise<ReadonlyMap<string, Format>> {
  const all = new Set(names.flatMap((name) => [name, ...partsOf(name)]));
  const known = [...all].filter((name): name is FormatName => Object.hasOwn(loaders, name));
  return new Map(await Promise.all(known.map(async (name) => [name, await loaders[name]()] as const)));
}
