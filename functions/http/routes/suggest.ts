import type { Suggestion, SuggestQuery } from '../../model/query.ts';
import { highlight, type TextRange } from '../../model/text/highlight.ts';
import { type ParsedQuery, parseQuery } from '../../model/text/query-parser.ts';
import { prepareSynonyms } from '../../model/text/synonyms.ts';
import { tokens } from '../../model/text/tokenizer.ts';
import { engineOf, type QueryContext } from '../middleware/env.ts';
import type { SuggestResponse } from '../openapi/schemas/suggest.ts';
import { SUGGEST_PARAMS } from '../params/parameters.ts';
import { parseParams, throwFaults } from '../params/parse.ts';
import { queryOf } from '../params/url-parts.ts';
import { type RouteDeps, respondJson } from './respond-json.ts';

/** The parameters as text, which is what the typed client sends. */
export type SuggestParams = { -readonly [Name in keyof typeof SUGGEST_PARAMS]?: string };

/** `GET /suggest`. */
export function suggestRoute({ engine: current, respondText }: Pick<RouteDeps, 'engine' | 'respondText'>) {
  return async (c: QueryContext<'/suggest', SuggestParams>) => {
    const engine = engineOf(c, current);
    const { query, warnings } = parseSuggestRequest(new URLSearchParams(queryOf(c.req.url)));
    const [about, suggestions] = await Promise.all([engine.about(), engine.suggest(query)]);
    const body = suggestResponse(suggestions, { query, warnings, version: about.version });
    return respondJson(c, body, { engine, respondText });
  };
}

/** The number of suggestions that fit below a search box on a phone. */
const DEFAULT_LIMIT = 8;

/** Without a text there are no suggestions. @throws ProblemError with every fault. */
function parseSuggestRequest(params: URLSearchParams): { query: SuggestQuery; warnings: string[] } {
  const { values, warnings, faults } = parseParams(SUGGEST_PARAMS, params);
  throwFaults(faults);
  const { q = '', limit = DEFAULT_LIMIT, status = 'approved' } = values;
  return { query: { text: q, limit, status: status === 'any' ? null : status }, warnings };
}

const NO_SYNONYMS = prepareSynonyms([]);

/** Builds the JSON of `/suggest`. */
export function suggestResponse(
  suggestions: readonly Suggestion[],
  { query, warnings, version }: { query: SuggestQuery; warnings: string[]; version: string },
): SuggestResponse {
  // Every word can be a prefix here, not only the last one, so each is highlighted as a query of its own.
  const words = tokens(query.text).map((word) => parseQuery(word, NO_SYNONYMS));
  return {
    q: query.text,
    suggestions: suggestions.map(({ type, text, count }) => ({ type, text, count, highlight: rangesOf(text, words) })),
    warnings,
    meta: { data_version: version },
  };
}

function rangesOf(text: string, words: readonly ParsedQuery[]): TextRange[] {
  const byStart = new Map(words.flatMap((word) => highlight(text, word, false)).map((range) => [range[0], range]));
  return [...byStart.values()].sort((a, b) => a[0] - b[0]);
}
