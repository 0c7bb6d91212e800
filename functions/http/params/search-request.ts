import type { EngineInfo } from '../../engine/engine.ts';
import { type Box, roundOrigin } from '../../model/geo.ts';
import type { Moment } from '../../model/hours/clock.ts';
import { THAT_MINUTE } from '../../model/hours/open-state.ts';
import type { FacetName, SearchQuery } from '../../model/query.ts';
import { SCALE_METRES } from '../../model/ranking.ts';
import { MOST_REQUIRED, type ParsedQuery } from '../../model/text/parsed-query.ts';
import { parserOf } from '../../model/text/parser-of-release.ts';
import { valueKey } from '../../model/text/tokenizer.ts';
import type { ParameterFault } from '../openapi/schemas/problem.ts';
import { ProblemError } from '../responses/problem.ts';
import { TRUCK_KEYS } from '../responses/truck.ts';
import { type Cursor, parseCursor, queryHash } from './cursor.ts';
import { DEFAULT_LIMIT, type FORMATS, MAX_PLACES, SEARCH_PARAMS, type ValuesOf } from './parameters.ts';
import { limitWarnings, mustBe, parseParams, quoteForMessage, throwFaults } from './parse.ts';
import { searchMoment } from './search-moment.ts';
import { valueWarnings } from './value-warnings.ts';

/** The parameters as text, which is what the typed client sends. */
export type SearchParams = { -readonly [Name in keyof typeof SEARCH_PARAMS]?: string };

/** A parsed request for `/search`. */
export type SearchRequest = {
  readonly query: SearchQuery;
  /** What the text of `query` was understood as. */
  readonly parsed: ParsedQuery;
  /** When opening hours are judged: the time that was asked for, else now floored to the minute. */
  readonly moment: Moment;
  readonly format: (typeof FORMATS)[number];
  /** Keys of each truck in the response; `null`: all. */
  readonly fields: ReadonlySet<string> | null;
  readonly strict: boolean;
  readonly explain: boolean;
  /** The hash for the next page's cursor. */
  readonly hash: () => string;
  readonly cursor: Cursor | null;
  readonly warnings: string[];
};

type Values = ValuesOf<typeof SEARCH_PARAMS>;

/** A request must have at least one of these. */
const CRITERIA = [
  'q',
  'exclude',
  'lat',
  'bbox',
  'area',
  'category',
  'facility',
  'status',
  'open_now',
  'open_at',
  'hours',
] as const;

/**
 * Parses the parameters of `/search`.
 * @param about the release: its city's zone, the words of its data, and the values of its filters
 * @param unrounded milliseconds since 1970
 * @throws ProblemError `invalid-parameters` with every fault at once, or `query-missing`.
 */
export function parseSearchRequest(
  params: URLSearchParams,
  about: Pick<EngineInfo, 'city' | 'words' | 'values'>,
  unrounded: number,
): SearchRequest {
  const { zone } = about.city;
  const parse = parserOf(about);
  const known = about.values;
  const { values, given, warnings, faults } = parseParams(SEARCH_PARAMS, params);
  const now = Math.floor(unrounded / 60_000) * 60_000;
  const hash = () => queryHash(params);
  const cursor = values.cursor === undefined ? null : parseCursor(values.cursor);
  if (values.cursor !== undefined && !cursor) {
    faults.push({ parameter: 'cursor', detail: mustBe(SEARCH_PARAMS.cursor.expects, values.cursor) });
  }
  if (cursor && cursor.hash !== hash()) {
    const detail = 'belongs to other parameters: keep all parameters but cursor unchanged';
    faults.push({ parameter: 'cursor', detail });
  }
  const moment = searchMoment(values.open_at, { zone, now: cursor?.instant ?? now }, faults);
  faults.push(...combinationFaults(values, (name) => given.has(name)));
  throwFaults(faults);
  if (!CRITERIA.some((name) => given.has(name))) {
    throw new ProblemError('query-missing', 'Please provide a query', [
      { parameter: 'q', detail: `is missing; give it or one of ${CRITERIA.slice(1).join(', ')}` },
    ]);
  }
  const asked = searchQuery(values, moment, cursor);
  const parsed = parse(asked);
  const intents = applyIntents(asked, parsed, {
    values,
    isTimed: given.has('open_now') || values.open_at !== undefined,
  });
  return {
    query: intents.query,
    parsed,
    moment,
    format: values.format ?? 'json',
    fields: values.fields ? new Set(['id', 'name', ...values.fields]) : null,
    // CSV and calendars have no place to say how a search was relaxed.
    strict: values.strict === true || values.format === 'csv' || values.format === 'ics',
    explain: values.explain ?? false,
    hash,
    cursor,
    warnings: limitWarnings([
      ...warnings,
      ...boxWarnings(values.bbox),
      ...valueWarnings({ ...values, status: statusesOf(values) }, known),
      ...intents.warnings,
      ...surplusWarnings(parsed),
      ...unknownFields(values.fields),
    ]),
  };
}

