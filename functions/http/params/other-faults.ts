import type { EngineInfo } from '../../engine/engine.ts';
import { parserOf } from '../../model/text/parser-of-release.ts';
import type { ParameterFault } from '../openapi/schemas/problem.ts';
import { ProblemError } from '../responses/problem.ts';
import { withBareFlags } from './bare-flags.ts';
import { TRUCK_CALENDAR_PARAMS } from './calendar-parameters.ts';
import { SUGGEST_PARAMS } from './parameters.ts';
import { parseParams, throwFaults } from './parse.ts';
import { parseSearchRequest } from './search-request.ts';
import { queryOf } from './url-parts.ts';

/**
 * The faults that a request has besides its `city`, so that the answer names all of them. Its parameters are read for the city that answers.
 * @param path below the city's map page @param now milliseconds since 1970
 */
export function otherFaults({ url, path }: { url: string; path: string }, about: EngineInfo, now: number) {
  const params = new URLSearchParams(withBareFlags(queryOf(url)));
  const { city, values } = about;
  try {
    if (path === '/search') parseSearchRequest(params, { zone: city.zone, parse: parserOf(about), values, now });
    else if (path === '/suggest') throwFaults(parseParams(SUGGEST_PARAMS, params).faults);
    else if (/^\/trucks\/.*\.ics$/.test(path)) throwFaults(parseParams(TRUCK_CALENDAR_PARAMS, params).faults);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.faults.filter(({ parameter }: ParameterFault) => parameter !== 'city');
  }
  return [];
}
