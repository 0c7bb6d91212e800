import type { Suggestion, SuggestQuery } from '../../model/query.ts';
import { highlight, type TextRange } from '../../model/text/highlight.ts';
import { parseQuery } from '../../model/text/query-parser.ts';
import { prepareSynonyms } from '../../model/text/synonyms.ts';
import { tokens } from '../../model/text/tokenizer.ts';
import type { SuggestResponse } from '../openapi/schemas/suggest.ts';
import { SUGGEST_PARAMS } from '../params/parameters.ts';
import { readParams, refuseFaults } from '../params/parse.ts';

export type { SuggestResponse } from '../openapi/schemas/suggest.ts';

export type SuggestParams = { -readonly [Name in keyof typeof SUGGEST_PARAMS]?: string };

/** Most rows: what fits under a search box on a phone. */
const MOST = 8;

/** Reads the parameters of `/suggest`; nothing typed yet suggests nothing. @throws ProblemError naming every fault. */
export function readSuggest(params: URLSearchParams): { query: SuggestQuery; warnings: string[] } {
  const { values, warnings, faults } = readParams(SUGGEST_PARAMS, params);
  refuseFaults(faults);
  const { q = '', limit = MOST, status = 'approved' } = values;
  return { query: { text: q, limit, status: status === 'any' ? null : status }, warnings };
}

const NO_SYNONYMS = prepareSynonyms([]);

/** Builds the answer of `/suggest`. */
export function suggestResponse(
  rows: readonly Suggestion[],
  { query, warnings, version }: { query: SuggestQuery; warnings: string[]; version: string },
): SuggestResponse {
  // Each word may be a beginning here, not only the last: every one is highlighted as a query of its own.
  const plans = tokens(query.text).map((word) => parseQuery(word, NO_SYNONYMS));
  return {
    q: query.text,
    suggestions: rows.map(({ type, text, count }) => ({ type, text, count, highlight: rangesOf(text, plans) })),
    warnings,
    meta: { data_version: version },
  };
}

function rangesOf(text: string, plans: readonly ReturnType<typeof parseQuery>[]): TextRange[] {
  const ranges = new Map(plans.flatMap((plan) => highlight(text, plan, false)).map((range) => [range[0], range]));
  return [...ranges.values()].sort((a, b) => a[0] - b[0]);
}
