import type { Box } from '../../model/geo.ts';
import { FACETS, SORTS } from '../../model/query.ts';
import { SCALE_METRES } from '../../model/ranking.ts';
import { tokens } from '../../model/text/tokenizer.ts';
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

// Over 250 lines because it is one table, and half a table is no table.

/** Most vendors in an answer when the caller sets no `limit`: as many as the original app gave. */
export const DEFAULT_LIMIT = 750;
/** Most branches in a list of places, GeoJSON or CSV, when the caller sets no `limit`. */
export const MOST_PLACES = 10_000;
/** Most vendors that a caller can ask for. */
export const MAX_LIMIT = 200;

/** What a parameter's value is in OpenAPI's words (JSON Schema 2020-12). */
type ValueSchema = Readonly<Record<string, unknown>>;

/** One parameter. The tables drive parsing, messages, the typed client, `/openapi.json` and the README. */
export type Param<Value = unknown> = {
  /** From the text of the URL to the value; from all texts when `repeatable`. */
  readonly read: ValueParser<Value>;
  readonly value: ValueSchema;
  /** Completes the sentence "must be …". */
  readonly expects: string;
  readonly help: string;
  readonly example: string;
  readonly aliases?: readonly string[];
  /** May be given more than once; the values are joined with commas. */
  readonly repeatable?: boolean;
};

const words = listOf(matchingText({ longest: 60 }));
const NAMES = 'at most 20 names of at most 60 characters, with commas between, one with a comma in quotation marks';
const [longitude, latitude] = [decimal(-180, 180), decimal(-90, 90)];
const box: ValueParser<Box> = (text) => {
  const parts = text.split(',').map((part) => part.trim());
  const [west, south, east, north] = parts.map((part, at) => (at % 2 === 0 ? longitude : latitude)(part));
  if (parts.length !== 4 || west === undefined || south === undefined || east === undefined || north === undefined) {
    return undefined;
  }
  return south <= north ? { west, south, east, north } : undefined;
};
const TRUTH = { value: { type: 'boolean' }, expects: 'true or false' } as const;
const number = (minimum: number, maximum: number) => ({ type: 'number', minimum, maximum });
const list20 = (items: ValueSchema) => ({ type: 'array', items, maxItems: 20 });

export const FORMATS = ['json', 'geojson', 'csv', 'ics'] as const;

