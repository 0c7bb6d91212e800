import type { Engine } from '../../engine/engine.ts';
import { searchWithRelaxation } from '../../model/text/relaxation.ts';
import type { SearchRequest } from '../params/search-request.ts';
import type { ExecutedSearch } from '../responses/search-response.ts';

/** Runs a search, relaxed if it finds nothing and is not strict. */
export async function executeSearch(
  engine: Engine,
  { strict, query, parsed }: Pick<SearchRequest, 'strict' | 'query' | 'parsed'>,
): Promise<ExecutedSearch> {
  if (strict) return { query, result: await engine.search(query), relaxed: [] };
  return searchWithRelaxation(query, parsed, engine);
}
