import * as z from 'zod/mini';
import { rules } from '../checks/rules/index.js';
import type { Diagnostic } from '../diagnostics.js';
import { formatNames } from '../formats/list.js';
import type { House, Labels, Level } from '../house.js';
import type { Words } from '../languages/language.js';
import { englishLabel, labelNames } from '../languages/words.js';
import { readDocument } from '../schema/document.js';
import { choice, fields, folderBelow, lang, line, list, number, optional, url } from '../schema/fields.js';
import { groupOf } from '../schema/shape.js';
import { kinds } from '../sections/index.js';
import { headedFields } from '../story/names.js';
import type { Path } from '../yaml/places.js';

const kindNames = kinds.map(({ kind }) => kind) as [string, ...string[]];

const byKind = <T extends z.core.$ZodType>(value: T) =>
  Object.fromEntries(kindNames.map((kind) => [kind, optional(value)]));

const heading = line({ title: 'Heading', description: 'A heading, in words', example: 'The upshot' });
const level = choice(['error', 'warning', 'off'], { title: 'Level', description: 'What a finding of the rule is' });
const kindOfSection = choice(kindNames, { title: 'Kind', description: 'A kind of section' });
const help = (title: string, description: string) => ({ title, description });

/** A label, or a group of them, as it is in English. */
function labelField(name: keyof Words): z.core.$ZodType {
  const english = englishLabel(name);
  if (typeof english === 'string') return line(help('Label', `In English “${english.trim()}”`));
  const each = Object.entries(english).map(([part, word]) => [
    part,
    optional(line(help('Label', `In English “${word}”`))),
  ]);
  return fields(Object.fromEntries(each), help('Labels', 'Words, by what they are for'));
}

const ruleSettings = Object.fromEntries(
  rules
    .filter(({ fixed }) => !fixed)
    .map(({ name, description, options = {} }) => {
      const optionFields = Object.entries(options).map(([option, { description }]) => [
        option,
        optional(number(help(option, description))),
      ]);
      const whole = fields({ level: optional(level), ...Object.fromEntries(optionFields) }, help(name, description));
      return [name, optional(z.union([level, whole]))];
    }),
);

/** A house's settings: what a `nutgraf.config.yaml` may say. */
export const configSchema = fields(
  {
    publication: optional(
      fields(
        {
          name: optional(line(help('Name', 'What it is called'))),
          url: optional(url(help('Address', 'Its site'))),
          lang: optional(lang(help('Language', 'The language of stories that do not say theirs'))),
          contact: optional(line(help('Contact', 'Where readers tell of mistakes: an address or a page'))),
        },
        help('Publication', 'Who publishes the briefs; printed at their end'),
      ),
    ),
    headings: optional(
      z.record(
        lang(help('Language', 'A language, such as en or en-GB')),
        fields(byKind(heading), help('Headings', 'A heading for each kind of section')),
      ),
    ),
    labels: optional(
      z.record(
        lang(help('Language', 'A language, such as en or en-GB')),
        fields(
          Object.fromEntries([...labelNames].map(([label, name]) => [label, optional(labelField(name))])),
          help('Labels', 'Words that briefs add'),
        ),
      ),
    ),
    sections: optional(
      fields(
        {
          order: optional(list(kindOfSection, help('Order', 'The kinds of section in the house’s order'))),
          required: optional(list(kindOfSection, help('Required', 'The kinds of section that each story needs'))),
          words: optional(
            fields(byKind(number(help('Words', 'The most words'))), help('Words', 'The most words of a section')),
          ),
        },
        help('Sections', 'What the sections of a story are to be'),
      ),
    ),
    rules: optional(fields(ruleSettings, help('Rules', 'The level of a rule, or its level and options'))),
    templates: optional(folderBelow(help('Templates', 'The folder of your templates, in that of this file'))),
    formats: optional(list(choice(formatNames(), help('Format', 'A format')), help('Formats', 'What build makes'))),
    output: optional(folderBelow(help('Output', 'The folder that build writes to, in that of this file'))),
    import: optional(
      z.strictObject({
        headings: optional(
          z.strictObject(
            Object.fromEntries([...kindNames, ...headedFields].map((name) => [name, optional(z.array(heading))])),
          ),
        ),
      }),
    ),
  },
  help('Settings', 'A house’s settings'),
);

/** A house's settings. */
export type Config = z.infer<typeof configSchema>;

interface ReadConfig {
  /** Absent where there are errors. */
  config?: Config;
  diagnostics: Diagnostic[];
  /** The line on which a setting stands. */
  lineOf: (path: Path) => number | undefined;
}

/** Reads a house's settings as strictly as a story. Never throws. */
export function readConfig(content: Uint8Array, file: string): ReadConfig {
  const { value, diagnostics, place, has } = readDocument(groupOf(configSchema), content, file);
  return {
    ...(value === undefined ? {} : { config: value as Config }),
    diagnostics,
    lineOf: (path) => (has(path) ? place(path).line : undefined),
  };
}

/** What the settings say of stories. */
export function houseOf({ publication, headings, labels, sections = {}, rules: set = {} }: Config): House {
  const levels: Record<string, Level> = {};
  const options: Record<string, Record<string, string>> = {};
  for (const [name, value] of Object.entries(set) as [string, Level | Record<string, string>][]) {
    if (typeof value === 'string') levels[name] = value;
    else {
      const { level: ruleLevel, ...rest } = value;
      // A rule that is off by itself and is given options is wanted.
      const wanted = ruleLevel ?? (rules.find((rule) => rule.name === name)?.level === 'off' ? 'warning' : undefined);
      if (wanted !== undefined) levels[name] = wanted as Level;
      options[name] = rest;
    }
  }
  const words = Object.entries(sections.words ?? {}).map(([kind, most]) => [kind, Number(most)]);
  return {
    publication,
    headings: headings && byCanonicalTag(headings as NonNullable<House['headings']>),
    labels: labels && byCanonicalTag(mapValues(labels as NonNullable<House['labels']>, labelsOf)),
    order: sections.order,
    required: sections.required,
    words: sections.words && Object.fromEntries(words),
    levels,
    options,
  };
}

/** Labels by our own names for them. */
const labelsOf = (labels: Labels): Labels =>
  Object.fromEntries(Object.entries(labels).map(([name, label]) => [labelNames.get(name) ?? name, label]));

function mapValues<T>(values: Readonly<Record<string, T>>, map: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}

/** `en-gb` is `en-GB`, as stories have it. */
function byCanonicalTag<T>(values: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).map(([tag, value]) => [Intl.getCanonicalLocales(tag)[0] ?? tag, value]),
  );
}
