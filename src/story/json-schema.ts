import * as z from 'zod/mini';
import { storySchema } from './schema.js';

/** The story format as JSON Schema, draft 7: the version that editors' YAML support knows best. */
export function jsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(storySchema, { io: 'input', target: 'draft-7' }) as Record<string, unknown>;
  return { ...schema, title: 'nutgraf story, version 1' };
}
