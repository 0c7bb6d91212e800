import * as z from 'zod/mini';
import { highlight, type TextRange } from '../model/highlight.ts';
import { planQuery, prepareSynonyms } from '../model/plan.ts';
import type { Suggestion, SuggestQuery } from '../model/query.ts';
import { tokens } from '../model/words.ts';
import { SUGGEST_PARAMS } from './params.ts';
import { readParams, refuseFaults } from './parse.ts';
import { warningsSchema } from './provenance.ts';
import { rangeSchema } from './truck-answer.ts';
import { named, said } from './wire.ts';

export type SuggestParams = { -readonly [Name in keyof typeof SUGGEST_PARAMS]?: string };

export const suggestSchema = named(
  'SuggestAnswer',
  'What a text may become: foods first, then vendors, then areas.',
  z.object({
    q: z.string(),
    suggestions: z.array(
      named(
        'Suggestion',
        'Something to search for.',
        z.object({
          type: z.enum(['food', 'vendor', 'area'] satisfies Suggestion['type'][]),
          text: said(z.string(), 'What to search for.'),
          count: said(z.int(), 'Vendors that have it.'),
          highlight: said(z.array(rangeSchema()), 'Where what was typed stands in `text`.'),
        }),
      ),
    ),
    warnings: warningsSchema(),
    meta: z.object({ data_version: z.string() }),
  }),
);

/** `GET /suggest`. */
export type SuggestAnswer = z.infer<typeof suggestSchema>;

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
export function suggestAnswer(
  rows: readonly Suggestion[],
  { query, warnings, version }: { query: SuggestQuery; warnings: string[]; version: string },
): SuggestAnswer {
  // Each word may be a beginning here, not only the last: every one is highlighted as a query of its own.
  const plans = tokens(query.text).map((word) => planQuery(word, NO_SYNONYMS));
  return {
    q: query.text,
    suggestions: rows.map(({ type, text, count }) => ({ type, text, count, highlight: rangesOf(text, plans) })),
    warnings,
    meta: { data_version: version },
  };
}

function rangesOf(text: string, plans: readonly ReturnType<typeof planQuery>[]): TextRange[] {
  const ranges = new Map(plans.flatMap((plan) => highlight(text, plan, false)).map((range) => [range[0], range]));
  return [...ranges.values()].sort((a, b) => a[0] - b[0]);
}
