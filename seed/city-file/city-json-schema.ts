import * as z from 'zod/mini';
import { citySchema } from './city-schema.ts';
import { cityDocs } from './schema-parts.ts';

/** The JSON Schema of a city's file, for editors. */
export function cityJsonSchema(): string {
  const schema = z.toJSONSchema(citySchema, { metadata: cityDocs, io: 'input', target: 'draft-7' });
  return `${JSON.stringify({ ...schema, title: "A city's file" }, null, 2)}\n`;
}
