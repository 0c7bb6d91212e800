import * as z from 'zod/mini';

/** Documentation of a schema in `/openapi.json`; an `id` makes it a component. */
type Docs = { id?: string; description?: string; format?: string; examples?: unknown[] };

/** Every documented schema. The code's types and the document both come from these schemas. */
export const registry = z.registry<Docs>();

/** Describes a schema for `/openapi.json`. The description of a number has its unit. */
export function described<Schema extends z.ZodMiniType>(schema: Schema, description: string, more: Docs = {}): Schema {
  registry.add(schema, { ...more, description });
  return schema;
}

/** Makes a schema a component of `/openapi.json`. */
export function component<Schema extends z.ZodMiniType>(id: string, description: string, schema: Schema): Schema {
  return described(schema, description, { id });
}

/** RFC 3339 to the minute with the zone's offset, as `localTime` writes it. */
export const localTimeSchema = () => z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d$/));

/** A missing value is `null`; its key is never left out. */
export const orNull = z.nullable;
