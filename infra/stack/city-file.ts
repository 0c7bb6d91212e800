import { existsSync } from 'node:fs';
import { runBuiltProgram } from './built-program.ts';
import { OperatorError } from './operator-error.ts';
import type { Files } from './zip.ts';

/** Whether a value of `--city` is the path of a city's file. Otherwise it is the id of a built-in city. */
export function isCityPath(idOrPath: string): boolean {
  return /[/\\]|\.json$/i.test(idOrPath);
}

/**
 * Reads the files of cities that are not built in, checked by the built loader, for the refresh function's code.
 * @throws OperatorError with the faults of a file, or if it has the id of a built-in city
 */
export function readCityFiles(dist: string, paths: readonly string[]): Files {
  return new Map(
    paths.map((path) => {
      const text = runBuiltProgram(dist, 'seed', ['--print-city', '--city', path]);
      const { id } = JSON.parse(text) as { id: string };
      if (isBuiltIn(id))
        throw new OperatorError(`${path} has the id ${id}, which is a built-in city: give it another id`);
      return [`cities/${id}.json`, new TextEncoder().encode(text)];
    }),
  );
}

/** @throws OperatorError if the city is not built in, so that its file is needed */
export function checkBuiltIn(id: string): void {
  if (isBuiltIn(id)) return;
  throw new OperatorError(`the city ${id} is not built in: give its file with --city PATH in every deployment`);
}

/** `seed/cities` is what the build puts into the refresh function. */
function isBuiltIn(id: string): boolean {
  return existsSync(`seed/cities/${id}.json`);
}
