import type { EngineInfo } from '../../engine/engine.ts';
import type { ParameterFault } from '../openapi/schemas/problem.ts';
import { ProblemError } from '../responses/problem.ts';
import { withBareFlags } from './bare-flags.ts';
import { TRUCK_CALENDAR_PARAMS } from './calendar-parameters.ts';
import { parseParams } from './parse.ts';
import { parseSearchRequest } from './search-request.ts';
import { parseSuggestRequest } from './suggest-request.ts';
import { queryOf } from './url-parts.ts';

type Request = { readonly url: string; readonly path: string };

/**
 * The faults that a request has besides its `city`, so that the answer names all of them. Its parameters are parsed for the city that answers.
 * @param request `path` is below the city's map page @param now milliseconds since 1970
 */
export function otherFaults({ url, path }: Request, about: EngineInfo, now: number): ParameterFault[] {
  return faultsOf(path, new URLSearchParams(withBareFlags(queryOf(url))), about, now).filter(
    ({ parameter }) => parameter !== 'city',
  );
}

function faultsOf(path: string, params: URLSearchParams, about: EngineInfo, now: number): readonly ParameterFault[] {
  try {
    if (path === '/search') parseSearchRequest(params, about, now);
    if (path === '/suggest') parseSuggestRequest(params);
    return path.endsWith('.ics') ? parseParams(TRUCK_CALENDAR_PARAMS, params).faults : [];
  } catch (error) {
    if (error instanceof ProblemError) return error.faults;
    throw error;
  }
}
