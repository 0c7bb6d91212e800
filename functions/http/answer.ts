import type { About } from '../engine/engine.ts';
import type { Moment } from '../model/clock.ts';
import { type Explanation, explain } from '../model/explain.ts';
import { highlight, type TextRange } from '../model/highlight.ts';
import type { Relaxed } from '../model/ladder.ts';
import { type Plan, planQuery, type Synonyms } from '../model/plan.ts';
import type { Facets, Hit, SearchQuery, SearchResult } from '../model/query.ts';
import type { Attribution, ReleaseOrigin } from '../model/release.ts';
import { type BranchAnswer, branchAnswer, type OpenAnswer } from './branch-answer.ts';
import { writeCursor } from './cursor.ts';
import type { SearchRequest } from './request.ts';

/** A vendor on the wire: the original app's four keys, then ours. */
export type TruckAnswer = {
  name: string;
  /** In lower case, as the original app gave them; `items` are the same in the same order as they should be shown. */
  fooditems: string[];
  drinks: boolean;
  branches: BranchAnswer[];
  id: string;
  items: string[];
  categories: string[];
  /** Of the nearest branch. */
  distance_m: number | null;
  /** Id of the branch that stands first. */
  nearest: string;
  /** Of the branch that stands first. */
  open: OpenAnswer;
  /** Where the query's words stand: of `items` by number, and in `name`; UTF-16 units, the end excluded. */
  highlights: { fooditems: [item: number, range: TextRange][]; name: TextRange[] };
  /** Only with `explain=1`. */
  explain: Explanation | null;
};

/** `GET /search`. `hits` and `locations` are all that matched, whatever the limit. */
export type SearchAnswer = {
  status: 'success';
  hits: number;
  locations: number;
  trucks: TruckAnswer[];
  /** The query that was answered, with its defaults, after what `relaxed` says. */
  query: QueryAnswer;
  facets: Facets;
  /** How the query was loosened because it found nothing as it was asked. */
  relaxed: readonly Relaxed[];
  warnings: string[];
  /** `cursor` is the next page's; `null` on the last. */
  page: { limit: number; returned: number; cursor: string | null };
  meta: AnswerMeta;
  attribution: Attribution;
};

export type QueryAnswer = {
  q: string;
  lat: number | null;
  lon: number | null;
  radius: number | null;
  bbox: [number, number, number, number] | null;
  area: string[];
  category: string[];
  facility: string[];
  status: string;
  hours: 'any' | 'known';
  /** The time at which `open` is judged, RFC 3339; whether it is a filter, and for how many minutes. */
  at: string;
  open: boolean;
  open_for: number | null;
  sort: string;
  scale: number;
  limit: number;
};

export type AnswerMeta = {
  data_version: string;
  /** The data's own date, `YYYY-MM-DD`. */
  as_of: string;
  /** When the oldest source was read, RFC 3339. */
  fetched_at: string | null;
  origin: ReleaseOrigin;
  /** Time of the answer, RFC 3339, floored to the minute so that answers can be cached. */
  now: string;
  timezone: string;
  engine: string;
};

/** Said wherever invented data is served. */
export const SAMPLE_WARNING = 'sample data: invented vendors, not the city\u2019s';

/** What an answer is made of besides the result. */
export type AnswerContext = {
  readonly request: SearchRequest;
  readonly about: About;
  readonly synonyms: Synonyms;
  readonly engine: string;
  /** Milliseconds since 1970. */
  readonly now: number;
};

/** Builds the answer of `/search`; `query` is what was searched in the end. */
export function searchAnswer(
  { query, result, relaxed }: { query: SearchQuery; result: SearchResult; relaxed: readonly Relaxed[] },
  context: AnswerContext,
): SearchAnswer {
  const { request, about, engine, now } = context;
  const plan = planQuery(query.text, context.synonyms);
  return {
    status: 'success',
    hits: result.vendors,
    locations: result.branches,
    trucks: result.hits.map((hit) =>
      truckAnswer(hit, { plan, query, moment: request.moment, zone: about.city.zone, why: request.explain }),
    ),
    query: queryAnswer(query, request.moment),
    facets: result.facets,
    relaxed,
    warnings: answerWarnings({ result, relaxed }, context),
    page: { limit: query.limit, returned: result.hits.length, cursor: nextCursor(result, context) },
    meta: answerMeta(about, engine, now),
    attribution: about.city.attribution,
  };
}

