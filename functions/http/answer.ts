import type { Relaxed } from '../model/ladder.ts';
import { planQuery, type Synonyms } from '../model/plan.ts';
import type { SearchQuery, SearchResult } from '../model/query.ts';
import { writeCursor } from './cursor.ts';
import { type AnswerSource, answerMeta, dataWarnings } from './provenance.ts';
import { queryAnswer } from './query-answer.ts';
import type { SearchRequest } from './request.ts';
import type { SearchAnswer } from './schemas/search.ts';
import type { TruckAnswer } from './schemas/truck.ts';
import { hitAnswer } from './truck-answer.ts';

export type { SearchAnswer } from './schemas/search.ts';

/** What was searched in the end, and what it found. */
export type Found = { query: SearchQuery; result: SearchResult; relaxed: readonly Relaxed[] };

/** What an answer is made of besides the result. */
export type AnswerContext = AnswerSource & { readonly request: SearchRequest; readonly synonyms: Synonyms };

/** Builds the answer of `/search`. */
export function searchAnswer(found: Found, context: AnswerContext): SearchAnswer {
  const { request, about, synonyms } = context;
  const { query, result } = found;
  const shown = { moment: request.moment, zone: about.city.zone, why: request.explain };
  const plan = planQuery(query.text, synonyms);
  const trucks = result.hits.map((hit) => hitAnswer(hit, { plan, query, ...shown }));
  const { counts, rest } = aroundTrucks(found, context);
  return { ...counts, trucks, ...rest, ...dataFacts(context) };
}

/** What the answer says before and after its trucks, without {@link dataFacts}. */
export function aroundTrucks(found: Found, context: AnswerContext) {
  const { query, result, relaxed } = found;
  const { request } = context;
  return {
    counts: { status: 'success' as const, hits: result.vendors, locations: result.branches },
    rest: {
      query: queryAnswer(query, request.moment),
      facets: result.facets,
      relaxed,
      warnings: answerWarnings(found, context),
      page: { limit: query.limit, returned: result.hits.length, cursor: nextCursor(result, context) },
    },
  };
}

/** What it says at its end of the data: the same for a minute. */
export function dataFacts(source: AnswerSource) {
  return { meta: answerMeta(source), attribution: source.about.city.attribution };
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
  return writeCursor({ version: about.version, hash: request.hash(), instant, after });
}

/** The answer with no other keys of its trucks than those; all when `fields` is null. */
export function onlyFields(answer: SearchAnswer, fields: ReadonlySet<string> | null): SearchAnswer {
  if (!fields) return answer;
  const trucks = answer.trucks.map((truck) =>
    Object.fromEntries(Object.entries(truck).filter(([key]) => fields.has(key))),
  );
  return { ...answer, trucks: trucks as TruckAnswer[] };
}
