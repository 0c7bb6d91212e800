import { FACETS, SORTS } from '../../model/query.ts';
import { SCALE_METRES } from '../../model/ranking.ts';
import {
  booleanWord,
  decimal,
  listOf,
  matchingText,
  oneOf,
  type ParsedValue,
  type ValueParser,
  wholeNumber,
} from '../../model/value-parsers.ts';
import { latitude, longitude, readBox } from './box-parser.ts';
import { CITY_PARAMS } from './city-parameter.ts';

/** Maximum number of vendors without `limit`: the original app's. */
export const DEFAULT_LIMIT = 750;
/** Maximum number of branches in GeoJSON or CSV without `limit`. */
export const MAX_PLACES = 10_000;
/** Maximum of `limit`. */
export const MAX_LIMIT = 200;

/** The JSON Schema (2020-12) of a parameter's value, for OpenAPI. */
type ValueSchema = Readonly<Record<string, unknown>>;

/** One parameter. The tables drive parsing, messages, the typed client, `/openapi.json` and the README. */
export type Param<Value = unknown> = {
  /** Parses the URL's text; the joined texts if `repeatable`. */
  readonly parse: ValueParser<Value>;
  readonly schema: ValueSchema;
  /** Completes the sentence "must be …". */
  readonly expects: string;
  readonly help: string;
  readonly example: string;
  readonly aliases?: readonly string[];
  /** Can be given several times; the values are joined with commas. */
  readonly repeatable?: boolean;
};

const names = listOf(matchingText({ longest: 60 }));
const NAMES = 'at most 20 names of at most 60 characters, separated by commas; quote a name that contains a comma';
const BOOLEAN = { parse: booleanWord, schema: { type: 'boolean' }, expects: 'true or false' } as const;
const number = (minimum: number, maximum: number) => ({ type: 'number', minimum, maximum });
const list20 = (items: ValueSchema) => ({ type: 'array', items, maxItems: 20 });

export const FORMATS = ['json', 'geojson', 'csv', 'ics'] as const;