export const SEARCH_PARAMS = {
  q: {
    read: (text) => (text.length <= 100 && tokens(text).length <= 8 ? text : undefined),
    value: { type: 'string', maxLength: 100 },
    expects: 'at most 100 characters and 8 words',
    help: 'Words to find in food, names, categories, addresses and areas; one branch must have them all.',
    example: 'tacos',
  },
  lat: {
    read: decimal(-90, 90),
    value: number(-90, 90),
    expects: 'a number of degrees from -90 to 90',
    help: 'Where distances are measured from; with `lon`. Rounded to 4 decimals.',
    example: '37.7893',
    aliases: ['latitude'],
  },
  lon: {
    read: decimal(-180, 180),
    value: number(-180, 180),
    expects: 'a number of degrees from -180 to 180',
    help: 'See `lat`.',
    example: '-122.4009',
    aliases: ['lng', 'longitude'],
  },
  radius: {
    read: decimal(1, 50_000),
    value: number(1, 50_000),
    expects: 'a number of metres from 1 to 50000',
    help: 'Only branches at most this many metres from `lat`,`lon`.',
    example: '800',
  },
  bbox: {
    read: box,
    value: { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 4 },
    expects: 'minLon,minLat,maxLon,maxLat in degrees with minLat <= maxLat',
    help: 'Only branches in the box `minLon,minLat,maxLon,maxLat`; minLon > maxLon crosses the 180th meridian.',
    example: '-122.41,37.78,-122.39,37.80',
  },
  area: {
    read: words,
    value: list20({ type: 'string' }),
    expects: NAMES,
    help: 'Only branches in one of these neighbourhoods; the facet `area` lists them. One with a comma stands in quotation marks, as in CSV.',
    example: 'Mission',
    repeatable: true,
  },
  category: {
    read: words,
    value: list20({ type: 'string' }),
    expects: NAMES,
    help: 'Only vendors of one of these kinds of food; the facet `category` lists them.',
    example: 'mexican,coffee',
    repeatable: true,
  },
  facility: {
    read: words,
    value: list20({ type: 'string' }),
    expects: NAMES,
    help: 'Only this kind of place: `truck`, `push_cart`, …',
    example: 'push_cart',
    repeatable: true,
  },
  status: {
    read: (text) => matchingText({ pattern: /^[A-Za-z_]+$/, longest: 20 })(text)?.toLowerCase(),
    value: { type: 'string', pattern: '^[A-Za-z_]+$', maxLength: 20, default: 'approved' },
    expects: 'a permit state such as approved, requested, expired or suspended, or any',
    help: "The permit's state; `any` takes all, as the original app did. Default `approved`.",
    example: 'any',
  },
  open_now: {
    ...TRUTH,
    read: booleanWord,
    help: 'Leaves out what is closed now, by the clocks of the city.',
    example: 'true',
  },
  open_at: {
    read: matchingText({ longest: 40 }),
    value: { type: 'string', maxLength: 40 },
    expects: 'a time: 2026-09-22T12:15-07:00, 2026-09-22T12:15 (local), wed12:15, or seconds since 1970',
    help: 'Leaves out what is closed then: RFC 3339, local time, a weekly time (`wed12:15`) or seconds since 1970.',
    example: 'wed12:15',
  },
  open_for: {
    read: wholeNumber(1, 1440),
    value: { type: 'integer', minimum: 1, maximum: 1440 },
    expects: 'a whole number of minutes from 1 to 1440',
    help: 'With a time: it must stay open for so many minutes.',
    example: '30',
  },
  hours: {
    read: oneOf(['any', 'known']),
    value: { enum: ['any', 'known'], default: 'any' },
    expects: 'any or known',
    help: '`known` leaves out branches whose hours nobody knows. Default `any`.',
    example: 'known',
  },
  sort: {
    read: oneOf(SORTS),
    value: { enum: SORTS, default: 'best' },
    expects: SORTS.join(', '),
    help: '`best` weighs words, distance and time, `distance` is strictly by metres, `name` alphabetical. Default `best`.',
    example: 'distance',
  },
  scale: {
    read: decimal(10, 50_000),
    value: { ...number(10, 50_000), default: SCALE_METRES },
    expects: 'a number of metres from 10 to 50000',
    help: `For \`best\`: metres at which an answer counts half. Default ${SCALE_METRES}.`,
    example: '2000',
  },
  limit: {
    read: wholeNumber(1, MAX_LIMIT),
    value: { type: 'integer', minimum: 1, maximum: MAX_LIMIT },
    expects: `a whole number from 1 to ${MAX_LIMIT}`,
    help: `Most vendors in the answer; the totals do not depend on it. Without it, up to ${DEFAULT_LIMIT}; in GeoJSON and CSV up to ${MOST_PLACES} branches.`,
    example: '20',
  },
  cursor: {
    read: matchingText({ pattern: /^[\w-]+$/, longest: 3000 }),
    value: { type: 'string', maxLength: 3000 },
    expects: "the text of an answer's page.cursor",
    help: 'The next page of an answer: its `page.cursor`, with all else as it was.',
    example: '',
  },
  facets: {
    read: listOf(oneOf(FACETS)),
    value: list20({ enum: FACETS }),
    expects: `some of ${FACETS.join(', ')}, with commas between`,
    help: `Counts to return: ${FACETS.join(', ')}. They count vendors; a group's own filter does not apply to it.`,
    example: 'category,open',
    repeatable: true,
  },
  fields: {
    read: listOf(matchingText({ pattern: /^[a-z_]+$/, longest: 30 })),
    value: list20({ type: 'string' }),
    expects: 'at most 20 names of keys, with commas between',
    help: 'Only these keys of each truck, `id` and `name` always; of branches with `branches`.',
    example: 'name,branches',
    repeatable: true,
  },
  strict: {
    ...TRUTH,
    read: booleanWord,
    help: 'Asks for nothing but what was asked: without it, a search that finds nothing is loosened, and `relaxed` says how. `csv` and `ics` are always strict.',
    example: 'true',
  },
  explain: {
    ...TRUTH,
    read: booleanWord,
    help: 'Says why each truck stands where it does.',
    example: '1',
  },
  format: {
    read: oneOf(FORMATS),
    value: { enum: FORMATS, default: 'json' },
    expects: FORMATS.join(', '),
    help: '`geojson`: one feature a branch; `csv`: one line a branch; `ics`: a calendar of the weekly hours. Default `json`.',
    example: 'geojson',
  },
} as const satisfies Record<string, Param>;

export const SUGGEST_PARAMS = {
  q: {
    read: matchingText({ longest: 100 }),
    value: { type: 'string', maxLength: 100 },
    expects: 'at most 100 characters',
    help: 'What has been typed so far.',
    example: 'tac',
  },
  status: SEARCH_PARAMS.status,
  limit: {
    read: wholeNumber(1, 8),
    value: { type: 'integer', minimum: 1, maximum: 8, default: 8 },
    expects: 'a whole number from 1 to 8',
    help: 'Most rows. Default 8.',
    example: '8',
  },
} as const satisfies Record<string, Param>;

type Params = Record<string, Param>;

/** What the values of a table of parameters are, by name; a parameter that was not given is not there. */
export type ValuesOf<Table extends Params> = { [K in keyof Table]?: ParsedValue<Table[K]['read']> };

/** README's table of parameters. */
export function paramsTable(): string {
  const rows = (Object.entries(SEARCH_PARAMS) as [string, Param][]).map(([name, { help, example, aliases = [] }]) => {
    const names = [name, ...aliases].map((one) => `\`${one}\``).join(', ');
    return `| ${names} | ${help} | ${example && `\`${example}\``} |`;
  });
  return ['| parameter | what it does | example |', '|---|---|---|', ...rows].join('\n');
}
