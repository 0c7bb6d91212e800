import * as z from 'zod/mini';
import { foldColumn } from '../table/table.ts';
import { nearestName } from './nearest-name.ts';
import { patternFault } from './pattern.ts';

/** What an editor shows for a field. */
type Docs = { description?: string; examples?: unknown[] };

/** The descriptions of all fields, for the JSON Schema. */
export const cityDocs = z.registry<Docs>();

/** Describes a field for editors and the JSON Schema. The description of a number has its unit. */
export function described<Schema extends z.ZodMiniType>(schema: Schema, description: string, ...examples: unknown[]) {
  cityDocs.add(schema, examples.length > 0 ? { description, examples } : { description });
  return schema;
}

/** An optional field with its description. */
export function optional<Schema extends z.ZodMiniType>(schema: Schema, description: string, ...examples: unknown[]) {
  return z.optional(described(schema, description, ...examples));
}

/** An object that refuses unknown keys. Its message has one line for each of them. */
export function object<Shape extends z.core.$ZodShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => unknownKey(key, known)).join('\n') : undefined,
  });
}

function unknownKey(key: string, known: readonly string[]): string {
  const nearest = nearestName(key, known);
  return nearest === undefined
    ? `there is no such field; there are ${known.filter((name) => !name.startsWith('$')).join(', ')}`
    : `there is no such field; did you mean ${JSON.stringify(nearest)}?`;
}

/** A text that is not blank. */
export const textSchema = () => z.string().check(z.regex(/\S/, 'must not be blank'));

/** Two or three lines of a table of the city's words: its word, and ours. */
export const wordsSchema = <Word extends z.ZodMiniType<string>>(ours: Word) => z.record(textSchema(), ours);

export const webAddressSchema = () =>
  z.string().check(z.refine(isWebAddress, 'must be an address that begins with http:// or https://'));

export function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** A regular expression, as {@link readPattern} reads it. */
export const patternSchema = () =>
  z.string().check((context) => {
    const message = patternFault(context.value);
    if (message !== undefined) context.issues.push({ code: 'custom', input: context.value, message });
  });

/** The publisher's name of a column. */
export const columnNameSchema = () =>
  z
    .string()
    .check(z.refine((name) => foldColumn(name) !== '', "must be a column's name, with at least one letter or digit"));

/** The publisher's names of one column over the years. */
export const columnNamesSchema = () =>
  z.union([columnNameSchema(), z.array(columnNameSchema()).check(z.minLength(1))], {
    error: "must be a column's name, or a list of the names that it has had, best first",
  });