function statusesOf({ status }: Values): string[] {
  return status === undefined || status === 'any' ? [] : [status];
}

/** The query with the intents of its text; parameters that the caller set win. */
function applyIntents(
  query: SearchQuery,
  { nearMe, openNow }: ParsedQuery,
  { values, isTimed }: { readonly values: Values; readonly isTimed: boolean },
): { query: SearchQuery; warnings: string[] } {
  const warnings: string[] = [];
  let applied = query;
  if (openNow && !isTimed) {
    const time = { ...THAT_MINUTE, unknownToo: !query.hoursKnown };
    applied = { ...applied, timeAsked: true, time };
  }
  if (nearMe && query.origin === null) {
    warnings.push('q: give lat and lon to search near a place; without them, distance is ignored');
  } else if (nearMe && values.sort === undefined) applied = { ...applied, sort: 'distance' };
  return { query: applied, warnings };
}

/** A box across the 180th meridian that spans more than half the globe is mostly one with its edges swapped. */
function boxWarnings(box: Box | undefined): string[] {
  if (!box || box.west <= box.east || box.east - box.west + 360 <= 180) return [];
  const { west, east } = box;
  return [`bbox: minLon ${west} is greater than maxLon ${east}, so the box goes around the globe; were they swapped?`];
}

function surplusWarnings({ surplus }: ParsedQuery): string[] {
  if (surplus.length === 0) return [];
  const words = surplus.map(quoteForMessage).join(', ');
  return [`q: only ${MOST_REQUIRED} words are required; these only raise the score: ${words}`];
}

function unknownFields(fields: readonly string[] = []): string[] {
  const unknown = fields.filter((field) => !TRUCK_KEYS.includes(field));
  return unknown.map((field) => `fields: a truck has no key ${quoteForMessage(field)}, only ${TRUCK_KEYS.join(', ')}`);
}

function searchQuery(values: Values, { minute }: Moment, cursor: Cursor | null): SearchQuery {
  const { lat, lon } = values;
  const timeAsked = values.open_now === true || values.open_at !== undefined;
  const hoursKnown = values.hours === 'known';
  const keys = (list: readonly string[] = []) => [...new Set(list.map(valueKey))];
  return {
    text: (values.q ?? '').trim(),
    strict: values.strict === true,
    exclude: values.exclude ?? [],
    typos: false,
    mayLack: 0,
    origin: lat !== undefined && lon !== undefined ? roundOrigin({ lat, lon }) : null,
    radiusMetres: values.radius ?? null,
    box: values.bbox ?? null,
    status: values.status === 'any' ? null : (values.status ?? 'approved'),
    category: keys(values.category),
    facility: keys(values.facility),
    area: keys(values.area),
    hoursKnown,
    minute,
    timeAsked,
    time: timeAsked
      ? { forMinutes: values.open_for ?? 0, withinMinutes: values.open_within ?? 0, unknownToo: !hoursKnown }
      : null,
    sort: values.sort ?? 'best',
    scaleMetres: values.scale ?? SCALE_METRES,
    facets: [...new Set<FacetName>(values.facets ?? [])],
    limit: values.limit ?? (values.format === 'geojson' || values.format === 'csv' ? MAX_PLACES : DEFAULT_LIMIT),
    after: cursor?.after ?? null,
  };
}

/** Faults of parameters that are valid each alone. */
function combinationFaults(values: Values, given: (name: keyof Values) => boolean): ParameterFault[] {
  const faults: ParameterFault[] = [];
  const fault = (parameter: string, detail: string) => faults.push({ parameter, detail });
  if (given('lat') && !given('lon')) fault('lon', 'is missing: lat was given without it');
  if (given('lon') && !given('lat')) fault('lat', 'is missing: lon was given without it');
  const located = given('lat') || given('lon');
  if (given('radius') && !located) fault('radius', 'needs lat and lon to measure from');
  if (values.sort === 'distance' && !located) fault('sort', 'distance needs lat and lon');
  const timed = values.open_now === true || given('open_at');
  for (const name of ['open_for', 'open_within'] as const) {
    if (given(name) && !timed) fault(name, 'needs a time: open_now=true or open_at');
  }
  if (given('open_for') && given('open_within')) fault('open_within', 'and open_for cannot be combined');
  if (values.open_now === true && given('open_at')) fault('open_at', 'and open_now=true cannot be combined');
  const { format = 'json' } = values;
  for (const name of ['explain', 'fields'] as const) {
    if (given(name) && format !== 'json') fault(name, 'needs format=json');
  }
  if (given('facets') && format !== 'json' && format !== 'geojson') fault('facets', 'needs format=json or geojson');
  return faults;
}
