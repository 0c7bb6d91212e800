import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LoadError } from '../load-errors.ts';

/** The JSON Schema of cities' files, from the project's directory. */
const SCHEMA = 'seed/cities/city.schema.json';

/** Where a new city's file will be, and what it calls its table and its schema. */
export type FilePlace = { readonly path: string; readonly url: string; readonly schema: string | null };

/**
 * @param out the path that was given; by default, the city's id in the current directory
 * @param from path or URL of the rows: a path is named as seen from the file
 * @throws LoadError if the file exists: a person may have worked on it
 */
export function placeFile(out: string | undefined, id: string, from: string, isReplaced: boolean): FilePlace {
  const path = out ?? `${id}.json`;
  if (existsSync(path) && !isReplaced) {
    throw new LoadError(`${path} exists: give another name with --out FILE, or replace it with --force`);
  }
  const schema = existsSync(SCHEMA) ? fromFile(path, SCHEMA) : null;
  if (/^https?:/i.test(from)) return { path, url: from, schema };
  return { path, url: fromFile(path, from.startsWith('file:') ? fileURLToPath(from) : from), schema };
}

/** Paths in a file begin with a dot and have slashes, on every system. */
function fromFile(file: string, path: string): string {
  const between = relative(dirname(resolve(file)), resolve(path))
    .split(sep)
    .join('/');
  return between.startsWith('..') || /^[a-z]:/i.test(between) ? between : `./${between}`;
}
