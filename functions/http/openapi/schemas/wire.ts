import * as z from 'zod/mini';

/** What is said of a schema in `/openapi.json`; an `id` makes it a component of its own. */
type Words = { id?: string; description?: string; format?: string; examples?: unknown[] };

/** Every schema of an answer, with its words. The types of the code and the document are both made of them. */
export const wire = z.registry<Words>();

/** The schema, described for `/openapi.json`. Numbers say their unit here. */
export function said<Schema extends z.ZodMiniType>(schema: Schema, description: string, more: Words = {}): Schema {
  wire.add(schema, { ...more, description });
  return schema;
}

/** The schema as a component of `/openapi.json`. */
export function named<Schema extends z.ZodMiniType>(id: string, description: string, schema: Schema): Schema {
  return said(schema, description, { id });
}

/** RFC 3339 to the minute with the zone's offset, as `localTime` writes it. */
export const localTimeSchema = () => z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d$/));

/** `null` stands where the data has nothing: a key is never left out. */
export const orNull = z.nullable;
