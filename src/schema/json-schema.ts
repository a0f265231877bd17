import * as z from 'zod/mini';
import { textFields } from './fields.js';

/** The format of a file, as JSON Schema, draft 7: the version that editors' YAML support knows best. */
export function jsonSchemaOf(format: z.core.$ZodType): Record<string, unknown> {
  const schema = z.toJSONSchema(format, {
    io: 'input',
    target: 'draft-7',
    override({ zodSchema, jsonSchema }) {
      // Text is text: an editor that takes `headline: 1984` for a number is not to complain.
      const text = textFields.get(zodSchema)?.type;
      if (text !== undefined && text !== 'url' && jsonSchema.type === 'string' && !jsonSchema.enum) {
        Object.assign(jsonSchema, { type: ['string', 'number', 'boolean'] });
      }
    },
  }) as Record<string, unknown>;
  return { ...schema, title: `nutgraf ${String(schema['title']).toLowerCase()}, version 1` };
}