export const SEARCH_PARAMS = {
  q: {
    parse: matchingText({ longest: 100 }),
    schema: { type: 'string', maxLength: 100 },
    expects: 'at most 100 characters',
    help: 'A question in words: food, names, categories, addresses, neighbourhoods. One branch must match them; `"in quotes"` is a phrase, `-nuts` and `without nuts` exclude, `near me` and `open now` are understood. At most 8 words are required.',
    example: 'tacos',
  },
  exclude: {
    parse: names,
    schema: list20({ type: 'string' }),
    expects: NAMES,
    help: 'Leaves out vendors that have one of these words or phrases in their food, kind of food or name.',
    example: 'peanuts,hot dogs',
    repeatable: true,
  },
  lat: {
    parse: latitude,
    schema: number(-90, 90),
    expects: 'a number of degrees from -90 to 90',
    help: 'Latitude of the point from which distances are measured, with `lon`. Rounded to 4 decimals.',
    example: '37.7893',
    aliases: ['latitude'],
  },
  lon: {
    parse: longitude,
    schema: number(-180, 180),
    expects: 'a number of degrees from -180 to 180',
    help: 'Longitude of that point, with `lat`.',
    example: '-122.4009',
    aliases: ['lng', 'longitude'],
  },
  radius: {
    parse: decimal(1, 50_000),
    schema: number(1, 50_000),
    expects: 'a number of metres from 1 to 50000',
    help: 'Only branches within this many metres of `lat`,`lon`.',
    example: '800',
  },
  bbox: {
    parse: readBox,
    schema: { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 6 },
    expects: 'minLon,minLat,maxLon,maxLat in degrees with minLat <= maxLat',
    help: 'Only branches in the box `minLon,minLat,maxLon,maxLat`. A box with minLon > maxLon crosses the 180th meridian. Six numbers are read with heights, which are ignored.',
    example: '-122.41,37.78,-122.39,37.80',
    // Many generated clients send a list as one parameter for each entry.
    repeatable: true,
  },
  area: {
    parse: names,
    schema: list20({ type: 'string' }),
    expects: NAMES,
    help: 'Only branches in one of these neighbourhoods; the facet `area` lists them. Quote a name that contains a comma, as in CSV.',
    example: 'Mission',
    repeatable: true,
  },
  category: {
    parse: names,
    schema: list20({ type: 'string' }),
    expects: NAMES,
    help: 'Only vendors with one of these kinds of food; the facet `category` lists them.',
    example: 'mexican,coffee',
    repeatable: true,
  },
  facility: {
    parse: names,
    schema: list20({ type: 'string' }),
    expects: NAMES,
    help: 'Only branches of one of these kinds: `truck`, `push_cart`, …',
    example: 'push_cart',
    repeatable: true,
  },
  status: {
    parse: (text) => matchingText({ pattern: /^[A-Za-z_]+$/, longest: 20 })(text)?.toLowerCase(),
    schema: { type: 'string', pattern: '^[A-Za-z_]+$', maxLength: 20, default: 'approved' },
    expects: 'a permit status such as approved, requested, expired or suspended, or any',
    help: 'Only permits with this status. `any` includes all, as the original app did. Default `approved`.',
    example: 'any',
  },
  open_now: {
    ...BOOLEAN,
    help: "Leaves out branches that are closed now, by the city's time.",
    example: 'true',
  },
  open_at: {
    parse: matchingText({ longest: 40 }),
    schema: { type: 'string', maxLength: 40 },
    expects: 'a time: 2026-09-22T12:15-07:00, 2026-09-22T12:15 (local), wed12:15, or seconds since 1970',
    help: 'Leaves out branches that are closed at this time: RFC 3339, local time, a weekly time (`wed12:15`) or seconds since 1970.',
    example: 'wed12:15',
  },
  open_for: {
    parse: wholeNumber(1, 1440),
    schema: { type: 'integer', minimum: 1, maximum: 1440 },
    expects: 'a whole number of minutes from 1 to 1440',
    help: 'With `open_now` or `open_at`: only branches that stay open for this many minutes.',
    example: '30',
  },
  open_within: {
    parse: wholeNumber(1, 1440),
    schema: { type: 'integer', minimum: 1, maximum: 1440 },
    expects: 'a whole number of minutes from 1 to 1440',
    help: 'With `open_now` or `open_at`: also branches that open within this many minutes. `open_at=thu11:00&open_within=180` means between 11 and 2.',
    example: '180',
  },
  hours: {
    parse: oneOf(['any', 'known']),
    schema: { enum: ['any', 'known'], default: 'any' },
    expects: 'any or known',
    help: '`known` leaves out branches with unknown hours. Default `any`.',
    example: 'known',
  },
  sort: {
    parse: oneOf(SORTS),
    // No `default`: generated clients would send it, and it wins over "near me" in `q`.
    schema: { enum: SORTS },
    expects: SORTS.join(', '),
    help: '`best` weighs words, distance and time; `distance` is by metres alone; `name` is alphabetical. Default `best`, or `distance` if `q` says `near me`.',
    example: 'distance',
  },
  scale: {
    parse: decimal(10, 50_000),
    schema: { ...number(10, 50_000), default: SCALE_METRES },
    expects: 'a number of metres from 10 to 50000',
    help: `For \`sort=best\`: the distance in metres that halves a score. Default ${SCALE_METRES}.`,
    example: '2000',
  },
  limit: {
    parse: wholeNumber(1, MAX_LIMIT),
    schema: { type: 'integer', minimum: 1, maximum: MAX_LIMIT },
    expects: `a whole number from 1 to ${MAX_LIMIT}`,
    help: `Maximum number of vendors in the response; totals do not depend on it. Without it, ${DEFAULT_LIMIT} vendors, or ${MAX_PLACES} branches in GeoJSON and CSV.`,
    example: '20',
  },
  cursor: {
    parse: matchingText({ pattern: /^[\w-]+$/, longest: 3000 }),
    schema: { type: 'string', maxLength: 3000 },
    expects: "the text of a response's page.cursor",
    help: "Requests the next page: a response's `page.cursor`, with all other parameters unchanged.",
    example: '',
  },
  facets: {
    parse: listOf(oneOf(FACETS)),
    schema: list20({ enum: FACETS }),
    expects: `one or more of ${FACETS.join(', ')}, separated by commas, at most 20`,
    help: `Counts vendors by value: any of ${FACETS.join(', ')}. A facet ignores its own filter.`,
    example: 'category,open',
    repeatable: true,
  },
  fields: {
    parse: listOf(matchingText({ pattern: /^[a-z_]+$/, longest: 30 })),
    schema: list20({ type: 'string' }),
    expects: 'at most 20 names of keys, separated by commas',
    help: 'Returns only these keys of each truck, and always `id` and `name`.',
    example: 'name,branches',
    repeatable: true,
  },
  strict: {
    ...BOOLEAN,
    help: 'Turns relaxation off. Without it, a search that finds nothing is relaxed, and `relaxed` says how. `csv` and `ics` are always strict.',
    example: 'true',
  },
  explain: {
    ...BOOLEAN,
    help: "Explains each truck's score.",
    example: '1',
  },
  format: {
    parse: oneOf(FORMATS),
    schema: { enum: FORMATS, default: 'json' },
    expects: FORMATS.join(', '),
    help: '`geojson` has one feature per branch, `csv` one line per branch, `ics` the weekly hours as a calendar. Default `json`.',
    example: 'geojson',
  },
  ...CITY_PARAMS,
} as const satisfies Record<string, Param>;

export const SUGGEST_PARAMS = {
  q: {
    parse: matchingText({ longest: 100 }),
    schema: { type: 'string', maxLength: 100 },
    expects: 'at most 100 characters',
    help: 'What has been typed so far.',
    example: 'tac',
  },
  status: SEARCH_PARAMS.status,
  limit: {
    parse: wholeNumber(1, 8),
    schema: { type: 'integer', minimum: 1, maximum: 8, default: 8 },
    expects: 'a whole number from 1 to 8',
    help: 'Maximum number of suggestions. Default 8.',
    example: '8',
  },
  ...CITY_PARAMS,
} as const satisfies Record<string, Param>;

/** The values of a table of parameters by name, without those that were not given. */
export type ValuesOf<Table extends Record<string, Param>> = { [K in keyof Table]?: ParsedValue<Table[K]['parse']> };
