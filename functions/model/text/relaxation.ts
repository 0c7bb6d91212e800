import type { SearchQuery, SearchResult } from '../query.ts';
import type { ParsedQuery } from './parsed-query.ts';
import { type CountVendors, planRelaxation } from './relaxation-plan.ts';
import { type RelaxationStep, relaxationSteps } from './relaxation-steps.ts';

export type RelaxedResult = {
  /** The query that found something, or the original one if none did. */
  readonly query: SearchQuery;
  readonly result: SearchResult;
  readonly relaxed: readonly RelaxationStep[];
};

/** The part of an engine that relaxation uses. */
export type CountingEngine = {
  search(query: SearchQuery): Promise<SearchResult>;
  /** Counts the vendors of any of these queries; `Engine.counter` has the details. */
  counter(queries: readonly SearchQuery[]): CountVendors;
};

/**
 * Searches, and relaxes a query that finds nothing as {@link planRelaxation} says. An engine that counts all candidates in one request
 * gets three: the search, the counts, and the relaxed search.
 */
export async function searchWithRelaxation(
  asked: SearchQuery,
  parsed: ParsedQuery,
  engine: CountingEngine,
): Promise<RelaxedResult> {
  const strict = await engine.search(asked);
  const unrelaxed = { query: asked, result: strict, relaxed: [] };
  if (strict.vendors > 0) return unrelaxed;
  const { after, limit, facets } = asked;
  // Every page has to be one of the same relaxed query, so a later page starts with the first vendor of the first one.
  const first = after ? { ...asked, after: null, limit: 1, facets: [] } : asked;
  const plan = planRelaxation(first, parsed);
  // A single candidate is searched for without being counted.
  const query = plan.candidates.length === 1 ? plan.candidates[0] : await plan.choose(engine.counter(plan.candidates));
  if (!query) return unrelaxed;
  const page = { ...query, after, limit, facets };
  const [result, pageResult] = await Promise.all([engine.search(query), after ? engine.search(page) : null]);
  if (result.vendors === 0) return unrelaxed;
  const relaxed = relaxationSteps(first, parsed, query, result);
  return pageResult ? { query: page, result: pageResult, relaxed } : { query, result, relaxed };
}
