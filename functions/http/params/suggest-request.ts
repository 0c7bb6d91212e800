import type { SuggestQuery } from '../../model/query.ts';
import { SUGGEST_PARAMS } from './parameters.ts';
import { parseParams, throwFaults } from './parse.ts';

/** The number of suggestions that fit below a search box on a phone. */
const DEFAULT_LIMIT = 8;

/** Parses the parameters of `/suggest`. Without a text there are no suggestions. @throws ProblemError with every fault. */
export function parseSuggestRequest(params: URLSearchParams): { query: SuggestQuery; warnings: string[] } {
  const { values, warnings, faults } = parseParams(SUGGEST_PARAMS, params);
  throwFaults(faults);
  const { q = '', limit = DEFAULT_LIMIT, status = 'approved' } = values;
  return { query: { text: q, limit, status: status === 'any' ? null : status }, warnings };
}
