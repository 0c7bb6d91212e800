import type { Engine, EngineInfo } from '../../engine/engine.ts';
import { writeCommaList } from '../../model/comma-list.ts';
import type { Suggestion, SuggestQuery } from '../../model/query.ts';
import { planRelaxation } from '../../model/text/relaxation-plan.ts';
import { parseSearchRequest, type SearchRequest } from '../params/search-request.ts';
import { ProblemError } from '../responses/problem.ts';

type CountInput = {
  readonly query: SuggestQuery;
  readonly engine: Engine;
  readonly about: EngineInfo;
  /** Milliseconds since 1970. */
  readonly now: number;
};

/**
 * The suggestions with the hits of the searches that they lead to, which also find synonyms and longer names. Leaves out those that find
 * nothing, or whose text is too long to be searched for. All searches are counted in one request to a cluster, and all relaxations of
 * those that find nothing in a second one.
 */
export async function countSuggestions(found: readonly Suggestion[], input: CountInput): Promise<Suggestion[]> {
  const { engine } = input;
  const searches = found.map((suggestion) => searchFor(suggestion, input));
  const count = engine.counter(searches.flatMap((search) => search?.query ?? []));
  const counts = await Promise.all(searches.map((search) => (search ? count(search.query) : 0)));
  const plans = searches.map((search, at) =>
    search && counts[at] === 0 ? planRelaxation(search.query, search.parsed) : null,
  );
  const countRelaxed = engine.counter(plans.flatMap((plan) => plan?.candidates ?? []));
  const relaxed = await Promise.all(
    plans.map(async (plan) => {
      const query = await plan?.choose(countRelaxed);
      return query ? countRelaxed(query) : 0;
    }),
  );
  return found
    .map((suggestion, at) => ({ ...suggestion, count: counts[at] || (relaxed[at] ?? 0) }))
    .filter((suggestion) => suggestion.count > 0);
}

/** The search that a suggestion leads to; `null` if it is refused, because the text is too long. */
function searchFor({ type, text }: Suggestion, { query, about, now }: CountInput): SearchRequest | null {
  const what = type === 'area' ? { area: writeCommaList([text]) } : { q: text };
  const params = new URLSearchParams({ ...what, status: query.status ?? 'any', limit: '1' });
  try {
    return parseSearchRequest(params, about, now);
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
