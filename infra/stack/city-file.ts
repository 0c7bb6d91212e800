import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from './operator-error.ts';
import type { Files } from './zip.ts';

/** A city that is not built in: the value of the parameter `City`, and its file for the refresh function's code. */
export type CityPackage = { readonly id: string; readonly files: Files };

/**
 * Reads and checks a city's file with the built loader.
 * @param overrides the parameters that the operator sets @throws OperatorError with the faults of the file
 */
export function readCityPackage(dist: string, path: string, overrides: ReadonlyMap<string, string>): CityPackage {
  const set = overrides.get('City');
  if (set !== undefined) throw new OperatorError(`--city ${path} and --set City=${set} contradict each other`);
  const text = printCity(dist, path);
  const { id } = JSON.parse(text) as { id: string };
  if (isBuiltIn(id)) throw new OperatorError(`${path} has the id ${id}, which is a built-in city: give it another id`);
  return { id, files: new Map([['city.json', new TextEncoder().encode(text)]]) };
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

function printCity(dist: string, path: string): string {
  try {
    const args = [join(dist, 'seed.js'), '--print-city', '--city', path];
    return execFileSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    throw new OperatorError(stderr.trim().replace(/^curbside: /, '') || message);
  }
}
