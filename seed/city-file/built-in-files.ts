import { readdirSync, readFileSync } from 'node:fs';

/** The folder of the built-in cities, from the root of the project. */
const FOLDER = 'seed/cities';

/**
 * The files of `seed/cities`, by name. This reads the folder, for tests and for the tools that npm runs in the project. In a build,
 * `infra/build/built-in-cities.ts` replaces this module by one that contains the files, because a server, a container and a Lambda
 * function have no such folder.
 */
export function builtInFiles(): Readonly<Record<string, string>> {
  const names = readdirSync(FOLDER).filter((name) => /\.(?:geo)?json$/.test(name));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(`${FOLDER}/${name}`, 'utf8')]));
}
