import { runBuiltProgram } from './built-program.ts';
import { checkBuiltIn, isCityPath, readCityFiles } from './city-file.ts';
import { OperatorError } from './operator-error.ts';
import type { Files } from './zip.ts';

/**
 * Ids whose folder the template's path patterns would take for one of the page's or of the errors: `/*icons/*` also matches a path below
 * `/lexicons/`.
 */
export const UNUSABLE_ID = /^errors$|(assets|basemap|docs|icons)$/;

/** The cities of a deployment, and what goes to the bucket and into the functions' code because of them. */
export type StackCities = {
  /** The default city comes first. */
  readonly ids: readonly [string, ...string[]];
  /** The default city as the loader finds it: an id, or the path of a file. */
  readonly first: string;
  /** The start page of each city. */
  readonly pages: Files;
  /** Sources of the pages' Content-Security-Policy. */
  readonly pageSources: string;
  /** Files for the API's code. */
  readonly apiFiles: Files;
  /** Files for the refresh function's code. */
  readonly refreshFiles: Files;
};

/** What `site.js --print-pages` prints. */
type PrintedPages = {
  readonly cities: readonly { readonly id: string; readonly tiles?: object | null }[];
  readonly pages: Readonly<Record<string, string>>;
  readonly sources: string;
};

/**
 * Says which cities a deployment has: those of `--city`, otherwise those of the parameter `City`.
 * @param given values of `--city`: ids, paths, or lists of them @param set the value of `--set City=…`
 * @throws OperatorError if both are given, or a city of the parameter needs its file
 */
export function cityNames(
  given: readonly string[],
  { set, parameter }: { readonly set: string | undefined; readonly parameter: string },
): readonly [string, ...string[]] {
  if (given.length > 0 && set !== undefined) {
    throw new OperatorError(`--city ${given.join(',')} and --set City=${set} contradict each other`);
  }
  const names = (given.length > 0 ? given : [parameter]).flatMap((list) => list.split(','));
  const [first, ...others] = names.map((name) => name.trim()).filter((name) => name !== '');
  if (first === undefined) throw new OperatorError(`--city needs the name of a city, got "${given.join(',')}"`);
  if (given.length === 0) for (const id of [first, ...others]) checkBuiltIn(id);
  return [first, ...others];
}

/**
 * Reads the cities of a deployment with the built programs.
 * @param tilesUrl the parameter `TilesUrl`; empty for the tiles of each city
 * @throws OperatorError for an unknown city, faults in a file, two cities with one id, or the id of a path of the app
 */
export function readStackCities(dist: string, names: readonly [string, ...string[]], tilesUrl: string): StackCities {
  const refreshFiles = readCityFiles(dist, names.filter(isCityPath));
  const flags = [...names.flatMap((name) => ['--city', name]), ...(tilesUrl === '' ? [] : ['--tiles', tilesUrl])];
  const output = runBuiltProgram(dist, 'site', ['--print-pages', ...flags]);
  const { cities, pages, sources } = JSON.parse(output) as PrintedPages;
  const [first = '', ...others] = cities.map(({ id }) => id);
  const unusable = others.find((id) => UNUSABLE_ID.test(id));
  if (unusable !== undefined) {
    throw new OperatorError(
      `a city with the id "${unusable}" cannot be below /${unusable}/, where CloudFront looks for files of the page: name it first, or change its id`,
    );
  }
  const encode = (text: string) => new TextEncoder().encode(text);
  // A single city that says nothing of tiles needs no file: the API reads the rest from its release.
  const isDescribed = others.length > 0 || cities[0]?.tiles !== undefined;
  return {
    ids: [first, ...others],
    first: names[0],
    pages: new Map(Object.entries(pages).map(([path, html]) => [path, encode(html)])),
    pageSources: sources,
    apiFiles: new Map(isDescribed ? [['cities.json', encode(JSON.stringify(cities))]] : []),
    refreshFiles,
  };
}
