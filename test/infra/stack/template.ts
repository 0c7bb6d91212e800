import { parseDocument } from 'yaml';
import { readProjectTemplate } from '../../../infra/stack/merge-template.ts';

/** The whole template as text, as a parsed document, and as plain values in which a reference is its text. */
export const text = await readProjectTemplate();
export const document = parseDocument(text, { logLevel: 'silent' });

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Resource = { Type: string; Properties: Record<string, Json>; [key: string]: unknown };
export const { Parameters, Conditions, Resources, Outputs } = document.toJS() as {
  Parameters: Record<string, { Description?: string; Default?: Json; AllowedPattern?: string }>;
  Conditions: Record<string, Json>;
  Resources: Record<string, Resource>;
  Outputs: Record<string, Json>;
};
export const ofType = (type: string) => Object.entries(Resources).filter(([, { Type }]) => Type === type);
export const only = (type: string): Resource => {
  const found = ofType(type);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} resources are ${type}`);
  return found[0][1];
};
/** The value at a path; `null` if there is none. */
export function at(value: unknown, ...path: (string | number)[]): Json {
  let here = value as Json;
  for (const key of path) here = (here as Record<string, Json>)[String(key)] ?? null;
  return here;
}
