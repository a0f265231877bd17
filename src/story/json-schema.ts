import { jsonSchemaOf } from '../schema/json-schema.js';
import { storySchema } from './schema.js';

/** The story format as JSON Schema, draft 7. */
export const jsonSchema = (): Record<string, unknown> => jsonSchemaOf(storySchema);
