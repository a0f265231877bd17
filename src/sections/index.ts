import * as z from 'zod/mini';
import type { HeadedKind } from '../languages/language.js';
import { line, list } from '../schema/fields.js';
import { shapeOf } from '../schema/shape.js';
import { analysis } from './analysis.js';
import { background } from './background.js';
import { briefs } from './briefs.js';
import { counterpoint } from './counterpoint.js';
import { coverage } from './coverage.js';
import { figures } from './figures.js';
import { keyPoints } from './key-points.js';
import { common, defineKind } from './kind.js';
import { links } from './links.js';
import { next } from './next.js';
import { questions } from './questions.js';
import { quotes } from './quotes.js';
import { summary } from './summary.js';
import { text } from './text.js';
import { timeline } from './timeline.js';
import { topics } from './topics.js';
import { unknowns } from './unknowns.js';
import { updates } from './updates.js';

const single = [
  summary,
  analysis,
  coverage,
  background,
  timeline,
  questions,
  topics,
  quotes,
  figures,
  keyPoints,
  next,
  counterpoint,
  unknowns,
  updates,
  links,
  briefs,
  text,
] as const satisfies readonly { kind: HeadedKind | 'text' }[];

type Schemas<T extends readonly { schema: z.core.$ZodType }[]> = { [K in keyof T]: T[K]['schema'] };

const schemasOf = <const T extends readonly { schema: z.core.$ZodType }[]>(kinds: T) =>
  kinds.map((kind) => kind.schema) as unknown as Schemas<T>;

const group = defineKind({
  kind: 'group',
  title: 'Group',
  description: 'Several sections under one heading',
  fields: {
    ...common,
    heading: line({
      title: 'Heading',
      description: 'The heading over the sections',
      example: 'Go deeper',
      ask: 'first',
      label: 'Heading',
      prompt: 'The heading over the sections',
    }),
    sections: list(z.discriminatedUnion('kind', schemasOf(single)), {
      title: 'Sections',
      ask: 'first',
      label: 'Sections',
      prompt: 'The sections of the group',
      description: 'The sections of the group; a group cannot stand in a group',
    }),
  },
});

/** All kinds of section, in the house's order. */
export const kinds = [...single, group] as const;

export const section = z.discriminatedUnion('kind', schemasOf(kinds));

/** A section of any kind. */
export const sectionShape = shapeOf(section);

export type Section = z.output<typeof section>;
export type GroupSection = Extract<Section, { kind: 'group' }>;
