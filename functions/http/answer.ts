import * as z from 'zod/mini';
import type { Relaxed } from '../model/ladder.ts';
import { planQuery, type Synonyms } from '../model/plan.ts';
import type { SearchQuery, SearchResult } from '../model/query.ts';
import { writeCursor } from './cursor.ts';
import {
  type AnswerSource,
  answerMeta,
  answerMetaSchema,
  attributionSchema,
  dataWarnings,
  warningsSchema,
} from './provenance.ts';
import { queryAnswer, queryAnswerSchema } from './query-answer.ts';
import type { SearchRequest } from './request.ts';
import { hitAnswer, type TruckAnswer, truckSchema } from './truck-answer.ts';
import { named, orNull, said } from './wire.ts';

const facetSchema = () => z.exactOptional(z.readonly(z.array(z.object({ value: z.string(), count: z.int() }))));

export const facetsSchema = said(
  z.object({ category: facetSchema(), facility: facetSchema(), area: facetSchema(), open: facetSchema() }),
  "Vendors by value, for the groups that `facets` names; a group's own filter does not apply to it.",
);

export const relaxedSchema = named(
  'Relaxed',
  'One thing that was loosened because the search as asked found nothing.',
  z.object({
    param: z.enum(['q', 'open_at', 'radius', 'bbox']),
    from: said(z.string(), 'What it was.'),
    to: said(orNull(z.string()), 'What was searched instead; `null` when it was left out.'),
    hits: said(z.int(), 'Vendors found with it, and with what was loosened before it.'),
  }),
);

export const searchSchema = named(
  'SearchAnswer',
  'What a search found. `hits` and `locations` are all that matched, whatever the limit.',
  z.object({
    status: z.literal('success'),
    hits: said(z.int(), 'Vendors that matched.'),
    locations: said(z.int(), 'Branches that matched.'),
    trucks: z.array(truckSchema),
    query: queryAnswerSchema,
    facets: facetsSchema,
    relaxed: said(
      z.readonly(z.array(relaxedSchema)),
      'How the query was loosened because it found nothing as it was asked.',
    ),
    warnings: warningsSchema(),
    page: z.object({
      limit: said(z.int(), 'Most vendors in the answer.'),
      returned: said(z.int(), 'Vendors in it.'),
      cursor: said(orNull(z.string()), 'For the next page, also in the header `Link`; `null` on the last.'),
    }),
    meta: answerMetaSchema,
    attribution: attributionSchema,
  }),
);

/** `GET /search`. */
export type SearchAnswer = z.infer<typeof searchSchema>;

/** What was searched in the end, and what it found. */
export type Found = { query: SearchQuery; result: SearchResult; relaxed: readonly Relaxed[] };

/** What an answer is made of besides the result. */
export type AnswerContext = AnswerSource & { readonly request: SearchRequest; readonly synonyms: Synonyms };

/** Builds the answer of `/search`. */
export function searchAnswer(found: Found, context: AnswerContext): SearchAnswer {
  const { query, result, relaxed } = found;
  const { request, about } = context;
  const plan = planQuery(query.text, context.synonyms);
  return {
    status: 'success',
    hits: result.vendors,
    locations: result.branches,
    trucks: result.hits.map((hit) =>
      hitAnswer(hit, { plan, query, moment: request.moment, zone: about.city.zone, why: request.explain }),
    ),
    query: queryAnswer(query, request.moment),
    facets: result.facets,
    relaxed,
    warnings: answerWarnings(found, context),
    page: { limit: query.limit, returned: result.hits.length, cursor: nextCursor(result, context) },
    meta: answerMeta(context),
    attribution: about.city.attribution,
  };
}

/** Everything a caller should be told about what was found, in words; `next` says where the rest is. */
export function answerWarnings(
  { result, relaxed }: Found,
  { request, about }: AnswerContext,
  next = 'page.cursor',
): string[] {
  const loosened = relaxed.map(({ param, from, to }) =>
    to === null ? `nothing matched ${param}: it was left out` : `nothing matched ${param} ${from}: ${to} was searched`,
  );
  const cut = `the answer is cut: ${result.hits.length} of ${result.vendors} vendors; ${next} leads to the next ones`;
  return [...request.warnings, ...dataWarnings(about), ...loosened, ...(result.more ? [cut] : [])];
}

/** The cursor of the page after this one; `null` when there is none. */
export function nextCursor({ more, hits }: SearchResult, { request, about }: AnswerContext): string | null {
  const after = hits.at(-1)?.key;
  if (!more || !after) return null;
  const instant = request.cursor?.instant ?? request.moment.instant;
  return writeCursor({ version: about.version, hash: request.hash, instant, after });
}

/** The answer with no other keys of its trucks than those; all when `fields` is null. */
export function onlyFields(answer: SearchAnswer, fields: ReadonlySet<string> | null): SearchAnswer {
  if (!fields) return answer;
  const trucks = answer.trucks.map((truck) =>
    Object.fromEntries(Object.entries(truck).filter(([key]) => fields.has(key))),
  );
  return { ...answer, trucks: trucks as TruckAnswer[] };
}
