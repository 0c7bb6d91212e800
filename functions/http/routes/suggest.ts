import type { Suggestion, SuggestQuery } from '../../model/query.ts';
import { wordClause } from '../../model/text/clauses.ts';
import { highlight, type TextRange } from '../../model/text/highlight.ts';
import type { Clause } from '../../model/text/parsed-query.ts';
import { tokens } from '../../model/text/tokenizer.ts';
import { engineOf, type QueryContext } from '../middleware/env.ts';
import type { SuggestResponse } from '../openapi/schemas/suggest.ts';
import type { SUGGEST_PARAMS } from '../params/parameters.ts';
import { parseSuggestRequest } from '../params/suggest-request.ts';
import { queryOf } from '../params/url-parts.ts';
import { type RouteDeps, respondJson } from './respond-json.ts';
import { countSuggestions } from './suggestion-counts.ts';

/** The parameters as text, which is what the typed client sends. */
export type SuggestParams = { -readonly [Name in keyof typeof SUGGEST_PARAMS]?: string };

/** `GET /suggest`. */
export function suggestRoute({ engine: current, now, respondText }: RouteDeps) {
  return async (c: QueryContext<'/suggest', SuggestParams>) => {
    const engine = engineOf(c, current);
    const { query, warnings } = parseSuggestRequest(new URLSearchParams(queryOf(c.req.url)));
    const [about, found] = await Promise.all([engine.about(), engine.suggest(query)]);
    const suggestions = await countSuggestions(found, { query, engine, about, now: now() });
    const body = suggestResponse(suggestions, { query, warnings, version: about.version });
    return respondJson(c, body, { engine, respondText });
  };
}

/** Builds the JSON of `/suggest`. */
export function suggestResponse(
  suggestions: readonly Suggestion[],
  { query, warnings, version }: { query: SuggestQuery; warnings: string[]; version: string },
): SuggestResponse {
  // Every word can be a prefix here, not only the last one, so each is highlighted as a query of its own.
  const words = tokens(query.text).map((word) => wordClause([word], word, { phrases: [], isTyped: true }));
  return {
    q: query.text,
    suggestions: suggestions.map(({ type, text, count }) => ({ type, text, count, highlight: rangesOf(text, words) })),
    warnings,
    meta: { data_version: version },
  };
}

function rangesOf(text: string, words: readonly Clause[]): TextRange[] {
  const byStart = new Map(
    words
      .flatMap((word) => highlight(text, { required: [word], optional: [] }, false))
      .map((range) => [range[0], range]),
  );
  return [...byStart.values()].sort((a, b) => a[0] - b[0]);
}
