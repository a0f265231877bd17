import { extensionsOf, type FormatName, formatNames } from '../formats/list.js';

/** A mail service that takes an edition: the ending of its file, and the format that the file is made of. */
interface ServiceFacts {
  file: string;
  from: FormatName;
}

export const services = {
  buttondown: { file: 'buttondown.md', from: 'md' },
  listmonk: { file: 'listmonk.json', from: 'eml' },
  ghost: { file: 'ghost.html', from: 'html' },
  mailchimp: { file: 'mailchimp.html', from: 'email' },
} as const satisfies Readonly<Record<string, ServiceFacts>>;

export type ServiceName = keyof typeof services;

export const serviceNames = Object.keys(services) as ServiceName[];

export const isService = (name: string): name is ServiceName => Object.hasOwn(services, name);

/** What an edition can be for readers and mail programs, by name, with the endings of the files. */
const editionFiles = extensionsOf(formatNames(({ audience }) => audience !== 'programs'));

/** Everything that can be made of an edition, feeds included; if two share an ending, a file name means the first. */
export const filesWith = (feeds: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  ...editionFiles,
  ...feeds,
  ...Object.fromEntries(serviceNames.map((name) => [name, services[name].file])),
});
