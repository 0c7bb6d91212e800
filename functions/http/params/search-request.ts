import { roundOrigin } from '../../model/geo.ts';
import { type Moment, parseMoment } from '../../model/hours/clock.ts';
import type { FacetName, SearchQuery } from '../../model/query.ts';
import { SCALE_METRES } from '../../model/ranking.ts';
import { valueKey } from '../../model/text/tokenizer.ts';
import type { ParameterFault } from '../openapi/schemas/problem.ts';
import { ProblemError } from '../responses/problem.ts';
import { TRUCK_KEYS } from '../responses/truck.ts';
import { type Cursor, queryHash, readCursor } from './cursor.ts';
import { cachedMoment, momentInZone } from './moment-cache.ts';
import { DEFAULT_LIMIT, type FORMATS, MOST_PLACES, SEARCH_PARAMS, type ValuesOf } from './parameters.ts';
import { quoteForMessage, readParams, refuseFaults } from './parse.ts';

/** What a caller may send: the input type of the typed client. */
export type SearchParams = { -readonly [Name in keyof typeof SEARCH_PARAMS]?: string };

/** A request for `/search`, read. */
export type SearchRequest = {
  readonly query: SearchQuery;
  /** When states are judged: the asked time, else now floored to the minute. */
  readonly moment: Moment;
  readonly format: (typeof FORMATS)[number];
  /** Keys of a truck to answer with; `null`: all. */
  readonly fields: ReadonlySet<string> | null;
  readonly strict: boolean;
  readonly explain: boolean;
  /** What the next page's cursor must be made of. */
  readonly hash: () => string;
  readonly cursor: Cursor | null;
  readonly warnings: string[];
};

type Values = ValuesOf<typeof SEARCH_PARAMS>;

/** Any of these makes a search without words a question. */
const QUESTIONS = [
  'q',
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
 * Reads the parameters of `/search`.
 * @param clock the city's zone and the time, milliseconds since 1970
 * @throws ProblemError `invalid-parameters` with every fault at once, or `query-missing`.
 */
export function readSearch(params: URLSearchParams, clock: { zone: string; now: number }): SearchRequest {
  const { values, given, warnings, faults } = readParams(SEARCH_PARAMS, params);
  const now = Math.floor(clock.now / 60_000) * 60_000;
  const hash = () => queryHash(params);
  const cursor = values.cursor === undefined ? null : readCursor(values.cursor);
  if (values.cursor !== undefined && !cursor) {
    faults.push({
      parameter: 'cursor',
      detail: `must be ${SEARCH_PARAMS.cursor.expects}, got ${quoteForMessage(values.cursor)}`,
    });
  }
  if (cursor && cursor.hash !== hash()) {
    faults.push({ parameter: 'cursor', detail: 'belongs to other parameters: all but cursor must stay as they were' });
  }
  const moment = readTime(values, { zone: clock.zone, now: cursor?.instant ?? now }, faults);
  faults.push(...togetherFaults(values, (name) => given.has(name)));
  refuseFaults(faults);
  if (!QUESTIONS.some((name) => given.has(name))) {
    throw new ProblemError('query-missing', 'Please provide a query', [
      { parameter: 'q', detail: `is missing; without it give one of ${QUESTIONS.slice(1).join(', ')}` },
    ]);
  }
  return {
    query: searchQuery(values, moment, cursor),
    moment,
    format: values.format ?? 'json',
    fields: values.fields ? new Set(['id', 'name', ...values.fields]) : null,
    // A list of lines and a calendar cannot say what was loosened.
    strict: values.strict === true || values.format === 'csv' || values.format === 'ics',
    explain: values.explain ?? false,
    hash,
    cursor,
    warnings: [...warnings, ...unknownFields(values.fields)],
  };
}

function unknownFields(fields: readonly string[] = []): string[] {
  const unknown = fields.filter((field) => !(TRUCK_KEYS as readonly string[]).includes(field));
  return unknown.map((field) => `a truck has no key ${quoteForMessage(field)}: fields has ${TRUCK_KEYS.join(', ')}`);
}

function searchQuery(values: Values, { minute }: Moment, cursor: Cursor | null): SearchQuery {
  const { lat, lon } = values;
  const timeAsked = values.open_now === true || values.open_at !== undefined;
  const hoursKnown = values.hours === 'known';
  const keys = (list: readonly string[] = []) => [...new Set(list.map(valueKey))];
  return {
    text: (values.q ?? '').trim(),
    typos: false,
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
    time: timeAsked ? { forMinutes: values.open_for ?? 0, unknownToo: !hoursKnown } : null,
    sort: values.sort ?? 'best',
    scaleMetres: values.scale ?? SCALE_METRES,
    facets: [...new Set<FacetName>(values.facets ?? [])],
    limit: values.limit ?? (values.format === 'geojson' || values.format === 'csv' ? MOST_PLACES : DEFAULT_LIMIT),
    after: cursor?.after ?? null,
  };
}

function readTime(values: Values, clock: { zone: string; now: number }, faults: ParameterFault[]): Moment {
  const text = values.open_at;
  if (text === undefined) return momentInZone(clock.now, clock.zone);
  const moment = parseMoment(text, clock);
  if (moment) return cachedMoment(moment, clock.zone);
  faults.push({
    parameter: 'open_at',
    detail: `must be ${SEARCH_PARAMS.open_at.expects}, got ${quoteForMessage(text ?? '')}`,
  });
  return momentInZone(clock.now, clock.zone);
}

/** What no parameter is wrong in alone. */
function togetherFaults(values: Values, given: (name: keyof Values) => boolean): ParameterFault[] {
  const faults: ParameterFault[] = [];
  const fault = (parameter: string, detail: string) => faults.push({ parameter, detail });
  if (given('lat') && !given('lon')) fault('lon', 'is missing: lat was given without it');
  if (given('lon') && !given('lat')) fault('lat', 'is missing: lon was given without it');
  const located = given('lat') || given('lon');
  if (given('radius') && !located) fault('radius', 'needs lat and lon to measure from');
  if (values.sort === 'distance' && !located) fault('sort', 'distance needs lat and lon');
  const timed = values.open_now === true || given('open_at');
  if (given('open_for') && !timed) fault('open_for', 'needs a time: open_now=true or open_at');
  if (values.open_now === true && given('open_at')) fault('open_at', 'and open_now=true are two times: give one');
  const { format = 'json' } = values;
  for (const name of ['explain', 'fields'] as const) {
    if (given(name) && format !== 'json') fault(name, 'needs format=json');
  }
  if (given('facets') && format !== 'json' && format !== 'geojson') fault('facets', 'needs format=json or geojson');
  return faults;
}
