import type { ParameterFault } from '../openapi/schemas/problem.ts';
import { mustBe, throwFaults } from './parse.ts';
import { pathnameOf, queryOf } from './url-parts.ts';

/** The paths that are about one city's data. Elsewhere, `city` means nothing. */
const PATHS =
  /^\/(?:search|suggest|meta|debug|trucks\/[^/]+|v\/[^/]+|data\/(?:current\.json|list\.html|quality\.html|[^/]+\/[\w-]+\.\w+))$/;

/** The first part of a path: `search` of `/search`, and an empty text of `/`. */
export function firstPart(path: string): string {
  return path.split('/', 2)[1] ?? '';
}

/**
 * The values of `city` in the URL of a request; a blank one is none.
 * @param path the part of the URL's path below the city's map page
 */
export function citiesOf(url: string, path = pathnameOf(url)): string[] {
  if (!url.includes('city=') || !PATHS.test(path)) return [];
  return new URLSearchParams(queryOf(url))
    .getAll('city')
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/**
 * @param own the city that answers
 * @param known all cities that the parameter may name at this path
 * @param others returns the other faults of the request
 * @throws ProblemError `invalid-parameters` with every fault if the request's `city` is another one
 */
export async function assertCity(
  { url, path }: { url: string; path: string },
  own: string,
  known: readonly string[],
  others: () => Promise<readonly ParameterFault[]>,
): Promise<void> {
  const [first, ...more] = citiesOf(url, path);
  if (first === undefined || (first === own && more.length === 0)) return;
  const expects = known.length > 1 ? `one of ${known.join(', ')}` : own;
  const detail = more.length > 0 ? 'was given more than once' : mustBe(expects, first);
  throwFaults([{ parameter: 'city', detail }, ...(await others())]);
}