function answerWarnings(
  { result, relaxed }: { result: SearchResult; relaxed: readonly Relaxed[] },
  { request, about }: AnswerContext,
): string[] {
  const loosened = relaxed.map(({ param, from, to }) =>
    to === null ? `nothing matched ${param}: it was left out` : `nothing matched ${param} ${from}: ${to} was searched`,
  );
  const cut = `the answer is cut: ${result.hits.length} of ${result.vendors} vendors; page.cursor leads to the next ones`;
  return [
    ...request.warnings,
    ...(about.origin === 'sample' ? [SAMPLE_WARNING] : []),
    ...loosened,
    ...(result.more ? [cut] : []),
  ];
}

/** The cursor of the page after this one; `null` when there is none. */
export function nextCursor({ more, hits }: SearchResult, { request, about }: AnswerContext): string | null {
  const after = hits.at(-1)?.key;
  if (!more || !after) return null;
  const instant = request.cursor?.instant ?? request.moment.instant;
  return writeCursor({ version: about.version, hash: request.hash, instant, after });
}

function queryAnswer(query: SearchQuery, moment: Moment): QueryAnswer {
  const { origin, box, time } = query;
  return {
    q: query.text,
    lat: origin?.lat ?? null,
    lon: origin?.lon ?? null,
    radius: query.radiusMetres,
    bbox: box && [box.west, box.south, box.east, box.north],
    area: [...query.area],
    category: [...query.category],
    facility: [...query.facility],
    status: query.status ?? 'any',
    hours: query.hoursKnown ? 'known' : 'any',
    at: new Date(moment.instant).toISOString(),
    open: time !== null,
    open_for: time?.forMinutes || null,
    sort: query.sort,
    scale: query.scaleMetres,
    limit: query.limit,
  };
}

/** The answer with no other keys of its trucks than those; all when `fields` is null. */
export function onlyFields(answer: SearchAnswer, fields: ReadonlySet<string> | null): SearchAnswer {
  if (!fields) return answer;
  const trucks = answer.trucks.map((truck) =>
    Object.fromEntries(Object.entries(truck).filter(([key]) => fields.has(key))),
  );
  return { ...answer, trucks: trucks as TruckAnswer[] };
}

/** The part of every answer that says which data it comes from. */
export function answerMeta(about: About, engine: string, now: number): AnswerMeta {
  const fetched = about.sources.map((source) => source.fetchedAt).sort();
  return {
    data_version: about.version,
    as_of: about.asOf,
    fetched_at: fetched[0] ?? null,
    origin: about.origin,
    now: new Date(Math.floor(now / 60_000) * 60_000).toISOString(),
    timezone: about.city.zone,
    engine,
  };
}

type TruckContext = {
  readonly plan: Plan;
  readonly query: Pick<SearchQuery, 'typos'> & SearchQuery;
  readonly moment: Moment;
  readonly zone: string;
  readonly why: boolean;
};

/** Builds a vendor's answer. */
export function truckAnswer(hit: Hit, { plan, query, moment, zone, why }: TruckContext): TruckAnswer {
  const { vendor } = hit;
  const branches = hit.branches.map((branch) => branchAnswer(branch, moment, zone));
  const [first] = branches;
  if (!first) throw new Error(`${vendor.id} has no branch`);
  const inItems = vendor.items.flatMap((item, at) =>
    highlight(item, plan, query.typos).map((range): [number, TextRange] => [at, range]),
  );
  return {
    name: vendor.name,
    fooditems: vendor.items.map((item) => item.toLowerCase()),
    drinks: vendor.drinks,
    branches,
    id: vendor.id,
    items: [...vendor.items],
    categories: [...vendor.categories],
    distance_m: first.distance_m,
    nearest: first.id,
    open: first.open,
    highlights: { fooditems: inItems, name: highlight(vendor.name, plan, query.typos) },
    explain: why ? explain(hit, plan, query) : null,
  };
}
